"""
Stage `vocabulary`: the words that become output dimensions, and which of them stand in each text.

A word is taken by the number of texts it stands in; written variants of a loan word count for the form of the
national dictionary and stay one dimension. Compounds are taken apart as Kiwi does (데이터센터 -> 데이터, 센터):
their parts are what a reader recognises in a bar.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np

from .config import Config
from .corpora import plain_lines
from .lemmas import Lemmatizer
from .pairs import read
from .terms import terms, terms_in

LATIN = re.compile(r"[a-z][a-z0-9.+#_-]*")
KOREAN = re.compile(r"[가-힣]+")
REVIEWS = 80_000
VARIANTS = {
    "컨텐츠": "콘텐츠",
    "메세지": "메시지",
    "어플리케이션": "애플리케이션",
    "디렉토리": "디렉터리",
    "데이타": "데이터",
    "화일": "파일",
    "쓰레드": "스레드",
    "리더쉽": "리더십",
    "워크샵": "워크숍",
    "악세스": "액세스",
    "메뉴얼": "매뉴얼",
    "스케쥴": "스케줄",
    "렌트카": "렌터카",
    "로보트": "로봇",
    "타겟": "타깃",
    "써비스": "서비스",
    "알고리듬": "알고리즘",
    "릴리즈": "릴리스",
    "프론트엔드": "프런트엔드",
    "리팩토링": "리팩터링",
}
"""Common loan words whose variants fill the corpora (국립국어원, 외래어 표기법)."""


class Bags:
    """Word numbers of each text, one row after the other: `rows[i]` is `words[ends[i-1]:ends[i]]`."""

    def __init__(self, words: np.ndarray, ends: np.ndarray) -> None:
        self.words, self.ends = words, ends

    def __getitem__(self, i: int) -> np.ndarray:
        return self.words[self.ends[i - 1] if i else 0 : self.ends[i]]

    def __len__(self) -> int:
        return len(self.ends)

    @staticmethod
    def of(rows: list[list[int]]) -> "Bags":
        return Bags(np.array([w for row in rows for w in row], np.int32), np.cumsum([len(row) for row in rows]))

    def save(self, file: Path) -> None:
        np.savez(file, words=self.words, ends=self.ends)

    @staticmethod
    def load(file: Path) -> "Bags":
        stored = np.load(file)
        return Bags(stored["words"], stored["ends"])


def canonical(words: list[str]) -> list[str]:
    return list(dict.fromkeys(VARIANTS.get(word, word) for word in words))


def eligible(word: str, texts: int, reviews: int, config: Config) -> bool:
    if KOREAN.fullmatch(word):
        return texts >= config.vocabulary.korean_minimum or reviews >= 2 * config.vocabulary.korean_minimum
    return LATIN.fullmatch(word) is not None and texts >= config.vocabulary.latin_minimum


def lemmatised(name: str, texts: Iterable[str], lemmatizer: Lemmatizer, config: Config) -> list[list[str]]:
    """The words of each text, canonical. What an earlier run has written to `work/` is not analysed again."""
    file = config.path(f"lemmas-{name}.jsonl")
    known = file.read_text("utf8").splitlines(keepends=True) if file.exists() else []
    if known and not known[-1].endswith("\n"):
        known.pop()
        file.write_text("".join(known), "utf8")
    rows = [json.loads(line) for line in known]
    with file.open("a", encoding="utf8") as out:
        for found in lemmatizer.sets(islice(texts, len(rows), None)):
            rows.append(found)
            out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return [canonical(row) for row in rows]


def with_terms(rows: list[list[str]], texts: Iterable[str]) -> list[list[str]]:
    return [canonical([*row, *terms_in(text)]) for row, text in zip(rows, texts, strict=True)]


def chosen(found: list[str], must: set[str], size: int) -> list[str]:
    """The first `size` of `found`, but with all that must be there, in order of their letters."""
    room = size - len(must)
    rest = [word for word in found if word not in must]
    return sorted({*must, *rest[: max(0, room)]})


def build(config: Config) -> None:
    lemmatizer = Lemmatizer(config.threads or os.cpu_count() or 1)
    pairs = read(config.path("pairs.jsonl"))
    queries = lemmatised("queries", (pair.query for pair in pairs), lemmatizer, config)
    passages = lemmatised("passages", (pair.passage for pair in pairs), lemmatizer, config)
    queries = with_terms(queries, (pair.query for pair in pairs))
    passages = with_terms(passages, (pair.passage for pair in pairs))
    texts: Counter[str] = Counter()
    for query, passage in zip(queries, passages, strict=True):
        texts.update(set(query) | set(passage))
    lines = islice(plain_lines(config.outside(config.data.corpora) / "nsmc_reviews_150k.txt.xz"), REVIEWS)
    reviews: Counter[str] = Counter()
    for words in lemmatised("reviews", lines, lemmatizer, config):
        reviews.update(words)
    found = [w for w in texts.keys() | reviews.keys() if eligible(w, texts[w], reviews[w], config)]
    found.sort(key=lambda w: (-(texts[w] + reviews[w] / 2), w))
    words = chosen(found, set(canonical(sorted(terms()))), config.vocabulary.size)
    number = {word: i for i, word in enumerate(words)}
    config.path("words.json").write_text(json.dumps(words, ensure_ascii=False), "utf8")
    np.save(config.path("document-frequency.npy"), np.array([texts[w] + reviews[w] / 2 for w in words], np.float32))
    for name, rows in (("queries", queries), ("passages", passages)):
        Bags.of([[number[w] for w in row if w in number] for row in rows]).save(config.path(f"bags-{name}.npz"))
    print(json.dumps({"eligible": len(found), "words": len(words), **coverage(set(words))}, ensure_ascii=False))


def coverage(words: set[str]) -> dict[str, float]:
    """Share of each probe list (`probes/coverage.json`) that has a dimension of its own."""
    lists = json.loads((Path(__file__).parent.parent / "probes" / "coverage.json").read_text("utf8"))
    return {name: round(sum(w in words for w in probe) / len(probe), 3) for name, probe in lists.items()}
