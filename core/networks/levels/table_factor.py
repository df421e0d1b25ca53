"""Tables over numbered variables, multiplied and summed while every operation is counted.

A table may carry a power of two, so that long products neither vanish nor overflow; scaling by it
loses no digit.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.networks.levels.operations import Operations
from core.networks.node import Table

KEPT_CELLS = 2**16
"""Recorded steps keep tables up to so many cells for showing."""

MAX_AXES = 64
"""An array has at most so many axes."""

WIDEST_EXPONENT = 200
"""Tables whose largest entry is beyond two to the plus or minus this are scaled."""


@dataclass(frozen=True, slots=True, eq=False)
class TableFactor:
    """A factor on its way through a computation.

    Attributes
    ----------
    scope : tuple of int
        Variables in the order of the table's axes.
    table : float64[sizes of the scope]
    exponent : int
        The factor is `table` times two to this; nearly always 0.
    """

    scope: tuple[int, ...]
    table: Table
    exponent: int = 0

    @property
    def size(self) -> int:
        """Number of cells."""
        return int(self.table.size)

    @property
    def total(self) -> float:
        """The sum of the table, its power of two left aside."""
        return float(self.table.sum())

    @property
    def log_total(self) -> float:
        """The natural logarithm of the factor's sum; minus infinity for a factor of zeros."""
        total = self.total
        return math.log(total) + self.exponent * math.log(2) if total > 0 else -math.inf


@dataclass(frozen=True, slots=True, eq=False)
class FactorView:
    """A factor as a recorded step shows it.

    Attributes
    ----------
    id : int
        Unique in its run.
    label : str
        Such as ``P(xray | either)`` or ``τ(either, bronc)``.
    scope : tuple of int
    size : int
        Number of cells.
    table : float64[sizes of the scope] or None
        None where the factor has more than `KEPT_CELLS` cells.
    exponent : int
        The factor is the table times two to this; nearly always 0.
    made_from : tuple of int
        The ids of the factors that it was made from; empty for one of the model.
    """

    id: int
    label: str
    scope: tuple[int, ...]
    size: int
    table: Table | None
    exponent: int = 0
    made_from: tuple[int, ...] = ()


def viewed(
    factor: TableFactor, identity: int, label: str, made_from: tuple[int, ...] = ()
) -> FactorView:
    """Return the record of `factor`."""
    table = factor.table if factor.size <= KEPT_CELLS else None
    return FactorView(identity, label, factor.scope, factor.size, table, factor.exponent, made_from)


def cells_of(scope: Iterable[int], sizes: Sequence[int]) -> int:
    """Return the number of cells of a table over `scope`."""
    return math.prod(sizes[v] for v in scope)


def union_scope(scopes: Iterable[Iterable[int]]) -> tuple[int, ...]:
    """Return all variables of `scopes`, sorted."""
    return tuple(sorted({v for scope in scopes for v in scope}))


def aligned(factor: TableFactor, scope: Sequence[int]) -> Table:
    """Return the table with its axes in the order of `scope`, an axis of 1 for each absentee."""
    place = {v: k for k, v in enumerate(scope)}
    order = sorted(range(len(factor.scope)), key=lambda axis: place[factor.scope[axis]])
    shape = [1] * len(scope)
    for axis, v in enumerate(factor.scope):
        shape[place[v]] = factor.table.shape[axis]
    return np.transpose(factor.table, order).reshape(shape)


def multiplied(
    factors: Sequence[TableFactor], scope: Sequence[int], sizes: Sequence[int]
) -> tuple[TableFactor, Operations]:
    """Return the product of `factors` over `scope`, which holds all of theirs, and its cost."""
    shape = tuple(sizes[v] for v in scope)
    if not factors:
        return TableFactor(tuple(scope), np.ones(shape)), Operations()
    first = factors[0]
    product, exponent = np.broadcast_to(aligned(first, scope), shape), first.exponent
    for factor in factors[1:]:
        product, exponent = scaled(product * aligned(factor, scope), exponent + factor.exponent)
    cost = Operations.product(len(factors), int(product.size))
    return TableFactor(tuple(scope), np.asarray(product, order="C"), exponent), cost


def summed(factor: TableFactor, keep: Sequence[int]) -> tuple[TableFactor, Operations]:
    """Return the factor summed down to `keep`, its axes in that order, and the cost."""
    kept = set(keep)
    axes = tuple(axis for axis, v in enumerate(factor.scope) if v not in kept)
    left = [v for v in factor.scope if v in kept]
    table = factor.table.sum(axis=axes) if axes else factor.table
    table = np.asarray(np.transpose(table, [left.index(v) for v in keep]), order="C")
    result = TableFactor(tuple(keep), *scaled(table, factor.exponent))
    return result, Operations.sum(factor.size, result.size)


def normalised(factor: TableFactor) -> tuple[TableFactor, Operations]:
    """Return the factor divided by its sum, which must be positive, and the cost."""
    table = factor.table / factor.table.sum()
    return TableFactor(factor.scope, table), Operations.normalisation(factor.size)


def scaled(table: Table, exponent: int) -> tuple[Table, int]:
    """Return the table with its largest entry in range, and the power of two that this took."""
    largest = float(table.max(initial=0.0))
    power = math.frexp(largest)[1]
    if largest == 0.0 or abs(power) <= WIDEST_EXPONENT:
        return table, exponent
    return np.ldexp(table, -power), exponent + power
