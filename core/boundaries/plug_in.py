"""Conditional mutual information of symbols from counts, and what chance alone would give.

Sources: Miller, Note on the bias of information estimates (1955); Agresti, A survey of exact
inference for contingency tables (1992), for tables with given margins.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.boundaries.joint_symbols import Symbols, dense
from core.progress import Progress

Floats = npt.NDArray[np.float64]

CHUNK = 2**18
"""Values shuffled or resampled at once, so that a user who cancels is heard soon."""

ROUNDING = 1e-12
"""Bits below which an estimate is 0."""

TABLE_SHARE = 4
"""Tables are drawn, rather than values shuffled, where their cells are so many times fewer."""


class SymbolSample:
    """Samples of (x, y, z), from which I(X; Y | Z) is estimated.

    Parameters
    ----------
    x, y, z : int64[N]
        Symbols from 0 on.
    nx, ny, nz : int
        How many symbols there may be of each.

    Attributes
    ----------
    value : float
        The plain estimate in bits: H(X, Z) + H(Y, Z) - H(Z) - H(X, Y, Z) from counts.
    bias : float
        What it exceeds the truth by on average, to first order in 1/N:
        (m_XYZ + m_Z - m_XZ - m_YZ) / (2 N ln 2), m being numbers of occupied cells.
    occupied : int
        How many different (x, y, z) occur.
    """

    def __init__(self, x: Symbols, y: Symbols, z: Symbols, sizes: tuple[int, int, int]) -> None:
        nx, ny, nz = sizes
        self._x, self._y, self._z, self._sizes = x, y, z, sizes
        self._n = len(x)
        self._xz, n_xz = dense(z * nx + x, nz * nx)
        yz, _n_yz = dense(z * ny + y, nz * ny)
        self._cell, self.occupied = dense(self._xz * ny + y, n_xz * ny)
        first = np.empty(self.occupied, dtype=np.int64)
        first[self._cell] = np.arange(self._n)
        self._cell_xz, self._cell_yz, self._cell_z = self._xz[first], yz[first], z[first]
        counts = [np.bincount(column, minlength=1) for column in (self._cell, z, self._xz, yz)]
        logs = _count_logs(self._n)
        self._all, self._of_z, self._of_xz, self._of_yz = (logs[each].sum() for each in counts)
        self.value = float(self._bits(self._all))
        occupied = [int(np.count_nonzero(each)) for each in counts]
        excess = occupied[0] + occupied[1] - occupied[2] - occupied[3]
        self.bias = excess / (2.0 * self._n * np.log(2.0))

    def entropies(self) -> tuple[float, float]:
        """Return H(Y | Z), which the value cannot exceed, and H(X | Z), which it cannot either."""
        given_y = (self._of_z - self._of_yz) / self._n
        given_x = (self._of_z - self._of_xz) / self._n
        return max(0.0, float(given_y)), max(0.0, float(given_x))

    def shuffled(
        self, random: np.random.Generator, count: int, progress: Progress | None = None
    ) -> Floats:
        """Return what the estimate is with y shuffled among samples of equal z, `count` times.

        Where tables of (x, y) for each z are small, they are drawn with the same margins, which
        is the same distribution.
        """
        nx, ny, nz = self._sizes
        if TABLE_SHARE * nx * ny * nz <= self._n:
            return self._by_tables(random, count, progress)
        return self._by_shuffling(random, count, progress)

    def resampled(self, draws: npt.NDArray[np.integer]) -> Floats:
        """Return the estimate from each row of drawn samples, int[count, drawn]."""
        rows, drawn = draws.shape
        offsets = (np.arange(rows) * self.occupied)[:, None]
        cells = np.bincount(
            (self._cell[draws] + offsets).ravel(), minlength=rows * self.occupied
        ).reshape(rows, self.occupied)
        logs = _count_logs(drawn)
        total = logs[cells].sum(axis=1)
        for groups, sign in ((self._cell_z, 1), (self._cell_xz, -1), (self._cell_yz, -1)):
            kinds = int(groups.max()) + 1
            at = groups[None] + (np.arange(rows) * kinds)[:, None]
            summed = np.bincount(at.ravel(), cells.ravel(), minlength=rows * kinds)
            total += sign * logs[summed.astype(np.int64)].reshape(rows, kinds).sum(axis=1)
        bits: Floats = total / drawn
        return bits

    def _bits(self, totals: Floats) -> Floats:
        """Return estimates from sums of c log2 c over (x, y, z), without what rounding leaves."""
        values: Floats = (totals + self._of_z - self._of_xz - self._of_yz) / self._n
        return np.where(values > ROUNDING, values, 0.0)

    def _by_tables(
        self, random: np.random.Generator, count: int, progress: Progress | None
    ) -> Floats:
        """Draw the cells one by one, each hypergeometric given those before it."""
        nx, ny, nz = self._sizes
        logs = _count_logs(self._n)
        in_row = np.bincount(self._z * nx + self._x, minlength=nz * nx).reshape(nz, nx)
        in_column = np.bincount(self._z * ny + self._y, minlength=nz * ny).reshape(nz, ny)
        at_once = max(1, CHUNK // (16 * nz))
        found = []
        for start in range(0, count, at_once):
            rows = min(at_once, count - start)
            free = np.repeat(in_column[None], rows, axis=0)
            total = np.zeros(rows)
            for x in range(nx):
                _check(progress)
                left = np.repeat(in_row[None, :, x], rows, axis=0)
                beyond = free.sum(axis=2)
                for y in range(ny):
                    beyond = beyond - free[:, :, y]
                    cell = random.hypergeometric(free[:, :, y], beyond, left)
                    free[:, :, y] -= cell
                    left = left - cell
                    total += logs[cell].sum(axis=1)
            found.append(total)
        return self._bits(np.concatenate(found))

    def _by_shuffling(
        self, random: np.random.Generator, count: int, progress: Progress | None
    ) -> Floats:
        """Sort samples by z and by chance, but for z in which x or y is the same throughout."""
        order = np.argsort(self._z, kind="stable")
        order = order[self._is_free(order)]
        logs = _count_logs(self._n)
        xz, kinds = dense(self._xz[order])
        y, ny = dense(self._y[order])
        z = self._z[order].astype(np.float64)
        fixed = self._all - logs[np.bincount(dense(xz * ny + y, kinds * ny)[0])].sum()
        at_once = max(1, CHUNK // max(1, len(order)))
        found = []
        for start in range(0, count, at_once):
            _check(progress)
            rows = min(at_once, count - start)
            if not len(order):
                found.append(np.full(rows, fixed))
                continue
            chance = np.argsort(z + random.random((rows, len(order))), axis=1)
            codes = xz[None] * ny + y[chance]
            found.append(fixed + _log_sums(codes, kinds * ny, logs))
        return self._bits(np.concatenate(found))

    def _is_free(self, order: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Return which samples, in order of z, are among some that differ in x and in y."""
        if not len(order):
            return np.zeros(0, dtype=np.bool_)
        z = self._z[order]
        starts = np.flatnonzero(np.append(True, z[1:] != z[:-1]))
        varies = np.ones(len(starts), dtype=np.bool_)
        for column in (self._x[order], self._y[order]):
            varies &= np.minimum.reduceat(column, starts) < np.maximum.reduceat(column, starts)
        return np.repeat(varies, np.diff(np.append(starts, len(z))))


