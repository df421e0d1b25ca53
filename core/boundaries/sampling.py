"""Ensembles drawn from systems whose flow is known exactly, to see what an estimate is worth."""

from typing import Any

import numpy as np

from core.boundaries.ensemble import PARTS, Ensemble, check_values
from core.boundaries.errors import BoundaryError
from core.boundaries.exact import MarkovSystem, RingPartition
from core.progress import Progress

CHUNK = 2**16


def sampled_system(
    system: MarkovSystem,
    trajectories: int,
    times: int,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Ensemble:
    """Return trajectories of a system from its start; a part of one value has no features."""
    _check(trajectories, times, 4)
    random = np.random.default_rng(seed)
    rows = np.cumsum(system.kernel, axis=1)
    found = np.empty((trajectories, times), dtype=np.int64)
    found[:, 0] = random.choice(len(rows), trajectories, p=system.initial / system.initial.sum())
    for time in range(1, times):
        if progress is not None:
            progress.report(time / times, f"Drawing step {time:,}")
        for start in range(0, trajectories, CHUNK):
            here = slice(start, start + CHUNK)
            now = found[here, time - 1]
            drawn = random.random(len(now))
            later = (rows[now] < drawn[:, None]).sum(axis=1)
            found[here, time] = np.minimum(later, len(rows) - 1)
    values = np.unravel_index(found, system.sizes)
    parts: dict[str, Any] = {
        part: np.empty((trajectories, times, 0), np.uint8) if size == 1 else value[:, :, None]
        for part, size, value in zip(PARTS, system.sizes, values, strict=True)
    }
    return Ensemble(
        system.name,
        **parts,
        source=f"{system.name}, {trajectories:,} trajectories of {times:,} times, seed {seed}",
    )


def sampled_ring(
    ring: RingPartition,
    trajectories: int,
    times: int,
    *,
    lag: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> Ensemble:
    """Return trajectories of a ring from random cells, one feature for each cell of a part."""
    if ring.later is not None:
        raise BoundaryError("Only rings whose parts stay where they are are drawn.")
    _check(trajectories, times, ring.cells)
    random = np.random.default_rng(seed)
    cells = random.integers(0, 2, (trajectories, ring.cells), dtype=np.uint8)
    table = (ring.rule >> np.arange(8) & 1).astype(np.uint8)
    history = np.empty((trajectories, times, ring.cells), dtype=np.uint8)
    for time in range(times):
        if progress is not None:
            progress.report(time / times, f"Drawing step {time:,}")
        history[:, time] = cells
        around = 4 * np.roll(cells, 1, axis=1) + 2 * cells + np.roll(cells, -1, axis=1)
        cells = table[around] ^ (random.random(cells.shape) < ring.noise)
    parts: dict[str, Any] = {
        part: history[:, :, list(numbers)] for part, numbers in zip(PARTS, ring.parts, strict=True)
    }
    labels = {
        part: tuple(f"cell {number}" for number in numbers)
        for part, numbers in zip(PARTS, ring.parts, strict=True)
    }
    mask = np.zeros((1, ring.cells), dtype=np.uint8)
    for number, cells_of_part in enumerate(ring.parts, start=1):
        mask[0, list(cells_of_part)] = number
    source = (
        f"rule {ring.rule} on a ring of {ring.cells} cells, each flipped with probability "
        f"{ring.noise:g}, from all states alike, seed {seed}"
    )
    name = f"ring of rule {ring.rule}"
    frame = history[0, :1]
    return Ensemble(name, **parts, lag=lag, labels=labels, source=source, mask=mask, frame=frame)


def _check(trajectories: int, times: int, features: int) -> None:
    if trajectories < 1 or times < 1:
        raise BoundaryError("There is at least one trajectory of at least one time to be drawn.")
    check_values(trajectories, times, features)
