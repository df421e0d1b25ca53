"""Running a world without a window: steps, samples of simple measures, frames."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from core.automata.errors import StepFailed, TooLarge
from core.automata.measures.tracker import Tracker
from core.automata.stepper import Stepper, make_stepper
from core.automata.tracking import Track, centroid, mass_along
from core.automata.world import World
from core.progress import Progress

MEASURES = ("population", "mass", "centroid", "displacement", "speed")
"""Taken here, places in the order (y, x); all others by a tracker."""

JOINED = ("torus", "klein", "cross-surface", "tube")
CELLS_TO_TRACK = 2**26
"""In larger unbounded patterns the centroid is looked for on their quadtree."""

FIELD_STEPS_BETWEEN = 8
"""So many steps of a field lie between two looks at its centroid at most: it moves under a cell a
step, so that the nearer way round is the way it went."""


@dataclass(slots=True)
class RunResult:
    """What a run found."""

    world: World
    population: float
    centroid: tuple[float, ...] | None
    displacement: tuple[float, ...] | None
    speed: float | None
    bounding_box: tuple[int, int, int, int] | None
    is_alive: bool
    series: dict[str, list[Any]] = field(default_factory=dict)
    sampled: list[int] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """Return the samples as columns of numbers, places as two; nan where there is none."""
        found: dict[str, Any] = {"step": np.array(self.sampled, dtype=np.int64)}
        for name, values in self.series.items():
            first = next((each for each in values if each is not None), None)
            if isinstance(first, list):
                for index, axis in enumerate(("x", "y", "z")[: len(first)][::-1]):
                    found[f"{name}_{axis}"] = np.array(
                        [math.nan if each is None else each[index] for each in values]
                    )
            else:
                found[name] = np.array([math.nan if each is None else each for each in values])
        return found


def run_world(
    world: World,
    steps: int,
    *,
    every: int = 0,
    measures: tuple[str, ...] = (),
    precision: str = "float32",
    threads: int = 1,
    on_frame: Callable[[Stepper], None] | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Make steps and sample measures at step 0, `every`, 2 `every` and so on.

    Parameters
    ----------
    world : World
    steps : int
    every : int
        0 for about a hundred samples where there is something to sample.
    measures : tuple of str
        Of `MEASURES` or of `core.automata.measures.registry`.
    on_frame : function, optional
        Called at each sample, for films.

    Raises
    ------
    AutomataError
        When nothing steps this world, or a step leaves no finite numbers.
    """
    tracker = _tracker(world, measures)
    stepper = make_stepper(world, precision=precision, threads=threads)
    is_sampled = bool(measures) or on_frame is not None
    every = every or (usual_every(steps) if is_sampled else max(1, steps))
    looking = _Looking(world, stepper)
    series: dict[str, list[Any]] = {name: [] for name in measures}
    between = looking.steps_between
    done, speed = 0, None
    sampled = [0]
    looking.look()
    first = float(stepper.population())
    before = (0, looking.track.displacement)
    _sample(series, stepper, looking, speed, tracker)
    if on_frame is not None:
        on_frame(stepper)
    while done < steps:
        sample_at = min(steps, done - done % every + every)
        while done < sample_at:
            now = min(sample_at - done, between) if between else sample_at - done
            if tracker is not None and tracker.needs_step_before:
                if done == sample_at - 1:
                    tracker.note(stepper)
                else:
                    now = min(now, sample_at - 1 - done)
            stepper.step(now, None if progress is None else _Part(progress, done, now, steps))
            done += now
            if progress is not None:
                progress.report(done / steps, f"step {done:,}")
            looking.look()
        speed = looking.speed_since(*before, done)
        before = (done, looking.track.displacement)
        _require_finite(stepper)
        if done % every == 0:
            _sample(series, stepper, looking, speed, tracker)
            sampled.append(done)
            if on_frame is not None:
                on_frame(stepper)
    final = stepper.population()
    return RunResult(
        _final(world, stepper),
        final,
        looking.place,
        (looking.track.displacement or None) if looking.place is not None else None,
        speed,
        stepper.bounding_box(),
        float(final) > (1e-9 * first if world.is_field else 0),
        series,
        sampled,
    )


