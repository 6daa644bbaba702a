"""Which pairs share a batch: seeds drawn over the sources, each with neighbours that a keyword search confuses it with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .config import Config
from .neighbours import groups


def drawn(sources: list[str], neighbours: np.ndarray, config: Config, step: int) -> Iterator[list[int]]:
    """Endless; each step's batch follows from the seed and the step alone, so a resumed run goes on as it would have."""
    yield from drawn_from(list(groups(sources).values()), neighbours, config.seed, step, config.train.pairs, config.train.neighbours)


def drawn_from(
    by_source: list[np.ndarray], neighbours: np.ndarray, seed: int, step: int, size: int, group: int
) -> Iterator[list[int]]:
    weights = np.array([min(len(rows), 9_000) ** 0.7 for rows in by_source])
    weights /= weights.sum()
    while True:
        rng = np.random.default_rng([seed, step])
        chosen: dict[int, None] = {}
        while len(chosen) < size:
            rows = by_source[rng.choice(len(by_source), p=weights)]
            first = int(rng.choice(rows))
            near = neighbours[first][neighbours[first] >= 0]
            near = rng.permutation(near)[: group - 1]
            if len(near) < group - 1:
                near = np.concatenate([near, rng.choice(rows, group - 1 - len(near))])
            chosen.update(dict.fromkeys([first, *map(int, near)]))
        yield list(chosen)[:size]
        step += 1


def grouped(
    by_source: list[np.ndarray], neighbours: np.ndarray, seed: int, step: int, pool: int, size: int, group: int
) -> list[int]:
    """
    The batch of a step out of `pool` groups of look-alikes that are always the same ones: passages come again, and
    what the frozen layers made of them is known. Which groups meet differs from step to step.
    """
    weights = np.array([min(len(rows), 9_000) ** 0.7 for rows in by_source])
    chosen: dict[int, None] = {}
    order = np.random.default_rng([seed, 4, step]).permutation(pool)
    for number in order:
        rng = np.random.default_rng([seed, 5, int(number)])
        rows = by_source[rng.choice(len(by_source), p=weights / weights.sum())]
        first = int(rng.choice(rows))
        near = neighbours[first][neighbours[first] >= 0][: group - 1]
        others = rng.choice(rows, max(0, group - 1 - len(near)))
        chosen.update(dict.fromkeys([first, *map(int, near), *map(int, others)]))
        if len(chosen) >= size:
            break
    return list(chosen)[:size]
