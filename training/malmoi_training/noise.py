"""What people do to a question: endings left out, colloquial endings, spaces lost, a syllable mistyped."""

from __future__ import annotations

import re

import numpy as np

ENDINGS = (
    (re.compile(r"하기$"), ("하는 법", "하려면 어떻게 해?", "하는 방법 알려줘", "하고 싶은데요")),
    (re.compile(r"(?:하는|하려면) ?방법$"), ("하기", "하는 법", "하려면?", "어떻게 하나요?")),
    (re.compile(r"(?<=[가-힣])(?:란|이란)\??$"), ("", "이 뭐야?", "이 무엇인가요?")),
)
ASKING = ("", "", "", " 방법", " 알려줘", "이 뭐예요?", " 어떻게 해요?", " 관련 내용", " 정리")
PARTICLES = re.compile(r"(?<=[가-힣]{2})(?:을|를|이|가|은|는|에|의|에서|으로|로)(?= |$)")
FINAL = 28


def rewritten(query: str, rng: np.random.Generator) -> str:
    """The query, or in half of the cases another way to ask it; never an empty text."""
    draw = rng.random()
    if draw < 0.5:
        return query
    if draw < 0.65:
        for pattern, others in ENDINGS:
            if pattern.search(query):
                return pattern.sub(others[rng.integers(len(others))], query)
        return query + ASKING[rng.integers(len(ASKING))] if len(query) < 30 else query
    if draw < 0.8:
        return keywords(query, rng)
    if draw < 0.9:
        return query.replace(" ", "", int(rng.integers(1, 3))) if query.count(" ") > 1 else query
    return mistyped(query, rng)


def keywords(query: str, rng: np.random.Generator) -> str:
    """Particles off; of a long query two to four neighbouring words, as one types them into a search box."""
    words = PARTICLES.sub("", query).split()
    if len(words) > 5:
        wanted = int(rng.integers(3, 5))
        start = int(rng.integers(0, len(words) - wanted + 1))
        words = words[start : start + wanted]
    return " ".join(words) or query


def mistyped(query: str, rng: np.random.Generator) -> str:
    """A final consonant lost or the vowel's neighbour hit, in one syllable."""
    places = [i for i, c in enumerate(query) if "가" <= c <= "힣"]
    if len(places) < 4:
        return query
    at = places[int(rng.integers(len(places)))]
    code = ord(query[at]) - 0xAC00
    final = code % FINAL
    other = code - final if final else code + int(rng.integers(1, FINAL))
    return f"{query[:at]}{chr(0xAC00 + other)}{query[at + 1 :]}"
