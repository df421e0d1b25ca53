"""A level as a list of moments, each with its sentence, its picture and what it cost so far.

A programme is made once, on a worker; stepping, going back and jumping only choose a moment.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.benches.networks.levels.request import Request
from app.benches.networks.panel import NOTHING, CanvasDecoration
from core.networks.levels.elimination_plan import OrderCost
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import FactorView, TableFactor
from core.networks.model import BayesNet
from core.networks.node import Table

NO_OPERATIONS = Operations()


@dataclass(frozen=True, eq=False)
class ShownTable:
    """A table as the panel shows it: one row for each configuration of `names`.

    Attributes
    ----------
    title : str
    names : tuple of str
    states : tuple of tuple of str
    columns : tuple of (heading, float64[sizes])
    note : str
        Said in place of the rows where there are none to show.
    """

    title: str
    names: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, Table], ...]
    note: str = ""


def _nothing() -> CanvasDecoration:
    return NOTHING


@dataclass(frozen=True, eq=False)
class Moment:
    """One moment of a level.

    Attributes
    ----------
    sentence : str
        What happens.
    operations : Operations
        Spent so far, this moment included.
    picture : object
        What the level's stage draws.
    decorate : callable
        Returns what is drawn over the net.
    table : callable or None
        Returns the table to show while none is picked.
    stage : str
        The part of the level, where it has parts.
    """

    sentence: str
    operations: Operations = NO_OPERATIONS
    picture: object = None
    decorate: Callable[[], CanvasDecoration] = _nothing
    table: Callable[[], ShownTable] | None = None
    stage: str = ""


@dataclass(frozen=True, eq=False)
class Programme:
    """All moments of one level.

    Attributes
    ----------
    request : Request
    moments : tuple of Moment
        Empty where the level cannot be watched.
    refusal : str
        Why it cannot, or what is left out.
    order : tuple of str
        The elimination order, where the level has one.
    run : object
        What the core recorded, for figures and for going on with other evidence.
    start : int
        Where to begin: not at the first moment where another run is continued.
    cost : OrderCost or None
        What the order costs.
    """

    request: Request
    moments: tuple[Moment, ...] = ()
    refusal: str = ""
    order: tuple[str, ...] = ()
    run: object = None
    start: int = 0
    cost: OrderCost | None = None


def factor_table(net: BayesNet, factor: TableFactor | FactorView, title: str) -> ShownTable:
    """Return the entries of a factor; its power of two is multiplied in."""
    names = named(net, factor.scope)
    states = tuple(net[name].states for name in names)
    if factor.table is None:
        note = f"{factor.size:,} cells are too many to list."
        return ShownTable(title, names, states, (), note)
    return ShownTable(title, names, states, (("value", _plain(factor)),))


def compared(
    net: BayesNet, title: str, scope: tuple[int, ...], columns: tuple[tuple[str, TableFactor], ...]
) -> ShownTable:
    """Return several factors over the same scope side by side."""
    names = named(net, scope)
    states = tuple(net[name].states for name in names)
    return ShownTable(title, names, states, tuple((head, _plain(f)) for head, f in columns))


def _plain(factor: TableFactor | FactorView) -> Table:
    return factor.table if not factor.exponent else factor.table * 2.0**factor.exponent


def named(net: BayesNet, scope: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of the variables of a scope."""
    names = net.names
    return tuple(names[v] for v in scope)


def listed(words: tuple[str, ...] | list[str], most: int = 4) -> str:
    """Return words as a list with "and"; a long one only counted."""
    if len(words) <= 1:
        return "".join(words)
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return f"{', '.join(words[:-1])} and {words[-1]}"
