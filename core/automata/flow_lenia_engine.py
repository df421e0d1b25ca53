"""Steps Flow-Lenia: affinity by kernels and growth, flow by slopes, mass by reintegration tracking.

The mass of every cell moves with the flow, spread over a square, and is added up where it comes to
lie; nothing is lost or made. At walls slopes are taken as if the outermost cells went on beyond.

Source: Plantec et al., Flow-Lenia (2023); Moroz, Reintegration tracking (2020).
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, StepFailed
from core.automata.growth import growth_of
from core.automata.lenia_board import LeniaBoard
from core.automata.lenia_stepper import framed
from core.automata.rules.flow_lenia import MIXINGS, FlowLeniaRule
from core.automata.rules.lenia import Bumps, Growth, LeniaKernel, LeniaRule
from core.automata.seeds import step_key, stream_of
from core.automata.stepper import PASTE_MODES, Stepper
from core.automata.topology import Topology
from core.automata.world import World
from core.progress import Progress

Field = npt.NDArray[Any]

CHECK_SECONDS = 0.02

_MERGES: dict[str, Callable[[Field, Field], Field]] = {
    "copy": lambda old, new: new,
    "add": np.add,
    "maximum": np.maximum,
}


class FlowLeniaStepper:
    """A live world of Flow-Lenia.

    Its cells are the channels and, where the rule mixes parameters, then one plane for each
    kernel, the weight h that it has in each cell. A world without these planes begins with the
    weights of the rule.

    Attributes
    ----------
    generation : int
    rule : FlowLeniaRule
    """

    def __init__(self, world: World, precision: str = "float32") -> None:
        assert isinstance(world.rule, FlowLeniaRule)
        self.rule = world.rule
        self.generation = world.generation
        self._stream = stream_of(world.seed, 0)
        cells = world.array
        self._shape = (cells.shape[1], cells.shape[2])
        self._affinities = _Affinities(self.rule, self._shape, precision)
        dtype = self._affinities.dtype
        self._A = np.zeros((self.rule.channels, *self._shape), dtype=dtype)
        self._has_planes = self.rule.mixing != "none"
        self._h = np.zeros((len(self.rule.kernels) * self._has_planes, *self._shape), dtype=dtype)
        for index in range(len(self._h)):
            self._h[index] = self.rule.kernels[index].h
        self._rim = self.rule.reach + int(np.ceil(self.rule.half_width)) + 1
        self._prepare(dtype)
        self.replace(cells)

    def _prepare(self, dtype: npt.DTypeLike) -> None:
        height, width = self._shape
        rule, rim = self.rule, self._rim
        self._around = np.zeros((2, height + 2, width + 2), dtype=dtype)
        self._away = np.zeros((rule.channels, 2, height, width), dtype=dtype)
        # in double precision, so that what many cells bring is rounded once
        self._wide = np.zeros((height + 2 * rim, width + 2 * rim))
        most = rule.reach - rule.half_width
        scale = rule.dt * rule.slope
        self._numbers = np.array([1 / rule.critical_mass, rule.power, scale, most, 1], dtype=dtype)
        if self._has_planes:
            self._scratch = (
                np.zeros(self._shape),
                np.zeros(self._h.shape),
                np.zeros(self._shape, dtype=np.int64),
            )

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make steps.

        Raises
        ------
        StepFailed
            When the affinity is no finite number; the state is that of the last whole step.
        """
        checked = 0.0
        for done in range(steps):
            if progress is not None and perf_counter() - checked > CHECK_SECONDS:
                progress.report(done / steps)
                checked = perf_counter()
            self._step()
            self.generation += 1

    def _step(self) -> None:
        from core.automata.kernels_flow import mix_parameters, scatter

        self.displacements()
        if not np.isfinite(self._away.sum(dtype=np.float64)):
            raise StepFailed(
                f"The flow has values that are no numbers in step {self.generation + 1}; make dt "
                "smaller or the kernels' sigma larger."
            )
        rule, rim = self.rule, self._rim
        half, is_walled = rule.half_width, rule.border == "wall"
        if self._has_planes:
            weight, mixed, owner = self._scratch
            weight.fill(0)
            mixed.fill(0)
            owner.fill(-1)
            mix_parameters(
                self._A,
                self._away,
                half,
                is_walled,
                rim,
                MIXINGS.index(rule.mixing),
                step_key(self._stream, self.generation),
                self._h,
                weight,
                mixed,
                owner,
            )
        for channel in range(rule.channels):
            self._wide[:] = 0
            scatter(self._A[channel], self._away[channel], half, is_walled, rim, self._wide)
            self._A[channel] = _folded(self._wide, rim, self._shape)

    def displacements(self) -> Field:
        """Return how far mass would move in a step, [C, 2, H, W], along y and along x."""
        from core.automata.kernels_flow import displace

        affinity = self.affinity()
        around, mode = self._around, "wrap" if self.rule.border == "torus" else "edge"
        _surround(around[1], self._A.sum(axis=0), mode)
        for channel in range(self.rule.channels):
            _surround(around[0], affinity[channel], mode)
            displace(self._A[channel], around[0], around[1], self._numbers, self._away[channel])
        return self._away

    def affinity(self) -> Field:
        """Return U of each channel, [C, H, W], the sum of its kernels' weighted growths."""
        if not self._has_planes:
            return self._affinities.of(self._A)
        growths = self._affinities.growths(self._A)
        growths *= self._h
        found = np.zeros_like(self._A)
        for index, kernel in enumerate(self.rule.kernels):
            found[kernel.target] += growths[index]
        return found

    def potentials(self) -> Field:
        """Return K * A of every kernel, [K, H, W]."""
        return self._affinities.potentials_of(self._A)

    def cells(self) -> npt.NDArray[np.float64]:
        """Return a copy of the channels and, where there are any, the planes of parameters."""
        return np.concatenate([self._A, self._h]).astype(np.float64)

    def parameters(self) -> Field:
        """Return a copy of the planes of parameters, [K or 0, H, W]."""
        return self._h.copy()

    def origin(self) -> tuple[int, int]:
        """Return (0, 0)."""
        return (0, 0)

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place, with or without the planes of parameters."""
        channels, planes = len(self._A), len(self._h)
        known = ((channels, *self._shape), (channels + planes, *self._shape))
        if cells.shape not in known or origin != (0, 0):
            raise AutomataError(f"The cells are {cells.shape}, the world is {known[-1]}.")
        self._A[:] = _masses(cells[:channels])
        if cells.shape[0] > channels:
            self._h[:] = cells[channels:]

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch [C, h, w] of mass, or [h, w] for the first channel, at (x, y)."""
        if mode not in _MERGES:
            known = "is for states" if mode in PASTE_MODES else "is unknown"
            raise AutomataError(f"The mode {mode!r} {known}; use {', '.join(_MERGES)}.")
        patch = _masses(cells if cells.ndim == 3 else cells[None])
        if patch.shape[0] > len(self._A):
            raise AutomataError(f"The patch has {patch.shape[0]} channels, the world fewer.")
        rows, columns = y + np.arange(patch.shape[1]), x + np.arange(patch.shape[2])
        height, width = self._shape
        if self.rule.border == "torus":
            rows, columns = rows % height, columns % width
        here, there = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
        at = np.ix_(rows[here], columns[there])
        for channel, plane in enumerate(patch[:, here][:, :, there]):
            self._A[channel][at] = _MERGES[mode](self._A[channel][at], plane)

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
        """Set the mass in the cells of a mask[h, w] at (x, y), in one channel or in all."""
        if channel is not None and not 0 <= channel < len(self._A):
            raise AutomataError(f"There is no channel {channel}; the world has {len(self._A)}.")
        rows, columns = y + np.arange(mask.shape[0]), x + np.arange(mask.shape[1])
        height, width = self._shape
        if self.rule.border == "torus":
            rows, columns = rows % height, columns % width
        here, there = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
        at, where = np.ix_(rows[here], columns[there]), np.ix_(here, there)
        met, new = mask[where], np.broadcast_to(_masses(values), mask.shape)[where]
        for each in self._A if channel is None else self._A[channel : channel + 1]:
            each[at] = np.where(met, new, each[at])

    def population(self) -> float:
        """Return the mass of all channels."""
        return float(self._A.sum(dtype=np.float64))

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells with mass."""
        occupied = self._A.max(axis=0) > 0
        rows, columns = np.flatnonzero(occupied.any(axis=1)), np.flatnonzero(occupied.any(axis=0))
        if not rows.size:
            return None
        x, y = int(columns[0]), int(rows[0])
        return (x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Field:
        """Return float32[C, height, width], the mean of `shrink` by `shrink` cells per pixel."""
        return framed(self._A, x, y, width, height, shrink)

    def snapshot(self) -> object:
        """Return the exact state."""
        return (self.generation, self._A.copy(), self._h.copy())

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned."""
        assert isinstance(snapshot, tuple)
        self.generation = snapshot[0]
        self._A[:], self._h[:] = snapshot[1], snapshot[2]


