"""
Stage `shrink`: a deep encoder -> one of fewer layers, or of a narrower head, that gives every word the same weight.

Which layers stay is found by dropping, again and again, the one whose loss changes the weights least. The head
becomes narrower: it starts as the directions that carry most of the logits' variance, with the decoder that fits
them best. The rest is trained until the logits that matter are the old ones again (`peaks.py`). Where no layer is
dropped the body stays as it is.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Iterator

import torch
from torch import Tensor

from .checkpoint import load_model, load_state, save_model, save_state
from .config import Config
from .corpora import Pair, plain_lines
from .journal import Journal
from .logits import fit_decoder, narrow_head
from .model import SparseEncoder
from .pairs import read
from .peaks import learn_peaks, peak_error
from .probe import probe
from .tokens import Batch, Texts

REPORT = 10
SAVE = 50
PROBE = 250
SILENCED = -1e3
"""Bias of the dimensions that the first model's recipe switched off: they have no logits to fit."""
FIT_TOKENS = 20_000
"""A hundred for each column of the head: with fewer the decoder learns the sample by heart."""
CHUNK = 1_024
"""Texts drawn at a time and sorted by length, so that little is padding."""


def without(model: SparseEncoder, kept: list[int]) -> SparseEncoder:
    """A model of the layers named; its tensors are shared with `model`'s."""
    smaller = copy.copy(model)
    smaller._modules = dict(model._modules)
    smaller.bert = copy.copy(model.bert)
    smaller.bert._modules = dict(model.bert._modules)
    smaller.bert.encoder = copy.copy(model.bert.encoder)
    smaller.bert.encoder._modules = dict(model.bert.encoder._modules)
    smaller.bert.encoder.layer = torch.nn.ModuleList([model.bert.encoder.layer[i] for i in kept])
    return smaller


def chosen_layers(model: SparseEncoder, count: int, batch: Batch, journal: Journal) -> list[int]:
    kept = list(range(model.shape["layers"]))
    with torch.inference_mode():
        asked = batch.votes > 0
        wanted = model.head(model.states(batch.ids, batch.mask)[asked])
        while len(kept) > count:
            errors: dict[int, float] = {}
            for layer in kept:
                smaller = without(model, [i for i in kept if i != layer])
                found = smaller.head(smaller.states(batch.ids, batch.mask)[asked])
                errors[layer] = peak_error(found, model, wanted, model)
            worst = min(errors, key=lambda layer: errors[layer])
            kept.remove(worst)
            journal.say(dropped=worst, error=errors[worst], layers=str(kept))
    return kept


def batches(texts: Texts, pool: list[tuple[str, str]], config: Config) -> Iterator[Batch]:
    """Endless: batches of one kind and like length, at most `shrink.tokens` tokens."""
    longest = {"query": config.model.query_tokens, "passage": config.model.passage_tokens}
    while True:
        ready: list[Batch] = []
        drawn = random.sample(pool, min(CHUNK, len(pool)))
        for kind in longest:
            rows = sorted(texts.ids(kind, [text for k, text in drawn if k == kind], longest[kind]), key=len)
            start = 0
            while start < len(rows):
                end = start + 1
                while end < len(rows) and len(rows[end]) * (end + 1 - start) <= config.shrink.tokens:
                    end += 1
                ready.append(texts.padded(kind, rows[start:end]))
                start = end
        random.shuffle(ready)
        yield from ready


def text_pool(config: Config, pairs: list[Pair]) -> list[tuple[str, str]]:
    """Passages three times as often as questions; reviews, the only everyday speech, as both."""
    reviews = [line for line in plain_lines(config.outside(config.data.corpora) / "nsmc_reviews_150k.txt.xz") if len(line) > 10]
    pool = [("passage", pair.passage) for pair in pairs] + [("query", pair.query) for pair in pairs[::3]]
    return pool + [("passage", line) for line in reviews[:20_000]] + [("query", line) for line in reviews[20_000:30_000]]


