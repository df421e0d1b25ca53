"""Counts of beliefs on grids of halving cells, and the slopes that are dimensions.

Every dimension is the slope of a line: log2 of the occupied cells (box counting), the entropy of
the cells' probabilities (information) and minus log2 of their squares' sum (correlation) against
log2 of 1 / eps. The line is fitted only where there are at least 4 cells and at least 10 points to
a cell, and not on the coarsest third of those grids, which see the shape of the simplex more than
that of the set. What the line rests on is kept. Where its slope depends on the window, by more
than a few hundredths, there is no value: the bar is half the spread of the slopes of all windows
half as long, where that is more than the levels' own scatter says.

Source: P. Grassberger, Generalized dimensions of strange attractors (1983).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.progress import Progress

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

FINEST = 44
"""Halvings of the unit interval; beliefs carry 52 binary digits."""
COARSE_FINEST = 16
FEWEST_CELLS = 4
POINTS_PER_CELL = 10
FEWEST_LEVELS = 4
LARGEST_RESIDUAL = 0.3
"""In bits; the wobble of a regular fractal, whose scales do not halve, stays below it."""
LARGEST_BAR = 0.04
"""Of a dimension up to 1, and this share of a larger one."""
COARSE_SHARE = 3
"""One in so many of the coarsest grids is left out where there are at least `MANY_LEVELS`."""
MANY_LEVELS = 9
RESAMPLES = 400


@dataclass(frozen=True, eq=False)
class ScaleCounts:
    """What a cloud of beliefs occupies on grids of cells of side 2^-level.

    Attributes
    ----------
    levels : int64[levels]
    occupied : int64[levels]
    entropies : float64[levels]
        Of the cells' probabilities in bits, with the correction of Miller and Madow for the number
        of points.
    order_two : float64[levels]
        Minus log2 of the probability that two points share a cell.
    points : int
    distinct : int
        Beliefs that differ by more than rounding; counted where there are so many states that the
        finest grid is coarse, else 0.
    """

    levels: Integers
    occupied: Integers
    entropies: Floats
    order_two: Floats
    points: int
    distinct: int

    @property
    def is_exhausted(self) -> bool:
        """Whether there are few beliefs, so that finer grids find no more of them."""
        if self.levels[-1] < COARSE_FINEST and self.occupied[-1] * 2 <= self.points:
            return self.distinct * 5 * POINTS_PER_CELL < self.points
        third = max(len(self.levels) // 3, 3)
        return bool(
            len(self.levels) > 3
            and self.occupied[-1] == self.occupied[-third]
            and self.occupied[-1] * POINTS_PER_CELL < self.points
        )


@dataclass(frozen=True, eq=False)
class ScaleFit:
    """A slope and what it rests on.

    Attributes
    ----------
    value : float or None
        None where the line is not to be trusted; `reason` says why.
    slope, bar : float
        The slope, and half the width of its 95 percent interval from resampled levels.
    window : (int, int)
        First and last level of the fit.
    residual : float
        Root mean square distance from the line in bits.
    reason : str
    """

    value: float | None
    slope: float
    bar: float
    window: tuple[int, int]
    residual: float
    reason: str


def scale_counts(beliefs: Floats, progress: Progress | None = None) -> ScaleCounts:
    """Return the counts of beliefs float64[m, n] on all grids, coarsest first."""
    from core.processes import kernels_lyapunov as kernels

    m, n = beliefs.shape
    dimensions = max(n - 1, 1)
    finest = min(62 // dimensions, FINEST)
    codes = np.zeros(m, np.int64)
    if n > 1 and finest > 0:
        kernels.interleave(beliefs, finest, codes)
        codes.sort()
    levels = np.arange(finest + 1)
    sums = []
    for level in levels:
        if progress is not None:
            progress.report(level / len(levels), "Counting cells")
        sums.append(kernels.cell_sums(codes, int(dimensions * (finest - level))))
        if sums[-1][0] * 2 > m and level > 3:
            break  # finer cells hold about one point each
    occupied = np.array([cells for cells, _, _ in sums], dtype=np.int64)
    logarithms = np.array([each for _, each, _ in sums])
    squares = np.array([each for _, _, each in sums])
    entropies = np.log2(m) - logarithms / m + (occupied - 1) / (2.0 * m * np.log(2.0))
    # Pairs of different points: without the diagonal the estimate has no bias.
    pairs = np.maximum(squares - m, 0.0) / (m * max(m - 1.0, 1.0))
    order_two = -np.log2(np.maximum(pairs, 1e-300))
    distinct = _distinct(beliefs) if finest < COARSE_FINEST else 0
    return ScaleCounts(levels[: len(sums)], occupied, entropies, order_two, m, distinct)


def _distinct(beliefs: Floats) -> int:
    """Return how many beliefs differ by more than 1e-9, told apart by a hash."""
    factors = np.random.default_rng(0).integers(1, 2**62, beliefs.shape[1])
    return len(np.unique(np.rint(beliefs * 1e9).astype(np.int64) @ factors))


def box_dimension(counts: ScaleCounts, window: tuple[int, int] | None = None) -> ScaleFit:
    """Return D0, the slope of log2 of the occupied cells."""
    return fit_scales(counts, np.log2(counts.occupied), window)


def information_dimension(counts: ScaleCounts, window: tuple[int, int] | None = None) -> ScaleFit:
    """Return D1, the slope of the entropy of the cells."""
    return fit_scales(counts, counts.entropies, window)


def correlation_dimension(counts: ScaleCounts, window: tuple[int, int] | None = None) -> ScaleFit:
    """Return D2, the slope of minus log2 of the probability that two points share a cell."""
    return fit_scales(counts, counts.order_two, window)


def fit_scales(
    counts: ScaleCounts, bits: Floats, window: tuple[int, int] | None = None
) -> ScaleFit:
    """Return the slope of `bits` against the level.

    Parameters
    ----------
    window : (int, int), optional
        First and last level of the fit; without it those that the counts allow.
    """
    if counts.is_exhausted:
        last = int(counts.levels[-1])
        return ScaleFit(0.0, 0.0, 0.0, (last, last), 0.0, "Finer grids find no further beliefs.")
    usable = np.flatnonzero(
        (counts.occupied >= FEWEST_CELLS) & (counts.occupied * POINTS_PER_CELL < counts.points)
    )
    if window is not None:
        low, high = window
        chosen = np.flatnonzero((counts.levels >= low) & (counts.levels <= high))
        is_sparse = bool(np.setdiff1d(chosen, usable).size)
        usable = chosen
    else:
        is_sparse = False
        if len(usable) >= MANY_LEVELS:
            usable = usable[len(usable) // COARSE_SHARE :]
    if len(usable) < FEWEST_LEVELS:
        where = (
            f"between {FEWEST_CELLS} cells and {POINTS_PER_CELL} points to a cell"
            if window is None
            else "in the window, and a line asks for at least 4"
        )
        return ScaleFit(
            None, np.nan, np.nan, window or (0, 0), np.nan,
            f"Only {len(usable)} grids lie {where}.",
        )  # fmt: skip
    x, y = counts.levels[usable].astype(np.float64), bits[usable]
    slope, residual = _line(x, y)
    bar = max(_resampled_bar(x, y, slope), _drift(x, y) / 2.0)
    reason = ""
    if residual > LARGEST_RESIDUAL:
        reason = f"The points leave the line by {residual:.2f} bits."
    elif bar > LARGEST_BAR * max(slope, 1.0):
        reason = f"The slope depends on the window and is known to {bar:.2f} only."
    elif is_sparse:
        reason = (
            f"The window holds grids with fewer than {FEWEST_CELLS} cells or {POINTS_PER_CELL} "
            "points to a cell."
        )
    return ScaleFit(
        None if reason else slope, slope, bar, (int(x[0]), int(x[-1])), residual, reason
    )


def _resampled_bar(x: Floats, y: Floats, slope: float) -> float:
    rng = np.random.default_rng(0)
    chosen = rng.integers(len(x), size=(RESAMPLES, len(x)))
    chosen = chosen[np.ptp(chosen, axis=1) > 0]
    from_mean = x[chosen] - x[chosen].mean(axis=1, keepdims=True)
    slopes = (from_mean * y[chosen]).sum(axis=1) / (from_mean**2).sum(axis=1)
    low, high = np.percentile(slopes, [2.5, 97.5])
    return float(max(high - slope, slope - low))


def _drift(x: Floats, y: Floats) -> float:
    """Return how far apart the slopes of the windows of half the length are."""
    length = max((len(x) + 1) // 2, 3)
    starts = range(len(x) - length + 1)
    slopes = [_line(x[at : at + length], y[at : at + length])[0] for at in starts]
    return max(slopes) - min(slopes)


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return the slope of the least-squares line and the root mean square residual."""
    from_mean = x - x.mean()
    slope = float(from_mean @ y / (from_mean @ from_mean))
    residual = y - y.mean() - slope * from_mean
    return slope, float(np.sqrt(np.mean(residual**2)))
