"""Stage `pairs`: corpora -> cleaned, deduplicated pairs that overlap with no evaluation set; the last ones held out."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from .config import Config
from .contamination import Seen, texts_of
from .corpora import Pair, cloze_pairs, heading_pairs, other_pairs, similar_sentences

HELD_OUT = 1_024
"""Pairs for measuring while training: spread over the sources, never trained on."""


def limited(pairs: Iterable[Pair], limit: int) -> Iterator[Pair]:
    """At most `limit` pairs of a source and kind, and no passage or query twice."""
    counts: Counter[tuple[str, str]] = Counter()
    seen: set[bytes] = set()
    for pair in pairs:
        if counts[pair.source, pair.kind] >= limit:
            continue
        keys = [blake2b(text.encode(), digest_size=8).digest() for text in (pair.query, pair.passage)]
        if len(pair.query) < 3 or len(pair.passage) < 3 or any(key in seen for key in keys):
            continue
        seen.update(keys)
        counts[pair.source, pair.kind] += 1
        yield pair


def build(config: Config) -> None:
    rng = random.Random(config.seed)
    settings = config.data
    folder = config.outside(settings.corpora)
    headings = list(heading_pairs(folder, settings.passage_characters, settings.query_characters, rng))
    others = list(other_pairs(folder, settings.passage_characters, settings.query_characters, rng))
    rng.shuffle(headings)
    rng.shuffle(others)
    base = list(limited([*headings, *others, *similar_sentences(folder)], settings.source_limit))
    cloze = cloze_pairs(base, 0.25, settings.query_characters, rng)
    seen = Seen(texts_of(config.outside(settings.evaluation)), settings.overlap_words)
    removed: Counter[str] = Counter()
    kept: list[Pair] = []
    for pair in [*base, *cloze]:
        if seen.overlaps(pair.query) or seen.overlaps(pair.passage):
            removed[pair.source] += 1
        else:
            kept.append(pair)
    rng.shuffle(kept)
    held = held_out(kept)
    training = [pair for pair in kept if pair not in held]
    write(config.path("pairs.jsonl"), training)
    # What the next stage knows of the pairs that were there before.
    for name in ("queries", "passages"):
        config.path(f"lemmas-{name}.jsonl").unlink(missing_ok=True)
    write(config.path("held-out.jsonl"), sorted(held, key=lambda pair: pair.query))
    counts = Counter(pair.source for pair in training)
    report = {
        "evaluation_runs": len(seen.hashes),
        "overlap_words": settings.overlap_words,
        "removed": dict(removed.most_common()),
        "kept": dict(counts.most_common()),
        "kinds": dict(Counter(pair.kind for pair in training).most_common()),
        "held_out": len(held),
    }
    config.path("pairs.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf8")
    print(json.dumps(report, ensure_ascii=False))


def held_out(pairs: list[Pair]) -> set[Pair]:
    """Round-robin over the sources; the rest of a held-out passage's pairs may differ only in their question."""
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source, []).append(pair)
    chosen: set[Pair] = set()
    depth = 0
    while len(chosen) < min(HELD_OUT, len(pairs) // 10):
        for group in by_source.values():
            if depth < len(group) // 20:
                chosen.add(group[depth])
        depth += 1
        if depth > len(pairs):
            break
    return chosen


def write(file: Path, pairs: Iterable[Pair]) -> None:
    file.write_text("".join(f"{pair.line()}\n" for pair in pairs), "utf8")


def read(file: Path) -> list[Pair]:
    with file.open(encoding="utf8") as lines:
        return [Pair(**json.loads(line)) for line in lines]
