"""Markup out of a text: what is left is what the product's readers would hand to the encoder."""

from __future__ import annotations

import re

IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
URL = re.compile(r"https?://\S+")
FENCE = re.compile(r"```.*?(?:```|$)", re.S)
ROLE = re.compile(r":[a-z:]+:`([^`<]*?)(?:\s*<[^>]*>)?`")
MARKS = re.compile(r"[*`#>|~]+|\\(?=\W)|^\s*[-=+]{3,}\s*$|:::\w*", re.M)
TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<!--.*?-->", re.S)
SPACE = re.compile(r"\s+")
SENTENCE = re.compile(r"(?<=[.!?。])\s+")
HANGUL = re.compile("[가-힣]")


def cleaned(text: str) -> str:
    """One line without Markdown, HTML, links' targets or fenced code."""
    for pattern, by in ((FENCE, " "), (TAG, " "), (IMAGE, " "), (LINK, r"\1"), (ROLE, r"\1"), (URL, " "), (MARKS, " ")):
        text = pattern.sub(by, text)
    return SPACE.sub(" ", text).strip()


def syllables(text: str) -> int:
    return len(HANGUL.findall(text))


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.split(text) if part]
