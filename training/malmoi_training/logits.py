"""A narrow head and its decoder, fitted to wide ones without ever computing the product over all words."""

from __future__ import annotations

import torch
from torch import Tensor

from .model import SparseEncoder


def with_one(rows: Tensor) -> Tensor:
    return torch.cat([rows, torch.ones(len(rows), 1)], 1)


def decoder_of(model: SparseEncoder, live: Tensor) -> Tensor:
    """`[live words, head + 1]`: the bias is a column."""
    return torch.cat([model.decoder[live], model.bias[live, None]], 1).detach()


@torch.no_grad()
def narrow_head(student: SparseEncoder, teacher: SparseEncoder, states: Tensor, live: Tensor) -> None:
    """
    `states [tokens, hidden]`, last states of the teacher. The student's head starts as the directions of the
    teacher's that carry most of its logits' variance; its decoder follows by `fit_decoder`.
    """
    z = teacher.head(states)
    centred = z - z.mean(0)
    root = torch.linalg.cholesky(centred.T @ centred / len(z) + 1e-4 * torch.eye(z.shape[1]) * centred.var())
    _, _, directions = torch.linalg.svd(teacher.decoder[live] @ root, full_matrices=False)
    projection = torch.linalg.solve_triangular(root.T, directions[: student.shape["head"]].T, upper=True).T
    mixed = projection * teacher.norm.weight
    student.dense.weight.copy_(mixed @ teacher.dense.weight)
    student.dense.bias.copy_(mixed @ teacher.dense.bias)


@torch.no_grad()
def fit_decoder(student: SparseEncoder, found: Tensor, teacher: SparseEncoder, wanted: Tensor, live: Tensor) -> None:
    """Least squares: the decoder of the student's head states `found` for the logits of the teacher's `wanted`."""
    x, y = with_one(found).double(), with_one(wanted).double()
    gram = x.T @ x
    gram += 1e-4 * gram.diag().mean() * torch.eye(len(gram), dtype=torch.float64)
    mapping = torch.linalg.solve(gram, x.T @ y).float()
    fitted = decoder_of(teacher, live) @ mapping.T
    student.decoder[live], student.bias[live] = fitted[:, :-1], fitted[:, -1]
    student.bias[~live] = teacher.bias[~live]
