"""
Stage `grow`: the encoder of `small` with the words of the new vocabulary.

A word that the old decoder has keeps its row. A new word's row is predicted from the dense teacher's embedding
of the word, by the ridge regression that predicts the old rows from theirs: it retrieves a little before it is
trained, instead of firing anywhere.
"""

from __future__ import annotations

import json

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
        out[chosen] = found
    assert out is not None
    return out - out.mean(0)


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
    found = embeddings(dense_teacher(tokenizer), texts, words)
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