def shrink(config: Config) -> None:
    torch.manual_seed(config.seed)
    random.seed(config.seed)
    settings = config.shrink
    journal = Journal(config.path("shrink.log.jsonl"))
    teacher, tokenizer, words = load_model(config.path("start"))
    teacher.requires_grad_(False)
    if config.model.layers >= teacher.shape["layers"] and config.model.head == teacher.shape["head"]:
        save_model(config.path("small"), teacher, config.path("start") / "tokenizer.json", words)
        journal.say(model="as it was")
        return
    texts = Texts(tokenizer)
    pairs, held = read(config.path("pairs.jsonl")), read(config.path("held-out.jsonl"))
    longest = (config.model.query_tokens, config.model.passage_tokens)
    live = teacher.bias > SILENCED
    state_file = config.path("shrink.state")
    state = load_state(state_file)
    if state is None:
        sample = texts.batch("passage", [pair.passage for pair in held[::24]], 96)
        kept = chosen_layers(teacher, config.model.layers, sample, journal)
        step = 0
    else:
        kept, step = state["kept"], state["step"]
    student = SparseEncoder({**teacher.shape, "layers": len(kept), "head": config.model.head})
    same_body = len(kept) == teacher.shape["layers"]
    # The embeddings came from 4 bits and go back to them.
    (student.bert if same_body else student.bert.embeddings).requires_grad_(False)
    body = [p for p in student.bert.parameters() if p.requires_grad]
    head = [p for name, p in student.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": head, "rate": settings.head_learning_rate}]
    if body:
        groups.append({"params": body, "rate": settings.learning_rate})
    optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.0)
    drawn = batches(texts, text_pool(config, pairs), config)
    if state is not None:
        student.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
    else:
        student.bert.load_state_dict(without(teacher, kept).bert.state_dict())
        journal.say(model="deep", **probe(teacher, texts, held, longest))
        refit(student, teacher, drawn, live)
        journal.say(model="fitted", **probe(student, texts, held, longest))
    tokens, error_sum = 0, 0.0
    while step < settings.steps:
        batch = next(drawn)
        asked = batch.votes > 0
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * schedule(step, settings.warmup, settings.steps)
        with torch.no_grad():
            deep = teacher.states(batch.ids, batch.mask)[asked]
        states = deep if same_body else student.states(batch.ids, batch.mask)[asked]
        optimizer.zero_grad(set_to_none=True)
        error_sum += learn_peaks(student.head(states), student, teacher.head(deep), teacher)
        torch.nn.utils.clip_grad_norm_(head + body, 1.0)
        optimizer.step()
        step += 1
        tokens += batch.tokens
        if step % REPORT == 0:
            journal.say(step=step, error=error_sum / REPORT, tokens=tokens)
            error_sum = 0.0
        if step % SAVE == 0 or step == settings.steps:
            save_state(state_file, kept=kept, step=step, model=student.state_dict(), optimizer=optimizer.state_dict())
        if step % PROBE == 0 or step == settings.steps:
            journal.say(step=step, **probe(student, texts, held, longest))
    save_model(config.path("small"), student, config.path("start") / "tokenizer.json", words)


@torch.no_grad()
def refit(student: SparseEncoder, teacher: SparseEncoder, drawn: Iterator[Batch], live: Tensor) -> None:
    """The student's head and decoder by least squares on `FIT_TOKENS` tokens."""
    wanted: list[Tensor] = []
    own: list[Tensor] = []
    while sum(map(len, own)) < FIT_TOKENS:
        batch = next(drawn)
        asked = batch.votes > 0
        wanted.append(teacher.states(batch.ids, batch.mask)[asked])
        own.append(student.states(batch.ids, batch.mask)[asked])
    states = torch.cat(wanted)
    narrow_head(student, teacher, states, live)
    fit_decoder(student, student.head(torch.cat(own)), teacher, teacher.head(states), live)


def schedule(step: int, warmup: int, steps: int) -> float:
    """Linear warm-up, then a cosine down to a twentieth."""
    if step < warmup:
        return (step + 1) / warmup
    done = (step - warmup) / max(1, steps - warmup)
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))