class _Affinities(LeniaBoard):
    """The kernels and growths of the rule, on a board of Lenia whose cells are the mass."""

    def __init__(self, rule: FlowLeniaRule, shape: tuple[int, int], precision: str) -> None:
        kind = "torus" if rule.border == "torus" else "plane"
        topology = Topology(kind, shape[1], shape[0])
        cells = np.zeros((rule.channels, *shape))
        super().__init__(World("affinity", lenia_of(rule), topology, cells), precision)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type in which it computes."""
        return self._dtype

    def of(self, A: Field) -> Field:
        """Return the weighted sums of growths, [C, H, W]."""
        self._state()[...] = A
        return self.growth()

    def potentials_of(self, A: Field) -> Field:
        """Return the potentials, [K, H, W]."""
        self._state()[...] = A
        return self.potentials()

    def growths(self, A: Field) -> Field:
        """Return the growth by each kernel, not weighted, [K, H, W]."""
        found = self.potentials_of(A)
        for index, kernel in enumerate(self.rule.kernels):
            found[index] = growth_of(found[index], kernel.growth)
        return found


def lenia_of(rule: FlowLeniaRule) -> LeniaRule:
    """Return the rule of Lenia whose growth, not averaged, is the affinity."""
    kernels = tuple(
        LeniaKernel(
            Growth(kernel.mu, kernel.sigma, "exponential"),
            Bumps(kernel.b, kernel.a, kernel.w, is_plain=rule.width == "plain"),
            kernel.source,
            kernel.target,
            kernel.h,
            kernel.r,
        )
        for kernel in rule.kernels
    )
    return LeniaRule(rule.radius + 15, 1.0, kernels, rule.channels, is_averaged=False)


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a world of Flow-Lenia, else None.

    The rule says how the sides are joined; the topology has to agree with it.
    """
    del threads
    rule, kind = world.rule, world.topology.kind
    if not isinstance(rule, FlowLeniaRule) or world.topology.shift:
        return None
    if kind != {"torus": "torus", "wall": "plane"}[rule.border]:
        raise AutomataError(
            f"The rule has the border {rule.border}, but the world is a {kind}; a torus goes with "
            "the border torus, a plane with wall."
        )
    cells = world.array
    planes = rule.channels + len(rule.kernels) * (rule.mixing != "none")
    if cells.ndim != 3 or cells.shape[0] not in (rule.channels, planes) or not cells.size:
        raise AutomataError(
            f"The rule has {rule.channels} channels, but the cells have the shape {cells.shape}."
        )
    return FlowLeniaStepper(world, precision)


