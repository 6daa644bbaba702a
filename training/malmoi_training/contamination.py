"""Training texts that stand in an evaluation set too: found by runs of words that both have."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

WORD = re.compile(r"[0-9a-z가-힣一-龥]+")


def runs(text: str, length: int) -> list[int]:
    """64-bit hashes of every `length` consecutive words; a shorter text of at least half as many is one run."""
    words = WORD.findall(text.lower())
    if len(words) < length:
        words_at = [words] if len(words) * 2 >= length else []
    else:
        words_at = [words[i : i + length] for i in range(len(words) - length + 1)]
    return [int.from_bytes(blake2b(" ".join(w).encode(), digest_size=8).digest(), "little") for w in words_at]


def texts_of(folder: Path) -> Iterator[str]:
    """Every text of the BEIR sets in `folder`, queries included."""
    for kind in ("corpus", "queries"):
        for file in sorted(folder.glob(f"*/{kind}.jsonl*")):
            opened = gzip.open(file, "rt", encoding="utf8") if file.suffix == ".gz" else file.open(encoding="utf8")
            with opened:
                for line in opened:
                    row = json.loads(line)
                    yield f"{row.get('title') or ''} {row['text']}"


class Seen:
    """Answers whether a text shares a run of words with texts seen before."""

    def __init__(self, texts: Iterable[str], length: int) -> None:
        self.length = length
        hashes: list[np.ndarray] = [np.array(runs(text, length), np.uint64) for text in texts]
        self.hashes = np.unique(np.concatenate(hashes)) if hashes else np.empty(0, np.uint64)

    def overlaps(self, text: str) -> bool:
        found = np.array(runs(text, self.length), np.uint64)
        if len(found) == 0 or len(self.hashes) == 0:
            return False
        at = np.minimum(np.searchsorted(self.hashes, found), len(self.hashes) - 1)
        return bool((self.hashes[at] == found).any())
