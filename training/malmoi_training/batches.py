"""Which pairs share a batch: seeds drawn over the sources, each with neighbours that a keyword search confuses it with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .config import Config
from .neighbours import groups


def drawn(
    sources: list[str], neighbours: np.ndarray, config: Config, step: int, size: int = 0, group: int = 0
) -> Iterator[list[int]]:
    """
    Endless; each step's batch follows from the seed and the step alone, so a resumed run goes on as it would have.
    `size` and `group` are `train.pairs` and `train.neighbours` where they are not said.
    """
    by_source = list(groups(sources).values())
    weights = np.array([min(len(rows), 9_000) ** 0.7 for rows in by_source])
    weights /= weights.sum()
    size, group = size or config.train.pairs, group or config.train.neighbours
    while True:
        rng = np.random.default_rng([config.seed, step])
        chosen: dict[int, None] = {}
        while len(chosen) < size:
            rows = by_source[rng.choice(len(by_source), p=weights)]
            seed = int(rng.choice(rows))
            near = neighbours[seed][neighbours[seed] >= 0]
            near = rng.permutation(near)[: group - 1]
            if len(near) < group - 1:
                near = np.concatenate([near, rng.choice(rows, group - 1 - len(near))])
            chosen.update(dict.fromkeys([seed, *map(int, near)]))
        yield list(chosen)[:size]
        step += 1


def grouped(sources: list[str], neighbours: np.ndarray, seed: int, step: int, pool: int, size: int, group: int) -> list[int]:
    """
    The batch of a step out of `pool` groups of look-alikes that are always the same ones: passages come again, and
    what the frozen layers made of them is known. Which groups meet differs from step to step.
    """
    by_source = list(groups(sources).values())
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
