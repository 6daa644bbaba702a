"""
Stage `compare`: questions without an encoder (their own words by idf; Geng et al., "Towards Competitive Search
Relevance For Inference-Free Learned Sparse Retrievers", 2024) against encoded ones, on the same held-out passages.

Fair to the inference-free side only for a model that was trained with `train.inference_free`; for another it says
how much of the encoder's answer is its passages alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from .checkpoint import load_model
from .config import Config
from .lemmas import Lemmatizer
from .pairs import read
from .probe import encoded, places, spread
from .tokens import Texts
from .vocabulary import canonical


def idf_weights(texts: Iterable[list[str]], words: list[str], idf: np.ndarray) -> Tensor:
    """float `[texts, words]`: idf on the words of each text that are dimensions."""
    number = {word: i for i, word in enumerate(words)}
    rows = list(texts)
    out = torch.zeros(len(rows), len(words))
    for row, found in enumerate(rows):
        for i in (number[word] for word in canonical(found) if word in number):
            out[row, i] = float(idf[i])
    return out


def idf_of(document_frequency: np.ndarray, texts: int) -> np.ndarray:
    """float `[words]`, 0.06 .. 1."""
    return np.clip(np.log(texts / (1 + document_frequency)), 0.5, 9) / 9


def compare(config: Config, source: str) -> None:
    model, tokenizer, words = load_model(config.path(source))
    texts = Texts(tokenizer)
    asked = list(spread(read(config.path("held-out.jsonl"))))
    passages = encoded(model, texts, "passage", [pair.passage for pair in asked], config.model.passage_tokens)
    queries = encoded(model, texts, "query", [pair.query for pair in asked], config.model.query_tokens)
    frequency = np.load(config.path("document-frequency.npy"))
    lemmas = Lemmatizer(config.threads or 1).sets([pair.query for pair in asked])
    own = idf_weights(lemmas, words, idf_of(frequency, len(read(config.path("pairs.jsonl")))))
    for name, weights in (("encoded questions", queries), ("inference-free questions", own)):
        print(json.dumps({"questions": name} | places(weights @ passages.T) | {"active": active(weights)}))


def active(weights: Tensor) -> float:
    return round((weights > 0).float().sum(1).mean().item(), 1)
