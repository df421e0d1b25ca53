"""Names as chips that wrap; each can be taken away."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.canvas.contrast import mixed

CHIP_HEIGHT = 22
CROSS_WIDTH = 16
MOST_WIDTH = 190
ROWS_SHOWN = 3


class ChipList(QListWidget):
    """Shows names in the order they were chosen; Delete or the cross takes one away."""

    removed = Signal(str)

    def __init__(self, name: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setAccessibleName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = ChipDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setStyleSheet("QListWidget { background: transparent; border: none; }")

    def names(self) -> list[str]:
        """Return the names shown."""
        return [self.item(row).text() for row in range(self.count())]

    def show_names(self, names: Iterable[str]) -> None:
        """Show other names."""
        names = list(names)
        if names != self.names():
            self.clear()
            for name in names:
                self.addItem(name)
                self.item(self.count() - 1).setToolTip(name)
        self._fit()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._delegate.apply_palette(palette)
        self.viewport().update()

    def keyPressEvent(self, press: QKeyEvent) -> None:
        """Take the current chip away with Delete."""
        item = self.currentItem()
        if item is not None and press.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(item.text())
        else:
            super().keyPressEvent(press)

    def resizeEvent(self, resize: object) -> None:
        """Be as high as the chips, up to a few rows."""
        super().resizeEvent(resize)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        bottom = (
            max(
                (self.visualItemRect(self.item(row)).bottom() for row in range(self.count())),
                default=0,
            )
            + self.verticalScrollBar().value()
        )
        high = min(bottom + 4, ROWS_SHOWN * (CHIP_HEIGHT + 4))
        self.setFixedHeight(max(high, CHIP_HEIGHT + 4) if self.count() else 0)


class ChipDelegate(QStyledItemDelegate):
    """Draws a chip and hears the click on its cross."""

    def __init__(self, chips: ChipList) -> None:
        super().__init__(chips)
        self._chips = chips
        self._ground = QColor("#dddddd")
        self._text = self._muted = self._ring = QColor("#000000")

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._ground = QColor(mixed(palette["surface"], palette["accent"], 0.16))
        self._text = QColor(palette["text"])
        self._muted = QColor(palette["muted_text"])
        self._ring = QColor(palette["accent"])

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        wide = option.fontMetrics.horizontalAdvance(index.data()) + CROSS_WIDTH + 16
        return QSize(min(wide, MOST_WIDTH), CHIP_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        is_current = self._chips.currentRow() == index.row() and self._chips.hasFocus()
        painter.setPen(self._ring if is_current else Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(rect, 10.0, 10.0)
        room = rect.adjusted(8.0, 0.0, -CROSS_WIDTH - 2.0, 0.0)
        text = option.fontMetrics.elidedText(
            index.data(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.setPen(self._text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(self._muted)
        cross = QRectF(rect.right() - CROSS_WIDTH - 1, rect.top(), CROSS_WIDTH, rect.height())
        painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, "×")
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            if event.position().x() > option.rect.right() - CROSS_WIDTH - 3:
                self._chips.removed.emit(index.data())
                return True
        return False
