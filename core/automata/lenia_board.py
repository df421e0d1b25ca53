"""The fast engine of Lenia in two dimensions: our own transforms, no allocation.

The cells lie in a board whose sides suit the transforms. A torus of such sides is the board; every
other world lies inside it with a margin as wide as the kernels reach, filled before each step with
what is beyond its sides.

On a lattice, moving solitons amplify rounding about tenfold in 70 steps (measured on Orbium), so
that single precision shows in the mass after 500. Small worlds are fast enough in double precision
and always get it.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.fourier_plan import (
    AxisPlan,
    axis_plan,
    is_fast_size,
    lane_weights,
    next_fast_size,
)
from core.automata.growth import STEP_TOLERANCE, Field, kernel_factors
from core.automata.halo import rim_sources
from core.automata.lenia_kernel import kernel_weights, rule_reach, torus_spectrum
from core.automata.lenia_stepper import LeniaStepper, is_twisted, require_stepped
from core.automata.lenia_variants import VariantStep, chance_of
from core.automata.line_sums import LineSums, lines_of
from core.automata.rules.lenia import MAPPINGS, LeniaRule, lenia
from core.automata.world import World
from core.progress import Progress

Floats = npt.NDArray[np.floating[Any]]

LANES = 16
TO_STEP, TO_GROW, TO_CONVOLVE = range(3)  # as in `kernels_lenia`, which imports numba

SMALL = 2**14
"""Worlds of at most so many cells are stepped in double precision whatever is asked for."""

MOST_BYTES = 2**33

CHUNK = 2**21
"""Cells stepped between two looks at the progress, a few milliseconds."""


def lenia_board(
    world: World, *, precision: str = "float32", threads: int = 1
) -> "LeniaBoard | None":
    """Return the engine for a world of Lenia in two dimensions, else None."""
    rule = world.rule
    if not isinstance(rule, LeniaRule) or rule.dimensions != 2:
        return None
    return LeniaBoard(world, precision) if require_stepped(rule, world.topology) else None


def warm_up() -> None:
    """Have the kernels compiled, or read from the cache, before somebody waits for a first step."""
    rule = lenia(3, 10, 0.15, 0.015)
    inside = np.array([0, 0, 32, 32], dtype=np.int64)
    for dtype in (np.float64, np.float32):
        BoardPlan(rule, (32, 32), dtype).step(aligned((1, 32, 32), dtype), inside)


class BoardPlan:
    """All that a step on boards of one size needs, and nothing of the cells themselves.

    Attributes
    ----------
    shape : (H, W) of the boards, sizes that the transforms know
    columns, rows : the plans of the transforms along y and along x
    weights, blocks, routes, maps, change, moved : as `kernels_lenia` describes them
    """

    def __init__(self, rule: LeniaRule, shape: tuple[int, int], dtype: npt.DTypeLike) -> None:
        self.shape = shape
        self.columns: AxisPlan = axis_plan(shape[0], dtype)
        self.rows: AxisPlan = axis_plan(shape[1], dtype)
        self._dtype = np.dtype(dtype)
        self.follow(rule)
        found = [
            lane_weights(
                torus_spectrum(kernel_weights(rule, kernel), shape), self.columns, self.rows
            )
            for kernel in rule.kernels
        ]
        most = max(count for _, count in found)
        size = most * shape[0] * LANES
        self.weights = aligned((len(found), size), dtype)
        for row, (weights, _) in zip(self.weights, found, strict=True):
            row[: weights.size] = weights.reshape(-1)
        self.blocks = np.array([count for _, count in found], dtype=np.int64)
        self.spectra = aligned((rule.channels, 2 * size), dtype)
        is_single = len(found) == 1
        self.work = self.spectra[0] if is_single else aligned((2 * size,), dtype)
        self.row = aligned((2 * LANES * shape[1],), dtype)
        self.square = aligned((4 * LANES * LANES,), dtype)
        self.potential = aligned((2 * LANES, shape[1]), dtype)
        self.scratch = aligned((2 * LANES, shape[1]), dtype)
        self.moved = np.zeros(1)
        self._sums: Floats | None = None

    def follow(self, rule: LeniaRule) -> None:
        """Take the growth maps, weights and time of a rule whose kernels have the same shapes."""
        self.rule = rule
        self.maps = _maps(rule, self._dtype)
        self.routes = _routes(rule, self._dtype)
        self.change = _change(rule, self._dtype)

    def step(
        self, board: Floats, inside: npt.NDArray[np.int64], steps: int = 1, guard: int = 0
    ) -> int:
        """Make plain steps of the cells inside of a board and return how many.

        With a `guard` above 0 it stops when a cell so near to the sides of the board is not 0.
        """
        return self._run(board, inside, self._growth(inside), TO_STEP, steps, guard)

    def grow(self, board: Floats, inside: npt.NDArray[np.int64], growth: Floats) -> None:
        """Write the growth of the cells inside of a board."""
        self._run(board, inside, growth, TO_GROW)

    def convolve(self, board: Floats, inside: npt.NDArray[np.int64], potentials: Floats) -> None:
        """Write the potential by each kernel, [K, height, width]."""
        self._run(board, inside, potentials, TO_CONVOLVE)

    def _growth(self, inside: npt.NDArray[np.int64]) -> Floats:
        size = (1, 1) if len(self.blocks) == 1 else (int(inside[2]), int(inside[3]))
        if self._sums is None or self._sums.shape[1:] != size:
            self._sums = aligned((self.rule.channels, *size), self.maps.dtype)
        return self._sums

    def _run(
        self,
        board: Floats,
        inside: npt.NDArray[np.int64],
        field: Floats,
        purpose: int,
        steps: int = 1,
        guard: int = 0,
    ) -> int:
        from core.automata.kernels_lenia import step_board

        return step_board(
            board, steps, guard, inside, self.spectra, self.work, self.weights, self.blocks,
            self.routes, self.maps, self.change, field, purpose, self.row, self.square,
            self.potential, self.scratch, self.moved, self.columns.radices, self.columns.factors,
            self.rows.radices, self.rows.factors, self.rows.places,
        )  # fmt: skip


class LeniaBoard(LeniaStepper):
    """A live world of Lenia, stepped by our own transforms.

    Attributes
    ----------
    moved : float
        Sum of |A(t) - A(t - 1)| over all cells in the last step; nan where it was no plain one.
    """

    def __init__(self, world: World, precision: str = "float32") -> None:
        super().__init__(world)
        is_small = world.array[0].size <= SMALL
        self._dtype = np.dtype("float64" if is_small else precision)
        height, width = world.array.shape[1:]
        self._size = (height, width)
        _require_room(self.rule, height * width * self._dtype.itemsize)
        self._lay_out()
        self._state()[...] = np.clip(world.array, 0.0, 1.0)
        self._plan = BoardPlan(self.rule, self._shape, self._dtype)
        self._variant: VariantStep | None = None
        self.moved = math.nan

    def _lay_out(self) -> None:
        height, width = self._size
        reach = rule_reach(self.rule)
        is_exact = is_fast_size(height) and is_fast_size(width)
        self._reach = reach
        self._twist: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
        twisted = is_twisted(self.rule, self.topology)
        self._margin = 0 if self.topology.kind == "torus" and is_exact and not twisted else reach
        margin = self._margin
        if margin:
            self._shape = (next_fast_size(height + 2 * margin), next_fast_size(width + 2 * margin))
        else:
            self._shape = (height, width)
        self._board = aligned((self.rule.channels, *self._shape), self._dtype)
        self._inside = np.array([margin, margin, height, width], dtype=np.int64)
        kind = self.topology.kind
        if twisted:
            sides = self.topology.resized(width, height)
            self._twist = rim_sources(sides, margin, self._shape)
        self._row_sources = _sources(self._shape[0], height, margin, kind)
        self._column_sources = _sources(self._shape[1], width, margin, kind)
        self._is_refilled = bool(margin) and (twisted or kind in ("torus", "reflecting"))
        if kind == "fixed":
            self._fill_border()

    def _fill_border(self) -> None:
        left, right, top, bottom = self.topology.border
        m, (height, width) = self._margin, self._size
        self._board[:, :, :m], self._board[:, :, m + width :] = left, right
        self._board[:, :m], self._board[:, m + height :] = top, bottom

    def _prepare(self) -> None:
        self._variant = None
        if have_same_shapes(self.rule, self._plan.rule):
            self._plan.follow(self.rule)
            return
        state = self._state().copy()
        self._lay_out()
        self._state()[...] = state
        self._plan = BoardPlan(self.rule, self._shape, self._dtype)

    def _state(self) -> Field:
        m, (height, width) = self._margin, self._size
        return self._board[:, m : m + height, m : m + width]

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` steps; a cancelled run stops after a whole step."""
        if self._is_refilled or not self._is_plain:
            super().step(steps, progress)
            return
        most = max(1, CHUNK // self._board.size)
        made = 0
        while made < steps:
            if progress is not None:
                progress.report(made / steps)
            count = min(most, steps - made)
            self._plan.step(self._board, self._inside, count)
            self.moved = float(self._plan.moved[0])
            self.generation += count
            made += count

    def _advance(self) -> None:
        self._fill_margin()
        if self._is_plain:
            self._plan.step(self._board, self._inside)
            self.moved = float(self._plan.moved[0])
        else:
            self._vary()
            self.moved = math.nan

    def restore(self, snapshot: object) -> None:
        """Go back to a state of `snapshot`."""
        super().restore(snapshot)
        self.moved = math.nan

    def line_sums(self, threshold: float) -> LineSums | None:
        """Return the sums of rows and columns, and what the last step changed; of one channel."""
        if self.rule.channels > 1 or not self._is_plain:
            return None
        return lines_of(self._state()[0], threshold, difference=self.moved)

    def _vary(self) -> None:
        """Make a step that is not the plain one."""
        if self._variant is None:
            self._variant = VariantStep(self.rule, self._plan.change, self._size)
        self._plan.grow(self._board, self._inside, self._variant.growth)
        random = chance_of(self.seed, self.generation) if self.rule.is_random else None
        self._last_growth = self._variant.run(self._board, self._inside, self._last_growth, random)

    def _fill_margin(self) -> None:
        if self._twist is not None:
            at, source = self._twist
            for plane in self._board.reshape(self.rule.channels, -1):
                plane[at] = plane[source]
        elif self._is_refilled:
            from core.automata.kernels_lenia import fill_margin

            fill_margin(self._board, self._inside, self._row_sources, self._column_sources)

    def growth(self) -> Field:
        """Return the averaged growth of every channel, [C, H, W]."""
        self._fill_margin()
        growth = aligned((self.rule.channels, *self._size), self._dtype)
        self._plan.grow(self._board, self._inside, growth)
        return growth

    def potentials(self) -> Field:
        """Return U = K * A of every kernel, [K, H, W]."""
        self._fill_margin()
        found = aligned((len(self.rule.kernels), *self._size), self._dtype)
        self._plan.convolve(self._board, self._inside, found)
        return found


def have_same_shapes(one: LeniaRule, other: LeniaRule) -> bool:
    """Whether two rules differ in growth and time alone, not in their kernels' weights."""

    def shapes(rule: LeniaRule) -> list[object]:
        return [(each.shell, each.relative_radius) for each in rule.kernels]

    return one.radius == other.radius and shapes(one) == shapes(other)


def aligned(shape: tuple[int, ...], dtype: npt.DTypeLike) -> Floats:
    """Return zeros that begin on a line of the cache."""
    size = math.prod(shape)
    room = np.zeros(size + LANES, dtype=dtype)
    start = (-(room.ctypes.data // room.itemsize)) % LANES
    return room[start : start + size].reshape(shape)


def _require_room(rule: LeniaRule, field_bytes: int) -> None:
    # A channel is cells and a spectrum, a kernel half a spectrum, and all share some more.
    needed = field_bytes * (3 * rule.channels + len(rule.kernels) + 3)
    if needed > MOST_BYTES:
        raise TooLarge(
            f"Stepping this world takes {needed / 2**30:.0f} GiB of memory, and at most "
            f"{MOST_BYTES / 2**30:.0f} are taken; make it smaller."
        )


def _sources(whole: int, size: int, margin: int, kind: str) -> npt.NDArray[np.int64]:
    """Return for each row (or column) of a board the one it copies, itself if it is no copy."""
    places = np.arange(whole)
    if not margin or kind not in ("torus", "reflecting"):
        return places
    away = places - margin
    if kind == "torus":
        inner = away % size
    else:
        inner = away % (2 * size)
        inner = np.where(inner < size, inner, 2 * size - 1 - inner)
    is_copied = (places < margin + size + margin) & ((away < 0) | (away >= size))
    return np.where(is_copied, inner + margin, places)


def _routes(rule: LeniaRule, dtype: npt.DTypeLike) -> npt.NDArray[np.int64]:
    last = {kernel.target: index for index, kernel in enumerate(rule.kernels)}
    routes = []
    for index, kernel in enumerate(rule.kernels):
        number = MAPPINGS.index(kernel.growth.mapping)
        if dtype == np.float64 and kernel.growth.mapping == "exponential":
            number = len(MAPPINGS)  # the exact one
        routes.append((kernel.source, kernel.target, number, last[kernel.target] == index))
    return np.array(routes, dtype=np.int64)


def _change(rule: LeniaRule, dtype: npt.DTypeLike) -> Floats:
    dt = rule.dt
    parts = (1 - dt, dt / 2, dt / 2) if rule.update == "target" else (1.0, dt, 0.0)
    return np.array([*parts, rule.levels], dtype=dtype)


def _maps(rule: LeniaRule, dtype: npt.DTypeLike) -> Floats:
    maps = []
    base = 1.0 if dtype == np.float64 else math.log(2)  # the fast map takes powers of 2
    for kernel, factor in zip(rule.kernels, kernel_factors(rule), strict=True):
        growth = kernel.growth
        sigma = growth.sigma
        width = {
            "polynomial": 1 / (9 * sigma**2),
            "exponential": 1 / (2 * sigma**2 * base),
            "step": sigma + STEP_TOLERANCE,
            "obstacle": 1 / sigma,
        }[growth.mapping]
        maps.append((growth.mu, width, growth.peak, factor))
    return np.array(maps, dtype=dtype)
