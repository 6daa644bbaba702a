"""
How far one head is from another where it matters: at the logits that are, or nearly are, weights.

Nearly all of a token's logits are far below zero and never seen, but they hold nearly all of the squared error: a
head that is fitted to every logit loses the few high ones (a third of the query's dimensions when tried). So logits
count from `FLOOR` upwards only.
"""

from __future__ import annotations

import torch
from torch import Tensor

from .model import SparseEncoder

FLOOR = -1.0
"""What lies lower could not become a weight by a small change."""
TILE = 2_048


def raised(logits: Tensor) -> Tensor:
    return (logits - FLOOR).relu_()


def tiles(model: SparseEncoder) -> list[slice]:
    words = model.decoder.shape[0]
    return [slice(start, min(words, start + TILE)) for start in range(0, words, TILE)]


@torch.no_grad()
def peak_size(z: Tensor, model: SparseEncoder) -> float:
    """`z [tokens, head]` -> the sum of the squares that an error is a share of."""
    return sum(raised(z @ model.decoder[t].T + model.bias[t]).square().sum().item() for t in tiles(model)) or 1.0


@torch.no_grad()
def peak_error(z: Tensor, model: SparseEncoder, wanted: Tensor, teacher: SparseEncoder) -> float:
    """Squared error of `model`'s logits on its states `z` against `teacher`'s on its states `wanted`: a share, 0 or more."""
    error = 0.0
    for tile in tiles(teacher):
        goal = raised(wanted @ teacher.decoder[tile].T + teacher.bias[tile])
        error += (raised(z @ model.decoder[tile].T + model.bias[tile]) - goal).square().sum().item()
    return error / peak_size(wanted, teacher)


def learn_peaks(z: Tensor, model: SparseEncoder, wanted: Tensor, teacher: SparseEncoder) -> float:
    """`peak_error`, and its gradients: of the decoder, the bias, and through `z` of what made it. A tile at a time."""
    size = peak_size(wanted, teacher)
    states = z.detach().requires_grad_()
    error = 0.0
    for tile in tiles(teacher):
        with torch.no_grad():
            goal = raised(wanted @ teacher.decoder[tile].T + teacher.bias[tile])
        found = (states @ model.decoder[tile].T + model.bias[tile] - FLOOR).relu()
        share = (found - goal).square().sum() / size
        share.backward()
        error += share.item()
    z.backward(states.grad)
    return error
