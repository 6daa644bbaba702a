"""
Stage `train`: contrast among look-alikes, alone and on top of BM25, and agreement with the dense teacher, at few
active dimensions that a reader recognises. Can be stopped at any moment and goes on from its last state.
"""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from . import losses
from .batches import drawn
from .bigrams import Bm25
from .checkpoint import load_model, load_state, save_model, save_state
from .config import Config
from .dense import dense_teacher
from .inference_free import idf_of
from .journal import Journal
from .model import SparseEncoder
from .noise import rewritten
from .pairs import read
from .probe import probe
from .shrink import SILENCED, schedule
from .tokens import Texts
from .vocabulary import Bags

REPORT, SAVE, PROBE = 10, 25, 200
TEACHER_TOKENS = 96
LONG_TOKENS = 256


def targets(bags: list[Bags], chosen: list[int], words: int) -> Tensor:
    """float `[pairs, words]`: 1 on the words of any of the texts."""
    out = torch.zeros(len(chosen), words)
    for row, pair in enumerate(chosen):
        for bag in bags:
            out[row, torch.from_numpy(bag[pair].astype(np.int64))] = 1
    return out


def optimizer_of(model: SparseEncoder, frozen_layers: int) -> torch.optim.AdamW:
    # The embeddings came from 4 bits and go back to them: what stays as it is costs nothing.
    model.bert.embeddings.requires_grad_(False)
    model.bert.encoder.layer[:frozen_layers].requires_grad_(False)
    body = [p for p in model.bert.parameters() if p.requires_grad]
    head = [p for p in (*model.dense.parameters(), *model.norm.parameters(), model.decoder) if p.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": body, "name": "body", "weight_decay": 0.01},
            {"params": head, "name": "head", "weight_decay": 0.0},
            {"params": [model.bias], "name": "bias", "weight_decay": 0.0},
        ],
        lr=0.0,
        betas=(0.9, 0.98),
    )


def new_words(config: Config, words: list[str]) -> Tensor:
    """bool `[words]`: those that the model before `grow` had no row for."""
    before, _, known = load_model(config.path("small"))
    lit = {word for word, bias in zip(known, before.bias.tolist(), strict=True) if bias > SILENCED}
    return torch.tensor([word not in lit for word in words])


def train_only(model: SparseEncoder, rows: Tensor) -> None:
    """All but these rows of the decoder and its bias stays as it is; `rows` is bool `[words]`."""
    model.requires_grad_(False)
    for part in (model.decoder, model.bias):
        part.requires_grad_(True)
        mask = rows if part.dim() == 1 else rows[:, None]
        part.register_hook(lambda gradient, mask=mask: gradient * mask)


def train(config: Config) -> None:
    torch.manual_seed(config.seed)
    random.seed(config.seed)
    settings = config.train
    journal = Journal(config.path("train.log.jsonl"))
    model, tokenizer, words = load_model(config.path("grown"))
    if settings.only_new_words:
        train_only(model, new_words(config, words))
    optimizer = optimizer_of(model, settings.frozen_layers)
    rates = {"body": settings.learning_rate, "head": settings.head_learning_rate, "bias": settings.bias_learning_rate}
    teacher, texts = dense_teacher(tokenizer), Texts(tokenizer)
    pairs, held = read(config.path("pairs.jsonl")), read(config.path("held-out.jsonl"))
    queries, passages = (Bags.load(config.path(f"bags-{name}.npz")) for name in ("queries", "passages"))
    frequency = np.load(config.path("document-frequency.npy"))
    idf = torch.from_numpy(idf_of(frequency, len(pairs))).float()
    bm25 = Bm25([pair.passage for pair in pairs[:20_000]])
    longest = (config.model.query_tokens, config.model.passage_tokens)
    state_file = config.path("train.state")
    state = load_state(state_file)
    step = 0
    if state is not None:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    else:
        journal.say(step=0, **probe(model, texts, held, longest))
    neighbours = np.load(config.path("neighbours.npy"))
    batches = drawn([pair.source for pair in pairs], neighbours, config, step)
    sums: defaultdict[str, float] = defaultdict(float)
    summed = 0
    while step < settings.steps:
        chosen = next(batches)
        rng = np.random.default_rng([config.seed, step, 1])
        passage_tokens = LONG_TOKENS if rng.random() < settings.long_passages else config.model.passage_tokens
        asked = [rewritten(pairs[i].query, rng) for i in chosen]
        answers = [pairs[i].passage for i in chosen]
        q, p = texts.batch("query", asked, longest[0]), texts.batch("passage", answers, passage_tokens)
        dense = teacher(q, TEACHER_TOKENS) @ teacher(p, TEACHER_TOKENS).T
        own = targets([queries], chosen, len(words))
        pair_words = targets([queries, passages], chosen, len(words))
        p_logits = model.logits(p.ids, p.mask, p.votes)
        lit = losses.own_words(p_logits, pair_words, idf, 0.6)
        if settings.inference_free:
            q_weights = own * idf
        else:
            q_logits = model.logits(q.ids, q.mask, q.votes)
            q_weights = torch.log1p(F.relu(q_logits))
            lit = lit + 0.5 * losses.own_words(q_logits, own, idf, 0.6)
        p_weights = torch.log1p(F.relu(p_logits))
        scores = q_weights @ p_weights.T
        mixed = losses.with_keywords(scores, torch.from_numpy(bm25.scores(asked, answers)))
        doubtful = losses.doubtful(dense)
        alone, hybrid = losses.contrast(scores, doubtful), losses.contrast(mixed, doubtful)
        agreed = losses.agreement(scores, dense / settings.temperature)
        q_flops, q_l1 = losses.cost(q_weights, pair_words, settings.foreign)
        p_flops, p_l1 = losses.cost(p_weights, pair_words, settings.foreign)
        loss = (
            (1 - settings.hybrid_weight) * alone
            + settings.hybrid_weight * hybrid
            + settings.dense_weight * agreed
            + settings.own_words * lit
            + settings.query_flops * q_flops
            + settings.passage_flops * p_flops
            + settings.query_l1 * q_l1
            + settings.passage_l1 * p_l1
        )
        for group in optimizer.param_groups:
            group["lr"] = rates[group["name"]] * schedule(step, settings.warmup, settings.steps)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 2.0)
        optimizer.step()
        step += 1
        for name, value in {
            "loss": loss.item(),
            "alone": alone.item(),
            "hybrid": hybrid.item(),
            "agreement": agreed.item(),
            "own_words": lit.item(),
            "first": (scores.argmax(1) == torch.arange(len(scores))).float().mean().item(),
            "teacher_first": (dense.argmax(1) == torch.arange(len(dense))).float().mean().item(),
            "query_active": (q_weights > 0).float().sum(1).mean().item(),
            "passage_active": (p_weights > 0).float().sum(1).mean().item(),
            "on_pair_words": ((p_weights * pair_words).sum() / p_weights.sum()).item(),
            "tokens": q.tokens + p.tokens,
        }.items():
            sums[name] += value
        summed += 1
        if step % REPORT == 0:
            # Fewer than REPORT after a run that was taken up again.
            journal.say(step=step, **{name: value / summed for name, value in sums.items()})
            sums.clear()
            summed = 0
        if step % SAVE == 0 or step == settings.steps:
            save_state(state_file, step=step, model=model.state_dict(), optimizer=optimizer.state_dict())
        if step % PROBE == 0 or step == settings.steps:
            journal.say(step=step, **probe(model, texts, held, longest))
    save_model(config.path("trained"), model, config.path("grown") / "tokenizer.json", words)
