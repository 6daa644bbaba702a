"""
Which words have to do with each other, by two witnesses of which neither is believed alone.

The company that words keep (`company.py`) knows nothing of spelling, but little of words that are rare in the
corpora. The dense teacher knows many words, but takes 연차 and 연초, which share a syllable, for relatives: it is
heard only about words that do not look alike.
"""

from __future__ import annotations

import re

import numpy as np
import torch
import torch.nn.functional as F
from scipy.sparse import csr_matrix
from torch import Tensor

from .company import company
from .config import Config
from .grow import kept, key_of, word_vectors
from .tokens import Texts
from .vocabulary import Bags

HANGUL = re.compile(r"[가-힣]")
COMPANY = (0.1, 0.3)
TEACHER = (0.22, 0.38)
"""Cosines: at the first two words have nothing to do with each other, at the second they surely have."""


class Kinship:
    """`vectors` by company and `dense` by the teacher, float `[words, size]`, of length 1 or 0."""

    def __init__(self, words: list[str], vectors: Tensor, dense: Tensor) -> None:
        self.vectors, self.dense = vectors, F.normalize(dense, dim=1)
        self.letters = incidence([set(pieces(word, 1)) for word in words])
        self.parts = incidence([set(pieces(word, 2)) for word in words])

    def of(self, own: list[np.ndarray]) -> Tensor:
        """The word numbers of each text -> how sure each word has to do with one of them, 0 to 1, `[texts, words]`."""
        out = torch.zeros(len(own), len(self.vectors))
        for row, numbers in enumerate(own):
            if len(numbers) == 0:
                out[row] = 1
                continue
            chosen = torch.from_numpy(numbers.astype(np.int64))
            company = sure((self.vectors @ self.vectors[chosen].T).amax(1), COMPANY)
            teacher = (self.dense @ self.dense[chosen].T).masked_fill(self.alike(numbers), -1)
            out[row] = company.maximum(sure(teacher.amax(1), TEACHER))
            out[row, chosen] = 1
        return out

    def alike(self, numbers: np.ndarray) -> Tensor:
        """bool `[words, numbers]`: share a syllable or a beginning, but no two letters in a row that mean something."""
        some = (self.letters @ self.letters[numbers].T).toarray() > 0
        many = (self.parts @ self.parts[numbers].T).toarray() > 0
        return torch.from_numpy(some & ~many)


def kinship_of(config: Config, texts: Texts, words: list[str]) -> Kinship:
    """From what `vocabulary` has written."""
    bags = [Bags.load(config.path(f"bags-{name}.npz")) for name in ("passages", "queries")]
    vectors = kept(config.path("company.npz"), key_of(words, *(bag.words for bag in bags)), lambda: company(bags, len(words)))
    return Kinship(words, vectors, word_vectors(config, texts, words))


def sure(cosine: Tensor, limits: tuple[float, float]) -> Tensor:
    return ((cosine - limits[0]) / (limits[1] - limits[0])).clamp(0, 1)


def pieces(word: str, size: int) -> list[str]:
    """Syllables (or pairs of them) of a Korean word; the first two letters of a Latin one (or its first four)."""
    if HANGUL.search(word) is None:
        return [word[: 2 * size]]
    return [word[i : i + size] for i in range(len(word) - size + 1)]


def incidence(sets: list[set[str]]) -> csr_matrix:
    """float32 `[words, pieces]`: 1 where a word has a piece."""
    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(piece, len(numbers)) for found in sets for piece in sorted(found)]
    starts = np.cumsum([0, *map(len, sets)])
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(sets), len(numbers)))
