"""What the observer believes: a bar for each state, the most probable first where many."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

ROW = 22
MOST_ROWS = 64


class BeliefView(QWidget):
    """Paints Pr(state | word) as bars; the state that the process is in has a dot."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._belief: np.ndarray = np.zeros(0)
        self._prior: np.ndarray = np.zeros(0)
        self._states: Sequence[str] = ()
        self._state = -1
        self._palette: Mapping[str, str] = {}
        self.setMinimumWidth(180)
        self.setAccessibleName("The observer's belief about the state")
        self.setToolTip(
            "Probability of each state for an observer of the symbols alone; "
            "the tick is the probability before any symbol, the dot the true state"
        )

    def sizeHint(self) -> QSize:
        return QSize(240, 24 + ROW * min(len(self._states) or 3, 8))

    def show_belief(
        self, states: Sequence[str], belief: np.ndarray, prior: np.ndarray, state: int
    ) -> None:
        """Show another belief."""
        self._states, self._belief, self._prior, self._state = states, belief, prior, state
        order = np.argsort(-belief, kind="stable")[:4]
        self.setAccessibleDescription(
            ", ".join(f"{states[i]} {belief[i]:.3f}" for i in order if belief[i] > 0)
        )
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar for each state."""
        if not self._palette or not len(self._belief):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        fits = max(1, min(self.height() // ROW, MOST_ROWS))
        order = list(range(len(self._belief)))
        if len(order) > fits:
            order = np.argsort(-self._belief, kind="stable")[:fits].tolist()
        widths = [painter.fontMetrics().horizontalAdvance(self._states[i]) for i in order]
        label = min(max(widths) + 20, self.width() // 3)
        value = painter.fontMetrics().horizontalAdvance("0.0000") + 8
        track = max(self.width() - label - value - 8, 20)
        for place, i in enumerate(order):
            top = place * ROW
            self._row(painter, i, QRectF(0, top, label - 8, ROW), QRectF(label, top + 5, track, 12))
            painter.setPen(QColor(self._palette["text"]))
            where = QRectF(label + track + 8, top, value, ROW)
            painter.drawText(where, _MIDDLE | Qt.AlignmentFlag.AlignLeft, f"{self._belief[i]:.4f}")
        painter.end()

    def _row(self, painter: QPainter, i: int, name: QRectF, bar: QRectF) -> None:
        colours = self._palette
        painter.setPen(QColor(colours["text"]))
        text = painter.fontMetrics().elidedText(
            self._states[i], Qt.TextElideMode.ElideRight, int(name.width() - 12)
        )
        painter.drawText(name.adjusted(12, 0, 0, 0), _MIDDLE | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(Qt.PenStyle.NoPen)
        if i == self._state:
            painter.setBrush(QColor(colours["accent"]))
            painter.drawEllipse(QRectF(0, name.center().y() - 4, 8, 8))
        painter.setBrush(QColor(colours["bar_track"]))
        painter.drawRoundedRect(bar, 3, 3)
        share = float(np.clip(self._belief[i], 0.0, 1.0))
        if share > 0:
            painter.setBrush(QColor(colours["bar"]))
            painter.drawRoundedRect(
                QRectF(bar.x(), bar.y(), bar.width() * share, bar.height()), 3, 3
            )
        tick = bar.x() + bar.width() * float(np.clip(self._prior[i], 0.0, 1.0))
        painter.setBrush(QColor(colours["text"]))
        painter.drawRect(QRectF(tick - 0.75, bar.y() - 2, 1.5, bar.height() + 4))


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
