"""
Stage `relate`: words lit for their spelling go out (방망이 for 쿠버네티스, 연초 for 연차).

The model is its own teacher, but for dimensions whose word has nothing to do with any word of the text (`kinship.py`):
those are to be dark, most of all where the text is one word. A text's own words are to be lit, and so are words that
surely are kin and nearly were. Can be stopped at any moment and goes on from its last state.
"""

from __future__ import annotations

import copy
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .checkpoint import load_model, load_state, save_model, save_state
from .config import Config
from .journal import Journal
from .kinship import Kinship, kinship_of
from .model import SparseEncoder
from .pairs import read
from .probe import probe
from .shrink import schedule
from .tokens import Texts
from .train import optimizer_of
from .vocabulary import VARIANTS, Bags

REPORT, SAVE = 10, 25
COMPANION, LIT = 0.9, 0.6
"""The words of the highest logits that are this surely kin have this weight at least in a text of one word."""
COMPANIONS, NEARLY = 5, -1.0
"""How many, and what a logit must be: it can become a weight by a small change."""


def goals(logits: Tensor, kin: Tensor) -> Tensor:
    """The teacher's logits and how sure each word is kin -> the weights wanted, all `[texts, words]`."""
    return torch.log1p(F.relu(logits)) * kin


def goals_of_words(logits: Tensor, kin: Tensor, words: Tensor, least_own: float) -> Tensor:
    """The same for texts of one word each, int64 `[texts]`, which itself is to have at least the weight `least_own`."""
    wanted = goals(logits, kin)
    best = logits.masked_fill(kin <= COMPANION, NEARLY).topk(min(COMPANIONS, logits.shape[1]), dim=1)
    least = torch.zeros_like(wanted).scatter_(1, best.indices, LIT * (best.values > NEARLY))
    least.scatter_(1, words[:, None], least_own)
    return wanted.maximum(least)


def distance(logits: Tensor, wanted: Tensor) -> Tensor:
    """Squares of the differences of weights, a sum a text; below zero a logit still feels that it should rise."""
    weights = torch.log1p(F.relu(logits)) - 0.1 * F.relu(-logits)
    squares = torch.where(wanted > 0, (weights - wanted).square(), F.relu(weights).square())
    return squares.sum(1)


def one_word_texts(words: list[str]) -> list[tuple[str, int]]:
    """Each word of the vocabulary, and each spelling that counts as one of them, with the number of the word."""
    numbers = {word: number for number, word in enumerate(words)}
    spelt = [(variant, numbers[word]) for variant, word in VARIANTS.items() if word in numbers]
    return [*((word, number) for number, word in enumerate(words)), *spelt]


def relate(config: Config) -> None:
    torch.manual_seed(config.seed)
    random.seed(config.seed)
    settings = config.relate
    journal = Journal(config.path("relate.log.jsonl"))
    model, tokenizer, words = load_model(config.path("trained"))
    teacher = copy.deepcopy(model).requires_grad_(False)
    texts, pairs, held = Texts(tokenizer), read(config.path("pairs.jsonl")), read(config.path("held-out.jsonl"))
    bags = {name: Bags.load(config.path(f"bags-{name}.npz")) for name in ("queries", "passages")}
    kinship = kinship_of(config, texts, words)
    optimizer = optimizer_of(model, settings.frozen_layers)
    rates = {"body": settings.learning_rate, "head": settings.head_learning_rate, "bias": settings.bias_learning_rate}
    longest = (config.model.query_tokens, config.model.passage_tokens)
    state_file = config.path("relate.state")
    state = load_state(state_file)
    step = 0
    if state is not None:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    else:
        journal.say(step=0, **probe(model, texts, held, longest))
    single = one_word_texts(words)
    sums = torch.zeros(3)
    while step < settings.steps:
        rng = np.random.default_rng([config.seed, step, 2])
        drawn = [single[i] for i in rng.choice(len(single), settings.words, replace=False)]
        asked = rng.choice(len(pairs), settings.queries, replace=False)
        answers = rng.choice(len(pairs), settings.passages, replace=False)
        half = settings.words // 2
        alone = [np.array([number]) for _, number in drawn]
        parts = (
            ("query", [text for text, _ in drawn[:half]], alone[:half], settings.least_own),
            ("passage", [text for text, _ in drawn[half:]], alone[half:], settings.least_own),
            ("query", [pairs[i].query for i in asked], [bags["queries"][i] for i in asked], None),
            ("passage", [pairs[i].passage for i in answers], [bags["passages"][i] for i in answers], None),
        )
        for group in optimizer.param_groups:
            group["lr"] = rates[group["name"]] * schedule(step, settings.warmup, settings.steps)
        optimizer.zero_grad(set_to_none=True)
        errors = [learn(model, teacher, texts, kinship, part, longest) for part in parts]
        torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 2.0)
        optimizer.step()
        step += 1
        sums += torch.tensor([(errors[0] + errors[1]) / 2, errors[2], errors[3]])
        if step % REPORT == 0:
            said = (sums / REPORT).tolist()
            journal.say(step=step, words=said[0], queries=said[1], passages=said[2])
            sums.zero_()
        if step % SAVE == 0 or step == settings.steps:
            save_state(state_file, step=step, model=model.state_dict(), optimizer=optimizer.state_dict())
    journal.say(step=step, **probe(model, texts, held, longest))
    save_model(config.path("related"), model, config.path("trained", "tokenizer.json"), words)


def learn(
    model: SparseEncoder,
    teacher: SparseEncoder,
    texts: Texts,
    kinship: Kinship,
    part: tuple[str, list[str], list[np.ndarray], float | None],
    longest: tuple[int, int],
) -> float:
    """The mean `distance` of a part's texts (kind, texts, own words, least weight of those in a text of one word); adds its gradients."""
    kind, lines, bags, least = part
    batch = texts.batch(kind, lines, longest[0] if kind == "query" else longest[1])
    with torch.no_grad():
        logits, kin = teacher.logits(batch.ids, batch.mask, batch.votes), kinship.of(bags)
        if least is None:
            wanted = goals(logits, kin)
        else:
            wanted = goals_of_words(logits, kin, torch.from_numpy(np.concatenate(bags).astype(np.int64)), least)
    error = distance(model.logits(batch.ids, batch.mask, batch.votes), wanted).mean()
    error.backward()
    return error.item()
