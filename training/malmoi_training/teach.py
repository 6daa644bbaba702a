"""
Stage `teach`: what makes revision 2. In each step the teachers' fused ranking, the contrast among look-alikes, and
the words' kin, so that what goes out for its spelling is paid for at once.

On a CPU the lower layers are frozen and their outputs kept; on a GPU all layers are trained. Can be stopped at any
moment and goes on from its last state.
"""

from __future__ import annotations

import copy
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor
from torch.utils.data import DataLoader

from . import fused, kin, losses
from .body import Body, bucketed, to
from .checkpoint import load_model, load_state, save_model, save_state
from .config import Config, Teach
from .dense import dense_teacher
from .goal import Parts, loss_of
from .inference_free import idf_of
from .journal import Journal
from .model import SparseEncoder
from .pairs import read
from .prepare import Passages, Step, Steps
from .probe import probe, spread
from .speed import flops, peak
from .tokens import Batch, Texts

REPORT, SAVE, PROBE = 5, 10, 50
FITTED = 6
"""Batches that the teachers' factors are taken from."""


def optimizer_of(model: SparseEncoder, settings: Teach) -> torch.optim.AdamW:
    model.bert.embeddings.requires_grad_(False)
    model.bert.encoder.layer[: max(0, settings.frozen_layers)].requires_grad_(False)
    body = [p for p in model.bert.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": body, "rate": settings.learning_rate, "weight_decay": 0.01},
        {"params": [*model.dense.parameters(), *model.norm.parameters()], "rate": settings.head_learning_rate},
        {"params": [model.decoder], "rate": settings.decoder_learning_rate},
        {"params": [model.bias], "rate": settings.bias_learning_rate},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=0.0, betas=(0.9, 0.98), weight_decay=0.0)


def dense_of(rows: csr_matrix, device: torch.device) -> Tensor:
    """Made dense where it is needed: the whole would take longer to travel than a step takes."""
    out = torch.zeros(rows.shape, device=device)
    row = torch.from_numpy(np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)))
    out[row.to(device), torch.from_numpy(rows.indices.astype(np.int64)).to(device)] = torch.from_numpy(rows.data).float().to(device)
    return out


def upper(model: SparseEncoder, body: Body, batch: Batch, hidden: Tensor) -> Tensor:
    return model.upper(hidden, batch.mask, batch.votes, body.layers)


def passage_logits(model: SparseEncoder, body: Body, rows: list[int], tokens: int) -> Tensor:
    """`[rows, words]`, encoded in groups of like length."""
    groups = bucketed([int(body.passages.lengths[row]) for row in rows], tokens)
    found = []
    for places in groups:
        some = [rows[place] for place in places]
        batch = body.batch(some)
        found.append(upper(model, body, batch, body.passage_states(some, batch)))
    order = torch.tensor([place for places in groups for place in places], device=body.device)
    return torch.cat(found)[torch.argsort(order)]


class Before:
    """The model as it was: what it says of texts, and which words were nearly lit. Passages are kept as they were first seen."""

    def __init__(self, model: SparseEncoder, body: Body, tokens: int) -> None:
        self.model, self.body, self.tokens = copy.deepcopy(model).requires_grad_(False), body, tokens
        self.known: dict[int, tuple[Tensor, Tensor]] = {}

    @torch.no_grad()
    def logits(self, batch: Batch) -> Tensor:
        # The frozen part is the same in both, if there is one.
        body = self.body
        hidden = body.lower(batch) if body.layers else self.model.lower(batch.ids, batch.mask, 0)
        return upper(self.model, body, batch, hidden)

    @torch.no_grad()
    def passages(self, rows: list[int]) -> Tensor:
        """Weights `[rows, words]` of passages that `body` knows."""
        missing = [row for row in dict.fromkeys(rows) if row not in self.known]
        if missing:
            found = weights(passage_logits(self.model, self.body, missing, self.tokens))
            for row, values in zip(missing, found, strict=True):
                lit = values.nonzero().flatten()
                self.known[row] = (lit, values[lit].half())
        out = torch.zeros(len(rows), self.model.shape["words"], device=self.body.device)
        for i, row in enumerate(rows):
            lit, values = self.known[row]
            out[i, lit] = values.float()
        return out


