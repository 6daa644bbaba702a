"""
Stage `neighbours`: for each pair, pairs of its source whose passages look like its own query to a keyword search.

Put into the same batch they are hard negatives that cost nothing: every passage is encoded once whatever it serves as.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from .config import Config
from .pairs import read
from .vocabulary import Bags

KEPT = 16
BLOCK = 512
SMALL = 400
"""Sources with fewer pairs are searched together."""
COMMON = 0.05
"""Words of more than this share of a source's passages tell nothing."""


def groups(sources: list[str]) -> dict[str, np.ndarray]:
    """Indices of the pairs by source; small sources as one group of their own name."""
    names = np.array(sources)
    unique, counts = np.unique(names, return_counts=True)
    out = {name: np.flatnonzero(names == name) for name, n in zip(unique, counts, strict=True) if n >= SMALL}
    rest = np.flatnonzero(np.isin(names, unique[counts < SMALL]))
    return out | ({"small sources": rest} if len(rest) else {})


def matrix(bags: Bags, rows: np.ndarray, words: int) -> csr_matrix:
    lists = [bags[i] for i in rows]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in lists])])
    columns = np.concatenate(lists) if lists else np.empty(0, np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, indptr), shape=(len(rows), words))


def nearest(queries: csr_matrix, passages: csr_matrix, kept: int) -> np.ndarray:
    """Local indices `[rows, kept]`, best first; -1 where fewer share a word. The row itself is left out."""
    total = passages.shape[0]
    frequency = np.asarray(passages.sum(0)).ravel()
    idf = np.log(1 + total / (1 + frequency)) * (frequency <= max(8, COMMON * total))
    length = np.asarray(passages.sum(1)).ravel()
    norm = 1 / (0.25 + 0.75 * length / max(1e-9, length.mean()) + 1)
    weighted = passages.multiply(norm[:, None]).tocsr().T.tocsr()
    out = np.full((total, kept), -1, np.int32)
    for start in range(0, total, BLOCK):
        scores = (queries[start : start + BLOCK].multiply(idf[None, :]).tocsr() @ weighted).toarray()
        for row, values in enumerate(scores):
            values[start + row] = 0
            best = np.argpartition(-values, min(kept, total - 1))[:kept]
            best = best[np.argsort(-values[best], kind="stable")]
            best = best[values[best] > 0]
            out[start + row, : len(best)] = best
    return out


def build(config: Config) -> None:
    pairs = read(config.path("pairs.jsonl"))
    queries, passages = (Bags.load(config.path(f"bags-{name}.npz")) for name in ("queries", "passages"))
    words = len(np.load(config.path("document-frequency.npy")))
    out = np.full((len(pairs), KEPT), -1, np.int32)
    for name, rows in groups([pair.source for pair in pairs]).items():
        local = nearest(matrix(queries, rows, words), matrix(passages, rows, words), KEPT)
        out[rows] = np.where(local >= 0, rows[np.maximum(local, 0)], -1)
        print(f"{name}: {len(rows)} pairs, {float((local >= 0).sum(1).mean()):.1f} neighbours", flush=True)
    np.save(config.path("neighbours.npy"), out)
