"""Retrieval among the held-out pairs: the figure that a run is watched by. Never an evaluation set."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from .corpora import Pair
from .model import SparseEncoder
from .tokens import Texts

SIZE = 256
BATCH = 16


def encoded(model: SparseEncoder, texts: Texts, kind: str, lines: list[str], longest: int) -> Tensor:
    """Weights `[texts, words]`, encoded in order of length."""
    rows = texts.ids(kind, lines, longest)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = torch.zeros(len(rows), model.shape["words"])
    device = model.bias.device
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = texts.padded(kind, [rows[i] for i in chosen])
            out[chosen] = model.weights(batch.ids.to(device), batch.mask.to(device), batch.votes.to(device)).cpu()
    return out


def probe(model: SparseEncoder, texts: Texts, pairs: list[Pair], longest: tuple[int, int]) -> dict[str, float]:
    """First places, mean reciprocal rank and active dimensions over `SIZE` held-out pairs."""
    asked = list(spread(pairs))
    queries = encoded(model, texts, "query", [pair.query for pair in asked], longest[0])
    passages = encoded(model, texts, "passage", [pair.passage for pair in asked], longest[1])
    return {
        **places(queries @ passages.T),
        "query_active": (queries > 0).float().sum(1).mean().item(),
        "passage_active": (passages > 0).float().sum(1).mean().item(),
    }


def places(scores: Tensor) -> dict[str, float]:
    """Of scores `[questions, passages]` with the answers on the diagonal."""
    ranks = (scores > scores.diag()[:, None]).sum(1) + 1
    return {
        "held_out_first": (ranks == 1).float().mean().item(),
        "held_out_mrr": (1 / ranks).mean().item(),
    }


def spread(pairs: list[Pair]) -> Iterator[Pair]:
    step = max(1, len(pairs) // SIZE)
    yield from pairs[::step][:SIZE]
