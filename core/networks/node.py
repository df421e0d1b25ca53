"""One variable of a Bayes net: its states, its parents, its conditional table and its look."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.labels import LABEL_RULE, MAX_LABEL, is_label, quoted
from core.networks.errors import NetworkError, TableError

__all__ = [
    "LABEL_RULE",
    "MAX_CELLS",
    "MAX_LABEL",
    "MAX_STATES",
    "Drawn",
    "Node",
    "Table",
    "check_cells",
    "check_look",
    "check_name",
    "check_node",
    "check_states",
    "frozen",
    "is_label",
    "uniform_table",
]

Table = npt.NDArray[np.float64]

MAX_STATES = 10_000
MAX_CELLS = 2**27
"""Limits checked before a table is allocated (2**27 float64 cells are one gibibyte)."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def frozen(array: npt.ArrayLike) -> Table:
    """Return a read-only C-ordered float64 copy of `array`."""
    result = np.array(array, dtype=np.float64, order="C")
    result.setflags(write=False)
    return result


class Drawn(Protocol):
    """Whatever of a network stands somewhere on the canvas."""

    @property
    def name(self) -> str:
        """Unique in its network."""
        ...

    @property
    def position(self) -> tuple[float, float]:
        """Centre on the canvas, in canvas units (points), y downwards."""
        ...

    @property
    def colour(self) -> str | None:
        """Fill as ``#rrggbb``; None takes the theme's."""
        ...

    @property
    def note(self) -> str:
        """Free text of the user."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One variable of a net with its parents, its table and its look.

    Attributes
    ----------
    name : str
        Unique in the net; any text on one line that is not blank.
    states : tuple of str
        At least one, all different.
    parents : tuple of str
        Names of the parents; their order is the order of the table's leading axes.
    table : float64[r_parent_1, ..., r_parent_k, r_self]
        P(self | parents), read-only; every slice along the last axis should sum to 1.
    position : (float, float)
        Centre of the node on the canvas, in canvas units (points), y downwards.
    colour : str or None
        Fill as ``#rrggbb``; None takes the theme's.
    note : str
        Free text of the user.
    """

    name: str
    states: tuple[str, ...]
    parents: tuple[str, ...] = ()
    table: Table = field(default_factory=lambda: frozen([]))
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        table = self.table
        if table.dtype != np.float64 or table.flags.writeable or not table.flags.c_contiguous:
            object.__setattr__(self, "table", frozen(table))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node):
            return NotImplemented
        return (
            (self.name, self.states, self.parents, self.position, self.colour, self.note)
            == (other.name, other.states, other.parents, other.position, other.colour, other.note)
            and self.table.shape == other.table.shape
            and (self.table is other.table or np.array_equal(self.table, other.table))
        )

    def __hash__(self) -> int:
        return hash((self.name, self.states, self.parents))


def uniform_table(parent_sizes: Sequence[int], size: int) -> Table:
    """Return the table that gives each of `size` states the same probability everywhere."""
    check_cells([*parent_sizes, size])
    return frozen(np.full([*parent_sizes, size], 1.0 / size))


def check_cells(shape: Sequence[int], name: str | None = None) -> None:
    """Raise `TableError` when a table of `shape` would be larger than `MAX_CELLS`."""
    cells = 1
    for size in shape:
        cells *= int(size)
    if cells > MAX_CELLS:
        whose = f"The table of {name}" if name else "This table"
        raise TableError(
            f"{whose} would have {cells:,} entries and the limit is {MAX_CELLS:,}; "
            "give the node fewer parents or fewer states."
        )


def check_states(name: str, states: Sequence[str]) -> None:
    """Raise `NetworkError` unless `states` can be the states of node `name`."""
    if not states:
        raise NetworkError(f"{name} needs at least one state.")
    if len(states) > MAX_STATES:
        raise NetworkError(
            f"{name} has {len(states):,} states and the limit is {MAX_STATES:,}; group some."
        )
    for state in states:
        if not is_label(state):
            raise NetworkError(f"{name} has the state {quoted(state)}; {LABEL_RULE}.")
    if len(set(states)) < len(states):
        twice = next(s for i, s in enumerate(states) if s in states[:i])
        raise NetworkError(f"{name} has the state {quoted(twice)} twice; labels must differ.")


def check_look(node: Drawn) -> None:
    """Raise `NetworkError` unless position, colour and note of `node` can be shown and kept."""
    if len(node.position) != 2 or not all(isfinite(value) for value in node.position):
        raise NetworkError(f"{node.name} has a position that is not two finite numbers.")
    if node.colour is not None and not _COLOUR.match(node.colour):
        raise NetworkError(
            f"{node.name} has the colour {quoted(node.colour)}; a colour is written #rrggbb."
        )
    if not node.note.isascii() and _SURROGATE.search(node.note):
        raise NetworkError(f"{node.name} has a note with half a character in it.")


def check_name(name: str) -> None:
    """Raise `NetworkError` unless a node can be called `name`."""
    if not is_label(name):
        raise NetworkError(f"A node cannot be called {quoted(name)}; {LABEL_RULE}.")


def check_node(node: Node, nodes: Mapping[str, Node]) -> None:
    """Raise `NetworkError` unless `node` can stand among `nodes`, which include its parents."""
    check_name(node.name)
    check_states(node.name, node.states)
    check_look(node)
    if len(set(node.parents)) < len(node.parents):
        raise NetworkError(f"{node.name} has the same parent twice.")
    expected = (*(len(nodes[parent].states) for parent in node.parents), len(node.states))
    if node.table.shape != expected:
        raise TableError(
            f"The table of {node.name} has the shape {node.table.shape} and its parents and "
            f"states ask for {expected}."
        )
    # the smallest entry is NaN when any is, and every comparison with NaN is false
    if not (node.table.min() >= 0 and node.table.max() < np.inf):
        raise TableError(
            f"The table of {node.name} has an entry that is negative or not a number; "
            "probabilities lie between 0 and 1."
        )