def parts_of(model: SparseEncoder, before: Before, body: Body, step: Step, factors: tuple[float, ...], settings: Teach) -> Parts:
    """Everything that the loss is made of."""
    device = body.device
    body.fill(step.chosen)
    queries, asked = to(step.queries, device), to(step.asked, device)
    vectors, said = body.both(asked)[1].float(), weights(before.logits(asked))
    with torch.autocast(device.type, enabled=False):
        # Cosines of .8 and .82 would be the same in bf16.
        dense = vectors @ body.passage_vectors(step.chosen).T
        teachers = (dense, step.keywords.to(device), said @ before.passages(step.chosen).T)
    single = [to(batch, device) for batch in (step.words, step.word_passages) if len(batch.ids)]
    return Parts(
        query=upper(model, body, queries, body.lower(queries)),
        passage=passage_logits(model, body, step.chosen, settings.chunk_tokens),
        teachers=teachers,
        teacher=fused.fused(factors, teachers),
        own=dense_of(step.own, device),
        pair_words=dense_of(step.pair_words, device),
        kin=dense_of(step.kin, device),
        single=torch.cat([upper(model, body, batch, body.lower(batch)) for batch in single]),
        before=torch.cat([before.logits(batch) for batch in single]),
        single_kin=dense_of(step.word_kin, device),
        numbers=torch.from_numpy(step.numbers).to(device),
    )


def starting(found: list[Parts], journal: Journal) -> tuple[tuple[float, ...], float]:
    """The teachers' factors, and the scale that makes logits of the student's scores; from batches before training."""
    batches = [tuple(score.float().cpu() for score in parts.teachers) for parts in found]
    factors = fused.fitted(batches)
    (scale,) = fused.fitted([batch[2:] for batch in batches])
    journal.say(
        fused_first=fused.firsts(batches, factors),
        dense_first=fused.firsts(batches, (1, 0, 0)),
        keywords_first=fused.firsts(batches, (0, 1, 0)),
        before_first=fused.firsts(batches, (0, 0, 1)),
        two_teachers_first=fused.firsts([batch[:2] for batch in batches], fused.fitted([batch[:2] for batch in batches])),
        **dict(zip(("dense_factor", "keywords_factor", "before_factor"), factors, strict=True)),
        scale=scale,
    )
    return factors, scale


def weights(logits: Tensor) -> Tensor:
    return torch.log1p(logits.float().relu())


def identity(steps: list[Step]) -> Step:
    return steps[0]


def stream(steps: Steps, first: int, device: torch.device) -> Iterator[Step]:
    """Made ahead by other processes where a GPU would wait for them."""
    workers = 12 if device.type == "cuda" else 0
    order = range(first, len(steps))
    yield from DataLoader(steps, batch_size=1, sampler=order, collate_fn=identity, num_workers=workers)


