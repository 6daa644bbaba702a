"""
The two teachers as one: the dense teacher's cosine and BM25 over bigrams, each times a factor, are the logits of a
softmax over the passages. The factors are those under which pairs of the corpora are likeliest: nothing to tune.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

ROUNDS = 200


@dataclass(frozen=True)
class Factors:
    dense: float
    keywords: float

    def of(self, dense: Tensor, keywords: Tensor) -> Tensor:
        """Logits `[queries, passages]`."""
        return self.dense * dense + self.keywords * keywords


def fitted(batches: list[tuple[Tensor, Tensor]]) -> Factors:
    """Of each batch the cosines and BM25's scores, right passages on the diagonal; logistic regression, both factors positive."""
    raw = torch.tensor([2.0, -1.0], requires_grad=True)
    optimizer = torch.optim.Adam([raw], lr=0.05)
    for _ in range(ROUNDS):
        optimizer.zero_grad()
        dense, keywords = raw.exp()
        losses = [F.cross_entropy(dense * d + keywords * k, torch.arange(len(d))) for d, k in batches]
        torch.stack(losses).mean().backward()
        optimizer.step()
    dense, keywords = raw.exp().tolist()
    return Factors(dense, keywords)


def scale_of(batches: list[Tensor]) -> float:
    """The factor of the student's scores under which right passages are likeliest: its scores have no unit of their own."""
    raw = torch.tensor(-2.0, requires_grad=True)
    optimizer = torch.optim.Adam([raw], lr=0.05)
    for _ in range(ROUNDS):
        optimizer.zero_grad()
        losses = [F.cross_entropy(raw.exp() * scores, torch.arange(len(scores))) for scores in batches]
        torch.stack(losses).mean().backward()
        optimizer.step()
    return raw.exp().item()


def firsts(batches: list[tuple[Tensor, Tensor]], factors: Factors) -> float:
    """Share of the questions whose passage is the first."""
    found = [(factors.of(d, k).argmax(1) == torch.arange(len(d))).float().mean() for d, k in batches]
    return torch.stack(found).mean().item()
