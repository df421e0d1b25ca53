"""Whether two samples can be of one distribution: Pearson's chi-squared of a table of two rows.

Where counts are few the statistic is far from the chi-squared distribution. Its mean and variance
among all tables with the same margins are known exactly, and a gamma distribution that has both
is near the truth far into the tail, for rare outcomes too. No chance is below that of one of the
equally likely ways to divide the pooled sample in two.

Sources: Pearson (1900); Haldane, The mean and variance of chi-squared (1940); Dawson, A simplified
expression for the variance of the chi-squared function on a contingency table (1954).
"""

import numpy as np
import numpy.typing as npt

from core.progress import Progress

Numbers = npt.NDArray[np.float64]

GATHERED = 2**19
"""Numbers that are worked on at once."""


class Pools:
    """Growing samples of outcomes, any of which a new sample is compared with.

    Attributes
    ----------
    counts : float64[pools, outcomes]
    n : int
        How many pools there are.
    """

    def __init__(self, outcomes: int) -> None:
        self._counts = np.zeros((8, outcomes))
        self._totals = np.zeros(8)
        self._inverses = np.zeros(8)
        self._kinds = np.zeros(8)
        self.n = 0

    @property
    def counts(self) -> Numbers:
        """How often each outcome came in each pool."""
        return self._counts[: self.n]

    def begin(self, outcomes: npt.NDArray[np.intp], times: Numbers) -> int:
        """Make another pool of a sample and return its number.

        Parameters
        ----------
        outcomes : intp[m]
            Those that occur, each once.
        times : float64[m]
            How often, above 0.
        """
        if self.n == len(self._counts):
            self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
            for name in ("_totals", "_inverses", "_kinds"):
                before = getattr(self, name)
                setattr(self, name, np.concatenate([before, np.zeros_like(before)]))
        self.n += 1
        self.join(self.n - 1, outcomes, times)
        return self.n - 1

    def join(self, pool: int, outcomes: npt.NDArray[np.intp], times: Numbers) -> None:
        """Add a sample to a pool."""
        row = self._counts[pool]
        before = row[outcomes]
        after = before + times
        row[outcomes] = after
        self._totals[pool] += times.sum()
        self._inverses[pool] += (1.0 / after).sum() - _inverse(before).sum()
        self._kinds[pool] += np.count_nonzero(before == 0)

    def chances(
        self,
        outcomes: npt.NDArray[np.intp],
        times: Numbers,
        progress: Progress | None = None,
    ) -> Numbers:
        """Return for each pool the chance that samples of one distribution differ as much."""
        width = max(1, GATHERED // max(1, self.n))
        squares = np.zeros(self.n)
        inverses, kinds = self._inverses[: self.n].copy(), self._kinds[: self.n].copy()
        for start in range(0, len(outcomes), width):
            if progress is not None:
                progress.check()
            part = slice(start, start + width)
            there = self._counts[: self.n, outcomes[part]]
            both = there + times[part]
            squares += (times[part] ** 2 / both).sum(axis=1)
            inverses += (1.0 / both).sum(axis=1) - _inverse(there).sum(axis=1)
            kinds += np.count_nonzero(there == 0, axis=1)
        return _tail(float(times.sum()), self._totals[: self.n], squares, inverses, kinds)


def chance_alike(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return the chance that two samples of one distribution differ at least as much as these.

    Parameters
    ----------
    one, other : float64[k]
        How often each outcome came.

    Examples
    --------
    >>> round(chance_alike([500, 500], [530, 470]), 2)
    0.18
    """
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    pools = Pools(len(first))
    occurring = np.flatnonzero(first)
    pools.begin(occurring, first[occurring])
    occurring = np.flatnonzero(second)
    return float(pools.chances(occurring, second[occurring])[0])


def _tail(n1: float, n2: Numbers, squares: Numbers, inverses: Numbers, kinds: Numbers) -> Numbers:
    """Return the upper tail of the gamma distribution with the moments of the statistic.

    Parameters
    ----------
    n1, n2
        Sums of the rows.
    squares
        Of each table the sum of a^2 / t over its columns, a in the first row and t in both.
    inverses
        The sum of 1 / t.
    kinds
        How many columns there are.
    """
    from scipy.special import gammaincc, gammaln

    found = np.ones(len(n2))
    large = (n1 + n2 > 3) & (kinds > 1)
    n2, squares, inverses, kinds = n2[large], squares[large], inverses[large], kinds[large]
    n = n1 + n2
    statistic = n**2 / (n1 * n2) * (squares - n1**2 / n)
    mean = (kinds - 1) * n / (n - 1)
    v1, w1 = (n - 2) / (n - 1), (n * (1 / n1 + 1 / n2) - 4) / (n - 2)
    v2, w2 = (kinds - 1) * (n - kinds) / (n - 1), (n * inverses - kinds**2) / (n - 2)
    variance = 2 * n / (n - 3) * (v1 - w1) * (v2 - w2) + n**2 / (n - 1) * w1 * w2
    varies = variance > 1e-9 * mean**2
    chances = np.ones(len(n))
    shape = mean[varies] ** 2 / variance[varies]
    scale = variance[varies] / mean[varies]
    chances[varies] = gammaincc(shape, np.maximum(statistic[varies], 0.0) / scale)
    divisions = gammaln(n + 1) - gammaln(n1 + 1) - gammaln(n2 + 1)
    found[large] = np.maximum(chances, np.exp(-divisions))
    return found


def _inverse(counts: Numbers) -> Numbers:
    return np.divide(1.0, counts, out=np.zeros_like(counts), where=counts > 0)
