"""Rectangles of cells taken out, turned and mirrored; the last two axes are y and x."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError

Cells = npt.NDArray[Any]
Box = tuple[int, int, int, int]
"""x, y, width, height."""


def cropped(cells: Cells, box: Box, origin: tuple[int, int] = (0, 0)) -> Cells:
    """Return a copy of a rectangle; beyond the cells there is 0.

    Parameters
    ----------
    cells : array[..., H, W]
    box : (x, y, width, height)
    origin : (x, y)
        Where ``cells[..., 0, 0]`` lies.
    """
    x, y, width, height = box
    if width < 1 or height < 1:
        raise AutomataError("A region has at least one cell.")
    x, y = x - origin[0], y - origin[1]
    taken = np.zeros((*cells.shape[:-2], height, width), dtype=cells.dtype)
    left, top = max(0, x), max(0, y)
    right, bottom = min(cells.shape[-1], x + width), min(cells.shape[-2], y + height)
    if right > left and bottom > top:
        part = cells[..., top:bottom, left:right]
        taken[..., top - y : bottom - y, left - x : right - x] = part
    return taken


def rotated(cells: Cells, quarter_turns: int = 1) -> Cells:
    """Return cells turned clockwise as seen with y downwards."""
    return np.ascontiguousarray(np.rot90(cells, -quarter_turns, axes=(-2, -1)))


def mirrored(cells: Cells, axis: str) -> Cells:
    """Return cells with left and right exchanged (``"x"``), or top and bottom (``"y"``)."""
    if axis not in ("x", "y"):
        raise AutomataError(f"Cells are mirrored along x or y, not {axis!r}.")
    return np.ascontiguousarray(np.flip(cells, axis=-1 if axis == "x" else -2))


def trimmed(cells: Cells) -> tuple[Cells, tuple[int, int]]:
    """Return the rectangle of the cells that are not 0, and the (x, y) of its upper left."""
    alive = (cells != 0).reshape((-1, *cells.shape[-2:])).any(axis=0)
    rows, columns = np.flatnonzero(alive.any(axis=1)), np.flatnonzero(alive.any(axis=0))
    if not rows.size:
        return cells[..., :0, :0].copy(), (0, 0)
    x, y = int(columns[0]), int(rows[0])
    part = cells[..., y : int(rows[-1]) + 1, x : int(columns[-1]) + 1]
    return np.ascontiguousarray(part), (x, y)


def flooded(cells: Cells, x: int, y: int) -> npt.NDArray[np.bool_]:
    """Return the mask of the cells joined to (x, y) by sides whose value is the same.

    Parameters
    ----------
    cells : array[H, W]
    """
    from scipy.ndimage import label

    if not (0 <= x < cells.shape[1] and 0 <= y < cells.shape[0]):
        raise AutomataError("The place to fill from is outside of the world.")
    labels, _count = label(cells == cells[y, x])
    return np.asarray(labels == labels[y, x], dtype=np.bool_)
