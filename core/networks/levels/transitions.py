"""Steps through a clique of a calibrated tree: from the separator entered to the one left.

P(out | in) is kept as its positive entries alone: in deterministic networks most are 0, and none
of the zeros of a belief ever comes back.

Source: Koller and Friedman (2009), section 10.3.3.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.networks.node import Table

Indices = npt.NDArray[np.int32]

ENTRIES_AT_ONCE = 2**24
"""Multiplications between two looks at the cancel token: some ten milliseconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """The positive entries of P(out | in).

    Attributes
    ----------
    rows_in, rows_out : int32[entries]
        Cells of the two tables, counted in the order of their axes.
    weights : float64[entries]
    cells_out : int
        Cells of the table that is entered.
    """

    rows_in: Indices
    rows_out: Indices
    weights: Table
    cells_out: int

    @property
    def bytes(self) -> int:
        """Memory that it takes."""
        return self.rows_in.nbytes + self.rows_out.nbytes + self.weights.nbytes


def margin(belief: Table, scope: Sequence[int], keep: Sequence[int]) -> Table:
    """Return the belief summed down to `keep`, its axes in that order."""
    kept = frozenset(keep)
    gone = tuple(axis for axis, v in enumerate(scope) if v not in kept)
    left = [v for v in scope if v in kept]
    table: Table = belief.sum(axis=gone) if gone else belief
    return np.transpose(table, [left.index(v) for v in keep])


def transition(
    belief: Table, scope: Sequence[int], given: Sequence[int], out: Sequence[int]
) -> Transition:
    """Return P(out | given) from the belief of a clique that holds both."""
    union = [v for v in scope if v in given or v in out]
    joint = margin(belief, scope, union)
    flat = joint.ravel()
    rows_in = _places(union, joint.shape, given)
    rows_out = _places(union, joint.shape, out)
    positive = np.flatnonzero(flat)
    rows_in, rows_out, weights = rows_in[positive], rows_out[positive], flat[positive]
    sizes = dict(zip(union, joint.shape, strict=True))
    cells_in = int(np.prod([sizes[v] for v in given], dtype=np.int64))
    cells_out = int(np.prod([sizes[v] for v in out], dtype=np.int64))
    mass = np.bincount(rows_in, weights=weights, minlength=cells_in)
    return Transition(rows_in, rows_out, weights / mass[rows_in], cells_out)


def _places(union: Sequence[int], shape: Sequence[int], part: Sequence[int]) -> Indices:
    """Return for each cell over `union` its place in a table over `part`."""
    place = np.zeros(shape, dtype=np.int32)
    step = 1
    for v in reversed(part):
        axis = union.index(v)
        size = shape[axis]
        digits = np.arange(size, dtype=np.int32) * np.int32(step)
        place += digits.reshape([size if k == axis else 1 for k in range(len(shape))])
        step *= size
    return place.ravel()
