"""A cellular world as it is studied: rule, topology, cells, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.rules.rule import Rule
from core.automata.topology import UNBOUNDED, Topology

if TYPE_CHECKING:
    from core.automata.quadtree import Quadtree

Cells = npt.NDArray[np.uint8] | npt.NDArray[np.float64]
"""uint8[H, W] or uint8[W] of states; float64[C, H, W], [C, D, H, W] or [C, W] of a field;
float64[n, d] of particles."""

Origin = tuple[int, int]


@dataclass(frozen=True, eq=False)
class World:
    """An immutable state of a world with everything that decides how it goes on.

    Attributes
    ----------
    name : str
        Short and unique in a study.
    rule : Rule
    topology : Topology
        Of a bounded one the sides are those of the cells.
    cells : array or Quadtree
        As `Cells` says; never written to. Huge patterns of an unbounded world are a quadtree.
    generation : int
        Steps made since the beginning.
    seed : int
        Of all randomness, together with the generation and the place.
    origin : (x, y)
        Where ``cells[0, 0]`` lies in an unbounded world, (0, 0) in a bounded one.
    title, notes : str
        For whom opens it.
    palette : tuple of str
        ``#rrggbb`` of the states, empty for the usual colours.
    layout : tuple of tuple of int
        How the engine that made the cells had divided the world, so that it goes on with the same
        roundings; empty where it does not matter. Engines take it only where it fits the cells.
    """

    name: str
    rule: Rule
    topology: Topology
    cells: "Cells | Quadtree"
    generation: int = 0
    seed: int = 0
    origin: Origin = (0, 0)
    title: str = ""
    notes: str = ""
    palette: tuple[str, ...] = ()
    layout: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.cells, np.ndarray):
            if self.topology.kind != "unbounded" or self.rule.states == 0:
                raise AutomataError("A quadtree holds the states of an unbounded world only.")
            return
        cells = _checked(self.cells, self.rule)
        if self.topology.is_bounded and self.rule.states:
            sides = (self.topology.height, self.topology.width)
            if cells.shape != sides[2 - self.rule.dimensions :]:
                raise AutomataError(
                    f"The cells are {_by(cells.shape)}, but the topology is of {_by(sides)}."
                )
        cells.setflags(write=False)
        object.__setattr__(self, "cells", cells)

    @property
    def is_field(self) -> bool:
        """Whether cells (or particles) are real numbers rather than states."""
        return self.rule.states == 0

    @property
    def array(self) -> Cells:
        """The cells as one array.

        Raises
        ------
        TooLarge
            When they are a quadtree whose living part needs too large an array.
        """
        return self.cells if isinstance(self.cells, np.ndarray) else self.cells.to_dense()[0]

    def with_cells(
        self, cells: "Cells | Quadtree", origin: Origin = (0, 0), generation: int | None = None
    ) -> "World":
        """Return the world in another state."""
        at = self.generation if generation is None else generation
        return replace(self, cells=cells, origin=origin, generation=at, layout=())

    def to_record(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return the world as plain JSON and arrays; `from_record` gives it back bit for bit."""
        from core.automata.world_record import world_record

        return world_record(self)

    @staticmethod
    def from_record(record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> "World":
        """Return the world of a record, checked; raises `AutomataError` where it is damaged."""
        from core.automata.world_record import world_from_record

        return world_from_record(record, arrays)


def pattern(name: str, rule: Rule, cells: npt.NDArray[np.uint8], **more: Any) -> World:
    """Return an unbounded world with one pattern at the origin."""
    return World(name, rule, UNBOUNDED, cells, **more)


def _checked(cells: npt.NDArray[Any], rule: Rule) -> Any:
    if rule.states == 0:
        field = np.array(cells, dtype=np.float64, order="C")
        if field.size and not np.isfinite(field).all():
            raise AutomataError("The field has values that are no finite numbers.")
        return field
    if cells.dtype.kind not in "iub":
        raise AutomataError(f"States are whole numbers, not {cells.dtype}.")
    if cells.ndim != rule.dimensions:
        raise AutomataError(
            f"The rule {rule.text} has {rule.dimensions} dimensions, the cells {cells.ndim}."
        )
    low, high = (int(cells.min()), int(cells.max())) if cells.size else (0, 0)
    if low < 0 or high >= rule.states:
        strange = low if low < 0 else high
        raise AutomataError(
            f"A cell has the state {strange}, but {rule.text} knows only 0 to {rule.states - 1}."
        )
    return np.array(cells, dtype=np.uint8, order="C")


def _by(shape: tuple[int, ...]) -> str:
    return " by ".join(str(side) for side in reversed(shape)) + " cells"
