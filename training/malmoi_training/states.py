"""
What the frozen lower layers make of each passage, kept on disk in half floats: a passage's second time costs its
upper layers only. 12 GB for 100,000 passages, written as passages are first met (the file is sparse until then).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor


class States:
    """`lengths`: tokens of each text. What is in the folder must come from the same model, texts and lengths: see `key`."""

    def __init__(self, folder: Path, lengths: np.ndarray, hidden: int, key: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        stamp = folder / "key.txt"
        known = stamp.exists() and stamp.read_text("utf8") == key
        shape = (int(self.starts[-1]), hidden)
        self.values = opened(folder / "states.f16", np.float16, shape, known)
        self.vectors = opened(folder / "vectors.f16", np.float16, (len(lengths), hidden), known)
        self.filled = opened(folder / "filled.u8", np.uint8, (len(lengths),), known)
        stamp.write_text(key, "utf8")

    def missing(self, rows: list[int]) -> list[int]:
        return [row for row in dict.fromkeys(rows) if not self.filled[row]]

    def put(self, rows: list[int], hidden: Tensor, vectors: Tensor) -> None:
        """`hidden [rows, longest, size]` (what is past a text's end is not kept) and the dense teacher's `[rows, size]`."""
        for row, found in zip(rows, hidden.to(torch.float16).numpy(), strict=True):
            start, end = self.starts[row], self.starts[row + 1]
            self.values[start:end] = found[: end - start]
        self.vectors[rows] = vectors.to(torch.float16).numpy()
        # Last: a run that was stopped in between does it again.
        self.filled[rows] = 1

    def get(self, rows: list[int], longest: int) -> Tensor:
        """float32 `[rows, longest, size]`, 0 past a text's end."""
        out = np.zeros((len(rows), longest, self.values.shape[1]), np.float32)
        for i, row in enumerate(rows):
            start, end = self.starts[row], self.starts[row + 1]
            out[i, : end - start] = self.values[start:end]
        return torch.from_numpy(out)

    def vectors_of(self, rows: list[int]) -> Tensor:
        return torch.from_numpy(self.vectors[rows].astype(np.float32))


def opened(file: Path, kind: type, shape: tuple[int, ...], known: bool) -> np.memmap:
    """An array on disk; a new one is all zeros, and takes room only where something was written."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    if not known or not file.exists() or file.stat().st_size != size:
        with file.open("wb") as out:
            out.truncate(size)
    return np.memmap(file, kind, "r+", shape=shape)
