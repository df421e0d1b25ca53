"""Of a plane too large to draw cells on, what matters to a region in the time it is looked at."""

import numpy as np

from core.automata.near_part import can_be_cut, near_part
from core.automata.regions import Box
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.boundaries.errors import TooManyValues
from core.crossings.region_settings import RegionSettings
from core.crossings.region_variation import MOST_CELLS, ROOM


def nearby(world: World, region: Box, settings: RegionSettings) -> World:
    """Return the world, or what can reach the region's parts where it is a tree of many cells.

    Random cells farther out could reach no part in time, so that what is told is as if they were
    there.

    Raises
    ------
    TooManyValues
        When a world too large cannot be cut, or the parts could leave what was cut out.
    TooLarge
        When the region, with what can reach it, is too large.
    """
    if isinstance(world.cells, np.ndarray):
        return world
    box = make_stepper(world).bounding_box()
    if box is None or box[2] * box[3] <= MOST_CELLS:
        return world
    span = f"What lives spans {box[2]:,} by {box[3]:,} cells, more than the {MOST_CELLS:,} that "
    if not can_be_cut(world):
        raise TooManyValues(
            f"{span}ensembles are drawn on; copy the region into a world of its own."
        )
    if settings.is_co_moving:
        raise TooManyValues(
            f"{span}parts can be followed on; let the parts stay where they are, or copy the "
            "region into a world of its own."
        )
    layers = settings.layers or 1
    parts = layers + (settings.reach or layers)
    phases = 0 if settings.vary == "outside" else settings.phases
    return near_part(world, region, parts + ROOM + settings.burn_in + settings.steps + phases)
