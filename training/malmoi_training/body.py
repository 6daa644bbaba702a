"""
The part of the encoder that is not trained, for student and dense teacher at once: layers that both have in common
are run once, and what comes out of them for passages is kept (`states.py`).
"""

from __future__ import annotations

from hashlib import blake2b

import torch
import torch.nn.functional as F
from torch import Tensor

from .config import Config
from .dense import DenseTeacher
from .layers import alike, embedded, run
from .model import SparseEncoder
from .prepare import Passages
from .states import States
from .tokens import Batch, Texts

CHUNK = 4_096
"""Tokens at a time."""


def to(batch: Batch, device: torch.device) -> Batch:
    return Batch(batch.ids.to(device), batch.mask.to(device), batch.votes.to(device))


def bucketed(lengths: list[int], tokens: int) -> list[list[int]]:
    """Places, the longest first, in groups of at most `tokens` tokens with their padding."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    out: list[list[int]] = []
    for place in order:
        if out and (len(out[-1]) + 1) * lengths[out[-1][0]] <= tokens:
            out[-1].append(place)
        else:
            out.append([place])
    return out


class Body:
    """`layers` from below are frozen. Passages are asked for by their number, once they are known."""

    def __init__(self, config: Config, model: SparseEncoder, teacher: DenseTeacher, texts: Texts, passages: Passages, device: torch.device) -> None:
        self.model, self.teacher, self.texts, self.passages, self.device = model, teacher, texts, passages, device
        self.layers = max(0, config.teach.frozen_layers)
        self.shared = min(alike(model.bert, teacher.bert), self.layers)
        self.hidden = model.shape["hidden"]
        self.states = None
        self.vectors: dict[int, Tensor] = {}
        self.computed = 0
        if config.teach.cache and self.layers:
            key = blake2b(digest_size=16)
            key.update(passages.values.tobytes())
            for parameter in model.bert.encoder.layer[: self.layers].parameters():
                key.update(parameter.detach().cpu().numpy().tobytes())
            self.states = States(config.path("states", "x").parent, passages.lengths, self.hidden, key.hexdigest())

    @torch.no_grad()
    def both(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Hidden states after the frozen layers, and the dense teacher's vector."""
        low = run(self.model.bert, embedded(self.model.bert, batch.ids), batch.mask, slice(0, self.shared))
        states = run(self.model.bert, low, batch.mask, slice(self.shared, self.layers))
        if self.shared == 0:
            low = embedded(self.teacher.bert, batch.ids)
        return states, self.pooled(run(self.teacher.bert, low, batch.mask, slice(self.shared, None)), batch)

    def pooled(self, states: Tensor, batch: Batch) -> Tensor:
        return F.normalize((states.float() * batch.mask[..., None]).sum(1), dim=1)

    @torch.no_grad()
    def lower(self, batch: Batch) -> Tensor:
        return self.model.lower(batch.ids, batch.mask, self.layers)

    def batch(self, rows: list[int]) -> Batch:
        return to(self.texts.padded("passage", [self.passages[row] for row in rows]), self.device)

    def fill(self, rows: list[int]) -> None:
        """Whatever is not known yet of these passages."""
        missing = self.states.missing(rows) if self.states is not None else [row for row in dict.fromkeys(rows) if row not in self.vectors]
        lengths = [int(self.passages.lengths[row]) for row in missing]
        for places in bucketed(lengths, CHUNK if self.device.type == "cpu" else 16 * CHUNK):
            some = [missing[place] for place in places]
            batch = self.batch(some)
            self.computed += batch.tokens
            if self.states is not None:
                states, vectors = self.both(batch)
                self.states.put(some, states.float().cpu(), vectors.float().cpu())
            else:
                vectors = self.both(batch)[1].float()
                self.vectors.update(zip(some, vectors, strict=True))

    def passage_vectors(self, rows: list[int]) -> Tensor:
        """Of passages that are known: `[rows, hidden]`, of length 1."""
        if self.states is not None:
            return self.states.vectors_of(rows).to(self.device)
        return torch.stack([self.vectors[row] for row in rows])

    def passage_states(self, rows: list[int], batch: Batch) -> Tensor:
        if self.states is not None:
            return self.states.get(rows, batch.ids.shape[1]).to(self.device)
        return self.lower(batch)
