"""
Which words keep company: a vector a word, from the texts it stands in and nothing of its spelling.

Positive pointwise mutual information of words in one text, with the context's frequency to the power of .75 (Levy
and Goldberg, "Improving Distributional Similarity with Lessons Learned from Word Embeddings", 2015), reduced by a
randomised singular value decomposition (Halko et al., 2011).
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from scipy.sparse import csr_matrix, diags
from torch import Tensor

from .vocabulary import Bags

SIZE, SPARE, ROUNDS = 200, 20, 3
ENOUGH = 5
"""Texts that a word must stand in for its company to be known."""


def company(bags: list[Bags], words: int) -> Tensor:
    """float32 `[words, SIZE]` of length 1; 0 for words of fewer than `ENOUGH` texts. Seeded by torch's state."""
    table = together(bags, words)
    sparse = torch.sparse_csr_tensor(
        torch.from_numpy(table.indptr.astype(np.int64)),
        torch.from_numpy(table.indices.astype(np.int64)),
        torch.from_numpy(table.data),
        size=table.shape,
    )
    size = min(SIZE, words)
    range_ = sparse @ torch.randn(words, min(words, size + SPARE))
    for _ in range(ROUNDS):
        range_ = sparse @ torch.linalg.qr(range_)[0]
    basis = torch.linalg.qr(range_)[0]
    left, values, _ = torch.linalg.svd((sparse @ basis).T, full_matrices=False)
    vectors = F.normalize((basis @ left)[:, :size] * values[:size].sqrt(), dim=1)
    counts = torch.from_numpy(sum(np.bincount(bag.words, minlength=words) for bag in bags))
    vectors[counts < ENOUGH] = 0
    return vectors


def together(bags: list[Bags], words: int) -> csr_matrix:
    """Positive mutual information `[words, words]`, a text's pairs counting less the more words it has."""
    count = csr_matrix((words, words), dtype=np.float32)
    for bag in bags:
        starts = np.concatenate([[0], bag.ends])
        texts = csr_matrix((np.ones(len(bag.words), np.float32), bag.words, starts), shape=(len(bag), words))
        sizes = np.maximum(np.asarray(texts.sum(1)).ravel(), 1)
        texts = diags(1 / np.sqrt(sizes)) @ texts
        count = count + texts.T @ texts
    count = count.tocoo()
    sums = np.asarray(count.sum(1)).ravel()
    smooth = sums**0.75
    smooth /= max(smooth.sum(), 1e-9)
    information = np.log(np.maximum(count.data, 1e-9) / (np.maximum(sums[count.row], 1e-9) * np.maximum(smooth[count.col], 1e-12)))
    kept = (information > 0) & (count.row != count.col)
    return csr_matrix(
        (information[kept].astype(np.float32), (count.row[kept], count.col[kept])), shape=(words, words)
    )
