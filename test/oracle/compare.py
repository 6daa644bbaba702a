"""Compares two folders of checkpoints: the golden vectors within 1e-6, the other files by byte.

    python compare.py COMMITTED MADE

Exit status 1 where vectors, token ids or files differ. A weights file that differs is said, too: the recipes
give the same bytes with the pinned versions.
"""

import filecmp
import json
import sys
from pathlib import Path

TOLERANCE = 1e-6


def files_of(folder: Path) -> set[Path]:
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}


def vector_difference(one: dict[str, float], other: dict[str, float]) -> float:
    """The largest difference of a weight, relative to weights above 1 (sums over many tokens)."""
    return max(
        (
            abs(one.get(i, 0) - other.get(i, 0)) / max(1, abs(one.get(i, 0)))
            for i in one.keys() | other.keys()
        ),
        default=0.0,
    )


def golden_difference(committed: Path, made: Path) -> str | None:
    """What is wrong, or None. Texts, kinds and token ids have to be the same."""
    one, other = (json.loads(file.read_text(encoding="utf8")) for file in (committed, made))
    if len(one) != len(other):
        return f"{len(one)} texts, now {len(other)}"
    for expected, found in zip(one, other, strict=True):
        label = repr(expected.get("text", expected.get("repeat")))[:60]
        keys = expected.keys() - {"vector"}
        if any(expected[key] != found.get(key) for key in keys):
            return f"{label}: text, kind or token ids differ"
        difference = vector_difference(expected["vector"], found["vector"])
        if difference > TOLERANCE:
            return f"{label}: a weight differs by {difference:.2e}"
    return None


def main() -> int:
    committed, made = map(Path, sys.argv[1:3])
    problems = [f"only on one side: {file}" for file in sorted(files_of(committed) ^ files_of(made))]
    for file in sorted(files_of(committed) & files_of(made)):
        pair = committed / file, made / file
        if file.name == "golden.json":
            wrong = golden_difference(*pair)
        else:
            wrong = None if filecmp.cmp(*pair, shallow=False) else "differs"
        if wrong is not None:
            problems.append(f"{file}: {wrong}")
    print("\n".join(problems) if problems else "The same.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
