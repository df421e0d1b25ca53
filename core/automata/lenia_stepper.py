"""What all engines of Lenia share: the state, the hands on it, views of it, and the variants.

An engine says where its cells are and computes the averaged growth of each channel; the rest of a
step that is not the plain one (`updated`) happens here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.growth import Field, targets, updated
from core.automata.lenia_variants import chance_of
from core.automata.rules.lenia import LeniaRule
from core.automata.stepper import PASTE_MODES
from core.automata.topology import Topology
from core.automata.tracking import mass_along
from core.automata.world import World
from core.progress import Progress

TOPOLOGIES = ("torus", "plane", "fixed", "reflecting")
"""Whose sides can be told axis by axis, in any number of dimensions."""

TWISTED = ("torus", "klein", "cross-surface", "sphere")
"""Joined in two dimensions in a way that mixes the axes; of toruses only those with a shift."""

_MERGES: dict[str, Callable[[Field, Field], Field]] = {
    "copy": lambda old, new: new,
    "add": np.add,
    "maximum": np.maximum,
}


@dataclass(frozen=True, eq=False)
class LeniaSnapshot:
    """The exact state of an engine; `last_growth` only where two steps are combined."""

    generation: int
    cells: Field
    last_growth: Field | None


class LeniaStepper:
    """A live world of Lenia, the base of the engines.

    Attributes
    ----------
    rule : LeniaRule
        Change it with `use`.
    plane : int or None
        Of a world with depth the plane that `frame` shows; None for the largest along z.
    fourth : int or None
        Likewise along the fourth dimension.
    """

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, LeniaRule)
        self.rule = world.rule
        self.topology: Topology = world.topology
        self.seed = world.seed
        self.generation = world.generation
        self.plane: int | None = None
        self.fourth: int | None = None
        self._last_growth: Field | None = None
        _require_shape(world.array, self.rule)

    # What an engine has to say

    def _state(self) -> Field:
        """Return the cells, [C, …], as a view that may be written to."""
        raise NotImplementedError

    def _advance(self) -> None:
        """Make one step of the cells."""
        raise NotImplementedError

    def _prepare(self) -> None:
        """Get ready for the rule, which may be another than before."""
        raise NotImplementedError

    def _touched(self) -> None:
        """Take note that the cells were written to from outside."""

    def potentials(self) -> Field:
        """Return U = K * A of every kernel, [K, …]."""
        raise NotImplementedError

    def growth(self) -> Field:
        """Return the averaged growth of every channel, [C, …], as the next step would use it."""
        raise NotImplementedError

    # The protocol

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` steps; a cancelled run stops after a whole step."""
        for made in range(steps):
            if progress is not None:
                progress.report(made / steps)
            self._advance()
            self.generation += 1

    def use(self, rule: LeniaRule) -> None:
        """Go on by another rule with as many channels and dimensions."""
        if (rule.channels, rule.dimensions) != (self.rule.channels, self.rule.dimensions):
            raise AutomataError("A rule with other channels or dimensions needs another world.")
        before, self.rule = self.rule, rule
        self._last_growth = None
        try:
            self._prepare()
        except AutomataError:
            self.rule = before
            raise

    def potential(self) -> Field:
        """Return the potential of each channel by the first kernel from it, zeros without one."""
        found = self.potentials()
        fields = np.zeros_like(self._state())
        for index in reversed(range(len(self.rule.kernels))):
            fields[self.rule.kernels[index].source] = found[index]
        return fields

    def cells(self) -> npt.NDArray[np.float64]:
        """Return a copy of the state, float64[C, …]."""
        return np.array(self._state(), dtype=np.float64, order="C")

    def view(self) -> Field:
        """Return the state itself, [C, …], for looking at it before the next step."""
        return self._state()

    def origin(self) -> tuple[int, int]:
        """Return (0, 0)."""
        return (0, 0)

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put other cells of the same shape in place; values are clipped to 0 to 1."""
        state = self._state()
        if cells.shape != state.shape:
            raise AutomataError(f"The cells are {cells.shape}, the world is {state.shape}.")
        state[...] = _safe(cells)
        self._last_growth = None
        self._touched()

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch [C, h, w], or [h, w] for the first channel, at (x, y).

        In one dimension it is [C, w] or [w]; in three [C, d, h, w], in the middle planes, or one
        plane of it.
        """
        if mode not in _MERGES:
            known = mode in PASTE_MODES
            raise AutomataError(
                f"The mode {mode!r} {'is for states, not for fields' if known else 'is unknown'}; "
                f"use {', '.join(_MERGES)}."
            )
        sides = self._sides()
        patch = self._patch(_safe(cells))
        planes = self._state().reshape((self.rule.channels, -1, *sides))
        if patch.shape[0] > planes.shape[0] or patch.shape[1] > planes.shape[1]:
            raise AutomataError(
                f"The patch has {patch.shape[0]} channels of {patch.shape[1]} planes, "
                f"the world {planes.shape[0]} of {planes.shape[1]}."
            )
        rows, columns = y + np.arange(patch.shape[2]), x + np.arange(patch.shape[3])
        if self.topology.kind == "torus" and not self.topology.shift:
            rows, columns = rows % sides[0], columns % sides[1]
        here = (rows >= 0) & (rows < sides[0])
        there = (columns >= 0) & (columns < sides[1])
        at = np.ix_(rows[here], columns[there])
        first = (planes.shape[1] - patch.shape[1]) // 2
        for channel, layers in enumerate(patch):
            for z, layer in enumerate(layers):
                plane = planes[channel, first + z]
                merged = _MERGES[mode](plane[at], layer[np.ix_(here, there)])
                plane[at] = np.clip(merged, 0.0, 1.0)
        self._last_growth = None
        self._touched()

    def paint(
        self,
        mask: npt.NDArray[np.bool_],
        values: npt.NDArray[np.float64] | float,
        x: int,
        y: int,
        channel: int | None = None,
        *,
        plane: int | None = None,
    ) -> None:
        """Set the cells of a mask[h, w] at (x, y) of one plane or all, in one channel or all."""
        state, sides = self._state(), self._sides()
        if channel is not None and not 0 <= channel < state.shape[0]:
            raise AutomataError(f"There is no channel {channel}; the world has {state.shape[0]}.")
        rows, columns = y + np.arange(mask.shape[0]), x + np.arange(mask.shape[1])
        if self.topology.kind == "torus" and not self.topology.shift:
            rows, columns = rows % sides[0], columns % sides[1]
        here = (rows >= 0) & (rows < sides[0])
        there = (columns >= 0) & (columns < sides[1])
        at, where = np.ix_(rows[here], columns[there]), np.ix_(here, there)
        met, new = mask[where], np.broadcast_to(_safe(values), mask.shape)[where]
        painted = state if channel is None else state[channel : channel + 1]
        if plane is not None:
            painted = painted[:, plane]
        for each in painted.reshape((-1, *sides)):
            each[at] = np.where(met, new, each[at])
        self._last_growth = None
        self._touched()

    def clear(self, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> None:
        """Set cells of a world of two dimensions to 0 in every channel."""
        self._state()[:, rows, columns] = 0.0
        self._last_growth = None
        self._touched()

    def population(self) -> float:
        """Return the mass of all channels."""
        return float(self._state().sum(dtype=np.float64))

    def mass_along(self) -> list[npt.NDArray[np.float64]]:
        """Return for each axis the mass in every line across it, as `tracking.mass_along`."""
        return mass_along(self._state(), is_field=True)

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells above 0."""
        state = self._state() > 0
        flat = state.reshape((-1, *self._sides()))
        rows = np.flatnonzero(flat.any(axis=(0, 2)))
        columns = np.flatnonzero(flat.any(axis=(0, 1)))
        if not rows.size:
            return None
        x, y = int(columns[0]), int(rows[0])
        return (x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Field:
        """Return float32[C, height, width], the mean of `shrink` by `shrink` cells per pixel."""
        return framed(self._flat(self._state()), x, y, width, height, shrink)

    def snapshot(self) -> object:
        """Return the exact state."""
        last = None if self._last_growth is None else self._last_growth.copy()
        return LeniaSnapshot(self.generation, self._state().copy(), last)

    def restore(self, snapshot: object) -> None:
        """Go back to a state of `snapshot`."""
        assert isinstance(snapshot, LeniaSnapshot)
        self._state()[...] = snapshot.cells
        self.generation = snapshot.generation
        last = snapshot.last_growth
        self._last_growth = None if last is None else last.copy()
        self._touched()

    # For the engines

    @property
    def _is_plain(self) -> bool:
        """Whether a step is the growth, added or approached, clipped, perhaps rounded; no more."""
        rule = self.rule
        return rule.method == "euler" and rule.clip == "hard" and not rule.is_random

    def _apply(self, growth: Field) -> None:
        """Change the state by its growth as the rule's variants say."""
        state = self._state()
        combined = growth
        if self.rule.method == "adams-bashforth":
            if self._last_growth is not None:
                combined = (3 * growth - self._last_growth) / 2
            self._last_growth = growth.copy()
        random = None
        if self.rule.is_random:
            random = chance_of(self.seed, self.generation)
        for channel in targets(self.rule):
            state[channel] = updated(self.rule, state[channel], combined[channel], random)

    def _patch(self, cells: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return a patch as [C, d, h, w]."""
        dimensions = self.rule.dimensions
        if dimensions == 1 and cells.ndim == 2:
            return cells[:, None, None, :]
        if cells.ndim not in (dimensions, dimensions + 1, 2, 3):
            raise AutomataError(f"A patch of the shape {cells.shape} fits no such world.")
        if cells.ndim == 3 and dimensions > 1:
            return cells[:, None]
        return cells.reshape((1,) * (4 - cells.ndim) + cells.shape)

    def _sides(self) -> tuple[int, int]:
        shape = self._state().shape
        return (1, shape[-1]) if self.rule.dimensions == 1 else (shape[-2], shape[-1])

    def _flat(self, field: Field) -> Field:
        if self.rule.dimensions == 1:
            return field[:, None, :]
        return sliced(field, self.plane, self.fourth)


def sliced(field: Field, plane: int | None, fourth: int | None = None) -> Field:
    """Return [C, H, W] of a field with more axes: one plane along each, or the largest value.

    Planes that the field does not have are those nearest to them.
    """
    for axis, shown in ((5, fourth), (4, plane)):
        if field.ndim == axis:
            last = field.shape[1] - 1
            field = field.max(axis=1) if shown is None else field[:, min(shown, last)]
    return field


def framed(field: Field, x: int, y: int, width: int, height: int, shrink: int) -> Field:
    """Return a part of a field [C, H, W], averaged by squares, zero beyond its sides."""
    if shrink > 1:
        from core.automata.kernels_frame import average_squares

        means = np.zeros((field.shape[0], height, width), dtype=np.float32)
        average_squares(field, x, y, shrink, means)
        return means
    shown = np.zeros((field.shape[0], height, width), dtype=np.float32)
    top, left = max(y, 0), max(x, 0)
    bottom, right = min(y + height, field.shape[1]), min(x + width, field.shape[2])
    if top < bottom and left < right:
        shown[:, top - y : bottom - y, left - x : right - x] = field[:, top:bottom, left:right]
    return shown


def require_stepped(rule: LeniaRule, topology: Topology) -> bool:
    """Whether the engines of Lenia know this topology."""
    if not rule.kernels:
        return False
    return (topology.kind in TOPOLOGIES and not topology.shift) or is_twisted(rule, topology)


def is_twisted(rule: LeniaRule, topology: Topology) -> bool:
    """Whether sides are joined so that the cells beyond them have to be looked up one by one."""
    is_plain = topology.kind == "torus" and not topology.shift
    return topology.kind in TWISTED and not is_plain and rule.dimensions == 2


def _require_shape(cells: npt.NDArray[Any], rule: LeniaRule) -> None:
    if cells.ndim != rule.dimensions + 1 or cells.shape[0] != rule.channels or not cells.size:
        raise AutomataError(
            f"The rule has {rule.channels} channels in {rule.dimensions} dimensions, but the "
            f"cells have the shape {cells.shape}."
        )


def _safe(cells: npt.NDArray[Any] | float) -> npt.NDArray[np.float64]:
    given = np.asarray(cells, dtype=np.float64)
    if not np.isfinite(given).all():
        raise AutomataError("The cells have values that are no finite numbers.")
    return np.clip(given, 0.0, 1.0)
