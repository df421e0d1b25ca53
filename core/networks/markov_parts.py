"""The parts of a Markov network: variables, and the potentials over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.networks.errors import NetworkError, TableError, quoted
from core.networks.node import LABEL_RULE, Table, check_cells, check_look, frozen, is_label

MAX_SCOPE = 64
"""A potential is over at most so many variables; an array has no more axes."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a Markov network.

    Attributes
    ----------
    name : str
        Unique among variables and potentials; any text on one line that is not blank.
    states : tuple of str
        At least one, all different.
    position, colour, note :
        As for a node of a Bayes net.
    """

    name: str
    states: tuple[str, ...]
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Potential:
    """A non-negative function of some variables; the network is the product of all of them.

    Attributes
    ----------
    name : str
        Unique among variables and potentials.
    scope : tuple of str
        The variables it is a function of, all different; none for a constant.
    table : float64[sizes of the scope]
        Finite and not negative, with at least one positive entry; read-only.
    position, colour, note :
        As for a node of a Bayes net.
    """

    name: str
    scope: tuple[str, ...]
    table: Table = field(default_factory=lambda: frozen(1.0))
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        table = self.table
        if (
            not isinstance(table, np.ndarray)
            or table.dtype != np.float64
            or table.flags.writeable
            or not table.flags.c_contiguous
        ):
            object.__setattr__(self, "table", frozen(table))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Potential):
            return NotImplemented
        return (
            (self.name, self.scope, self.position, self.colour, self.note)
            == (other.name, other.scope, other.position, other.colour, other.note)
            and self.table.shape == other.table.shape
            and (self.table is other.table or np.array_equal(self.table, other.table))
        )

    def __hash__(self) -> int:
        return hash((self.name, self.scope))

    @property
    def label(self) -> str:
        """The potential as it is written: ``φ1(A, B)``."""
        return f"{self.name}({', '.join(self.scope)})"


def neutral_table(sizes: Sequence[int]) -> Table:
    """Return the table of ones, the potential that changes nothing."""
    check_cells(sizes)
    return frozen(np.ones(tuple(sizes)))


def check_part_name(name: str) -> None:
    """Raise `NetworkError` unless a variable or a potential can be called `name`."""
    if not is_label(name):
        raise NetworkError(
            f"A variable or potential cannot be called {quoted(name)}; {LABEL_RULE}."
        )


def check_potential(potential: Potential, variables: Mapping[str, Variable]) -> None:
    """Raise `NetworkError` unless `potential` can stand over its scope among `variables`."""
    check_part_name(potential.name)
    check_look(potential)
    name, scope, table = potential.name, potential.scope, potential.table
    for each in scope:
        if each not in variables:
            raise NetworkError(
                f"The potential {name} is over {quoted(each)}, which is not in the network."
            )
    if len(set(scope)) < len(scope):
        twice = next(each for i, each in enumerate(scope) if each in scope[:i])
        raise NetworkError(f"The potential {name} is over {quoted(twice)} twice.")
    if len(scope) > MAX_SCOPE:
        raise NetworkError(
            f"The potential {name} is over {len(scope)} variables and the limit is {MAX_SCOPE}."
        )
    expected = tuple(len(variables[each].states) for each in scope)
    if table.shape != expected:
        raise TableError(
            f"The table of {name} has the shape {table.shape} and its scope asks for {expected}."
        )
    # the smallest entry is NaN when any is, and every comparison with NaN is false
    if not (table.min() >= 0 and table.max() < np.inf):
        raise TableError(
            f"The table of {name} has an entry that is negative or not a finite number; "
            "a potential is 0 or more."
        )
    if not table.any():
        raise TableError(
            f"The table of {name} holds only zeros, so nothing would be possible; "
            "give it a positive entry or remove it."
        )
