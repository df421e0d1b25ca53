"""Points put into groups around means, the same for the same seed.

Sources: Lloyd, Least squares quantization in PCM (1982); Arthur and Vassilvitskii, k-means++: the
advantages of careful seeding (2007).
"""

import numpy as np
import numpy.typing as npt

from core.progress import Progress

Points = npt.NDArray[np.float32]

MOST_ROUNDS = 50
WORKED_ON = 2**20
"""Distances held at once."""


def k_means(points: Points, k: int, seed: int = 0, progress: Progress | None = None) -> Points:
    """Return up to `k` means, float32[k, d], the one with most points first.

    Fewer where there are fewer different points.
    """
    means = _seeded(points, k, np.random.default_rng(seed), progress)
    group = nearest(points, means, progress)
    for _ in range(MOST_ROUNDS):
        sizes = np.bincount(group, minlength=len(means))
        sums = np.zeros((len(means), points.shape[1]))
        np.add.at(sums, group, points)
        is_used = sizes > 0
        means = (sums[is_used] / sizes[is_used, None]).astype(np.float32)
        moved = nearest(points, means, progress)
        if np.array_equal(moved, group):
            break
        group = moved
    sizes = np.bincount(group, minlength=len(means))
    return means[np.argsort(-sizes, kind="stable")]


def nearest(
    points: Points, means: Points, progress: Progress | None = None
) -> npt.NDArray[np.int64]:
    """Return the number of the mean nearest to each point, the first of several."""
    found = np.empty(len(points), dtype=np.int64)
    squares = (means.astype(np.float64) ** 2).sum(axis=1)
    step = max(1, WORKED_ON // max(len(means), points.shape[1], 1))
    for start in range(0, len(points), step):
        if progress is not None:
            progress.check()
        part = points[start : start + step].astype(np.float64)
        # |p - m|^2 less |p|^2, which is the same for all means
        found[start : start + step] = (squares - 2.0 * part @ means.T).argmin(axis=1)
    return found


def _seeded(points: Points, k: int, rng: np.random.Generator, progress: Progress | None) -> Points:
    """Return points far from one another: each with a chance that grows as its distance squared."""
    chosen = [int(rng.integers(len(points)))]
    distance = ((points - points[chosen[0]]) ** 2).sum(axis=1, dtype=np.float64)
    while len(chosen) < k and distance.max() > 0:
        if progress is not None:
            progress.check()
        ends = np.cumsum(distance)
        chosen.append(int(np.searchsorted(ends, rng.random() * ends[-1], side="right")))
        apart = ((points - points[chosen[-1]]) ** 2).sum(axis=1, dtype=np.float64)
        distance = np.minimum(distance, apart)
    return points[chosen]
