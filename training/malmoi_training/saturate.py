"""
Stage `saturate`: one factor for all logits.

A weight is log(1 + logit): with larger logits the logarithm flattens, so a word that stands out once counts for less
against several that agree. Nothing is learnt and no dimension is lit or goes out (the sign of a logit stays); the
factor is chosen on the held-out pairs, never on an evaluation set.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from .checkpoint import load_model, save_model
from .config import Config
from .model import SparseEncoder
from .pairs import read
from .probe import encoded, places
from .tokens import Texts

FACTORS = (1, 2, 4, 8, 16, 32)
TOLERANCE = 0.0005
"""Of the mean reciprocal rank: what two runs over a thousand pairs can't tell apart."""


def saturated(weights: Tensor, factor: float) -> Tensor:
    """Weights as they are when every logit is `factor` times as large."""
    return torch.log1p(factor * torch.expm1(weights))


def chosen(ranks: dict[int, float]) -> int:
    """Of `{factor: mean reciprocal rank}` the largest factor that is as good as the best."""
    return max(factor for factor, rank in ranks.items() if rank >= max(ranks.values()) - TOLERANCE)


@torch.no_grad()
def scale_logits(model: SparseEncoder, factor: float) -> None:
    model.decoder.mul_(factor)
    model.bias.mul_(factor)


def saturate(config: Config, source: Path) -> None:
    model, tokenizer, words = load_model(source)
    pairs, texts = read(config.path("held-out.jsonl")), Texts(tokenizer)
    queries = encoded(model, texts, "query", [pair.query for pair in pairs], config.model.query_tokens)
    passages = encoded(model, texts, "passage", [pair.passage for pair in pairs], config.model.passage_tokens)
    ranks = {}
    for factor in FACTORS:
        found = places(saturated(queries, factor) @ saturated(passages, factor).T)
        ranks[factor] = found["held_out_mrr"]
        print(f"factor {factor}: first {found['held_out_first']:.4f}, mean reciprocal rank {found['held_out_mrr']:.4f}")
    scale_logits(model, chosen(ranks))
    print(f"chosen: {chosen(ranks)}")
    save_model(config.path("saturated"), model, source / "tokenizer.json", words)
