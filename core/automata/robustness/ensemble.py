"""Many perturbed runs of one creature, in parallel, and the share that it survives."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.automata.cell_hands import swept
from core.automata.errors import AutomataError
from core.automata.interventions import Obstacle
from core.automata.lenia_stepper import LeniaStepper
from core.automata.robustness.perturbations import Perturbation, Perturbed
from core.automata.robustness.survival import Survival, survival
from core.automata.rules.lenia import LeniaRule
from core.automata.run import Run
from core.automata.search.trial import LIVING, bodies, centred
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.progress import Progress

STEPS = 500
SETTLING = 300
LOOK_EVERY = 50

LEAST_MASS, MOST_MASS = 0.5, 2.0
"""Times the settled mass over R², so that scaled bodies compare: outside of it none survived."""

SPREAD = 4.0
"""Times the settled mass at which a run is over: what spreads is no body any more."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: which perturbation at which level, and the number of the seed."""

    perturbation: Perturbation
    level: float
    number: int


def robustness(
    world: World,
    perturbations: Sequence[Perturbation],
    *,
    runs: int = 20,
    seed: int = 0,
    steps: int = STEPS,
    threads: int = 2,
    progress: Progress | None = None,
    on_survival: Callable[[Survival], None] | None = None,
) -> list[Survival]:
    """Return for each level of each perturbation how many of `runs` runs a creature survives.

    It settles for `SETTLING` steps first. A run is survived if it never spreads and at its end
    there is one body of about the mass it had. Each run depends on the seed, its perturbation,
    level and number alone.

    Raises
    ------
    AutomataError
        When the world is no two-dimensional torus of Lenia, or its creature does not settle.
    """
    settled = _settled(world, progress)
    mass = _mass(np.asarray(settled.array, dtype=np.float64), settled)
    done: list[Survival] = []
    levels = [(each, level) for each in perturbations for level in each.levels]
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for index, (perturbation, level) in enumerate(levels):
            if progress is not None:
                progress.report(index / len(levels), f"{perturbation.title} {level:g}")
            trials = [Trial(perturbation, level, number) for number in range(runs)]
            survived = sum(
                pool.map(
                    lambda each: _is_survived(settled, each, seed, steps, mass, progress), trials
                )
            )
            done.append(survival(perturbation.name, level, runs, survived))
            if on_survival is not None:
                on_survival(done[-1])
    return done


def survival_table(curves: Iterable[Survival]) -> dict[str, list[object]]:
    """Return the curves as columns for a file."""
    rows = list(curves)
    return {
        name: [getattr(each, name) for each in rows]
        for name in ("perturbation", "level", "runs", "survived", "share", "low", "high")
    }


def _settled(world: World, progress: Progress | None) -> World:
    rule = world.rule
    if not isinstance(rule, LeniaRule) or rule.dimensions != 2 or world.topology.kind != "torus":
        raise AutomataError(
            "Robustness is measured of creatures of Lenia on a two-dimensional torus."
        )
    stepper = make_stepper(world)
    stepper.step(SETTLING, progress)
    cells = stepper.cells()
    body = cells.sum(axis=0)
    if _mass(cells, world) < 0.01:
        raise AutomataError(f"Nothing lives after the {SETTLING} steps in which it should settle.")
    shift = centred_shift(body)
    return replace(world.with_cells(np.roll(cells, shift, axis=(1, 2))), generation=0)


def centred_shift(body: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Return by how many cells (y, x) to roll a field so that its centroid is in the middle."""
    from core.automata.search.trial import centroid

    place = centroid(body)
    height, width = body.shape
    return round(height / 2 - place[0]), round(width / 2 - place[1])


def _is_survived(
    settled: World, trial: Trial, seed: int, steps: int, mass: float, progress: Progress | None
) -> bool:
    index = int(np.float64(trial.level).view(np.uint64) % 2**31)
    name = sum(ord(letter) << (5 * at) for at, letter in enumerate(trial.perturbation.name[:6]))
    random = np.random.default_rng([seed, name, index, trial.number])
    perturbed = trial.perturbation.apply(settled, trial.level, random)
    cells = _ended(perturbed, steps, progress, most=SPREAD * mass)
    ratio = _mass(cells, perturbed.world) / mass
    if not LEAST_MASS <= ratio <= MOST_MASS:
        return False
    body = np.clip(cells.sum(axis=0), 0.0, 1.0)
    return float((centred(body) > LIVING).mean()) < 0.5 and bodies(body) == 1


def _ended(
    perturbed: Perturbed, steps: int, progress: Progress | None, most: float = np.inf
) -> npt.NDArray[np.float64]:
    """Return the state at the end, or earlier where all is dead or has more mass than `most`."""
    if all(isinstance(each, Obstacle) for each in perturbed.interventions):
        return _ended_among_obstacles(perturbed, steps, progress, most)
    run, radius = Run(perturbed.world, perturbed.interventions, memory=1), _radius(perturbed.world)
    while run.generation < steps:
        if progress is not None:
            progress.check()
        run.step(min(LOOK_EVERY, steps - run.generation))
        if not 0.0 < float(run.stepper.population()) <= most * radius**2:
            break
    return run.stepper.cells().astype(np.float64)


def _ended_among_obstacles(
    perturbed: Perturbed, steps: int, progress: Progress | None, most: float
) -> npt.NDArray[np.float64]:
    """Return the state at the end; what a `Run` would do, with the cells to hold known before."""
    stepper = make_stepper(perturbed.world)
    assert isinstance(stepper, LeniaStepper)
    held = _held(perturbed)
    made = 0
    while made < steps:
        if progress is not None:
            progress.check()
        chunk = min(LOOK_EVERY, steps - made)
        if held is None:
            stepper.step(chunk)
        else:
            stepper.clear(*held)
            for _ in range(chunk):
                stepper.step()
                stepper.clear(*held)
        made += chunk
        if not 0.0 < stepper.population() <= most * _radius(perturbed.world) ** 2:
            break
    return stepper.cells().astype(np.float64)


def _held(perturbed: Perturbed) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] | None:
    """Return rows and columns of the cells that obstacles hold at 0, None where there are none."""
    height, width = perturbed.world.array.shape[-2:]
    covered = np.zeros((height, width), dtype=np.bool_)
    for each in perturbed.interventions:
        assert isinstance(each, Obstacle)
        for mask, left, top in swept([(each.x, each.y)], each.radius):
            rows, columns = np.nonzero(mask)
            covered[(rows + top) % height, (columns + left) % width] = True
    rows, columns = np.nonzero(covered)
    return (rows, columns) if rows.size else None


def _mass(cells: npt.NDArray[np.float64], world: World) -> float:
    """Return the mass over R²."""
    return float(cells.sum()) / _radius(world) ** 2


def _radius(world: World) -> float:
    assert isinstance(world.rule, LeniaRule)
    return world.rule.radius
