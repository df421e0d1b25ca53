"""What becomes of one creature over a map of mu and sigma: many short runs, coarse ones first.

The picture of Chan (2019), figure 8: colour by verdict, mass or speed.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import local

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.rules.lenia import LeniaRule
from core.automata.search.candidate import Candidate
from core.automata.search.trial import Outcome, Trials, living_part
from core.automata.world import World
from core.progress import Progress

VERDICTS = ("extinct", "spread", "restless", "several", "still", "moving")
"""In the order of their numbers in a map; -1 is what was not run yet."""

SIDE = 64
LEAST_ROOM = 3.2
"""Sides of the little worlds in radii and creature sizes, whichever is more."""

BATCH = 16


@dataclass(frozen=True, eq=False)
class ParameterMap:
    """The outcomes over a grid.

    Attributes
    ----------
    mu : float64[w]
    sigma : float64[h]
    verdict : int8[h, w]
        Index into `VERDICTS`, -1 where nothing was run yet.
    mass : float64[h, w]
        Mean mass over R²; NaN where there is no soliton.
    speed : float64[h, w]
        In radii per unit of time; NaN where there is no soliton.
    """

    mu: npt.NDArray[np.float64]
    sigma: npt.NDArray[np.float64]
    verdict: npt.NDArray[np.int8]
    mass: npt.NDArray[np.float64]
    speed: npt.NDArray[np.float64]

    @property
    def is_whole(self) -> bool:
        """Whether every point was run."""
        return bool((self.verdict >= 0).all())


def parameter_map(
    world: World,
    mu: tuple[float, float],
    sigma: tuple[float, float],
    *,
    points: int = 32,
    kernel: int = 0,
    threads: int = 2,
    progress: Progress | None = None,
    on_batch: Callable[[ParameterMap], None] | None = None,
) -> ParameterMap:
    """Run the creature of a world at each point of a grid of mu and sigma.

    Parameters
    ----------
    world : World
        A torus of Lenia with one channel; what lives in it is put into each run.
    mu, sigma : (float, float)
        First and last value.
    points : int
        Along each side.
    kernel : int
        Whose growth is varied.
    on_batch : callable, optional
        Called now and then with the map so far; every second point of every second row is run
        before those between.

    Raises
    ------
    AutomataError
        When the world is no such world, or nothing lives in it.
    """
    rule, patch = _creature(world)
    side = max(SIDE, 2 * int(LEAST_ROOM * max(rule.radius, max(patch.shape) / 2) / 2) + 2)
    mus, sigmas = np.linspace(*mu, points), np.linspace(*sigma, points)
    found = _empty(mus, sigmas)
    mine = local()

    def tried(place: tuple[int, int]) -> Outcome:
        if not hasattr(mine, "trials"):
            mine.trials = Trials(side)
        row, column = place
        changed = rule.with_growth(kernel, mu=float(mus[column]), sigma=float(sigmas[row]))
        outcome: Outcome = mine.trials.outcome(Candidate(changed, patch), progress)
        return outcome

    places = list(_coarse_first(points))
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for start in range(0, len(places), BATCH):
            if progress is not None:
                progress.report(start / len(places), f"{start:,} of {len(places):,} runs")
            batch = places[start : start + BATCH]
            for place, outcome in zip(batch, pool.map(tried, batch), strict=True):
                _enter(found, place, outcome)
            if on_batch is not None:
                on_batch(_copy(found))
    return found


def _creature(world: World) -> tuple[LeniaRule, npt.NDArray[np.float64]]:
    rule = world.rule
    is_fit = isinstance(rule, LeniaRule) and rule.dimensions == 2 and rule.channels == 1
    if not is_fit or world.topology.kind != "torus":
        raise AutomataError(
            "A map of mu and sigma is made of Lenia with one channel on a two-dimensional torus."
        )
    assert isinstance(rule, LeniaRule)
    field = np.asarray(world.array[0], dtype=np.float64)
    if not field.any():
        raise AutomataError("Nothing lives in this world that could be put on a map.")
    return rule, living_part(field)


def _coarse_first(points: int) -> Iterator[tuple[int, int]]:
    """Yield (row, column) of all points, those of the coarser grids before those between."""
    seen: set[tuple[int, int]] = set()
    stride = 1
    while stride * 2 < points:
        stride *= 2
    while stride:
        for row in range(0, points, stride):
            for column in range(0, points, stride):
                if (row, column) not in seen:
                    seen.add((row, column))
                    yield row, column
        stride //= 2


def _empty(mu: npt.NDArray[np.float64], sigma: npt.NDArray[np.float64]) -> ParameterMap:
    shape = (len(sigma), len(mu))
    nothing = np.full(shape, np.nan)
    return ParameterMap(mu, sigma, np.full(shape, -1, np.int8), nothing, nothing.copy())


def _enter(found: ParameterMap, place: tuple[int, int], outcome: Outcome) -> None:
    found.verdict[place] = VERDICTS.index(outcome.verdict)
    if outcome.is_soliton:
        found.mass[place], found.speed[place] = outcome.mass, outcome.speed


def _copy(found: ParameterMap) -> ParameterMap:
    return ParameterMap(
        found.mu, found.sigma, found.verdict.copy(), found.mass.copy(), found.speed.copy()
    )
