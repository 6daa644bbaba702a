"""
Words that must have a dimension of their own (`probes/terms.txt`), and where they stand in a text.

The analyser takes compounds apart (육아휴직 -> 육아, 휴직) and has never heard of some names (쿠버네티스); a reader
takes both for words. So they are found as they are written: at the beginning of a word, with a particle or nothing
behind.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "probes" / "terms.txt"
RUN = re.compile(r"[가-힣]+")
BEHIND = re.compile(
    r"(?:[은는이가을를의에도만과와로]|에서|에게|으로|까지|부터|마다|보다|처럼|이나|라도|이란|이라는|라는|들[이을은의]?|"
    r"입니다|이다|인|일|하[는고여면기다]|하려면|합니다|한|할|했[다는고을]?|해|되[는고면어다]|된|될|됩니다)?"
)
LONGEST = 12


@cache
def terms() -> frozenset[str]:
    lines = FILE.read_text("utf8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def terms_in(text: str) -> list[str]:
    """In the order in which they stand, each once; of two that begin alike the longer one."""
    known = terms()
    found: dict[str, None] = {}
    for run in RUN.findall(text):
        for size in range(min(LONGEST, len(run)), 1, -1):
            if run[:size] in known:
                if BEHIND.fullmatch(run[size:]):
                    found[run[:size]] = None
                break
    return list(found)
