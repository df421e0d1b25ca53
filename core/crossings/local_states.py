"""Local causal states of a world: a space-time block of it, its symbols, and their light cones."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.near_part import can_be_cut, near_part
from core.automata.regions import Box
from core.automata.rules.rule import Rule
from core.automata.space_time_block import SpaceTimeBlock, space_time_block
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.boundaries.cone_clusters import clustered_cones
from core.boundaries.light_cone_sensitivity import light_cone_sensitivity
from core.boundaries.light_cones import LightCones
from core.boundaries.local_causal_states import (
    ALPHA,
    LocalCausalStates,
    local_causal_states,
    states_of_cones,
)
from core.boundaries.quantising import quantised
from core.progress import Progress

USUAL_SYMBOLS = 4
USUAL_CLUSTERS = 16
DEPTHS = {1: (3, 2), 2: (1, 1)}
"""Past and future for worlds of one and of two dimensions, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class LocalStatesSettings:
    """What is looked at, and how.

    Attributes
    ----------
    steps, skip, every : int
    region : (x, y, width, height) or None
    channel : int
        As of `space_time_block`.
    past, future : int or None
        Depths of the cones in slices; None for what suits the dimensions.
    speed : int or None
        Cells a slice; None for as far as the rule sees, and 1 for a field.
    alpha : float
        As of `local_causal_states`.
    symbols : int
        Into how many the values of a field are divided.
    clusters : int
        In place of symbols: how many typical cones of a field there are; 0 for symbols.
    seed : int
        Of the search for typical cones.
    sensitivity : bool
        Whether cells of states are changed one by one too.
    """

    steps: int
    region: Box | None = None
    skip: int = 0
    every: int = 1
    channel: int = 0
    past: int | None = None
    future: int | None = None
    speed: int | None = None
    alpha: float = ALPHA
    symbols: int = USUAL_SYMBOLS
    clusters: int = 0
    seed: int = 0
    sensitivity: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class WorldLocalStates:
    """The block, its local causal states, and what changes of its cells do.

    Attributes
    ----------
    edges : float64[k - 1]
        Between the symbols of a field; empty for states and for typical cones.
    sensitivity : int32[...] or None
        See `light_cone_sensitivity`.
    """

    block: SpaceTimeBlock
    states: LocalCausalStates
    edges: npt.NDArray[np.float64]
    sensitivity: npt.NDArray[np.int32] | None = None

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return all that was found as arrays by name, as an NPZ holds them."""
        found, block = self.states, self.block
        arrays = {
            "labels": found.labels,
            "complexity": found.complexity_field(),
            "cells": block.values,
            "generations": block.start + block.every * np.arange(len(block.values)),
            "box": np.array(block.box),
            "counts": found.counts,
            "future_counts": found.future_counts,
            "futures": found.futures,
            "future_offsets": np.array(found.cones.future_offsets()),
            "pasts": found.pasts,
            "past_offsets": np.array(found.cones.past_offsets()),
            "transitions": found.transitions,
            "edges": self.edges,
        }
        if self.sensitivity is not None:
            arrays["sensitivity"] = self.sensitivity
        return arrays


def local_states_of_world(
    world: World, settings: LocalStatesSettings, progress: Progress | None = None
) -> WorldLocalStates:
    """Return the local causal states of what a world does from its present state on.

    Raises
    ------
    AutomataError, BoundaryError
        See `space_time_block` and `local_causal_states`.
    """
    world = _nearer(world, settings)
    block = space_time_block(
        world,
        settings.steps,
        region=settings.region,
        skip=settings.skip,
        every=settings.every,
        channel=settings.channel,
        progress=_part(progress, 0.0, 0.3),
    )
    cones = _cones(world, settings, block.wraps)
    last = 0.7 if settings.sensitivity and block.states else 1.0
    states, edges = _states(block, cones, settings, _part(progress, 0.3, last))
    sensitivity = None
    if settings.sensitivity and block.states:
        sensitivity = world_sensitivity(world, block, cones, settings, _part(progress, last, 1.0))
    return WorldLocalStates(block, states, edges, sensitivity)


def world_sensitivity(
    world: World,
    block: SpaceTimeBlock,
    cones: LightCones,
    settings: LocalStatesSettings,
    progress: Progress | None = None,
) -> npt.NDArray[np.int32]:
    """Return how many cells of its future cone a change of each cell changes.

    A twin has the same random numbers at the same generations, so that only the change counts.
    """
    stepper = make_stepper(world)
    stepper.step(settings.skip, progress)
    x, y, width, height = block.box
    is_flat = block.values.ndim == 2
    reached = 0

    def twin(time: int, cells: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        nonlocal reached
        stepper.step((time - reached) * block.every)
        reached = time
        kept = stepper.snapshot()
        stepper.paste(cells[None] if is_flat else cells, x, y)
        seen = []
        for _ in range(cones.future):
            stepper.step(block.every)
            frame = stepper.frame(x, y, width, height)
            seen.append(frame[0] if is_flat else frame)
        stepper.restore(kept)
        return np.stack(seen)

    return light_cone_sensitivity(block.values, block.states, cones, twin, progress)


def speed_of(rule: Rule) -> int:
    """Return how many cells influence travels in a step; 1 for a field, whose kernels reach far.

    A field changes by small amounts, so that what matters of it travels slower than its kernel is
    wide.
    """
    inner: Rule | None = getattr(rule, "rule", None)
    if inner is not None:
        return speed_of(inner)
    if not rule.states:
        return 1
    offsets = getattr(rule, "offsets", None)
    if offsets is not None:
        return max(1, *(int(max(abs(dx), abs(dy))) for dx, dy in offsets))
    return int(getattr(rule, "radius", getattr(rule, "reach", 1)))


def _nearer(world: World, settings: LocalStatesSettings) -> World:
    """Return what matters of a world of a tree, where that is few cells; it is stepped sooner."""
    if settings.region is None or isinstance(world.cells, np.ndarray) or not can_be_cut(world):
        return world
    try:
        return near_part(world, settings.region, settings.skip + settings.steps)
    except TooLarge:
        return world


def _cones(world: World, settings: LocalStatesSettings, wraps: tuple[bool, ...]) -> LightCones:
    past, future = DEPTHS.get(world.rule.dimensions, (1, 1))
    speed = speed_of(world.rule) * settings.every if settings.speed is None else settings.speed
    return LightCones(
        past if settings.past is None else settings.past,
        future if settings.future is None else settings.future,
        speed,
        wraps,
    )


def _states(
    block: SpaceTimeBlock,
    cones: LightCones,
    settings: LocalStatesSettings,
    progress: Progress | None,
) -> tuple[LocalCausalStates, npt.NDArray[np.float64]]:
    none = np.zeros(0)
    if block.states:
        found = local_causal_states(
            block.values, block.states, cones, alpha=settings.alpha, progress=progress
        )
        return found, none
    if not settings.clusters:
        symbols, edges = quantised(block.values, settings.symbols)
        found = local_causal_states(
            symbols, len(edges) + 1, cones, alpha=settings.alpha, progress=progress
        )
        return found, edges
    past, future = (
        clustered_cones(
            block.values, settings.clusters, cones, offsets, seed=settings.seed, progress=progress
        )
        for offsets in (cones.past_offsets(), cones.future_offsets())
    )
    found = states_of_cones(
        past, future, block.values.shape, cones, alpha=settings.alpha, progress=progress
    )
    return found, none


class _Part(Progress):
    """A part of a longer computation: reports and is cancelled with the whole."""

    def __init__(self, whole: Progress, begin: float, end: float) -> None:
        super().__init__()
        self._whole, self._begin, self._end = whole, begin, end

    def report(self, fraction: float, message: str = "") -> None:
        """Report to the whole."""
        share = min(max(fraction, 0.0), 1.0)
        self._whole.report(self._begin + share * (self._end - self._begin), message)

    def check(self) -> None:
        """Ask the whole."""
        self._whole.check()


def _part(progress: Progress | None, begin: float, end: float) -> Progress | None:
    return None if progress is None else _Part(progress, begin, end)
