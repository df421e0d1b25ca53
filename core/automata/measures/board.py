"""A live world as the measures see it: one plane of weights, and how its sides are joined."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.stepper import Stepper
from core.automata.world import World

Plane = npt.NDArray[Any]
"""uint8[H, W] of states, or float[H, W] of a field added up over channels and depth."""

MOST_CELLS = 2**24
"""The living part of an unbounded world is measured up to so many cells."""

VOLUME_THRESHOLD = 1e-3
"""A cell of a field counts as living from here on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What of a world decides how its states are measured.

    Attributes
    ----------
    family : str
        ``"states"``, ``"field"`` or ``"particles"``.
    wraps : (bool, bool)
        Whether x and y are circles. Only plain joins count: on a shifted torus, a Klein bottle, a
        cross-surface or a sphere places are those of the array.
    area : int or None
        Cells of a bounded world.
    sides : (float, float)
        Width and height, 0 where there is no end.
    radius : float
        R of Lenia, 1 for other worlds.
    steps_per_unit : float
        T of Lenia, so that a step takes the time 1/T; 1 for other worlds.
    states : int
        How many a cell has, 0 for a field.
    channels : int
        Of a field; planes after these hold parameters and are not measured. 0 means all.
    """

    family: str
    wraps: tuple[bool, bool]
    area: int | None
    sides: tuple[float, float]
    radius: float = 1.0
    steps_per_unit: float = 1.0
    states: int = 0
    channels: int = 0

    @property
    def threshold(self) -> float:
        """The value above which a cell counts as living."""
        return VOLUME_THRESHOLD if self.family == "field" else 0.0


@dataclass(frozen=True, eq=False, slots=True)
class Board:
    """One state: the plane, and where its first cell lies."""

    plane: Plane
    origin: tuple[int, int]
    setting: Setting


def setting_of(world: World) -> Setting:
    """Return how the states of a world are measured."""
    rule, topology = world.rule, world.topology
    family = "states" if rule.states else _kind_of_field(type(rule).__name__)
    plain = topology.kind in ("torus", "tube") and not topology.shift
    wraps = (plain and topology.width > 0, plain and topology.height > 0)
    width, height = topology.width, topology.height
    if family == "field":
        width, height = _sides_of(world)
        if topology.kind == "torus":
            wraps = (True, height > 1)
    if rule.dimensions == 1 and family == "states":
        wraps = (wraps[0], False)
    return Setting(
        family,
        wraps,
        width * max(height, 1) if width and (height or rule.dimensions == 1) else None,
        (float(width), float(height)),
        float(getattr(rule, "radius", 1.0)) if family == "field" else 1.0,
        float(getattr(rule, "steps_per_unit", 0.0) or 1.0 / getattr(rule, "dt", 1.0)),
        rule.states,
        int(getattr(rule, "channels", 0)) if family == "field" else 0,
    )


def board_of(stepper: Stepper, setting: Setting) -> Board:
    """Return the present state of a live world; the plane is not to be written to.

    Engines that have their cells at hand (`view`) are not asked for a copy.

    Raises
    ------
    TooLarge
        Where the living part of an unbounded world is too large to be looked at.
    """
    if setting.area is None and setting.family == "states":
        box = stepper.bounding_box()
        if box is not None and box[2] * box[3] > MOST_CELLS:
            raise TooLarge(
                f"What lives spans {box[2]:,} by {box[3]:,} cells; measures of place and shape "
                f"look at up to {MOST_CELLS:,}."
            )
    view = getattr(stepper, "view", None)
    cells = stepper.cells() if view is None else view()
    return Board(plane_of(cells, setting), stepper.origin(), setting)


def plane_of(cells: npt.NDArray[Any], setting: Setting) -> Plane:
    """Return cells in the form of `World.cells` as one plane; particles stay a list of points."""
    if setting.family == "particles":
        return cells
    if setting.family == "states":
        return cells if cells.ndim == 2 else cells[None, :]
    cells = cells[: setting.channels or None]
    summed = cells[0] if cells.shape[0] == 1 else cells.sum(axis=0)
    if summed.ndim == 3:
        summed = summed.sum(axis=0)
    return np.atleast_2d(summed)


def _kind_of_field(rule: str) -> str:
    return "particles" if rule == "ParticleLeniaRule" else "field"


def _sides_of(world: World) -> tuple[int, int]:
    shape = world.array.shape
    return (shape[-1], shape[-2] if len(shape) > 2 else 1)
