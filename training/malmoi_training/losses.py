"""The parts of the training loss. Scores are `[queries, passages]`; the right passage stands on the diagonal."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

PRODUCT_SHARE = 0.4
"""Weight of the semantic channel in the product's sum of both, about which the hybrid contrast is taken."""


def contrast(scores: Tensor, doubtful: Tensor) -> Tensor:
    """InfoNCE both ways; what the dense teacher holds for at least as right as the pair itself is no negative."""
    scores = scores.masked_fill(doubtful, -1e4)
    right = torch.arange(len(scores), device=scores.device)
    return (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2


def doubtful(dense: Tensor) -> Tensor:
    """Positive-aware mining (NV-Retriever, 2024): off the diagonal, as near as the pair by the dense teacher."""
    mask = dense >= dense.diag()[:, None]
    return mask.fill_diagonal_(False)


def agreement(scores: Tensor, teacher: Tensor) -> Tensor:
    """KL divergence from the teacher's distribution, both ways; both in the units of logits."""
    one = F.kl_div(F.log_softmax(scores, 1), F.softmax(teacher, 1), reduction="batchmean")
    other = F.kl_div(F.log_softmax(scores.T, 1), F.softmax(teacher.T, 1), reduction="batchmean")
    return (one + other) / 2


def with_keywords(scores: Tensor, bm25: Tensor) -> Tensor:
    """The product's weighted sum of both channels, in the units of `scores`."""
    unit = scores.detach().std() / bm25.std().clamp(min=1e-6)
    mixed = PRODUCT_SHARE * scores + (1 - PRODUCT_SHARE) * unit * bm25
    return mixed / PRODUCT_SHARE


def own_words(logits: Tensor, target: Tensor, idf: Tensor, margin: float) -> Tensor:
    """A text's own words stay lit: that is what a reader expects to see. `target` is 1 on them."""
    weight = target * idf
    return (F.softplus(margin - logits) * weight).sum() / weight.sum().clamp(min=1)


def cost(weights: Tensor, target: Tensor, foreign: float) -> tuple[Tensor, Tensor]:
    """FLOPS (Paria et al., 2020) and L1 of what stands in neither text; foreign words weigh more in both."""
    outside = 1 - target
    flops = ((weights * (1 + foreign * outside)).mean(0) ** 2).sum()
    return flops, (weights * outside).sum(1).mean()
