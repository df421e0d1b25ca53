"""How far a change of one cell spreads: the cells of its future cone that come out otherwise.

Unlike local causal states this asks the world itself: a twin with the cell changed is run on.
Cells whose cones do not meet are changed together.

Source: Shalizi et al., Automatic filters for the detection of coherent structure in spatiotemporal
systems (2006), local sensitivity.
"""

from collections.abc import Callable
from itertools import product

import numpy as np
import numpy.typing as npt

from core.boundaries.light_cones import LightCones, require_block, seen_from
from core.progress import Progress

States = npt.NDArray[np.uint8]
Twin = Callable[[int, States], States]
"""From a slice of the block and its cells, changed, to the next ``future`` slices of the twin."""


def light_cone_sensitivity(
    block: States,
    symbols: int,
    cones: LightCones,
    twin: Twin,
    progress: Progress | None = None,
) -> npt.NDArray[np.int32]:
    """Return for every cell how many cells of its future cone a change of it changes.

    -1 where a cone is not whole; the same cells have a local causal state. A cell is changed to
    the next state, the last to state 0.

    Parameters
    ----------
    block : uint8[T, W] or uint8[T, H, W]
    twin
        ``twin(t, cells)`` returns what the world does from ``cells`` in place of ``block[t]``.
    """
    require_block(block, cones)
    inside = cones.inside(block.shape)
    found = np.full(block.shape, -1, dtype=np.int32)
    times = range(inside[0].start, inside[0].stop)
    for place, time in enumerate(times):
        after = block[time + 1 : time + 1 + cones.future]
        for chosen in _apart(block.shape[1:], cones):
            if progress is not None:
                progress.report(place / len(times), "Changing cells one by one")
            cells = block[time].copy()
            cells[chosen] = (cells[chosen] + 1) % symbols
            differs = twin(time, cells) != after
            found[time][chosen] = _spread(differs, cones)[chosen]
        outside = np.ones(block.shape[1:], dtype=np.bool_)
        outside[inside[1:]] = False
        found[time][outside] = -1
    return found


def _apart(sides: tuple[int, ...], cones: LightCones) -> list[npt.NDArray[np.bool_]]:
    """Return masks that together choose every cell once, none with cones that meet in a mask.

    Where a circle is no multiple of the distance the cells left over at its end have masks of
    their own.
    """
    distance = 2 * cones.speed * cones.future + 1
    per_axis = []
    for side in sides:
        whole = side // distance * distance if side >= distance else 0
        places = np.arange(side)
        group = np.where(places < whole, places % distance, distance + places - whole)
        per_axis.append([group == each for each in np.unique(group)])
    if len(per_axis) == 1:
        return per_axis[0]
    return [down[:, None] & across for down, across in product(*per_axis)]


def _spread(differs: npt.NDArray[np.bool_], cones: LightCones) -> npt.NDArray[np.int32]:
    """Return for every cell how many cells in its future cone differ."""
    total = np.zeros(differs.shape[1:], dtype=np.int32)
    rim = cones.speed * cones.future
    circles = [(rim, rim) if is_circle else (0, 0) for is_circle in cones.wraps]
    ends = [(0, 0) if is_circle else (rim, rim) for is_circle in cones.wraps]
    padded = np.pad(np.pad(differs, [(0, 0), *circles], mode="wrap"), [(0, 0), *ends])
    here = tuple(slice(rim, rim + side) for side in differs.shape[1:])
    for time, *space in cones.future_offsets():
        total += seen_from(padded[time - 1], here, tuple(space))
    return total
