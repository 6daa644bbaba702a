"""How fast a run is beside what the machine could do: the matrix product's measured peak."""

from __future__ import annotations

import time

import torch

from .model import SparseEncoder

ROWS, ROUNDS = 4_096, 10


def peak(device: torch.device, half: bool) -> float:
    """Operations a second of a product as the feed-forward layers have it, the best of some."""
    kind = torch.bfloat16 if half else torch.float32
    rows = ROWS if device.type == "cpu" else 16 * ROWS
    left, right = torch.randn(rows, 384, device=device, dtype=kind), torch.randn(384, 1536, device=device, dtype=kind)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        product = left @ right
        # Waits for the product wherever it is computed.
        product[0, 0].item()
        best = min(best, time.perf_counter() - began)
    return 2 * rows * 384 * 1536 / best


def flops(model: SparseEncoder, frozen: int, tokens: float, new_tokens: float) -> float:
    """Of a step: forward and backward of what is trained, forward of what is met for the first time, the vocabulary once."""
    shape = model.shape
    layer = 2 * (4 * shape["hidden"] ** 2 + 2 * shape["hidden"] * shape["intermediate"])
    trained = 3 * (shape["layers"] - frozen) * layer + 2 * shape["head"] * shape["words"]
    # Student's and teacher's layers; those that both share count twice here where they are not the same.
    return tokens * trained + new_tokens * (frozen + shape["layers"] - min(frozen, 6)) * layer