def usual_every(steps: int) -> int:
    """Return from how many to how many steps there is a sample where nothing else is said."""
    return max(1, -(-steps // 100))


class _Part(Progress):
    """The progress of some steps as a part of that of all."""

    def __init__(self, whole: Progress, done: int, steps: int, of_all: int) -> None:
        def listen(fraction: float, _message: str) -> None:
            now = done + round(fraction * steps)
            whole.report(now / of_all, f"step {now:,}")

        super().__init__(listen)
        self._whole = whole

    def check(self) -> None:
        """Raise `Cancelled` if the whole work was cancelled."""
        self._whole.check()


class _Looking:
    """Follows the centroid of a stepper's state as often as it has to."""

    def __init__(self, world: World, stepper: Stepper) -> None:
        self._world, self._stepper = world, stepper
        self._is_particles = type(world.rule).__name__ == "ParticleLeniaRule"
        self._is_bounded = world.topology.is_bounded
        kind = world.topology.kind
        sides: tuple[int, ...] = (world.topology.height, world.topology.width)
        sides = sides[1:] if world.rule.dimensions == 1 else sides
        if world.is_field and not self._is_particles:
            sides = np.asarray(world.array).shape[1:]
        is_joined = kind in JOINED and not self._is_particles
        self._joined = tuple(is_joined and side > 0 for side in sides)
        if self._is_particles:
            sides = (0,) * np.asarray(world.array).shape[1]
        self.track = Track(
            tuple(side if j else 0 for side, j in zip(sides, self._joined, strict=True))
            if not self._is_particles
            else sides
        )
        self.place: tuple[float, ...] | None = None
        self.steps_between = 0
        if any(self._joined):
            self.steps_between = (
                FIELD_STEPS_BETWEEN if world.is_field else max(1, min(s for s in sides if s) // 3)
            )

    def look(self) -> None:
        self.place = self._centroid()
        self.track.add(self.place)

    def speed_since(self, step: int, displacement: tuple[float, ...], now: int) -> float | None:
        if not displacement or now == step or self.place is None:
            return None
        return math.dist(displacement, self.track.displacement) / (now - step)

    def _centroid(self) -> tuple[float, ...] | None:
        if self._is_particles:
            places = np.asarray(self._stepper.cells(), dtype=np.float64)
            return tuple(float(each) for each in places.mean(axis=0)[::-1]) if len(places) else None
        if not self._is_bounded and not self._world.is_field:
            box = self._stepper.bounding_box()
            if box is None:
                return None
            if box[2] * box[3] > CELLS_TO_TRACK:
                quadtree = getattr(self._stepper, "quadtree", None)
                middle = quadtree().centre_of_mass() if quadtree is not None else None
                return None if middle is None else middle[::-1]
        along = getattr(self._stepper, "mass_along", None)
        if along is not None:  # Lenia's engines tell it without a copy of the cells
            return centroid(along(), self._joined)
        try:
            cells = self._stepper.cells()
        except TooLarge:
            return None
        if cells.size == 0:
            return None
        masses = mass_along(cells, is_field=self._world.is_field)
        x, y = self._stepper.origin()
        if self._is_bounded or self._world.is_field:
            return centroid(masses, self._joined)
        place = centroid(masses, (False,) * len(masses))
        corner = (y, x)[2 - len(masses) :]
        return None if place is None else tuple(a + b for a, b in zip(place, corner, strict=True))


def _tracker(world: World, measures: tuple[str, ...]) -> Tracker | None:
    """Return what takes the measures that are not taken here."""
    others = tuple(name for name in measures if name not in MEASURES)
    return Tracker(world, others) if others else None


def _sample(
    series: dict[str, list[Any]],
    stepper: Stepper,
    looking: _Looking,
    speed: float | None,
    tracker: Tracker | None = None,
) -> None:
    taken: dict[str, float] = {}
    if tracker is not None:
        tracker.sample(stepper)
        taken = tracker.series.latest()
    for name, values in series.items():
        if name not in MEASURES:
            values.append(taken[name] if math.isfinite(taken[name]) else None)
            continue
        if name in ("population", "mass"):
            values.append(stepper.population())
        elif name == "centroid":
            values.append(list(looking.place) if looking.place else None)
        elif name == "displacement":
            values.append(list(looking.track.displacement) or None)
        else:
            values.append(speed if speed is not None else 0.0)


def _require_finite(stepper: Stepper) -> None:
    if not math.isfinite(float(min(stepper.population(), 10**300))):
        raise StepFailed(
            f"After step {stepper.generation} the world has values that are no finite numbers; "
            "smaller time steps may help."
        )


def _final(world: World, stepper: Stepper) -> World:
    """Return the world as it is now, as a quadtree where it is too large for an array."""
    try:
        layout = getattr(stepper, "layout", ())  # before the cells, which may be read elsewhere
        final = world.with_cells(stepper.cells(), stepper.origin(), stepper.generation)
        return replace(final, layout=layout)
    except TooLarge:
        quadtree = getattr(stepper, "quadtree", None)
        if quadtree is None:
            raise
        return world.with_cells(quadtree(), (0, 0), stepper.generation)
