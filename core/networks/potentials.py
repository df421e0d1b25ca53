"""The factors of a model in one array, as inference takes them; cliques are never multiplied out.

The columns of a Bayes net sum to one exactly; a potential of a Markov network is divided by its
largest entry. So nothing is beyond 1, and products can only become too small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.columns import normalised_columns
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet, Table


@dataclass(frozen=True, slots=True)
class _Arithmetic:
    enter: Callable[[Table], Table]
    combine: Callable[..., Any]


def _logarithm(table: Table) -> Table:
    with np.errstate(divide="ignore"):
        result: Table = np.log(table)
        return result


class Content(Enum):
    """What a table holds, and how its numbers combine."""

    PROBABILITIES = _Arithmetic(lambda table: table, np.multiply)
    SUPPORT = _Arithmetic(lambda table: (table > 0).astype(np.float64), np.multiply)
    LOGARITHMS = _Arithmetic(_logarithm, np.add)


@dataclass(frozen=True, eq=False)
class Potentials:
    """The tables of all factors of a model, one after another.

    Attributes
    ----------
    starts : int64[factors + 1]
        Where each table starts in `cells`.
    cells : float64
        The tables, at most 1, then the logarithm of each one's smallest positive entry.
    scales : float64[factors]
        What each table was divided by.
    is_bayes : bool
        Whether factor i is P(variable i | parents), its columns summing to 1.
    """

    starts: npt.NDArray[np.int64]
    cells: Table
    scales: Table
    is_bayes: bool

    def holding(self, content: Content) -> Table:
        """Return the tables as probabilities, their support, or logarithms."""
        if content is Content.PROBABILITIES:
            return self.cells
        return self._logarithms if content is Content.LOGARITHMS else self._support

    def table(self, factor: int) -> Table:
        """Return a factor's table, flat and not scaled."""
        cells = self.cells[self.starts[factor] : self.starts[factor + 1]]
        result: Table = cells * self.scales[factor]
        return result

    @cached_property
    def log_scale(self) -> float:
        """The logarithm of what the product of all factors was divided by."""
        return 0.0 if self.is_bayes else float(np.log(self.scales).sum())

    @cached_property
    def _logarithms(self) -> Table:
        return _logarithm(np.maximum(self.cells, 0.0))

    @cached_property
    def _support(self) -> Table:
        return Content.SUPPORT.value.enter(self.cells)


class _Identity:
    """A key that is equal only for the very same object."""

    __slots__ = ("model",)

    def __init__(self, model: BayesNet | MarkovNetwork) -> None:
        self.model = model

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.model is self.model

    def __hash__(self) -> int:
        return id(self.model)


def potentials_of(model: BayesNet | MarkovNetwork) -> Potentials:
    """Return the factors of `model`; those of the models asked for last are remembered.

    Raises
    ------
    TableError
        When a column of a conditional table holds only zeros.
    """
    return _remembered(_Identity(model))


@lru_cache(maxsize=4)
def _remembered(identity: _Identity) -> Potentials:
    from core.networks.kernels_factors import prepare_factors

    model = identity.model
    is_bayes = isinstance(model, BayesNet)
    if isinstance(model, BayesNet):
        tables = [node.table.reshape(-1) for node in model]
        columns = np.array([len(node.states) for node in model], dtype=np.int64)
    else:
        tables = [np.asarray(each.table).reshape(-1) for each in model.potentials]
        columns = np.zeros(len(tables), dtype=np.int64)
    starts = np.zeros(len(tables) + 1, dtype=np.int64)
    np.cumsum([table.size for table in tables], out=starts[1:])
    given = np.concatenate(tables) if tables else np.empty(0)
    cells, scales = np.empty(given.size + len(tables)), np.empty(len(tables))
    bad = prepare_factors(given, starts, columns, cells, scales)
    if bad >= 0 and isinstance(model, BayesNet):
        normalised_columns(model, model.names[bad])  # raises, and names the column
    return Potentials(starts, cells, scales, is_bayes)


def spread(table: Table, family: Sequence[int], scope: Sequence[int]) -> Table:
    """Return the table with its axes in the order of `scope`, an axis of 1 for each absentee."""
    place = {v: k for k, v in enumerate(scope)}
    table = table.squeeze(tuple(k for k, v in enumerate(family) if v not in place))
    family = [v for v in family if v in place]
    order = sorted(range(len(family)), key=lambda axis: place[family[axis]])
    size = dict(zip(family, table.shape, strict=True))
    return np.transpose(table, order).reshape([size.get(v, 1) for v in scope])
