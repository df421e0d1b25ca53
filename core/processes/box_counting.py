"""Counts of beliefs on grids of halving cells, and the slopes that are dimensions.

Every dimension is the slope of a line: log2 of the occupied cells (box counting), the entropy of
the cells' probabilities (information) and minus log2 of their squares' sum (correlation) against
log2 of 1 / eps. The line is fitted only where there are at least 4 cells and at least 10 points to
a cell; what it rests on is kept, and where it bends there is no value.

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
LARGEST_BEND = 0.1
"""Difference of slope between the halves of the window, at most, beyond the bar."""
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


def box_dimension(counts: ScaleCounts) -> ScaleFit:
    """Return D0, the slope of log2 of the occupied cells."""
    return fit_scales(counts, np.log2(counts.occupied))


def information_dimension(counts: ScaleCounts) -> ScaleFit:
    """Return D1, the slope of the entropy of the cells."""
    return fit_scales(counts, counts.entropies)


def correlation_dimension(counts: ScaleCounts) -> ScaleFit:
    """Return D2, the slope of minus log2 of the probability that two points share a cell."""
    return fit_scales(counts, counts.order_two)


def fit_scales(counts: ScaleCounts, bits: Floats) -> ScaleFit:
    """Return the slope of `bits` against the level, within the window that the counts allow."""
    if counts.is_exhausted:
        last = int(counts.levels[-1])
        return ScaleFit(0.0, 0.0, 0.0, (last, last), 0.0, "Finer grids find no further beliefs.")
    usable = np.flatnonzero(
        (counts.occupied >= FEWEST_CELLS) & (counts.occupied * POINTS_PER_CELL < counts.points)
    )
    if len(usable) < FEWEST_LEVELS:
        return ScaleFit(
            None, np.nan, np.nan, (0, 0), np.nan,
            f"Only {len(usable)} grids lie between {FEWEST_CELLS} cells and {POINTS_PER_CELL} "
            "points to a cell.",
        )  # fmt: skip
    x, y = counts.levels[usable].astype(np.float64), bits[usable]
    slope, residual = _line(x, y)
    rng = np.random.default_rng(0)
    chosen = rng.integers(len(x), size=(RESAMPLES, len(x)))
    slopes = np.array([_line(x[each], y[each])[0] for each in chosen if np.ptp(x[each]) > 0.0])
    low, high = np.percentile(slopes, [2.5, 97.5])
    bar = float(max(high - slope, slope - low))
    middle = len(x) // 2
    bend = abs(_line(x[:middle], y[:middle])[0] - _line(x[middle:], y[middle:])[0])
    reason = ""
    if residual > LARGEST_RESIDUAL:
        reason = f"The points leave the line by {residual:.2f} bits."
    elif bar > LARGEST_BAR:
        reason = f"The slope is known to {bar:.2f} only."
    elif bend > LARGEST_BEND + 2.0 * bar:
        reason = f"The slope changes by {bend:.2f} between the halves of the window."
    return ScaleFit(
        None if reason else slope, slope, bar, (int(x[0]), int(x[-1])), residual, reason
    )


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return the slope of the least-squares line and the root mean square residual."""
    from_mean = x - x.mean()
    slope = float(from_mean @ y / (from_mean @ from_mean))
    residual = y - y.mean() - slope * from_mean
    return slope, float(np.sqrt(np.mean(residual**2)))
