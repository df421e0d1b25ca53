"""Steps through a clique of a calibrated tree: from the separator entered to the one left.

P(out | in) splits into one block for each configuration of the variables that both share. Where
most entries are positive a block is a matrix; in deterministic networks most are 0, none of the
zeros of a belief ever comes back, and the positive entries alone are kept.

Source: Koller and Friedman (2009), section 10.3.3.3.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.networks.node import Table

Indices = npt.NDArray[np.int32]

WORK_AT_ONCE = 2**24
"""Multiplications between two looks at the cancel token: some ten milliseconds."""

DENSE = 0.5
LARGE = 256
"""With so large a part of the entries positive, matrices of so many entries are quicker than lists
of entries."""


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """P(out | in), block by block over what both share.

    Attributes
    ----------
    shape : tuple of int
        Configurations of the variables shared, of the others entered, and of the others left.
    rows_in, rows_out : int32
        Cells of the two tables, counted in the order of their axes. For matrices one row for each
        configuration of all variables entered, and left; for entries one for each entry.
    weights : float64
        The matrices, or the entries.
    cells_out : int
        Cells of the table that is made.
    """

    shape: tuple[int, int, int]
    rows_in: Indices
    rows_out: Indices
    weights: Table
    cells_out: int

    @property
    def bytes(self) -> int:
        """Memory that it takes."""
        return self.rows_in.nbytes + self.rows_out.nbytes + self.weights.nbytes

    def carry(self, source: Table, out: Table, first: int, check: Callable[[], None]) -> None:
        """Add to the columns of `out` from `first` on what this makes of all those of `source`."""
        if source.shape[1] and self.weights.size:
            if self.weights.ndim == 3:
                self._carry_matrices(source, out, first, check)
            else:
                self._carry_entries(source, out, first, check)

    def _carry_matrices(
        self, source: Table, out: Table, first: int, check: Callable[[], None]
    ) -> None:
        shared, entered, left = self.shape
        columns = source.shape[1]
        stretch = max(1, WORK_AT_ONCE // (entered * left * columns))
        for begin in range(0, shared, stretch):
            check()
            end = min(begin + stretch, shared)
            given = source[self.rows_in[begin * entered : end * entered]]
            made = self.weights[begin:end] @ given.reshape(-1, entered, columns)
            rows = self.rows_out[begin * left : end * left]
            out[rows, first : first + columns] += made.reshape(-1, columns)

    def _carry_entries(
        self, source: Table, out: Table, first: int, check: Callable[[], None]
    ) -> None:
        from core.networks.kernels_pairs import carry

        columns = source.shape[1]
        stretch = max(1, WORK_AT_ONCE // columns)
        for begin in range(0, self.weights.size, stretch):
            check()
            end = min(begin + stretch, self.weights.size)
            carry(begin, end, self.rows_in, self.rows_out, self.weights, source, out, first)


def margin(belief: Table, scope: Sequence[int], keep: Sequence[int]) -> Table:
    """Return the belief summed down to `keep`, its axes in that order."""
    kept = frozenset(keep)
    gone = tuple(axis for axis, v in enumerate(scope) if v not in kept)
    left = [v for v in scope if v in kept]
    table: Table = belief.sum(axis=gone) if gone else belief
    return np.transpose(table, [left.index(v) for v in keep])


def transition(
    belief: Table,
    scope: Sequence[int],
    given: Sequence[int],
    out: Sequence[int],
    check: Callable[[], None] = lambda: None,
) -> Transition:
    """Return P(out | given) from the belief of a clique that holds both.

    `check` is called between the passes over the table, to stop where nobody waits any more.
    """
    shared = [v for v in scope if v in given and v in out]
    entered = [v for v in scope if v in given and v not in out]
    left = [v for v in scope if v in out and v not in given]
    sizes = dict(zip(scope, belief.shape, strict=True))
    shape = (_cells(shared, sizes), _cells(entered, sizes), _cells(left, sizes))
    joint = margin(belief, scope, [*shared, *entered, *left]).reshape(shape)
    check()
    mass = joint.sum(axis=2, keepdims=True)
    check()
    weights = np.divide(joint, mass, out=np.zeros(shape), where=mass > 0)
    rows_in = _places([*shared, *entered], given, sizes)
    rows_out = _places([*shared, *left], out, sizes)
    cells_out = rows_out.size
    check()
    positive = np.flatnonzero(weights)
    check()
    if positive.size > DENSE * weights.size and shape[1] * shape[2] >= LARGE:
        matrices = np.ascontiguousarray(weights.transpose(0, 2, 1))
        return Transition(shape, rows_in, rows_out, matrices, cells_out)
    block, rest = np.divmod(positive, shape[1] * shape[2])
    check()
    row, column = np.divmod(rest, shape[2])
    check()
    return Transition(
        shape,
        rows_in[block * shape[1] + row],
        rows_out[block * shape[2] + column],
        weights.ravel()[positive],
        cells_out,
    )


def _cells(scope: Sequence[int], sizes: dict[int, int]) -> int:
    return int(np.prod([sizes[v] for v in scope], dtype=np.int64))


def _places(scope: Sequence[int], part: Sequence[int], sizes: dict[int, int]) -> Indices:
    """Return for each cell over `scope` its place in a table over `part`, the same variables."""
    cells = np.arange(_cells(part, sizes), dtype=np.int32).reshape([sizes[v] for v in part])
    return np.ascontiguousarray(np.transpose(cells, [part.index(v) for v in scope])).ravel()
