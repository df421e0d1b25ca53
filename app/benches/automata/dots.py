"""How particles are drawn: rimmed dots, in three dimensions the nearer the larger and lighter."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

RIM = "#14161b"
DIAMETER = 0.45
"""Of a dot, in units of the world."""

RIM_WIDTH = 0.22
"""In diameters of the dot."""

LAYERS = 6
"""Depths that are told apart."""

FARTHEST_SHADE, NEAREST_SHADE = 120, 255
FARTHEST_SIZE, NEAREST_SIZE = 0.7, 1.15

Places = npt.NDArray[np.float32]


def layers(points: Places) -> Iterator[tuple[Places, str, float]]:
    """Yield the places in the plane from the farthest to the nearest, with colour and size.

    Parameters
    ----------
    points : float32[n, 2 or 3]
        The largest third coordinate is nearest to who looks.

    Yields
    ------
    places : float32[m, 2]
    colour : str
    size : float
        In usual diameters.
    """
    if points.shape[1] == 2:
        yield points, "#ffffff", 1.0
        return
    z = points[:, 2]
    low, high = float(z.min()), float(z.max())
    layer = np.minimum((z - low) / max(high - low, 1e-9) * LAYERS, LAYERS - 1).astype(int)
    for number in range(LAYERS):
        near = number / (LAYERS - 1)
        shade = round(FARTHEST_SHADE + near * (NEAREST_SHADE - FARTHEST_SHADE))
        places = points[layer == number, :2]
        if len(places):
            size = FARTHEST_SIZE + near * (NEAREST_SIZE - FARTHEST_SIZE)
            yield places, f"#{shade:02x}{shade:02x}{shade:02x}", size
