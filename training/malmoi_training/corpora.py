"""The corpora as pairs of a question-like text and the passage that answers it, with source and licence."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .cleaning import cleaned, sentences, syllables


@dataclass(frozen=True)
class Pair:
    source: str
    licence: str
    kind: str
    """heading, cloze, title, question, reply, translation: how the two texts belong together."""
    query: str
    passage: str

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def rows(file: Path) -> Iterator[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def plain_lines(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf8") as lines:
        for line in lines:
            yield line.strip()


def window(text: str, limit: int, rng: random.Random) -> str:
    """At most `limit` characters; of a long text not always its beginning, but from where a sentence begins."""
    if len(text) <= limit:
        return text
    if rng.random() < 0.3:
        starts = [m + 1 for m, c in enumerate(text[: len(text) - limit // 2]) if c in ".!?" and text[m + 1 : m + 2] == " "]
        if starts:
            text = text[rng.choice(starts) :].strip()
    return text[:limit]


def heading_pairs(folder: Path, passage_limit: int, query_limit: int, rng: random.Random) -> Iterator[Pair]:
    """Heading -> section. A short heading is asked with its page's title, as a person who knows neither would."""
    for row in rows(folder / "heading_section.jsonl.xz"):
        passage, query = cleaned(row["positive"]), cleaned(row["query"])
        title = cleaned(row.get("title") or "")
        if syllables(passage) < 40 or len(passage) < 60 or len(query) < 3:
            continue
        if syllables(query) == 0 and rng.random() < 0.7:
            continue
        licence = "CC BY 4.0" if row["source"].startswith("msdocs") else "see the corpora's README"
        alone = len(query) >= 14 or not title or rng.random() < 0.2
        asked = query if alone else f"{title} {query}"
        yield Pair(row["source"], licence, "heading", asked[:query_limit], window(passage, passage_limit, rng))


def cloze_pairs(pairs: list[Pair], share: float, query_limit: int, rng: random.Random) -> Iterator[Pair]:
    """Inverse cloze (Lee et al., ACL 2019): one sentence asks for the rest of its passage, and at times stays in it."""
    for pair in pairs:
        if rng.random() >= share:
            continue
        parts = sentences(pair.passage)
        asking = [i for i, part in enumerate(parts) if 12 <= len(part) <= query_limit and syllables(part) > 6]
        if len(parts) < 4 or not asking:
            continue
        at = rng.choice(asking)
        kept = parts if rng.random() < 0.1 else parts[:at] + parts[at + 1 :]
        yield Pair(pair.source, pair.licence, "cloze", parts[at], " ".join(kept))


def other_pairs(folder: Path, passage_limit: int, query_limit: int, rng: random.Random) -> Iterator[Pair]:
    for row in rows(folder / "precedent_issue_holding.jsonl.xz"):
        query, passage = cleaned(row["query"]), cleaned(row["positive"])
        if len(query) >= 10 and len(passage) >= 60:
            yield Pair("precedent", "not protected", "question", query[:query_limit], window(passage, passage_limit, rng))
    for row in rows(folder / "chatbot_qa.jsonl.xz"):
        yield Pair("chatbot", "MIT", "reply", cleaned(row["query"]), cleaned(row["positive"]))
    for row in rows(folder / "kobest_boolq_train.jsonl.xz"):
        passage = window(cleaned(row["positive"]), passage_limit, rng)
        yield Pair("boolq", "CC BY-SA 4.0", "question", cleaned(row["query"]), passage)
    licences = {"parallel_python_docs": "CC0, PSF", "parallel_django_docs": "BSD-3", "parallel_news_koen": "CC BY-SA 3.0"}
    for name, licence in licences.items():
        for row in rows(folder / f"{name}.jsonl.xz"):
            english, korean = cleaned(row["en"]), cleaned(row["ko"])
            if syllables(korean) < 15:
                continue
            asks, answers = (english, korean) if rng.random() < 0.5 else (korean, english)
            yield Pair(name, licence, "translation", asks[:query_limit], answers[:passage_limit])


def similar_sentences(folder: Path) -> Iterator[Pair]:
    """KorSTS: sentences that people hold for nearly the same (4 of 5 and more)."""
    lines = plain_lines(folder / "korsts_train.tsv.xz")
    next(lines)
    for line in lines:
        columns = line.split("\t")
        if len(columns) >= 7 and float(columns[4]) >= 4:
            yield Pair("korsts", "CC BY-SA 4.0", "translation", columns[5], columns[6])
