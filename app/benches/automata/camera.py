"""Which part of a world a view shows: the cell in its middle and the size of a cell; no widgets."""

from dataclasses import dataclass, replace
from math import ceil, floor, sqrt

from app.benches.automata.world_frame import Viewport

SMALLEST_CELL = 2.0**-24
LARGEST_CELL = 96.0
FINEST = 8
"""A continuous field has at most so many pixels along a unit."""
ENOUGH_PIXELS = 20_000
"""A smooth field that is drawn between so many pixels looks no better with more of them."""

WORTH_WHOLE = 0.85
"""Cells of whole pixels are even; they may cost so much of the size that would fit."""

Board = tuple[float, float, float, float]
"""Left, top, right and bottom of what there is, in cells."""


@dataclass(frozen=True)
class Camera:
    """A view of `width` by `height` points with cell (`x`, `y`) in its middle.

    `scale` is the size of a cell in points, `ratio` the pixels of the screen to a point.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 4.0
    width: float = 1.0
    height: float = 1.0
    ratio: float = 1.0

    @property
    def visible(self) -> Board:
        """What is in sight."""
        across, down = self.width / self.scale / 2, self.height / self.scale / 2
        return self.x - across, self.y - down, self.x + across, self.y + down

    def cell_at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in cells under a point of the view."""
        return (
            self.x + (x - self.width / 2) / self.scale,
            self.y + (y - self.height / 2) / self.scale,
        )

    def point_at(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the view over a place in cells."""
        return (
            (x - self.x) * self.scale + self.width / 2,
            (y - self.y) * self.scale + self.height / 2,
        )

    def zoomed(self, factor: float, x: float, y: float) -> "Camera":
        """Return the camera with larger cells; what is under a point of the view stays there."""
        scale = min(max(self.scale * factor, SMALLEST_CELL), LARGEST_CELL)
        at = self.cell_at(x, y)
        return replace(
            self,
            scale=scale,
            x=at[0] - (x - self.width / 2) / scale,
            y=at[1] - (y - self.height / 2) / scale,
        )

    def panned(self, dx: float, dy: float) -> "Camera":
        """Return the camera after the world was dragged by so many points."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def fitted(self, board: Board, margin: float = 12.0) -> "Camera":
        """Return the camera with a part of the world in sight; cells of whole pixels if it can."""
        left, top, right, bottom = board
        room = max(self.width - 2 * margin, 8.0), max(self.height - 2 * margin, 8.0)
        scale = min(room[0] / max(right - left, 1e-9), room[1] / max(bottom - top, 1e-9))
        scale = min(max(scale, SMALLEST_CELL), LARGEST_CELL / 2)
        whole = floor(scale * self.ratio) / self.ratio
        if whole > WORTH_WHOLE * scale:
            scale = whole
        return replace(self, x=(left + right) / 2, y=(top + bottom) / 2, scale=scale)

    def viewport(self, board: Board | None, *, is_continuous: bool = False) -> Viewport:
        """Return what has to be asked of the world, no more than what there is of it."""
        left, top, right, bottom = self.visible
        if board is not None:
            left, top = max(left, board[0]), max(top, board[1])
            right, bottom = min(right, board[2]), min(bottom, board[3])
        pixel = 1 / (self.scale * self.ratio)
        shrink = max(1, floor(pixel + 1e-9))
        fine = 1
        if is_continuous:
            affordable = floor(sqrt(ENOUGH_PIXELS / max((right - left) * (bottom - top), 1.0)))
            fine = max(1, min(FINEST, affordable, round(1 / (4 * pixel))))
        x, y = floor(left / shrink) * shrink, floor(top / shrink) * shrink
        columns = max(0, ceil((right - x) / shrink)) * fine
        rows = max(0, ceil((bottom - y) / shrink)) * fine
        return Viewport(x, y, max(columns, 1), max(rows, 1), shrink, fine)
