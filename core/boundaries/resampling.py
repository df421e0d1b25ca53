"""Which samples are drawn again to see how far an estimate is to be trusted.

Trajectories are independent of each other, times of one trajectory are not: whole trajectories are
drawn where each time is told by itself, blocks of successive times where all are one sample.

Sources: Künsch, The jackknife and the bootstrap for general stationary observations (1989); Bickel,
Götze and van Zwet, Resampling fewer than n observations (1997).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.boundaries.ensemble import PARTS, Ensemble

CHUNK = 2**18
"""Samples drawn at once."""

MOST_DRAWN = 2**16
"""Of more samples only so many are drawn; what they spread shrinks with the root of their share."""

DECAYED = 0.05
"""What autocorrelation is taken for none."""

BLOCKS_PER_CORRELATION_TIME = 3


def resamples(
    trajectories: int, times: int, block: int, *, count: int, seed: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield rows of numbers of samples, `count` rows in all, the same for the same arguments.

    Sample ``i * times + t`` is of trajectory i at time t.
    """
    length = min(trajectories * times, MOST_DRAWN)
    blocks = -(-length // block)
    at_once = max(1, CHUNK // (blocks * block))
    random = np.random.default_rng([seed, trajectories, times, block])
    for start in range(0, count, at_once):
        shape = (min(at_once, count - start), blocks)
        of = random.integers(0, trajectories, shape)
        if times == 1:
            yield of
            continue
        begin = of * times + random.integers(0, times - block + 1, shape)
        drawn = (begin[:, :, None] + np.arange(block)).reshape(shape[0], -1)
        yield drawn[:, :length]


def correlation_time(ensemble: Ensemble) -> float:
    """Return for how many times the parts remember themselves: 1 + 2 sum of autocorrelations.

    Taken of the feature that remembers longest; sums end where little is left.
    """
    longest = 1.0
    for part in PARTS:
        for column in np.moveaxis(ensemble.part(part), 2, 0):
            longest = max(longest, _correlation_time(column.astype(np.float64)))
    return min(longest, float(ensemble.length))


def _correlation_time(series: npt.NDArray[np.float64]) -> float:
    centred = series - series.mean()
    variance = float((centred**2).mean())
    if variance <= 0:
        return 1.0
    total = 1.0
    for lag in range(1, series.shape[1] // 2 + 1):
        left = float((centred[:, lag:] * centred[:, :-lag]).mean()) / variance
        if abs(left) < DECAYED:
            break
        total += 2.0 * abs(left)
    return total