def _log_sums(codes: npt.NDArray[np.int64], below: int, logs: Floats) -> Floats:
    """Return for each row of codes the sum of c log2 c over how often each of them occurs."""
    rows, length = codes.shape
    if below <= 4 * length:
        offsets = (np.arange(rows) * below)[:, None]
        counts = np.bincount((codes + offsets).ravel(), minlength=rows * below)
        sums: Floats = logs[counts].reshape(rows, below).sum(axis=1)
        return sums
    inorder = np.sort(codes, axis=1)
    is_last = np.ones(codes.shape, dtype=np.bool_)
    is_last[:, :-1] = inorder[:, 1:] != inorder[:, :-1]
    ends = np.flatnonzero(is_last.ravel())
    lengths = np.diff(ends, prepend=-1)
    found: Floats = np.bincount(ends // length, logs[lengths], minlength=rows).astype(np.float64)
    return found


@lru_cache(maxsize=4)
def _count_logs(most: int) -> Floats:
    """Return c log2 c for the counts 0 to `most`."""
    counts = np.arange(most + 1, dtype=np.float64)
    logs = np.log2(np.maximum(counts, 1.0))
    values: Floats = counts * logs
    values.setflags(write=False)
    return values


def _check(progress: Progress | None) -> None:
    if progress is not None:
        progress.check()
