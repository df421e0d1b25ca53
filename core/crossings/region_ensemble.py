"""An ensemble of a region of a world: many runs that differ outside, inside, or both.

Each trajectory depends on the seed and its number alone. The parts stay where they are, or follow
what lives in V and A: where they are next depends on where it was before, so that what is asked
of them stays well posed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from core.automata.interventions import Intervention, is_lasting
from core.automata.lenia_kernel import rule_reach
from core.automata.regions import Box
from core.automata.rules.lenia import LeniaRule
from core.automata.rules.rule import Rule
from core.automata.run import Run
from core.automata.seeds import stream_of
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.boundaries.ensemble import Ensemble, check_values
from core.boundaries.errors import BoundaryError, TooManyValues
from core.crossings.local_states import speed_of
from core.crossings.region_features import RegionFeatures, region_features
from core.crossings.region_nearby import nearby
from core.crossings.region_parts import RegionParts, region_parts
from core.crossings.region_settings import RegionSettings
from core.crossings.region_variation import density_of, stirred, varied
from core.crossings.region_window import Place, Planes, weights_of
from core.progress import Progress

MOST_BYTES = 2**29
"""Of the beginnings from which trajectories start where the inside varies."""

CHECK_EVERY = 8
"""Steps between looks at whether somebody still wants the ensemble."""


class _Live(Protocol):
    """A live world that can be stepped: a `Run`, or a stepper by itself."""

    stepper: Stepper

    def step(self, steps: int = 1) -> None:
        """Make steps."""


class _Alone:
    """A stepper with nobody's hand in it."""

    def __init__(self, world: World) -> None:
        self.stepper = make_stepper(world)

    def step(self, steps: int = 1) -> None:
        """Make steps."""
        self.stepper.step(steps)


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """What all trajectories share."""

    parts: RegionParts
    features: RegionFeatures
    settings: RegionSettings
    interventions: tuple[Intervention, ...]
    progress: Progress


def region_ensemble(
    world: World,
    region: Box,
    settings: RegionSettings | None = None,
    *,
    interventions: Sequence[Intervention] = (),
    progress: Progress | None = None,
) -> Ensemble:
    """Return what the parts of a region do in many runs of a world.

    Parameters
    ----------
    world : World
        In the state from which the runs start.
    region : (x, y, width, height)
        In cells; of a row of cells y and height do not count.
    settings : RegionSettings
    interventions : sequence of Intervention
        Of the run that the world is of: what lasts, and what is yet to be done.

    Raises
    ------
    BoundaryError
        When the region does not suit the world, or the settings the region.
    TooManyValues
        When too much memory would be needed; nothing was allocated then.
    """
    settings = settings or RegionSettings()
    progress = progress or Progress()
    world = nearby(world, region, settings)
    plan = _planned(world, region, settings, tuple(interventions), progress)
    parts, features = plan.parts, plan.features
    starts = _starts(world, plan)
    count, length = settings.trajectories, settings.steps + 1
    told: Planes = np.empty((count, length, features.count), dtype=features.dtype)
    seeds = np.array([stream_of(settings.seed, i) >> 1 for i in range(count)], dtype=np.int64)
    frame = None
    for number in range(count):
        progress.report(number / count, f"Trajectory {number + 1:,} of {count:,}")
        first = _trajectory(plan, starts, int(seeds[number]), told[number])
        frame = first if frame is None else frame
    assert frame is not None
    series: dict[str, Any] = features.split(told)
    return Ensemble(
        f"{world.name or 'world'} region",
        **series,
        times=np.arange(length),
        seeds=seeds,
        lag=settings.lag or usual_lag(world.rule, parts.layers),
        labels=features.labels,
        source=_source(world, region, parts, settings),
        mask=parts.mask,
        frame=_picture(frame),
        note=_note(world.rule, parts, settings),
    )


def require_region_ensemble(world: World, region: Box, settings: RegionSettings) -> None:
    """Raise what `region_ensemble` would raise before its first run."""
    _planned(nearby(world, region, settings), region, settings, (), Progress())


def _planned(
    world: World,
    region: Box,
    settings: RegionSettings,
    interventions: tuple[Intervention, ...],
    progress: Progress,
) -> _Plan:
    """Return what all trajectories share, once it is known to fit the world and the memory."""
    parts = region_parts(world, region, settings)
    setting = parts.window.setting
    planes = 1 if setting.states else setting.channels or len(world.array)
    features = region_features(parts, settings, planes)
    check_values(settings.trajectories, settings.steps + 1, features.count)
    if settings.stir and setting.area is None:
        raise BoundaryError("Only a world with an end is stirred; give it a size.")
    if settings.is_co_moving and settings.outline == "scattered":
        raise BoundaryError("Scattered cells follow nothing; let them stay where they are.")
    if settings.is_co_moving and parts.middle is None:
        raise BoundaryError("Nothing lives in the region, so that there is nothing to follow.")
    return _Plan(parts, features, settings, interventions, progress)


