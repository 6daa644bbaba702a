"""
The product's own model files (`malmoi model convert`, `s4`) as tensors in float32: what stage `adopt` goes on from.

An initialiser is named by the tensor it comes from, where it lies in it (`[0:5000]`, rows of the output), and how it
is stored: `.table4` and `.table8` with `.scales` (rows of a table, 32 values or all of them to a scale), `.q` with
`.scales` and `.q4` with `.factors` and `.scales` (a matrix, its inputs first), `.T` (the same, not quantised).
"""

from __future__ import annotations

import re

import numpy as np
import onnx
from onnx import numpy_helper

PART = re.compile(r"^(?P<name>[^\[]+?)(?:\[(?P<start>\d+):\d+\])?(?:\.(?P<kind>table4|table8|q4|q|T))?$")
BLOCK = 32
HEAD = {
    "cls.predictions.transform.dense": "dense",
    "cls.predictions.transform.LayerNorm": "norm",
    "cls.predictions.decoder.weight": "decoder",
    "cls.predictions.bias": "bias",
}


def table4(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """uint8 `[rows, columns / 2]`, low halves first, 8 is zero; float16 `[rows, blocks]`."""
    values = np.stack([packed & 15, packed >> 4], -1).reshape(len(packed), -1).astype(np.float32) - 8
    return values * np.repeat(scales.astype(np.float32), BLOCK, 1)


def q4(levels: np.ndarray, factors: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """`[inputs, outputs]`, a factor for 32 inputs of an output, a scale an output -> `[outputs, inputs]`."""
    wide = levels.astype(np.float32) * np.repeat(factors.astype(np.float32), BLOCK, 0)
    return np.ascontiguousarray((wide * scales.astype(np.float32)).T)


def own_name(name: str) -> str:
    """The name in transformers -> ours (`model.py`)."""
    for theirs, ours in HEAD.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def embedded_tensors(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer if "." in tensor.name}
    parts: dict[str, dict[int, np.ndarray]] = {}
    for name, value in stored.items():
        if name.endswith((".scales", ".factors")):
            continue
        found = PART.match(name)
        if found is None:
            raise SystemExit(f"{name}: no tensor of this recipe")
        kind = found["kind"]
        base = name.removesuffix(f".{kind}") if kind else name
        scales = stored.get(f"{base}.scales")
        if kind == "table4":
            value = table4(value, scales)
        elif kind == "table8":
            value = value.astype(np.float32) * scales.astype(np.float32)
        elif kind == "q":
            value = (value.astype(np.float32) * scales.astype(np.float32)).T
        elif kind == "q4":
            value = q4(value, stored[f"{base}.factors"], scales)
        elif kind == "T":
            value = value.T
        parts.setdefault(own_name(found["name"]), {})[int(found["start"] or 0)] = np.ascontiguousarray(value, np.float32)
    return {name: np.concatenate([part for _, part in sorted(found.items())]) for name, found in parts.items()}
