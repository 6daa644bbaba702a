"""
Stage `kin`: which words have to do with each other, for every word of the vocabulary at once, from three witnesses.

The two of `kinship.py` (the corpora's company; the dense teacher, about words that do not look alike), and the
embeddings of Kiwi's language model (package kiwipiepy_model, Apache 2.0), which has read far more general text than
our corpora hold. Cosines of its rare words are all high (연차 and 보라카이 have .73), so of that witness only what
both words say of each other counts: each is among the other's nearest.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix

from .checkpoint import load_model
from .config import Config
from .kinship import COMPANY, TEACHER, Kinship, kinship_of, sure
from .tokens import Texts

BLOCK = 512
LEAST = 0.25
"""How sure a witness must be for a word to be kept."""
MOST = 80
NEAREST = 30
TAGS = ("NNG", "NNP", "VV", "VA", "MAG", "XR", "SL")


def table(kinship: Kinship) -> csr_matrix:
    """`kinship.of` of each single word, without a loop over words: float32 `[words, words]`, what is surer than `LEAST`."""
    total = len(kinship.vectors)
    blocks = []
    for start in range(0, total, BLOCK):
        rows = np.arange(start, min(total, start + BLOCK))
        company = sure(kinship.vectors[rows] @ kinship.vectors.T, COMPANY)
        teacher = (kinship.dense[rows] @ kinship.dense.T).masked_fill(kinship.alike(rows).T, -1)
        found = company.maximum(sure(teacher, TEACHER))
        found[found < LEAST] = 0
        best = found.topk(min(MOST, total))
        kept = torch.zeros_like(found).scatter_(1, best.indices, best.values)
        blocks.append(csr_matrix(kept.numpy()))
    return together(blocks)


def together(blocks: list[csr_matrix]) -> csr_matrix:
    data = np.concatenate([block.data for block in blocks])
    indices = np.concatenate([block.indices for block in blocks])
    sizes = np.concatenate([np.diff(block.indptr) for block in blocks])
    return csr_matrix((data, indices, np.concatenate([[0], np.cumsum(sizes)])), shape=(len(sizes), blocks[0].shape[1]))


# Kiwi is asked for here only: a GPU's machine has not got it, nor needs it.
def neighbours_of(kiwi: Any, words: list[str]) -> list[set[int]]:
    """For each word the words of the vocabulary that Kiwi's model has nearest to it; none where it does not know the word."""
    number = {word: i for i, word in enumerate(words)}
    return [nearest(kiwi, word, number) for word in words]


def nearest(kiwi: Any, word: str, number: dict[str, int]) -> set[int]:
    stem = word[:-1] if word.endswith("다") else word
    for tag in TAGS:
        try:
            found = kiwi.most_similar_morphemes((stem if tag in ("VV", "VA") else word, tag), top_n=NEAREST)
        except ValueError:
            continue
        lemmas = (other.form + "다" if other.tag.split("-")[0] in ("VV", "VA") else other.form.lower() for other in found)
        return {number[lemma] for lemma in lemmas if lemma in number}
    return set()


def mutual(nearest_: list[set[int]]) -> csr_matrix:
    """1 where each of two words is among the other's nearest."""
    pairs = [(i, j) for i, near in enumerate(nearest_) for j in near if i in nearest_[j]]
    rows, columns = (np.array(side, np.int64) for side in zip(*pairs, strict=True)) if pairs else (np.empty(0, np.int64),) * 2
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(nearest_), len(nearest_)))


def build(config: Config) -> None:
    from kiwipiepy import Kiwi

    torch.manual_seed(config.seed)
    _, tokenizer, words = load_model(config.path("grown"))
    first = table(kinship_of(config, Texts(tokenizer), words))
    third = mutual(neighbours_of(Kiwi(), words))
    kin = first.maximum(first.T).maximum(third).tolil()
    kin.setdiag(1)
    kin = kin.tocsr().astype(np.float32)
    np.savez(config.path("kin.npz"), data=kin.data.astype(np.float16), indices=kin.indices, indptr=kin.indptr)
    samples = {w: [words[j] for j in kin[words.index(w)].indices][:40] for w in ("연차", "쿠버네티스", "차", "컨테이너") if w in words}
    print(json.dumps({"kin_of_a_word": kin.nnz / len(words), "by_kiwi": third.nnz, **samples}, ensure_ascii=False))


def load(config: Config, words: int) -> csr_matrix:
    stored = np.load(config.path("kin.npz"))
    return csr_matrix((stored["data"].astype(np.float32), stored["indices"], stored["indptr"]), shape=(words, words))
