"""The gallery dock: every example with its picture, found by typing."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.shell.thumbnails import GalleryEntry, Thumbnails

PICTURE = QSize(72, 54)


class GalleryPanel(QWidget):
    """Lists the examples; activating one asks to open it."""

    chosen = Signal(str)

    def __init__(
        self,
        entries: list[GalleryEntry],
        thumbnails: Thumbnails,
        icon: Callable[[str, str], QIcon],
        over: QWidget | None = None,
    ) -> None:
        super().__init__(over)
        self._entries = entries
        self._thumbnails = thumbnails
        self._icon = icon
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Filter the examples")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._on_filter)
        self.list = QListWidget(self)
        self.list.setObjectName("panel-list")
        self.list.setIconSize(PICTURE)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Examples")
        self.list.itemActivated.connect(self._on_activated)
        for entry in entries:
            item = QListWidgetItem(entry.example.title)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setToolTip(f"{entry.example.hint}\nSource: {entry.example.source}")
            self.list.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._filter)
        column.addWidget(self.list, 1)
        thumbnails.ready.connect(self._on_ready)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        for row in range(self.list.count()):
            self._draw(row)

    def _draw(self, row: int) -> None:
        entry = self._entries[row]
        pixmap = self._thumbnails.pixmap(entry.id)
        if pixmap is None:
            icon = self._icon(entry.bench.icon, "muted_text")
        else:
            icon = QIcon(_framed(pixmap))
        self.list.item(row).setIcon(icon)

    @Slot(str)
    def _on_ready(self, entry_id: str) -> None:
        for row, entry in enumerate(self._entries):
            if entry.id == entry_id:
                self._draw(row)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.lower().split()
        for row, entry in enumerate(self._entries):
            where = f"{entry.example.title} {entry.example.source} {entry.example.hint}".lower()
            self.list.item(row).setHidden(not all(word in where for word in words))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _framed(pixmap: QPixmap) -> QPixmap:
    """Return the picture in the middle of `PICTURE`, so that all titles begin in one column."""
    ratio = pixmap.devicePixelRatio()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = pixmap.scaled(PICTURE * ratio, keep, smooth)
    small.setDevicePixelRatio(ratio)
    frame = QPixmap(PICTURE * ratio)
    frame.setDevicePixelRatio(ratio)
    frame.fill(Qt.GlobalColor.transparent)
    left = (PICTURE.width() - small.width() / ratio) / 2
    top = (PICTURE.height() - small.height() / ratio) / 2
    painter = QPainter(frame)
    painter.drawPixmap(QPointF(left, top), small)
    painter.end()
    return frame
