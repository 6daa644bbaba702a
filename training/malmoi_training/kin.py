"""
Stage `kin`: which words have to do with each other, for every word of the vocabulary at once, from three witnesses.

The two of `kinship.py` (the corpora's company; the dense teacher, about words that do not look alike), and the
embeddings of Kiwi's language model (package kiwipiepy_model, Apache 2.0), which has read far more general text than
our corpora hold. Words that the last two hardly know are near to anything (to Kiwi 연차 and 보라카이 have .73, to the
teacher 쿠버네티스 is a 방망이), so of them only what is mutual counts: each is among the other's nearest. Across
languages the corpora's translations testify, and a list (`probes/loans.txt`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix, identity
from torch import Tensor

from .checkpoint import load_model
from .config import Config
from .kinship import COMPANY, TEACHER, Kinship, kinship_of, sure
from .pairs import read
from .prepare import rows_of
from .tokens import Texts
from .vocabulary import Bags

LOANS = Path(__file__).parent.parent / "probes" / "loans.txt"
BLOCK = 512
LEAST = 0.4
"""How sure a witness must be for a word to be kept."""
MOST = 80
SEEN, DICE = 4, 0.25
"""Of words across a translation: how often together, and Dice's coefficient at least."""
NEAREST, TEACHER_NEAREST = 30, 20
SAMPLES = ("연차", "휴가", "쿠버네티스", "컨테이너", "환불")
TAGS = ("NNG", "NNP", "VV", "VA", "MAG", "XR", "SL")


def table(kinship: Kinship) -> csr_matrix:
    """How sure the two witnesses of `kinship.py` are, float32 `[words, words]`. Of the teacher, too, only what is mutual."""
    company = strongest(kinship, MOST, lambda rows: sure(kinship.vectors[rows] @ kinship.vectors.T, COMPANY))
    teacher = strongest(
        kinship,
        TEACHER_NEAREST,
        lambda rows: sure((kinship.dense[rows] @ kinship.dense.T).masked_fill(kinship.alike(rows).T, -1), TEACHER),
    )
    return company.maximum(teacher.multiply(teacher.T > 0).tocsr()).tocsr()


def strongest(kinship: Kinship, most: int, sureness: Callable[[np.ndarray], Tensor]) -> csr_matrix:
    """Of each word the `most` words that are surest, but none below `LEAST`; a block of words at a time."""
    total = len(kinship.vectors)
    blocks = []
    for start in range(0, total, BLOCK):
        best = sureness(np.arange(start, min(total, start + BLOCK))).topk(min(most, total))
        kept = best.values >= LEAST
        starts = np.concatenate([[0], np.cumsum(kept.sum(1).numpy())])
        blocks.append(csr_matrix((best.values[kept].numpy(), best.indices[kept].numpy(), starts), shape=(len(kept), total)))
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


def translations(config: Config, words: int) -> csr_matrix:
    """
    Words of one side of a translation that mostly stand where a word of the other side stands (Dice's coefficient),
    each the other's best; as sure as half again their share.
    """
    chosen = [i for i, pair in enumerate(read(config.path("pairs.jsonl"))) if pair.kind == "translation"]
    asked, answers = (rows_of(Bags.load(config.path(f"bags-{name}.npz")), chosen, words) for name in ("queries", "passages"))
    return dice(asked, answers)


def dice(asked: csr_matrix, answers: csr_matrix) -> csr_matrix:
    both = (asked.T @ answers + answers.T @ asked).tocoo()
    counts = np.asarray(asked.sum(0) + answers.sum(0)).ravel()
    share = 2 * both.data / (counts[both.row] + counts[both.col])
    sure_ = (both.data >= SEEN) & (share >= DICE) & (both.row != both.col)
    kept = csr_matrix((share[sure_].astype(np.float32), (both.row[sure_], both.col[sure_])), shape=both.shape)
    best = kept.max(1).toarray().ravel()
    found = kept.tocoo()
    first = found.data >= np.maximum(best[found.row], best[found.col]) - 1e-6
    values = np.minimum(1, 1.5 * found.data[first]).astype(np.float32)
    return csr_matrix((values, (found.row[first], found.col[first])), shape=kept.shape)


def loans(words: list[str]) -> csr_matrix:
    """`probes/loans.txt`, both ways."""
    number = {word: i for i, word in enumerate(words)}
    lines = [line.split() for line in LOANS.read_text("utf8").splitlines() if not line.startswith("#")]
    pairs = [(number[a], number[b]) for a, b in lines if a in number and b in number]
    rows, columns = zip(*[*pairs, *((b, a) for a, b in pairs)], strict=True) if pairs else ((), ())
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(words), len(words)))


def build(config: Config) -> None:
    from kiwipiepy import Kiwi

    torch.manual_seed(config.seed)
    _, tokenizer, words = load_model(config.path("grown"))
    first = table(kinship_of(config, Texts(tokenizer), words))
    third = mutual(neighbours_of(Kiwi(), words))
    across = translations(config, len(words))
    kin = first.maximum(first.T).maximum(third).maximum(across).maximum(loans(words))
    # Only after the matrix has its final shape: a word is its own kin.
    kin = kin.maximum(identity(len(words), np.float32, "csr")).tocsr()
    np.savez(config.path("kin.npz"), data=kin.data.astype(np.float16), indices=kin.indices, indptr=kin.indptr)
    samples = {w: [words[j] for j in kin[words.index(w)].indices] for w in SAMPLES if w in words}
    print(json.dumps({"kin_of_a_word": kin.nnz / len(words), "by_kiwi": third.nnz, "across": across.nnz, **samples}, ensure_ascii=False))


def load(config: Config, words: int) -> csr_matrix:
    stored = np.load(config.path("kin.npz"))
    return csr_matrix((stored["data"].astype(np.float32), stored["indices"], stored["indptr"]), shape=(words, words))
