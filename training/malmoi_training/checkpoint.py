"""
A sparse encoder on disk: `config.json`, `model.safetensors` (names of transformers' BertForMaskedLM, without
the tie), `tokenizer.json`, `tokens.json` (the words of the output dimensions). And the state of a run, which
can be stopped at any moment: written beside and renamed, so that there is always a whole one.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from .model import SparseEncoder


def save_model(folder: Path, model: SparseEncoder, tokenizer_file: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(model.shape, indent=1), "utf8")
    if tokenizer_file.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    (folder / "tokens.json").write_text(json.dumps(words, ensure_ascii=False), "utf8")


def load_model(folder: Path) -> tuple[SparseEncoder, Tokenizer, list[str]]:
    if not (folder / "config.json").exists():
        raise SystemExit(f"{folder}: no model here; run the stage before")
    model = SparseEncoder(json.loads((folder / "config.json").read_text("utf8")))
    model.load_state_dict(load_file(folder / "model.safetensors"))
    words = json.loads((folder / "tokens.json").read_text("utf8"))
    return model, Tokenizer.from_file(str(folder / "tokenizer.json")), words


def save_state(file: Path, **state: Any) -> None:
    state["random"] = (random.getstate(), np.random.get_state(), torch.get_rng_state())
    partial = file.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, file)


def load_state(file: Path) -> dict[str, Any] | None:
    """None where no run was begun. The file is our own: it may hold Python objects."""
    if not file.exists():
        return None
    state: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=False)
    python, numpy, torch_state = state.pop("random")
    random.setstate(python)
    np.random.set_state(numpy)
    torch.set_rng_state(torch_state)
    return state
