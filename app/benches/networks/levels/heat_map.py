"""A square of cells with names: a matrix in colours, or a table of pairs that fills up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.benches.networks.figures.colour_scale import scale_colour
from app.benches.networks.levels.colours import colours
from core.networks.node import Table

LEGEND_WIDTH = 92.0
WIDEST_NAME = 96.0
LEAST_FOR_NAMES = 9.0
"""Cells lower than this have no room for a name beside them."""

DECADES = 6
"""A logarithmic scale reaches from the largest value down so many powers of ten."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What the map shows.

    Attributes
    ----------
    names : tuple of str
    values : float64[n, n]
        NaN where nothing is known yet.
    tip : callable of (row, column) to str
    unit : str
        Named at the legend, which is left out where the unit is empty.
    now : (int, int) or None
        The cell that is at work.
    top : float or None
        The value at the top of the scale, where it is not the largest one shown.
    has_diagonal : bool
        Whether the diagonal is on the same scale; otherwise it is drawn quietly.
    """

    names: tuple[str, ...]
    values: Table
    tip: Callable[[int, int], str]
    unit: str = ""
    now: tuple[int, int] | None = None
    top: float | None = None
    has_diagonal: bool = False


NO_CELLS = Cells((), np.zeros((0, 0)), lambda row, column: "")


class HeatMap(QWidget):
    """Paints the cells; one of them is picked by the mouse or by arrow keys."""

    picked = Signal(int, int)
    """(row, column)."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._colours = colours(palette)
        self._cells = NO_CELLS
        self._picked: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self._is_logarithmic = False
        self._image: QImage | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 90)
        self.setAccessibleName("Matrix of pairs")

    @property
    def cells(self) -> Cells:
        """What is shown."""
        return self._cells

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The picked cell."""
        return self._picked

    def show_cells(self, cells: Cells) -> None:
        """Show another matrix; the picked cell stays where the names are the same."""
        if cells.names != self._cells.names:
            self._picked = self._hovered = None
        self._cells, self._image = cells, None
        self.update()

    def pick(self, cell: tuple[int, int] | None) -> None:
        """Mark a cell as picked without saying so."""
        self._picked = cell
        self.update()

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Spread small values over the colours."""
        self._is_logarithmic, self._image = is_logarithmic, None
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours, self._image = colours(palette), None
        self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is."""
        square, side = self._square()
        return QRectF(square.left() + column * side, square.top() + row * side, side, side)

    # -- places ----------------------------------------------------------------------------------

    def _square(self) -> tuple[QRectF, float]:
        count = max(len(self._cells.names), 1)
        legend = LEGEND_WIDTH if self._cells.unit else 0.0
        left = top = 4.0
        for _ in range(2):  # names take room only where cells are high enough for them
            room = min(self.width() - left - legend - 8.0, self.height() - top - 6.0)
            side = max(room, 8.0) / count
            if side < LEAST_FOR_NAMES or left > 4.0:
                break
            metrics = QFontMetricsF(self._small(side))
            widest = max((metrics.horizontalAdvance(n) for n in self._cells.names), default=0.0)
            left = 8.0 + min(widest, WIDEST_NAME)
            top = 4.0 + min(widest, WIDEST_NAME) * 0.72 + 6.0
        return QRectF(left, top, side * count, side * count), side

    def _small(self, side: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(round(min(max(side * 0.8, 7.0), 11.0)))
        return font

    def _at(self, x: float, y: float) -> tuple[int, int] | None:
        square, side = self._square()
        count = len(self._cells.names)
        column, row = int((x - square.left()) // side), int((y - square.top()) // side)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    # -- events ----------------------------------------------------------------------------------

    def mousePressEvent(self, press: QMouseEvent) -> None:
        cell = self._at(press.position().x(), press.position().y())
        if cell is not None and press.button() == Qt.MouseButton.LeftButton:
            self._choose(cell)

    def mouseMoveEvent(self, move: QMouseEvent) -> None:
        cell = self._at(move.position().x(), move.position().y())
        if cell != self._hovered:
            self._hovered = cell
            self.update()

    def leaveEvent(self, leave: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(leave)

    def keyPressEvent(self, key: QKeyEvent) -> None:
        way = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(key.key())
        last = len(self._cells.names) - 1
        if way is None or last < 0:
            super().keyPressEvent(key)
            return
        row, column = self._picked or (0, 0)
        if self._picked is not None:
            row, column = min(max(row + way[0], 0), last), min(max(column + way[1], 0), last)
        self._choose((row, column))

    def event(self, happening: QEvent) -> bool:
        if happening.type() == QEvent.Type.ToolTip and isinstance(happening, QHelpEvent):
            cell = self._at(happening.pos().x(), happening.pos().y())
            text = "" if cell is None else self._cells.tip(*cell)
            QToolTip.showText(happening.globalPos(), f"<qt>{escape(text)}</qt>" if text else "")
            return True
        return super().event(happening)

    def _choose(self, cell: tuple[int, int]) -> None:
        self._picked = cell
        self.setAccessibleDescription(self._cells.tip(*cell))
        self.update()
        self.picked.emit(*cell)

    # -- painting --------------------------------------------------------------------------------

    def largest(self) -> float:
        """Return the value at the top of the scale."""
        values = self._cells.values
        if self._cells.top is not None:
            return max(self._cells.top, 1e-300)
        if not self._cells.has_diagonal:
            values = np.where(np.eye(len(values), dtype=bool), np.nan, values)
        known = values[np.isfinite(values)]
        return float(known.max()) if known.size and known.max() > 0 else 1.0

    def paintEvent(self, _paint: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colours
        count = len(self._cells.names)
        if not count:
            return
        square, side = self._square()
        if self._image is None:
            self._image = self._drawn(colour)
        painter.drawImage(square, self._image)
        if side >= 5.0:
            painter.setPen(QPen(colour["canvas"], 1.0))
            for k in range(count + 1):
                x, y = square.left() + k * side, square.top() + k * side
                painter.drawLine(QPointF(x, square.top()), QPointF(x, square.bottom()))
                painter.drawLine(QPointF(square.left(), y), QPointF(square.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if side >= LEAST_FOR_NAMES:
            self._paint_names(painter, colour, square, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        marks = ((self._cells.now, "text"), (self._hovered, "muted_text"))
        for cell, role in (*marks, (self._picked, "text")):
            if cell is not None:
                painter.setPen(QPen(colour[role], 2.0))
                painter.drawRect(self.cell_rect(*cell).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._cells.unit:
            self._paint_legend(painter, colour, square)

    def _drawn(self, colour: Mapping[str, QColor]) -> QImage:
        """Return the cells as an image of one pixel each."""
        values, count = self._cells.values, len(self._cells.names)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = values / self.largest()
            if self._is_logarithmic:
                shares = 1.0 + np.log10(np.where(shares > 0, shares, 1e-300)) / DECADES
        is_known = np.isfinite(values)
        levels = (np.clip(np.where(is_known, shares, 0.0), 0.0, 1.0) * 255).astype(np.intp)
        pixels = _scale_pixels()[levels]
        pixels[~is_known] = colour["surface_raised"].rgb()
        if not self._cells.has_diagonal:
            np.fill_diagonal(pixels, colour["bar_track"].rgb())
        image = QImage(pixels.tobytes(), count, count, 4 * count, QImage.Format.Format_RGB32)
        return image.copy()

    def _paint_names(
        self, painter: QPainter, colour: Mapping[str, QColor], square: QRectF, side: float
    ) -> None:
        font = self._small(side)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        lit = {*(self._picked or ()), *(self._hovered or ())}
        for k, name in enumerate(self._cells.names):
            painter.setPen(colour["text" if k in lit else "muted_text"])
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, WIDEST_NAME)
            row = QRectF(0.0, square.top() + k * side, square.left() - 5.0, side)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            painter.save()
            painter.translate(square.left() + (k + 0.5) * side, square.top() - 4.0)
            painter.rotate(-46.0)
            painter.drawText(QPointF(0.0, metrics.capHeight() / 2), text)
            painter.restore()

    def _paint_legend(
        self, painter: QPainter, colour: Mapping[str, QColor], square: QRectF
    ) -> None:
        left = square.right() + 14.0
        height = max(square.height() - 4.0, 40.0)
        steps = 64
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k in range(steps):
            painter.setBrush(QColor(scale_colour(1 - (k + 0.5) / steps)))
            painter.drawRect(
                QRectF(left, square.top() + k * height / steps, 10.0, height / steps + 1.0)
            )
        font = self._small(14.0)
        painter.setFont(font)
        painter.setPen(colour["muted_text"])
        largest = self.largest()
        for share in (1.0, 0.5, 0.0):
            if share == 0.5 and largest == round(largest):
                continue
            if self._is_logarithmic:
                value = largest * 10 ** (DECADES * (share - 1.0))
                text = f"{value:.0e}" if share else f"≤{value:.0e}"
            else:
                value = largest * share
                text = f"{value:.3g}"
            text = f"{text} {self._cells.unit}" if share == 1.0 else text
            y = square.top() + min(max((1.0 - share) * height, 6.0), height - 6.0)
            place = QRectF(left + 14.0, y - 7.0, LEGEND_WIDTH - 20.0, 14.0)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
            )


@cache
def _scale_pixels() -> np.ndarray:
    """Return 256 colours of the scale as pixels."""
    colours = [QColor(scale_colour(k / 255)).rgb() for k in range(256)]
    return np.array(colours, dtype=np.uint32)


def pair_grid(
    count: int, pairs: Sequence[tuple[int, int, int]], names: Sequence[str]
) -> tuple[tuple[str, ...], Table]:
    """Return the table of pairs with the distance of each pair that is made, 0 on the diagonal."""
    values = np.full((count, count), np.nan)
    np.fill_diagonal(values, 0.0)
    for first, second, distance in pairs:
        values[first, second] = values[second, first] = float(distance)
    return tuple(names), values
