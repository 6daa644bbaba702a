"""BM25 over the character bigrams that the product's literal channel counts, inside one batch."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np

RUN = re.compile(r"[가-힣]+|[a-z0-9_]+")
K1, B = 1.2, 0.75


def terms(text: str) -> Counter[str]:
    out: Counter[str] = Counter()
    for run in RUN.findall(text.lower()):
        if "가" <= run[0] <= "힣":
            out.update([run[i : i + 2] for i in range(len(run) - 1)] or [run])
        else:
            out[run] += 1
    return out


class Bm25:
    """`documents` gives the frequencies; any texts can be scored with them afterwards."""

    def __init__(self, documents: list[str]) -> None:
        self.total = len(documents)
        self.frequency: Counter[str] = Counter()
        length = 0
        for document in documents:
            counts = terms(document)
            self.frequency.update(counts.keys())
            length += sum(counts.values())
        self.mean_length = length / max(1, self.total)

    def idf(self, term: str) -> float:
        found = self.frequency[term]
        return math.log(1 + (self.total - found + 0.5) / (found + 0.5))

    def scores(self, queries: list[str], passages: list[str]) -> np.ndarray:
        """float32 `[queries, passages]`."""
        asked = [terms(query) for query in queries]
        column = {term: i for i, term in enumerate(dict.fromkeys(term for bag in asked for term in bag))}
        left = np.zeros((len(asked), len(column)), np.float32)
        for row, bag in enumerate(asked):
            for term, times in bag.items():
                left[row, column[term]] = times * self.idf(term)
        right = np.zeros((len(passages), len(column)), np.float32)
        for row, passage in enumerate(passages):
            bag = terms(passage)
            norm = K1 * (1 - B + B * sum(bag.values()) / self.mean_length)
            for term in bag.keys() & column.keys():
                right[row, column[term]] = bag[term] * (K1 + 1) / (bag[term] + norm)
        return left @ right.T