def usual_lag(rule: Rule, layers: int) -> int:
    """Return the least number of steps in which something can cross a layer."""
    return layers // _reach_of(rule) + 1


def _starts(world: World, plan: _Plan) -> list[tuple[World, Place]]:
    """Return the worlds that trajectories start from, and where the parts are in each."""
    place = plan.parts.place
    if plan.settings.vary == "outside":
        return [(world, place)]
    count = plan.settings.phases
    if count * getattr(world.array, "nbytes", 0) > MOST_BYTES:
        raise TooManyValues(
            f"{count} beginnings of so large a world need too much memory; take fewer phases."
        )
    live = _live(world, plan)
    found = []
    for phase in range(count):
        plan.progress.check()
        stepper = live.stepper
        at = world.generation + phase
        found.append((world.with_cells(stepper.cells(), stepper.origin(), at), place))
        place = _followed(plan, plan.parts.window.read(stepper, place), place)
        live.step()
    return found


def _trajectory(plan: _Plan, starts: list[tuple[World, Place]], seed: int, told: Planes) -> Planes:
    """Fill in what one trajectory tells, and return its first state."""
    random = np.random.default_rng(seed)
    world, place = starts[int(random.integers(len(starts)))]
    world = varied(replace(world, seed=seed), plan.parts, place, plan.settings, random)
    live = _live(world, plan)
    burn_in, first = plan.settings.burn_in, None
    for step in range(burn_in + len(told)):
        if step % CHECK_EVERY == 0:
            plan.progress.check()
        planes = plan.parts.window.read(live.stepper, place)
        if step >= burn_in:
            told[step - burn_in] = plan.features.of(planes)
            first = planes if first is None else first
        place = _followed(plan, planes, place)
        if step + 1 < burn_in + len(told):
            live.step()
            if plan.settings.stir:
                stirred(live.stepper, world, plan.parts, place, plan.settings, random)
    assert first is not None
    return first


def _live(world: World, plan: _Plan) -> _Live:
    """Return the world alive, with hands in it that last or come later."""
    now = world.generation
    hands = [each for each in plan.interventions if is_lasting(each) or each.generation > now]
    return Run(world, hands, memory=1) if hands else _Alone(world)


def _followed(plan: _Plan, planes: Planes, place: Place) -> Place:
    """Return where the parts are at the next step."""
    parts = plan.parts
    if not plan.settings.is_co_moving or parts.middle is None:
        return place
    middle = parts.middle_of(weights_of(planes, parts.window.setting))
    if middle is None:
        return place
    up, along = middle[0] - parts.middle[0], middle[1] - parts.middle[1]
    return place[0] + round(along), place[1] + round(up)


def _reach_of(rule: Rule) -> int:
    """Return how far a cell sees in one step."""
    if isinstance(rule, LeniaRule):
        return max(1, rule_reach(rule))
    return speed_of(rule) if rule.states else max(1, round(getattr(rule, "radius", 1.0)))


def _picture(planes: Planes) -> Planes:
    """Return states, or values of a field from 0 to 1, as one plane."""
    is_states = planes.dtype.kind == "u"
    picture: Planes = planes[0] if is_states else np.clip(planes.sum(axis=0), 0.0, 1.0)
    return picture


def _source(world: World, region: Box, parts: RegionParts, settings: RegionSettings) -> str:
    density = density_of(world, settings)
    ways = {
        "outside": f"random cells outside (density {density:g})",
        "inside": f"{settings.phases} beginnings, damage {settings.damage:g}",
    }
    varied_by = ways.get(settings.vary) or "; ".join(ways.values())
    if settings.stir:
        varied_by += f", a share of {settings.stir:g} beyond E redrawn every step"
    moving = "moving with what lives in them" if settings.is_co_moving else "at rest"
    return (
        f"{world.rule.text}, region {','.join(map(str, region))} ({settings.outline}), layers of "
        f"{parts.layers} and E of {parts.reach} cells, {moving}; {varied_by}; seed {settings.seed}"
    )


def _note(rule: Rule, parts: RegionParts, settings: RegionSettings) -> str:
    lag = settings.lag or usual_lag(rule, parts.layers)
    is_at_rest_in_layers = not settings.is_co_moving and settings.outline != "scattered"
    if lag * _reach_of(rule) > parts.layers or not is_at_rest_in_layers:
        return ""
    return (
        f"In {lag} steps nothing can cross layers of {parts.layers} cells, whatever is in them: "
        "Infil and Exfil are 0 by locality. Take a longer lag or thinner layers."
    )
