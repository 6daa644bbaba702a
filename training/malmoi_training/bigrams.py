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
        bags = [terms(passage) for passage in passages]
        norms = [K1 * (1 - B + B * sum(bag.values()) / self.mean_length) for bag in bags]
        out = np.zeros((len(queries), len(passages)), np.float32)
        for i, query in enumerate(queries):
            for term, times in terms(query).items():
                weight = times * self.idf(term)
                for j, bag in enumerate(bags):
                    found = bag.get(term)
                    if found:
                        out[i, j] += weight * found * (K1 + 1) / (found + norms[j])
        return out
