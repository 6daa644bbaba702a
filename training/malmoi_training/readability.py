"""
Stage `readability`: of the ten strongest dimensions of 200 held-out passages, how many a reader understands.

A dimension is understood where its word stands in the passage (as it is, or as a lemma of one of its words), or
where `probes/relatives.json` names a word of the passage that it is a true relative of. That list is made by
people: what is neither is printed, to be judged.
"""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import torch

from .checkpoint import load_model
from .config import Config
from .kinship import kinship_of
from .lemmas import Lemmatizer
from .model import SparseEncoder
from .pairs import read
from .probe import encoded
from .relatives import relatives_of_words, understood
from .tokens import Texts
from .vocabulary import canonical

PASSAGES, STRONGEST = 200, 10


def readability(config: Config, source: str) -> None:
    model, tokenizer, words = load_model(config.path(source))
    relatives = relatives_of_words()
    held = read(config.path("held-out.jsonl"))
    passages = [pair.passage for pair in held if len(pair.passage) > 80][:: max(1, len(held) // PASSAGES // 2)][:PASSAGES]
    weights = encoded(model, Texts(tokenizer), "passage", passages, config.model.passage_tokens)
    lemmas = Lemmatizer(config.threads or 1)
    counts: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for passage, row, found in zip(passages, weights, lemmas.sets(passages), strict=True):
        text = passage.lower()
        for dimension in row.topk(STRONGEST).indices.tolist():
            kind = understood(words[dimension], set(canonical(found)), text, relatives)
            counts[kind] += 1
            if kind == "foreign":
                foreign[words[dimension]] += 1
                examples.setdefault(words[dimension], passage[:60])
    for word, times in foreign.most_common():
        print(f"{times}\t{word}\t{examples[word]}")
    total = sum(counts.values())
    figures = {kind: counts[kind] / total for kind in ("own", "relative", "foreign")}
    # Of the vocabulary that `vocabulary` wrote only is it known which texts a word stands in.
    if words == json.loads(config.path("words.json").read_text("utf8")):
        figures["strange_alone"] = strange_alone(config, model, Texts(tokenizer), words)
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


def strange_alone(config: Config, model: SparseEncoder, texts: Texts, words: list[str]) -> float:
    """
    Of the ten strongest dimensions of queries of one word each, the share that has nothing to do with the word
    (`kinship.py`): lit for its spelling, or for nothing.
    """
    torch.manual_seed(config.seed)
    known = known_words(config, words)
    asked = known[:: max(1, len(known) // PASSAGES)][:PASSAGES]
    lit = encoded(model, texts, "query", [words[i] for i in asked], config.model.query_tokens).topk(STRONGEST)
    kin = kinship_of(config, texts, words).of([np.array([i]) for i in asked]).gather(1, lit.indices)
    counted = lit.values > 0
    return ((kin < 0.5) & counted).sum().item() / max(1, counted.sum().item())


def known_words(config: Config, words: list[str]) -> list[int]:
    """Numbers of the words that stand in at least a hundred texts: their company is well known."""
    frequency = np.load(config.path("document-frequency.npy"))
    return [number for number in range(len(words)) if frequency[number] >= 100]