class Run:
    """What a run is made of, from `work` as the stages before have left it; and how far it is."""

    def __init__(self, config: Config, device: torch.device) -> None:
        settings = self.settings = config.teach
        self.file, self.device = config.path("teach.state"), device
        self.model, tokenizer, self.words = load_model(config.path("grown"))
        self.model.to(device)
        self.texts = Texts(tokenizer)
        self.longest = (config.model.query_tokens, config.model.passage_tokens)
        pairs = read(config.path("pairs.jsonl"))
        self.held = list(spread(read(config.path("held-out.jsonl"))))[: settings.held_out]
        lines = [pair.passage for pair in pairs]
        passages = Passages(self.texts, lines, config.model.passage_tokens, config.path("passage-tokens.npz"))
        self.steps = Steps(config, self.texts, self.words, pairs, kin.load(config, len(self.words)))
        teacher = dense_teacher(tokenizer, config.path("teacher.safetensors"), self.model.shape).to(device)
        self.body = Body(config, self.model, teacher, self.texts, passages, device)
        self.before = Before(self.model, self.body, settings.chunk_tokens)
        self.idf = torch.from_numpy(idf_of(np.load(config.path("document-frequency.npy")), len(pairs))).float().to(device)
        self.optimizer = optimizer_of(self.model, settings)
        self.done, self.spent, self.began = 0, 0.0, time.monotonic()
        self.factors: tuple[float, ...] = ()
        self.scale = 1.0

    def half(self) -> AbstractContextManager[object]:
        return torch.autocast(self.device.type, torch.bfloat16) if self.settings.half else nullcontext()

    def probed(self) -> dict[str, float]:
        return probe(self.model, self.texts, self.held, self.longest)

    def begin(self, journal: Journal) -> None:
        """Where the last run was stopped, or with the teachers' factors from batches that no step takes."""
        state = load_state(self.file)
        if state is not None:
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.done, self.spent = state["step"], state["seconds"]
            self.factors, self.scale = state["factors"], state["scale"]
            return
        fitting = [self.steps[self.settings.steps + i] for i in range(FITTED)]
        with self.half(), torch.no_grad():
            found = [parts_of(self.model, self.before, self.body, step, (1, 0, 0), self.settings) for step in fitting]
        self.factors, self.scale = starting(found, journal)
        journal.say(step=0, **self.probed())

    def elapsed(self) -> float:
        return self.spent + time.monotonic() - self.began

    def share(self) -> float:
        """Of the whole run, by steps or by time, whichever is further."""
        minutes = self.settings.minutes
        return max(self.done / self.settings.steps, self.elapsed() / 60 / minutes if minutes else 0)

    def keep(self) -> None:
        # On a GPU a run is not taken up again: it is given back.
        if self.device.type == "cpu":
            save_state(
                self.file,
                step=self.done,
                seconds=self.elapsed(),
                factors=self.factors,
                scale=self.scale,
                model=self.model.state_dict(),
                optimizer=self.optimizer.state_dict(),
            )

    def learn(self, step: Step) -> dict[str, float]:
        """One step; what the journal says of it."""
        warmup, body = self.settings.warmup, self.body
        rate = (self.done + 1) / warmup if self.done < warmup else falling(self.share())
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * rate
        self.optimizer.zero_grad(set_to_none=True)
        computed = body.computed
        with self.half():
            parts = parts_of(self.model, self.before, body, step, self.factors, self.settings)
        loss, said = loss_of(parts, self.idf, self.scale, self.settings)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in self.optimizer.param_groups for p in g["params"]], 2.0)
        self.optimizer.step()
        self.done += 1
        said["tokens"] = step.queries.tokens + step.words.tokens + step.word_passages.tokens
        said["tokens"] += int(body.passages.lengths[step.chosen].sum())
        said["new_tokens"] = body.computed - computed
        said["operations"] = flops(self.model, body.layers, said["tokens"], said["new_tokens"])
        return said


def teach(config: Config) -> None:
    torch.manual_seed(config.seed)
    random.seed(config.seed)
    if config.threads:
        torch.set_num_threads(config.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    journal = Journal(config.path("teach.log.jsonl"))
    run = Run(config, device)
    run.begin(journal)
    fastest = peak(device, config.teach.half)
    sums: defaultdict[str, float] = defaultdict(float)
    since, reported = time.monotonic(), run.done
    for step in stream(run.steps, run.done, device):
        if run.share() >= 1:
            break
        for name, value in run.learn(step).items():
            sums[name] += value
        if run.done % REPORT == 0:
            # Fewer than REPORT after a run that was taken up again.
            count, seconds = run.done - reported, time.monotonic() - since
            speed = {"tokens_a_second": sums["tokens"] / seconds, "of_peak": sums.pop("operations") / seconds / fastest}
            journal.say(step=run.done, peak_gflops=fastest / 1e9, **speed, **{name: value / count for name, value in sums.items()})
            sums.clear()
            since, reported = time.monotonic(), run.done
        if run.done % SAVE == 0:
            run.keep()
        if run.done % PROBE == 0 and device.type == "cpu":
            journal.say(step=run.done, **run.probed())
    run.keep()
    run.model.cpu()
    journal.say(step=run.done, **run.probed())
    save_model(config.path("taught"), run.model, config.path("grown") / "tokenizer.json", run.words)


def falling(share: float) -> float:
    """Of the learning rate, once the run is warm: a straight line to a twentieth."""
    return max(0.05, 1 - share)
