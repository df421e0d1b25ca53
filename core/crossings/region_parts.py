"""Which cells round a region are its viscera V, active and passive boundary A and P, and E.

Layers by the distance from the edge of a rectangle, or of the body in it: V deeper than the width
of the layers, A the rest of the inside, P the first layer outside, E the next one.

Source: Critch, Boundaries part 3a (2022); layers of cells are our reading of it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.regions import Box
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.boundaries.ensemble import MOST_PIXELS
from core.boundaries.errors import BoundaryError, TooManyValues
from core.crossings.region_settings import RegionSettings
from core.crossings.region_window import Place, Window, weights_of, window_setting

V, A, P, E = 1, 2, 3, 4
"""Numbers of the parts in a mask; 0 is none of them."""

THRESHOLD = 0.1
"""Of the largest smoothed value: from here on a cell belongs to the body."""


@dataclass(frozen=True, eq=False, slots=True)
class RegionParts:
    """The parts in a window.

    Attributes
    ----------
    mask : uint8[h, w]
        1 V, 2 A, 3 P, 4 E, 0 none.
    place : (x, y)
        Where ``mask[0, 0]`` lies.
    window : Window
    layers, reach : int
        Widths of A and P, and of E, in cells.
    middle : (y, x) or None
        Centroid of what lives in V and A, None where nothing does.
    """

    mask: npt.NDArray[np.uint8]
    place: Place
    window: Window
    layers: int
    reach: int
    middle: tuple[float, float] | None

    def middle_of(self, weights: npt.NDArray[np.float64]) -> tuple[float, float] | None:
        """Return the centroid (y, x) of the weights of a window in V and A."""
        inside = np.where((self.mask == V) | (self.mask == A), weights, 0.0)
        total = float(inside.sum())
        if total <= 0:
            return None
        along_y, along_x = inside.sum(axis=1), inside.sum(axis=0)
        y = float(along_y @ np.arange(len(along_y))) / total
        return y, float(along_x @ np.arange(len(along_x))) / total


def region_parts(world: World, region: Box, settings: RegionSettings) -> RegionParts:
    """Return the parts of a region of a world in its present state.

    Raises
    ------
    BoundaryError
        Where there are no cells, no body, or no room for V within the layers.
    """
    setting = window_setting(world)
    region = _within(world, region)
    if region[2] * region[3] > MOST_PIXELS:
        raise TooManyValues(f"A region has at most {MOST_PIXELS:,} cells.")
    if settings.outline == "body":
        body, place = _body(world, region)
    else:
        body, place = np.ones((region[3], region[2]), dtype=np.bool_), (region[0], region[1])
    layers = settings.layers or _usual_layers(world, body)
    reach = settings.reach or layers
    margin = layers + reach
    above = 0 if world.rule.dimensions == 1 else margin
    if (body.shape[1] + 2 * margin) * (body.shape[0] + 2 * above) > MOST_PIXELS:
        raise TooManyValues(f"A region has at most {MOST_PIXELS:,} cells with its layers.")
    body = np.pad(body, ((above, above), (margin, margin)))
    place = (place[0] - margin, place[1] - above)
    mask = _layered(body, layers, reach, is_field=setting.states == 0)
    if not (mask == V).any():
        raise BoundaryError(
            f"Within layers of {layers} cells nothing is left of the region for its viscera; take "
            "a larger region or thinner layers."
        )
    if settings.outline == "scattered":
        mask, place = _scattered(world, mask, settings.seed), (0, 0)
    window = Window(setting, mask.shape[1], mask.shape[0])
    parts = RegionParts(mask, place, window, layers, reach, None)
    weights = weights_of(window.read(make_stepper(world), place), setting)
    return RegionParts(mask, place, window, layers, reach, parts.middle_of(weights))


def _usual_layers(world: World, body: npt.NDArray[np.bool_]) -> int:
    """Return 1, or in a field half the radius, but at most half of how deep the body is."""
    setting = window_setting(world)
    if setting.states:
        return 1
    from scipy.ndimage import distance_transform_edt

    row_or_plane = body[0] if len(body) == 1 else body
    deepest = float(distance_transform_edt(np.pad(row_or_plane, 1)).max())
    return max(1, min(round(setting.radius / 2), int(deepest / 2)))


def _layered(
    body: npt.NDArray[np.bool_], layers: int, reach: int, *, is_field: bool
) -> npt.NDArray[np.uint8]:
    """Return the mask of a body with room round it; states see along diagonals as along rows."""
    from scipy.ndimage import distance_transform_cdt, distance_transform_edt

    row_or_plane = body[0] if len(body) == 1 else body
    if is_field:
        inwards, outwards = map(distance_transform_edt, (row_or_plane, ~row_or_plane))
    else:
        inwards = distance_transform_cdt(row_or_plane, "chessboard")
        outwards = distance_transform_cdt(~row_or_plane, "chessboard")
    mask = np.zeros(row_or_plane.shape, dtype=np.uint8)
    mask[outwards <= layers + reach] = E
    mask[outwards <= layers] = P
    mask[row_or_plane & (inwards <= layers)] = A
    mask[inwards > layers] = V
    return mask.reshape(body.shape)


def _scattered(world: World, mask: npt.NDArray[np.uint8], seed: int) -> npt.NDArray[np.uint8]:
    """Return a mask of the whole world with as many cells of each part, drawn from the seed."""
    setting = window_setting(world)
    if setting.area is None:
        raise BoundaryError("Cells are scattered over a world with an end; give it a size.")
    if setting.area > MOST_PIXELS:
        raise TooManyValues(f"Cells are scattered over worlds of up to {MOST_PIXELS:,} cells.")
    found = np.zeros(setting.area, dtype=np.uint8)
    numbers = np.sort(mask[mask > 0])
    places = np.random.default_rng([seed, setting.area]).permutation(setting.area)
    if len(numbers) > len(places):
        raise BoundaryError("The world has fewer cells than the region with its layers.")
    found[places[: len(numbers)]] = numbers
    return found.reshape(-1, int(setting.sides[0]))


def _within(world: World, region: Box) -> Box:
    """Return the region, of a row of cells without y and height."""
    setting = window_setting(world)
    x, y, width, height = region
    if world.rule.dimensions == 1:
        y, height = 0, 1
    if width < 1 or height < 1:
        raise BoundaryError("A region has at least one cell.")
    across, along = (int(side) for side in setting.sides)
    ends = ((x, width, across), (y, height, along if world.rule.dimensions > 1 else 0))
    if any(side and not 0 <= start <= start + size <= side for start, size, side in ends):
        raise BoundaryError(
            f"The region {x},{y},{width},{height} is not within a world of {across:,} by "
            f"{max(along, 1):,} cells."
        )
    return x, y, width, height


def _body(world: World, region: Box) -> tuple[npt.NDArray[np.bool_], Place]:
    """Return the largest body in a region, and where the array begins.

    What is joined above a tenth of the largest value, after smoothing by a cell, or by an eighth
    of a field's radius.
    """
    from scipy.ndimage import gaussian_filter, label

    setting = window_setting(world)
    spread = max(1.0, setting.radius / 8)
    room = int(np.ceil(4 * spread))
    x, y, width, height = region
    above = 0 if world.rule.dimensions == 1 else room
    window = Window(setting, width + 2 * room, height + 2 * above)
    place = (x - room, y - above)
    weights = weights_of(window.read(make_stepper(world), place), setting)
    core = np.zeros_like(weights)
    inside = (slice(above, above + height), slice(room, room + width))
    core[inside] = weights[inside]
    sigma = (spread if above else 0.0, spread)
    smooth = gaussian_filter(core, sigma, mode="constant")
    if smooth.max() <= 0:
        raise BoundaryError("Nothing lives in the region, so that there is no body in it.")
    labels, count = label(smooth > THRESHOLD * smooth.max(), np.ones((3, 3)))
    masses = np.bincount(labels.ravel(), smooth.ravel(), minlength=count + 1)
    body = labels == 1 + int(masses[1:].argmax())
    rows, columns = np.flatnonzero(body.any(axis=1)), np.flatnonzero(body.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    cut = body[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return cut, (place[0] + left, place[1] + top)
