"""
Stage `grow`: the encoder of `small` with the words of the new vocabulary.

A word that the old decoder has keeps its row. A new word's row is predicted from the dense teacher's embedding
of the word, by the ridge regression that predicts the old rows from theirs: it retrieves a little before it is
trained, instead of firing anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .checkpoint import load_model, save_model
from .config import Config
from .dense import DenseTeacher, dense_teacher
from .model import SparseEncoder
from .shrink import SILENCED
from .tokens import Texts

BATCH = 256
RIDGE = 0.02
CAUTION = 0.5
"""Taken off a new word's bias: better silent at first than lit everywhere."""


def embeddings(teacher: DenseTeacher, texts: Texts, words: list[str]) -> Tensor:
    rows = texts.ids("query", words, 32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out: Tensor | None = None
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        found = teacher(texts.padded("query", [rows[i] for i in chosen]), 32)
        out = torch.zeros(len(words), found.shape[1]) if out is None else out
        out[chosen] = found.float()
    assert out is not None
    return out - out.mean(0)


def key_of(words: list[str], *arrays: np.ndarray) -> str:
    key = blake2b("\n".join(words).encode(), digest_size=16)
    for array in arrays:
        key.update(array.tobytes())
    return key.hexdigest()


def kept(file: Path, key: str, make: Callable[[], Tensor]) -> Tensor:
    """What `make` gives, computed once for all stages that ask with the same key; half floats on disk."""
    if file.exists():
        stored = np.load(file)
        if str(stored["key"]) == key:
            return torch.from_numpy(stored["vectors"].astype(np.float32))
    found = make()
    np.savez(file, key=key, vectors=found.numpy().astype(np.float16))
    return found


def word_vectors(config: Config, texts: Texts, words: list[str]) -> Tensor:
    """`embeddings` of the vocabulary."""

    def made() -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return embeddings(dense_teacher(texts.tokenizer), texts, words)

    return kept(config.path("word-vectors.npz"), key_of(words), made)


def ridge(known: Tensor, rows: Tensor, asked: Tensor) -> Tensor:
    """Least squares with a penalty relative to the inputs' variance; a column of ones carries the mean."""
    one = torch.ones(len(known), 1)
    x = torch.cat([known, one], 1).double()
    gram = x.T @ x
    gram += RIDGE * gram.diag().mean() * torch.eye(len(gram), dtype=torch.float64)
    solution = torch.linalg.solve(gram, x.T @ rows.double())
    return (torch.cat([asked, torch.ones(len(asked), 1)], 1).double() @ solution).float()


def regrown(old: SparseEncoder, old_words: list[str], words: list[str], rows: Tensor) -> SparseEncoder:
    """`old` with the words `words`: those that it has keep their rows, `rows [new words, head + 1]` are the others' with their bias."""
    place = {word: i for i, word in enumerate(old_words) if old.bias[i] > SILENCED}
    kept = [i for i, word in enumerate(words) if word in place]
    new = [i for i, word in enumerate(words) if word not in place]
    if len(new) != len(rows):
        raise SystemExit(f"{len(rows)} rows for {len(new)} new words: not of this model")
    source = [place[words[i]] for i in kept]
    model = SparseEncoder({**old.shape, "words": len(words)})
    decoder, bias = torch.zeros(len(words), old.shape["head"]), torch.zeros(len(words))
    decoder[kept], bias[kept] = old.decoder.data[source], old.bias.data[source]
    decoder[new], bias[new] = rows[:, :-1], rows[:, -1]
    model.load_state_dict({**old.state_dict(), "decoder": decoder, "bias": bias})
    return model


def grow(config: Config) -> None:
    old, tokenizer, old_words = load_model(config.path("small"))
    words: list[str] = json.loads(config.path("words.json").read_text("utf8"))
    place = {word: i for i, word in enumerate(old_words) if old.bias[i] > SILENCED}
    kept = [i for i, word in enumerate(words) if word in place]
    new = [i for i, word in enumerate(words) if word not in place]
    texts = Texts(tokenizer)
    found = word_vectors(config, texts, words)
    source = [place[words[i]] for i in kept]
    known = torch.cat([old.decoder.data[source], old.bias.data[source, None]], 1)
    predicted = torch.empty(0, known.shape[1])
    if new:
        predicted = ridge(found[kept], known, found[new])
        # A regression's rows are shorter than the true ones, by what it can't explain.
        predicted[:, :-1] *= known[:, :-1].norm(dim=1).mean() / predicted[:, :-1].norm(dim=1).mean()
        predicted[:, -1] -= CAUTION
    grown = regrown(old, old_words, words, predicted)
    save_model(config.path("grown"), grown, config.path("small") / "tokenizer.json", words)
    print(f"{len(words)} words: {len(kept)} kept, {len(new)} new, {len(old_words) - len(kept)} left out")
