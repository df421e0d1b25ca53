"""Which cell of a bounded world lies beyond its edge, for every kind of joined sides.

Source: the joins of Golly's bounded grids, https://golly.sourceforge.io/Help/bounded.html.
"""

import numpy as np
import numpy.typing as npt

from core.automata.topology import Topology

Integers = npt.NDArray[np.int64]

NOWHERE = -1


def neighbour_at(
    topology: Topology, x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[Integers, Integers]:
    """Return the x and y of the cells at places that may lie beyond the edge.

    Both are `NOWHERE` where there is no cell, as around a plane.
    """
    width, height = topology.width, topology.height
    across, down = np.broadcast_arrays(np.asarray(x, np.int64), np.asarray(y, np.int64))
    across, down = across.copy(), down.copy()
    if topology.kind == "torus":
        _shift(topology, across, down)
    elif topology.kind == "klein":
        _twist(topology, across, down)
    elif topology.kind == "cross-surface":
        outside = (across // width) % 2 != 0
        across %= width
        down[outside] = height - 1 - down[outside]
        outside = (down // height) % 2 != 0
        down %= height
        across[outside] = width - 1 - across[outside]
    elif topology.kind == "sphere":
        _fold(width, across, down)
    elif topology.kind == "reflecting":
        _reflect(across, width)
        _reflect(down, height)
    is_out = (across < 0) | (across >= width) | (down < 0) | (down >= height)
    across[is_out], down[is_out] = NOWHERE, NOWHERE
    return across, down


def halo(topology: Topology, reach: int) -> tuple[Integers, Integers]:
    """Return where the rim of a padded board takes its cells from, as flat indices into it.

    The padded board has `reach` cells more on every side; of what lies nowhere nothing is told.
    """
    width, height = topology.width, topology.height
    wide = width + 2 * reach
    y, x = np.mgrid[-reach : height + reach, -reach : width + reach]
    is_rim = (x < 0) | (x >= width) | (y < 0) | (y >= height)
    x, y = x[is_rim], y[is_rim]
    across, down = neighbour_at(topology, x, y)
    known = across != NOWHERE
    at = (y + reach) * wide + x + reach
    source = (down + reach) * wide + across + reach
    return at[known], source[known]


def rim_sources(
    topology: Topology, reach: int, shape: tuple[int, int]
) -> tuple[Integers, Integers]:
    """Return as `halo`, but for a board of any larger shape that has the padded one upper left."""
    wide = topology.width + 2 * reach
    at, source = (np.divmod(each, wide) for each in halo(topology, reach))
    return at[0] * shape[1] + at[1], source[0] * shape[1] + source[1]


def _shift(topology: Topology, across: Integers, down: Integers) -> None:
    width, height = topology.width, topology.height
    if topology.axis == "x":  # the top and bottom edges are shifted
        across += topology.shift * (down // height)
    elif topology.axis == "y":
        down += topology.shift * (across // width)
    across %= width
    down %= height


def _twist(topology: Topology, across: Integers, down: Integers) -> None:
    width, height = topology.width, topology.height
    # Golly shifts a twisted edge by one cell, and only where it has an even number of cells
    if topology.axis == "x":
        across %= width
        outside = (down // height) % 2 != 0
        moved = 1 if topology.shift and width % 2 == 0 else 0
        across[outside] = (width - 1 - across[outside] - moved) % width
        down %= height
    else:
        down %= height
        outside = (across // width) % 2 != 0
        moved = 1 if topology.shift and height % 2 == 0 else 0
        down[outside] = (height - 1 - down[outside] - moved) % height
        across %= width


def _fold(side: int, across: Integers, down: Integers) -> None:
    """Join top with left and bottom with right; corners lead back to themselves."""
    left, top, right, bottom = across < 0, down < 0, across >= side, down >= side
    corner = (left | right) & (top | bottom)
    last = 2 * side - 1
    for where, is_high, is_turned in (
        (top & ~corner, False, True),
        (left & ~corner, False, False),
        (bottom & ~corner, True, True),
        (right & ~corner, True, False),
    ):
        x, y = across[where], down[where]
        depth = y if is_turned else x
        inward = last - depth if is_high else -depth - 1
        across[where], down[where] = (inward, x) if is_turned else (y, inward)
    x, y = across[corner], down[corner]
    _reflect(x, side)
    _reflect(y, side)
    across[corner], down[corner] = x, y


def _reflect(places: Integers, side: int) -> None:
    places %= 2 * side
    np.minimum(places, 2 * side - 1 - places, out=places)
