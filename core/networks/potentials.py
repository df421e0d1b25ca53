"""The tables of the cliques: products of the conditional tables that belong to each.

A clique's table may hold probabilities, their natural logarithms, or 1 wherever they are positive.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.clique_tree import CliqueTree
from core.networks.columns import normalised_columns
from core.networks.model import BayesNet, Table
from core.progress import Progress

SAFE_LOGARITHM = -660.0
"""Products of entries whose logarithms add up to more than this stay clear of underflow."""


@dataclass(frozen=True, slots=True)
class _Arithmetic:
    enter: Callable[[Table], Table]
    combine: Callable[..., Any]
    neutral: float


def _logarithm(table: Table) -> Table:
    with np.errstate(divide="ignore"):
        result: Table = np.log(table)
        return result


class Content(Enum):
    """What a clique's table holds; how its numbers combine, and which of them changes nothing."""

    PROBABILITIES = _Arithmetic(lambda table: table, np.multiply, 1.0)
    SUPPORT = _Arithmetic(lambda table: (table > 0).astype(np.float64), np.multiply, 1.0)
    LOGARITHMS = _Arithmetic(_logarithm, np.add, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Potentials:
    """The tables of all cliques, one after another.

    Attributes
    ----------
    cells : float64[clique cells]
    floors : float64[cliques]
        A lower bound of the logarithm of each clique's smallest positive product.
    """

    cells: Table
    floors: npt.NDArray[np.float64]

    @property
    def is_safe(self) -> bool:
        """Whether no product of probabilities can have come near underflow."""
        return bool((self.floors > SAFE_LOGARITHM).all())


def clique_potentials(
    net: BayesNet,
    tree: CliqueTree,
    content: Content = Content.PROBABILITIES,
    progress: Progress | None = None,
) -> Potentials:
    """Return the tables of all cliques of `net`.

    Raises
    ------
    TableError
        When a column of a conditional table holds only zeros.
    """
    potentials = Potentials(np.empty(tree.cost.clique_cells), np.zeros(len(tree.scopes)))
    _fill(potentials, net, tree, range(len(tree.scopes)), content, progress)
    return potentials


def replaced_potentials(
    potentials: Potentials,
    net: BayesNet,
    tree: CliqueTree,
    changed: Iterable[int],
    progress: Progress | None = None,
) -> Potentials:
    """Return the tables after the conditional tables of the variables `changed` are others."""
    cliques = sorted({tree.clique_of_family[v] for v in changed})
    result = Potentials(potentials.cells.copy(), potentials.floors.copy())
    _fill(result, net, tree, cliques, Content.PROBABILITIES, progress)
    return result


def _fill(
    potentials: Potentials,
    net: BayesNet,
    tree: CliqueTree,
    cliques: Iterable[int],
    content: Content,
    progress: Progress | None,
) -> None:
    families: dict[int, list[int]] = {i: [] for i in cliques}
    for v, i in enumerate(tree.clique_of_family):
        if i in families:
            families[i].append(v)
    index = {name: v for v, name in enumerate(net.names)}
    arithmetic = content.value
    for i, variables in families.items():
        if progress is not None:
            progress.check()
        scope = [v for v in tree.scopes[i] if tree.sizes[v] > 1]  # arrays have at most 64 axes
        shape = [tree.sizes[v] for v in scope]
        start, cells = int(tree.cliques[i, 0]), prod(shape)
        target = potentials.cells[start : start + cells].reshape(shape)
        target[...] = arithmetic.neutral
        floor = 0.0
        for v in variables:
            name = net.names[v]
            table = normalised_columns(net, name)
            floor += float(np.log(table[table > 0].min()))
            family = [*(index[parent] for parent in net[name].parents), v]
            entered = spread(arithmetic.enter(table), family, scope)
            arithmetic.combine(target, entered, out=target)
        potentials.floors[i] = floor


def spread(table: Table, family: list[int], scope: Sequence[int]) -> Table:
    """Return the table with its axes in the order of `scope`, an axis of 1 for each absentee."""
    place = {v: k for k, v in enumerate(scope)}
    table = table.squeeze(tuple(k for k, v in enumerate(family) if v not in place))
    family = [v for v in family if v in place]
    order = sorted(range(len(family)), key=lambda axis: place[family[axis]])
    size = dict(zip(family, table.shape, strict=True))
    return np.transpose(table, order).reshape([size.get(v, 1) for v in scope])