def _surround(around: Field, field: Field, mode: str) -> None:
    around[1:-1, 1:-1] = field
    first, last = (-2, 1) if mode == "wrap" else (1, -2)
    around[0], around[-1] = around[first], around[last]
    around[:, 0], around[:, -1] = around[:, first], around[:, last]


def _folded(wide: Field, rim: int, shape: tuple[int, int]) -> Field:
    """Return the field with what lies in the rim added at the other side."""
    height, width = shape
    if height < rim or width < rim:
        rows = (np.arange(wide.shape[0]) - rim) % height
        columns = (np.arange(wide.shape[1]) - rim) % width
        field = np.zeros(shape, dtype=wide.dtype)
        np.add.at(field, np.ix_(rows, columns), wide)
        return field
    wide[rim : 2 * rim] += wide[height + rim :]
    wide[height : height + rim] += wide[:rim]
    wide[:, rim : 2 * rim] += wide[:, width + rim :]
    wide[:, width : width + rim] += wide[:, :rim]
    return wide[rim : rim + height, rim : rim + width]


def _masses(cells: npt.NDArray[Any] | float) -> npt.NDArray[np.float64]:
    given = np.asarray(cells, dtype=np.float64)
    if not np.isfinite(given).all():
        raise AutomataError("The cells have values that are no finite numbers.")
    return np.maximum(given, 0.0)
