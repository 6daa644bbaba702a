"""
A trained model as small files, and back: what was trained, as its difference from the start in 8 bits a value and a
scale a row. A difference is small, so its rounding is far below the 4 and 8 bits that the product keeps.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from .checkpoint import load_model, save_model
from .config import Config

SHARD = 15 << 20
"""Bytes of a file, at most."""


def rounded(difference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float32, rows first -> int8 and a float32 scale a row."""
    rows = difference.reshape(len(difference), -1)
    scales = np.abs(rows).max(1) / 127
    levels = np.rint(rows / np.where(scales == 0, 1, scales)[:, None]).astype(np.int8)
    return levels.reshape(difference.shape), scales.astype(np.float32)


def give(config: Config, out: Path) -> None:
    """`taught` - `grown` -> `out/part-N.safetensors`."""
    before, _, _ = load_model(config.path("grown"))
    after, _, _ = load_model(config.path("taught"))
    start = before.state_dict()
    shard: dict[str, np.ndarray] = {}
    size, number = 0, 0
    out.mkdir(parents=True, exist_ok=True)
    for name, value in after.state_dict().items():
        difference = (value - start[name]).numpy()
        if not difference.any():
            continue
        levels, scales = rounded(difference) if difference.ndim > 1 else (difference.astype(np.float32), np.empty(0, np.float32))
        if shard and size + levels.nbytes + scales.nbytes > SHARD:
            save_file(shard, out / f"part-{number}.safetensors")
            shard, size, number = {}, 0, number + 1
        shard[name] = levels
        if len(scales):
            shard[f"{name}.scales"] = scales
        size += levels.nbytes + scales.nbytes
    save_file(shard, out / f"part-{number}.safetensors")


def take(config: Config, folder: Path) -> None:
    """The same files, and the `grown` that they differ from -> `taught`."""
    model, _, words = load_model(config.path("grown"))
    state = model.state_dict()
    files = sorted(folder.glob("part-*.safetensors"))
    if not files:
        raise SystemExit(f"{folder}: no part-N.safetensors here")
    for file in files:
        found = load_file(file)
        for name, levels in found.items():
            if name.endswith(".scales"):
                continue
            value = levels.astype(np.float32)
            scales = found.get(f"{name}.scales")
            if scales is not None:
                value *= scales.reshape(-1, *[1] * (value.ndim - 1))
            state[name] = state[name] + torch.from_numpy(value)
    model.load_state_dict(state)
    save_model(config.path("taught"), model, config.path("grown") / "tokenizer.json", words)
