"""As many cells of a region as a picture shows, and how many each part has; no Qt."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.benches.boundaries.parts import BY_NUMBER, PARTS, Part
from core.boundaries.ensemble import Ensemble

Mask = npt.NDArray[np.uint8]

MOST_SIDE = 192
"""Cells along a side of the picture; of more every second, third, … is shown."""


@dataclass(frozen=True, eq=False)
class RegionPicture:
    """What there is to draw of a region.

    Attributes
    ----------
    mask : uint8[rows, columns]
        Numbers of parts, 0 for none.
    sample : array[rows, columns]
        A state of the world.
    step : int
        Every how many cells one is shown.
    shape : (int, int)
        Rows and columns of all cells.
    counts : tuple of (Part, int)
        Cells of each part that there is.
    """

    mask: Mask
    sample: npt.NDArray[Any]
    step: int
    shape: tuple[int, int]
    counts: tuple[tuple[Part, int], ...]

    def told(self, column: int, row: int) -> str:
        """Return what a cell of the picture is."""
        part = BY_NUMBER.get(int(self.mask[row, column]))
        where = f"cell ({self.step * column}, {self.step * row})"
        if part is None:
            return f"{where}: outside all parts"
        return f"{where}: {part.letter}, {part.title}. {part.meaning}"


def region_picture(ensemble: Ensemble) -> RegionPicture | None:
    """Return what there is to draw of an ensemble's region, None where it has no picture."""
    mask = ensemble.mask
    if not mask.size:
        return None
    numbers = np.bincount(mask.ravel(), minlength=len(PARTS) + 1)
    step = -(-max(mask.shape) // MOST_SIDE)
    small = mask[::step, ::step]
    frame = ensemble.frame
    return RegionPicture(
        small,
        frame[::step, ::step] if frame.size else np.zeros_like(small),
        step,
        (mask.shape[0], mask.shape[1]),
        tuple((part, int(numbers[part.number])) for part in PARTS if numbers[part.number]),
    )
