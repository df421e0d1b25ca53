"""Boxes round the living parts of a torus that are too far from each other to meet in a step."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

GRAIN = 16
"""Living cells are gathered by squares of so many cells."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a torus, from (y, x) on."""

    y: int
    x: int
    height: int
    width: int


def live_boxes(alive: Mask, reach: int) -> list[Box]:
    """Return a box round each part of the living cells, parts farther apart than twice `reach`.

    On a torus; parts of one box may be farther apart than needed, never those of two boxes closer.
    """
    rows, columns = np.nonzero(alive)
    if not rows.size:
        return []
    labels = _labels(alive, 2 * reach)
    of_cell = labels[rows // GRAIN, columns // GRAIN]
    boxes = []
    for label in np.unique(of_cell):
        mine = of_cell == label
        y, height = cyclic_extent(_marked(rows[mine], alive.shape[0]))
        x, width = cyclic_extent(_marked(columns[mine], alive.shape[1]))
        boxes.append(Box(y, x, height, width))
    return boxes


def cyclic_extent(marks: Mask) -> tuple[int, int]:
    """Return the start and length of the shortest arc of a ring that holds all marks.

    Examples
    --------
    >>> cyclic_extent(np.array([True, False, False, False, True]))
    (4, 2)
    """
    at = np.flatnonzero(marks)
    gaps = np.diff(np.append(at, at[0] + marks.size))
    widest = int(np.argmax(gaps))
    return int(at[(widest + 1) % at.size]), int(marks.size - gaps[widest] + 1)


def separate_boxes(
    boxes: list[Box], size: tuple[int, int], padded: list[Box] | None = None
) -> list[Box]:
    """Return the boxes with those joined that overlap, or whose `padded` ones do, in pairs."""
    shown = padded or boxes
    left = list(range(len(boxes)))
    joined = []
    while left:
        first = left.pop(0)
        partner = next((i for i in left if _overlap(shown[first], shown[i], size)), None)
        if partner is None:
            joined.append(boxes[first])
        else:
            left.remove(partner)
            joined.append(_union(boxes[first], boxes[partner], size))
    return joined


def _overlap(a: Box, b: Box, size: tuple[int, int]) -> bool:
    in_y = (b.y - a.y) % size[0] < a.height or (a.y - b.y) % size[0] < b.height
    in_x = (b.x - a.x) % size[1] < a.width or (a.x - b.x) % size[1] < b.width
    return in_y and in_x


def _union(a: Box, b: Box, size: tuple[int, int]) -> Box:
    y, height = _arc(a.y, a.height, b.y, b.height, size[0])
    x, width = _arc(a.x, a.width, b.x, b.width, size[1])
    return Box(y, x, height, width)


def _arc(a: int, a_length: int, b: int, b_length: int, size: int) -> tuple[int, int]:
    from_a = max(a_length, (b - a) % size + b_length)
    from_b = max(b_length, (a - b) % size + a_length)
    return (a, min(from_a, size)) if from_a <= from_b else (b, min(from_b, size))


def _marked(places: npt.NDArray[np.intp], size: int) -> Mask:
    marks = np.zeros(size, dtype=bool)
    marks[places] = True
    return marks


def _labels(alive: Mask, distance: int) -> npt.NDArray[Any]:
    """Return a number for each square of cells, the same where living cells may be that near."""
    from scipy.ndimage import label

    height, width = (-(-side // GRAIN) for side in alive.shape)
    coarse = np.zeros((height, width), dtype=bool)
    rows, columns = np.nonzero(alive)
    coarse[rows // GRAIN, columns // GRAIN] = True
    wide = coarse.copy()
    # Half the distance for each of two parts, and half a square for where in it a cell lies.
    for _ in range(-(-distance // (2 * GRAIN))):
        for axis in (0, 1):
            wide = wide | np.roll(wide, 1, axis) | np.roll(wide, -1, axis)
    numbers, count = label(wide, structure=np.ones((3, 3), dtype=int))
    same = np.arange(count + 1)
    for a, b in (*_across(numbers), *_across(numbers.T)):
        low, high = sorted((same[a], same[b]))
        same[same == high] = low
    return np.asarray(same[numbers])


def _across(numbers: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """Return the pairs of labels that touch over the seam between the last and the first row."""
    width = numbers.shape[1]
    pairs = []
    for x in np.flatnonzero(numbers[-1]):
        for beside in (x - 1, x, x + 1):
            other = numbers[0, beside % width]
            if other:
                pairs.append((int(numbers[-1, x]), int(other)))
    return pairs
