"""Which pairs share a batch: seeds drawn over the sources, each with neighbours that a keyword search confuses it with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .config import Config
from .neighbours import groups


def drawn(sources: list[str], neighbours: np.ndarray, config: Config, step: int) -> Iterator[list[int]]:
    """Endless; each step's batch follows from the seed and the step alone, so a resumed run goes on as it would have."""
    by_source = list(groups(sources).values())
    weights = np.array([min(len(rows), 9_000) ** 0.7 for rows in by_source])
    weights /= weights.sum()
    size, group = config.train.pairs, config.train.neighbours
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
