"""What a step of `teach` wants, as one sum of the parts in `losses.py` and `relate.py`."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from . import losses
from .config import Teach
from .relate import distance, goals_of_words


@dataclass
class Parts:
    query: Tensor
    """Largest logits `[pairs, words]`, and of the passages."""
    passage: Tensor
    teachers: tuple[Tensor, Tensor, Tensor]
    """The dense teacher's cosines `[pairs, pairs]`, BM25, and the scores of the model as it was."""
    teacher: Tensor
    """All together as logits."""
    own: Tensor
    """`[pairs, words]`: 1 on the question's words, on the pair's; how sure a word is kin to the pair's."""
    pair_words: Tensor
    kin: Tensor
    single: Tensor
    """Largest logits `[texts, words]` of texts of one word each, now and before training; their words' kin."""
    before: Tensor
    single_kin: Tensor
    numbers: Tensor


def loss_of(parts: Parts, idf: Tensor, scale: float, settings: Teach) -> tuple[Tensor, dict[str, float]]:
    """The loss, and what the journal says of it. `scale` makes scores logits."""
    query, passage = (torch.log1p(F.relu(logits.float())) for logits in (parts.query, parts.passage))
    scores = scale * query @ passage.T
    doubtful = losses.doubtful(parts.teachers[0])
    alone = losses.contrast(scores, doubtful)
    hybrid = losses.contrast(losses.with_keywords(scores, parts.teachers[1]), doubtful)
    agreed = losses.agreement(scores, parts.teacher)
    lit = losses.own_words(parts.passage, parts.pair_words, idf, settings.margin) + 0.5 * losses.own_words(parts.query, parts.own, idf, settings.margin)
    near = parts.pair_words.maximum(parts.kin)
    query_flops, query_l1 = losses.cost(query, near, settings.foreign)
    passage_flops, passage_l1 = losses.cost(passage, near, settings.foreign)
    wanted = goals_of_words(parts.before.float(), parts.single_kin, parts.numbers, settings.least_own)
    related = distance(parts.single.float(), wanted).mean()
    loss = (
        settings.fused_weight * agreed
        + settings.contrast_weight * ((1 - settings.hybrid_share) * alone + settings.hybrid_share * hybrid)
        + settings.own_words * lit
        + settings.query_flops * query_flops
        + settings.passage_flops * passage_flops
        + settings.query_l1 * query_l1
        + settings.passage_l1 * passage_l1
        + settings.relate_weight * related
    )
    right = torch.arange(len(scores), device=scores.device)
    said = {
        "loss": loss,
        "alone": alone,
        "hybrid": hybrid,
        "agreement": agreed,
        "own_words": lit,
        "related": related,
        "first": (scores.argmax(1) == right).float().mean(),
        "teacher_first": (parts.teacher.argmax(1) == right).float().mean(),
        "query_active": (query > 0).float().sum(1).mean(),
        "passage_active": (passage > 0).float().sum(1).mean(),
        "on_near_words": (passage * near).sum() / passage.sum(),
        "query_cost": settings.query_flops * query_flops + settings.query_l1 * query_l1,
        "passage_cost": settings.passage_flops * passage_flops + settings.passage_l1 * passage_l1,
    }
    return loss, {name: value.detach().item() for name, value in said.items()}
