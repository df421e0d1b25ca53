"""What covers the window while a file is dragged over it: where to let go, and what happens."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget


def files_in(data: QMimeData) -> list[Path]:
    """Return the local files that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropOverlay(QWidget):
    """Offers "open" and, where a study is open, "add to the study"."""

    open_dropped = Signal(object)
    add_dropped = Signal(object)

    def __init__(self, icon: Callable[[str, str], QIcon], window: QWidget) -> None:
        super().__init__(window)
        self._icon = icon
        self._colours: Mapping[str, str] = {}
        self._can_add = False
        self._at = QPointF()
        self._name = ""
        self.setAcceptDrops(True)
        self.hide()

    def begin(self, paths: list[Path], *, can_add: bool, colours: Mapping[str, str]) -> None:
        """Cover the window for the time of the drag."""
        self._can_add, self._colours = can_add, colours
        self._name = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()

    def adds_at(self, where: QPointF) -> bool:
        """Whether letting go at this place adds to the study."""
        return self._can_add and where.x() > self.width() / 2

    def dragEnterEvent(self, what: QDragEnterEvent) -> None:
        if files_in(what.mimeData()):
            what.acceptProposedAction()

    def dragMoveEvent(self, what: QDragMoveEvent) -> None:
        self._at = what.position()
        what.acceptProposedAction()
        self.update()

    def dragLeaveEvent(self, what: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, what: QDropEvent) -> None:
        self.hide()
        paths = files_in(what.mimeData())
        if paths:
            what.acceptProposedAction()
            add = self.adds_at(what.position())
            (self.add_dropped if add else self.open_dropped).emit(paths)

    def paintEvent(self, _what: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._colours["window"])
        veil.setAlphaF(0.86)
        painter.fillRect(self.rect(), veil)
        room = QRectF(self.rect()).adjusted(32, 32, -32, -32)
        if not self._can_add:
            self._paint_place(painter, room, "open", f"Open {self._name}", lit=True)
            return
        half = (room.width() - 24) / 2
        left = QRectF(room.left(), room.top(), half, room.height())
        right = QRectF(room.right() - half, room.top(), half, room.height())
        adds = self.adds_at(self._at)
        self._paint_place(painter, left, "open", f"Open {self._name}", lit=not adds)
        self._paint_place(painter, right, "import", f"Add {self._name} to the study", lit=adds)

    def _paint_place(
        self, painter: QPainter, room: QRectF, icon: str, text: str, *, lit: bool
    ) -> None:
        accent = QColor(self._colours["accent" if lit else "border"])
        wash = QColor(accent)
        wash.setAlphaF(0.10 if lit else 0.04)
        painter.setBrush(wash)
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(room, 12, 12)
        role = "accent" if lit else "muted_text"
        pixmap = self._icon(icon, role).pixmap(48, 48)
        centre = room.center()
        painter.drawPixmap(QPointF(centre.x() - 24, centre.y() - 48), pixmap)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._colours["text" if lit else "muted_text"]))
        below = QRectF(room.left() + 16, centre.y() + 12, room.width() - 32, 60)
        place = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(place) | int(Qt.TextFlag.TextWordWrap), text)
