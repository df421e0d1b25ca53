"""Steps particle Lenia with cell lists.

Places are kept in float64; the sums over pairs are taken in the precision asked for. Beyond the
ring and some sigmas (4 in float32, 6 in float64) a particle does not count. On a torus the plane
is tiled with copies of the particles.

Source: Mordvintsev, Niklasson and Randazzo, Particle Lenia and the energy-based formulation (2022).
"""

import math
import time
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, StepFailed
from core.automata.particle_lenia_fields import growth, reach_of
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.stepper import Stepper
from core.automata.world import World
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Reals = npt.NDArray[Any]

SIGMAS = {"float32": 4.0, "float64": 6.0}
SECONDS_AT_ONCE = 0.02

MOST_TURNS = 20
"""How often a particle's field may reach around a torus."""


class ParticleLeniaStepper:
    """A live world of particles.

    Attributes
    ----------
    generation : int
    rule : ParticleLeniaRule
        May be exchanged while it lives; the particles stay.
    """

    def __init__(
        self,
        rule: ParticleLeniaRule,
        particles: npt.ArrayLike,
        *,
        periods: tuple[float, ...] = (),
        generation: int = 0,
        precision: str = "float32",
    ) -> None:
        self.generation = generation
        self._precision = precision
        self._periods = np.zeros(3)
        self._periods[: len(periods)] = periods
        self._seconds_per_step = SECONDS_AT_ONCE
        self.rule = rule
        self.replace(np.asarray(particles))

    @property
    def rule(self) -> ParticleLeniaRule:
        """What the particles do."""
        return self._rule

    @rule.setter
    def rule(self, rule: ParticleLeniaRule) -> None:
        reach = reach_of(rule, SIGMAS["float64"])
        least = min((period for period in self._periods if period), default=reach)
        if reach > MOST_TURNS * least:
            raise AutomataError(
                f"The particles' field reaches {reach:g} far, more than {MOST_TURNS} times around "
                f"a torus of side {least:g}; use a larger torus or a smaller mu_k."
            )
        self._rule = rule
        self._reach = reach_of(rule, SIGMAS[self._precision])
        self._numbers = _numbers(rule, self._reach, self._precision)
        self._shape = np.array([rule.w_k, rule.sigma_k, rule.mu_g, rule.sigma_g, rule.c_rep])

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make Euler steps of length `rule.dt`.

        Raises
        ------
        StepFailed
            When a velocity is no finite number; the state is that of the last whole step.
        """
        left = steps
        while left > 0:
            if progress is not None:
                progress.report((steps - left) / steps)
            chunk = max(1, min(left, int(SECONDS_AT_ONCE / self._seconds_per_step)))
            started = time.perf_counter()
            made = self._advance(chunk)
            self._seconds_per_step = max((time.perf_counter() - started) / chunk, 1e-7)
            self.generation += made
            left -= made
            if made < chunk:
                raise StepFailed(
                    f"The particles' velocities grew past all bounds in step {self.generation + 1};"
                    " make dt smaller."
                )

    def _advance(self, steps: int) -> int:
        return self._run(self._particles, self._numbers, self._reach, self.rule.dt, steps)[0]

    def cells(self) -> Floats:
        """Return float64[n, d], the places of the particles."""
        return self._particles.copy()

    def origin(self) -> tuple[int, int]:
        """Return (0, 0): particles have places of their own."""
        return (0, 0)

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put other particles in place of these."""
        particles = np.array(cells, dtype=np.float64, order="C")
        if particles.ndim != 2 or particles.shape[1] != self.rule.dimensions:
            raise AutomataError(
                f"Particles of this rule are rows of {self.rule.dimensions} numbers, not an array "
                f"of shape {particles.shape}."
            )
        if not np.isfinite(particles).all():
            raise AutomataError("The particles have places that are no finite numbers.")
        particles[:, :2] += origin
        self._particles = particles

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Add particles, moved by (x, y); there is nothing that a mode could change."""
        more = np.array(cells, dtype=np.float64)
        more[:, :2] += (x, y)
        self.replace(np.concatenate([self._particles, more]))

    def remove(self, x: float, y: float, radius: float) -> int:
        """Take away the particles within a disc and return how many there were."""
        away = self._particles[:, :2] - (x, y)
        for axis in range(2):
            if self._periods[axis]:
                away[:, axis] -= self._periods[axis] * np.rint(away[:, axis] / self._periods[axis])
        kept = (away**2).sum(axis=1) > radius**2
        self._particles = np.ascontiguousarray(self._particles[kept])
        return int((~kept).sum())

    def population(self) -> int:
        """Return the number of particles."""
        return len(self._particles)

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) in whole units of the plane."""
        if not len(self._particles):
            return None
        low = np.floor(self._particles[:, :2].min(axis=0))
        high = np.floor(self._particles[:, :2].max(axis=0)) + 1
        return (int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Reals:
        """Return float32[1, height, width], the field U at the pixels' middles."""
        return self.fields(x, y, width, height, pitch=shrink)[:1]

    def fields(
        self, x: float, y: float, width: int, height: int, *, pitch: float = 1.0, z: float = 0.0
    ) -> Reals:
        """Return float32[3, height, width], the fields U, G and E over a part of the plane.

        Parameters
        ----------
        x, y : float
            The upper left corner.
        width, height : int
            Pixels.
        pitch : float
            The side of a pixel.
        z : float
            In three dimensions, the plane that is shown.
        """
        from core.automata.kernels_particle_picture import splat

        low = np.array([x + pitch / 2, y + pitch / 2, z])
        pictures = np.zeros((3, height, width), dtype=np.float32)
        reach = reach_of(self.rule, SIGMAS["float32"])
        numbers = _numbers(self.rule, reach, "float32")
        across = float(pitch)  # an int would have the kernel compiled once more
        splat(self._particles, self._periods, reach, numbers, low, across, pictures[0], pictures[2])
        pictures[0] *= self.rule.w_k
        pictures[1] = growth(self.rule, pictures[0])
        pictures[2] = pictures[2] * (self.rule.c_rep / 2) - pictures[1]
        return pictures

    def velocities(self) -> Floats:
        """Return float64[n, d], what the particles would move by in a unit of time."""
        return self._run(self.cells(), self._numbers, self._reach)[1]

    def energies(self) -> Floats:
        """Return each particle's own energy E, with pairs added up in float64."""
        reach = reach_of(self.rule, SIGMAS["float64"])
        numbers = _numbers(self.rule, reach, "float64")
        _, _, field, repulsion = self._run(self.cells(), numbers, reach)
        return repulsion - growth(self.rule, field)

    def energy(self) -> float:
        """Return the sum of all particles' energies."""
        return float(self.energies().sum())

    def _run(
        self, particles: Floats, numbers: Reals, reach: float, dt: float = 0.0, steps: int = 1
    ) -> tuple[int, Floats, Floats, Floats]:
        """Step `particles` in place; return the steps made, velocities, U and R of the last."""
        from core.automata.kernels_particles import advance

        n = len(particles)
        velocity, field, repulsion = np.zeros(particles.shape), np.zeros(n), np.zeros(n)
        if not n:
            return steps, velocity, field, repulsion
        made = advance(
            particles,
            self._periods,
            reach,
            numbers,
            self._shape,
            self.rule.descent == "total",
            dt,
            steps,
            velocity,
            field,
            repulsion,
        )
        return made, velocity, field, repulsion

    def snapshot(self) -> object:
        """Return the exact state."""
        return (self.generation, self._particles.copy())

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned."""
        assert isinstance(snapshot, tuple)
        self.generation, particles = snapshot
        self._particles = particles.copy()


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a world of particles, on a torus or without end."""
    if not isinstance(world.rule, ParticleLeniaRule):
        return None
    periods: tuple[float, ...] = ()
    if world.topology.kind == "torus":
        if world.topology.shift:
            return None
        # a torus has two sides; in three dimensions the third is as long as the second
        periods = (world.topology.width, world.topology.height, world.topology.height)
        periods = periods[: world.rule.dimensions]
    return ParticleLeniaStepper(
        world.rule,
        world.array,
        periods=periods,
        generation=world.generation,
        precision=precision,
    )


def _numbers(rule: ParticleLeniaRule, reach: float, precision: str) -> Reals:
    """Return what the kernels of the sums call `numbers`."""
    far = 4 * reach + 1000
    series = [1 / math.factorial(power) for power in range(2, 8)]
    head = [rule.mu_k, 1 / rule.sigma_k, reach**2, 1e-10, 0.0, 1.0, 1 / 32, 40.0, far]
    return np.array(head + series, dtype=precision)
