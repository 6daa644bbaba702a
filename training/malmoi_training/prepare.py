"""
A step's texts, made ready without the model: which pairs, their tokens, their words, what BM25 says of them.

Each step follows from the seed and its number alone, so a run that was stopped goes on as it would have, and steps
can be made by several processes while the model computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor
from torch.utils.data import Dataset

from .batches import drawn_from, grouped
from .bigrams import Bm25
from .config import Config
from .corpora import Pair
from .neighbours import groups
from .noise import rewritten
from .relate import one_word_texts
from .tokens import Batch, Texts
from .vocabulary import Bags

FREQUENCIES = 20_000
"""Passages that BM25's document frequencies are taken from."""


@dataclass
class Step:
    chosen: list[int]
    """Numbers of the pairs."""
    queries: Batch
    """As somebody might have typed them; `asked` as they stand, for the teachers."""
    asked: Batch
    keywords: Tensor
    """BM25 over bigrams, float32 `[pairs, pairs]`."""
    own: csr_matrix
    """1 on the words of each question, and of each pair; how sure it is that a word has to do with the pair's."""
    pair_words: csr_matrix
    kin: csr_matrix
    words: Batch
    """Texts of one word each, half of them as questions; `numbers` says which."""
    word_passages: Batch
    numbers: np.ndarray
    word_kin: csr_matrix


class Passages:
    """Tokens of every passage: uint16, one after the other; kept in `file`, as analysing them takes minutes."""

    def __init__(self, texts: Texts, lines: list[str], longest: int, file: Path) -> None:
        key = blake2b(f"{longest} {texts.tokenizer.get_vocab_size()}".encode(), digest_size=16)
        for line in lines:
            key.update(line.encode())
        stored = np.load(file) if file.exists() else None
        if stored is not None and str(stored["key"]) == key.hexdigest():
            self.values, self.lengths = stored["values"], stored["lengths"]
        else:
            rows: list[np.ndarray] = []
            for start in range(0, len(lines), 4_096):
                rows += [np.array(ids, np.uint16) for ids in texts.ids("passage", lines[start : start + 4_096], longest)]
            self.lengths = np.array([len(row) for row in rows], np.int64)
            self.values = np.concatenate(rows)
            np.savez(file, key=key.hexdigest(), values=self.values, lengths=self.lengths)
        self.ends = np.cumsum(self.lengths)

    def __getitem__(self, i: int) -> list[int]:
        return self.values[self.ends[i] - self.lengths[i] : self.ends[i]].tolist()


def rows_of(bags: Bags, chosen: list[int], words: int) -> csr_matrix:
    lists = [bags[i] for i in chosen]
    starts = np.concatenate([[0], np.cumsum([len(found) for found in lists])])
    columns = np.concatenate(lists) if starts[-1] else np.empty(0, np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(chosen), words))


def nearness(own: csr_matrix, kin: csr_matrix) -> csr_matrix:
    """How sure each word is kin to any of a text's: at least as sure as one of them, at most 1."""
    near = (own @ kin).tocsr()
    near.data = np.minimum(near.data, 1)
    return near


class Steps(Dataset[Step]):
    def __init__(self, config: Config, texts: Texts, words: list[str], pairs: list[Pair], kin: csr_matrix) -> None:
        self.config, self.texts, self.pairs, self.kin, self.words = config, texts, pairs, kin, words
        self.queries, self.passages = (Bags.load(config.path(f"bags-{name}.npz")) for name in ("queries", "passages"))
        self.neighbours = np.load(config.path("neighbours.npy"))
        self.by_source = list(groups([pair.source for pair in pairs]).values())
        self.bm25 = Bm25([pair.passage for pair in pairs[:FREQUENCIES]])
        self.single = one_word_texts(words)

    def __len__(self) -> int:
        return self.config.teach.steps

    def __getitem__(self, step: int) -> Step:
        settings, longest = self.config.teach, self.config.model.query_tokens
        rng = np.random.default_rng([self.config.seed, step, 3])
        size, group = settings.pairs, settings.neighbours
        if settings.groups:
            chosen = grouped(self.by_source, self.neighbours, self.config.seed, step, settings.groups, size, group)
        else:
            chosen = next(drawn_from(self.by_source, self.neighbours, self.config.seed, step, size, group))
        asked = [self.pairs[i].query for i in chosen]
        own = rows_of(self.queries, chosen, len(self.words))
        both = own.maximum(rows_of(self.passages, chosen, len(self.words))).tocsr()
        picked = [self.single[i] for i in rng.choice(len(self.single), min(settings.words, len(self.single)), replace=False)]
        half = len(picked) // 2
        numbers = np.array([number for _, number in picked])
        return Step(
            chosen,
            self.texts.batch("query", [rewritten(query, rng) for query in asked], longest),
            self.texts.batch("query", asked, longest),
            torch.from_numpy(self.bm25.scores(asked, [self.pairs[i].passage for i in chosen])),
            own,
            both,
            nearness(both, self.kin),
            self.texts.batch("query", [text for text, _ in picked[:half]], longest),
            self.texts.batch("passage", [text for text, _ in picked[half:]], longest),
            numbers,
            self.kin[numbers],
        )
