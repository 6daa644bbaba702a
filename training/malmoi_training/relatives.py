"""Whether a reader understands why a word stands for a text: it is a word of it, or a true relative of one."""

from __future__ import annotations

import json
import re
from pathlib import Path

RELATIVES = Path(__file__).parent.parent / "probes" / "relatives.json"


def relatives_of_words() -> dict[str, list[str]]:
    """`probes/relatives.json`, judged by people: synonyms, translations, parts and wholes; never a likeness of spelling."""
    found: dict[str, list[str]] = json.loads(RELATIVES.read_text("utf8"))
    return found


def stands_in(word: str, lemmas: set[str], text: str) -> bool:
    """
    As one of the text's lemmas, or where a word of the text begins with it: a verb's stem in any form, a noun whose
    compound the analyser left whole. Never in the middle of a word (차 is no word of 연차), nor by one syllable alone.
    """
    if word in lemmas:
        return True
    stem = word[:-1] if word.endswith("다") and len(word) > 2 else word
    return len(stem) > 1 and re.search(rf"(?<![0-9a-z가-힣]){re.escape(stem)}", text) is not None


def understood(word: str, lemmas: set[str], text: str, relatives: dict[str, list[str]]) -> str:
    """`own`, `relative` or `foreign`."""
    if stands_in(word, lemmas, text):
        return "own"
    return "relative" if any(stands_in(other, lemmas, text) for other in relatives.get(word, [])) else "foreign"
