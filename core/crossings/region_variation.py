"""How trajectories of an ensemble come to differ: other surroundings, other beginnings inside."""

import numpy as np
import numpy.typing as npt

from core.automata.stepper import Stepper
from core.automata.world import World
from core.boundaries.errors import TooManyValues
from core.crossings.region_parts import A, P, RegionParts, V
from core.crossings.region_settings import RegionSettings
from core.crossings.region_window import Place, Planes

ROOM = 32
"""Cells round the window that are drawn too where the world has no end."""

MOST_CELLS = 2**24
"""Of the board on which cells are drawn."""

ROW_DENSITY, PLANE_DENSITY = 0.5, 0.25


def varied(
    world: World,
    parts: RegionParts,
    place: Place,
    settings: RegionSettings,
    random: np.random.Generator,
) -> World:
    """Return the world with random cells where the settings want them.

    Parameters
    ----------
    world : World
    place : (x, y)
        Where the window of the parts lies now.
    """
    has_outside = settings.vary in ("outside", "both")
    has_inside = settings.vary in ("inside", "both") and settings.damage > 0
    if not has_outside and not has_inside:
        return world
    planes, origin = _board(world, parts, place)
    number_of = _parts_on(planes.shape[1:], origin, parts, place)
    if has_outside:
        is_free = (number_of != V) & (number_of != A) & (number_of != P)
        _draw(planes, is_free, world, settings, random, grain=_grain(world, parts))
    if has_inside:
        is_hurt = (number_of == V) & (random.random(number_of.shape) < settings.damage)
        _draw(planes, is_hurt, world, settings, random, grain=1)
    cells = planes.reshape(_shape(world, planes))
    return world.with_cells(cells, origin, world.generation)


def stirred(
    stepper: Stepper,
    world: World,
    parts: RegionParts,
    place: Place,
    settings: RegionSettings,
    random: np.random.Generator,
) -> None:
    """Redraw a share of the cells beyond E in a live world with an end, in blocks of a field.

    Parameters
    ----------
    world : World
        Which the stepper is of.
    place : (x, y)
        Where the window of the parts lies now.
    """
    planes = _planes(stepper.cells(), world)
    is_far = _parts_on(planes.shape[1:], stepper.origin(), parts, place) == 0
    grain = _grain(world, parts)
    blocks = [-(-side // grain) for side in is_far.shape]
    is_chosen = (random.random(blocks) < settings.stir).repeat(grain, 0).repeat(grain, 1)
    is_far &= is_chosen[: is_far.shape[0], : is_far.shape[1]]
    if is_far.any():
        _draw(planes, is_far, world, settings, random, grain=grain)
        stepper.replace(planes.reshape(_shape(world, planes)), stepper.origin())


def density_of(world: World, settings: RegionSettings) -> float:
    """Return which share of what is drawn lives."""
    if settings.density is not None:
        return settings.density
    return ROW_DENSITY if world.rule.dimensions == 1 else PLANE_DENSITY


def _draw(
    planes: Planes,
    where: npt.NDArray[np.bool_],
    world: World,
    settings: RegionSettings,
    random: np.random.Generator,
    *,
    grain: int,
) -> None:
    """Draw cells anew: states 1 and more, or values up to the level in blocks of `grain`."""
    density = density_of(world, settings)
    if world.rule.states:
        lives = random.random(where.shape) < density
        kinds = random.integers(1, world.rule.states, where.shape)
        planes[0][where] = np.where(lives, kinds, 0)[where]
        return
    channels = int(getattr(world.rule, "channels", 0)) or len(planes)
    for plane in planes[:channels]:
        height, width = plane.shape
        blocks = (-(-height // grain) + 1, -(-width // grain) + 1)
        lives = random.random(blocks) < density
        values = np.where(lives, random.random(blocks) * settings.level, 0.0)
        fine = values.repeat(grain, axis=0).repeat(grain, axis=1)
        top, left = random.integers(0, grain, 2)
        plane[where] = fine[top : top + height, left : left + width][where]


def _grain(world: World, parts: RegionParts) -> int:
    if world.rule.states:
        return 1
    return max(1, round(parts.window.setting.radius / 2))


def _board(world: World, parts: RegionParts, place: Place) -> tuple[Planes, Place]:
    """Return a copy of the cells as [planes, H, W], in a world without end with room round it."""
    planes = _planes(world.array, world)
    if parts.window.setting.area is not None:
        return planes.copy(), world.origin
    height, width = planes.shape[1:]
    x, y = world.origin
    tall = ROOM if world.rule.dimensions > 1 else 0
    left, top = min(x, place[0] - ROOM), min(y, place[1] - tall)
    right = max(x + width, place[0] + parts.window.width + ROOM)
    bottom = max(y + height, place[1] + parts.window.height + tall)
    if (right - left) * (bottom - top) > MOST_CELLS:
        raise TooManyValues(
            f"What lives and the region span {right - left:,} by {bottom - top:,} cells; ensembles "
            f"are drawn on up to {MOST_CELLS:,}."
        )
    board = np.zeros((len(planes), bottom - top, right - left), dtype=planes.dtype)
    board[:, y - top : y - top + height, x - left : x - left + width] = planes
    return board, (left, top)


def _planes(cells: Planes, world: World) -> Planes:
    """Return cells in the form of `World.cells` as [planes, H, W]."""
    if world.rule.states:
        return cells.reshape(1, -1, cells.shape[-1])
    return cells if cells.ndim == 3 else cells[:, None]


def _parts_on(
    shape: tuple[int, ...], origin: Place, parts: RegionParts, place: Place
) -> npt.NDArray[np.uint8]:
    """Return the numbers of the parts on the board, round joined edges too."""
    found = np.zeros(shape, dtype=np.uint8)
    axes = []
    for axis, size in ((0, parts.window.width), (1, parts.window.height)):
        at = np.arange(size) + place[axis] - origin[axis]
        side = shape[1 - axis]
        if parts.window.setting.wraps[axis]:
            axes.append((np.arange(size), at % side))
        else:
            is_there = (at >= 0) & (at < side)
            axes.append((np.flatnonzero(is_there), at[is_there]))
    (from_x, to_x), (from_y, to_y) = axes
    found[np.ix_(to_y, to_x)] = parts.mask[np.ix_(from_y, from_x)]
    return found


def _shape(world: World, planes: Planes) -> tuple[int, ...]:
    channels, height, width = planes.shape
    if world.rule.states:
        return (width,) if world.rule.dimensions == 1 else (height, width)
    return (channels, width) if world.rule.dimensions == 1 else (channels, height, width)
