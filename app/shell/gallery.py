"""The gallery dock: every example under the heading of its kind, found by typing."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.shell.example_search import found
from app.shell.thumbnails import GalleryEntry, Thumbnails

PICTURE = QSize(72, 54)
SMALL = QSize(52, 39)
WIDE_ENOUGH = 200
"""A list narrower than that has smaller pictures, so that there is room for the titles."""

PADDING = 20
"""Pixels of an item at the sides of its picture and of its title."""

ID_ROLE = Qt.ItemDataRole.UserRole


class ExampleList(QTreeWidget):
    """Examples under headings that fold."""

    folded = Signal(str, bool)
    """The user folded a heading, or unfolded it."""

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setObjectName("panel-list")
        self.setAccessibleName("Examples")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setWordWrap(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.itemExpanded.connect(self._name)
        self.itemCollapsed.connect(self._name)
        self.itemClicked.connect(self._on_clicked)

    def resizeEvent(self, what: QResizeEvent) -> None:
        super().resizeEvent(what)
        self.setIconSize(PICTURE if what.size().width() >= WIDE_ENOUGH else SMALL)
        for row in range(self.topLevelItemCount()):
            heading = self.topLevelItem(row)
            for place in range(heading.childCount()):
                self.give_height(heading.child(place))

    def give_height(self, item: QTreeWidgetItem) -> None:
        """Make an item as high as its title is where it wraps; Qt forgets the padding."""
        picture, flags = self.iconSize(), Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, self.viewport().width() - picture.width() - PADDING, 1000)
        title = self.fontMetrics().boundingRect(room, flags, item.text(0))
        item.setSizeHint(0, QSize(0, max(picture.height(), title.height()) + 8))

    def heading(self, shelf: str) -> QTreeWidgetItem:
        """Return a new heading, unfolded; it is never chosen, only folded."""
        item = QTreeWidgetItem([shelf])
        item.setData(0, ID_ROLE, shelf)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(0, font)
        self.addTopLevelItem(item)
        item.setExpanded(True)
        return item

    def fold(self, item: QTreeWidgetItem) -> None:
        """Fold a heading, or unfold it."""
        item.setExpanded(not item.isExpanded())
        self.folded.emit(item.data(0, ID_ROLE), not item.isExpanded())

    @Slot(QTreeWidgetItem)
    def _name(self, heading: QTreeWidgetItem) -> None:
        sign = "▾" if heading.isExpanded() else "▸"
        heading.setText(0, f"{sign} {heading.data(0, ID_ROLE)}")

    @Slot(QTreeWidgetItem)
    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            self.fold(item)


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
        self._entries, self._thumbnails, self._icon = entries, thumbnails, icon
        self._items: dict[str, QTreeWidgetItem] = {}
        self._folded: set[str] = set()
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter the examples")
        self.filter.setAccessibleName("Filter the examples")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        self.list = ExampleList(self)
        self.list.itemActivated.connect(self._on_activated)
        self.list.folded.connect(self._on_folded)
        self.empty = QLabel(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.filter)
        column.addWidget(self._pages, 1)
        thumbnails.ready.connect(self._draw)
        self._fill("")

    def shown(self) -> list[str]:
        """Return the ids of the examples that are listed, from top to bottom."""
        return list(self._items)

    def choose(self, entry_id: str) -> None:
        """Put the keyboard on an example that is listed."""
        self.list.setCurrentItem(self._items[entry_id])

    @Slot()
    def restyle(self) -> None:
        for entry_id in self._items:
            self._draw(entry_id)

    def _nothing(self) -> QWidget:
        """Return what stands in place of the list while the words are found nowhere."""
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.clear = QPushButton("Show all examples", self)
        self.clear.clicked.connect(self.filter.clear)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 8, 4, 8)
        column.addWidget(self.empty)
        column.addWidget(self.clear)
        column.addStretch(1)
        return page

    @Slot(str)
    def _fill(self, query: str) -> None:
        """List what is found, best first; the heading of the best find comes first too."""
        self.list.clear()
        self._items = {}
        headings: dict[str, QTreeWidgetItem] = {}
        kept = found(self._entries, query)
        for shelf in dict.fromkeys(entry.bench.shelf for entry in kept):
            headings[shelf] = self.list.heading(shelf)
            for entry in (each for each in kept if each.bench.shelf == shelf):
                self._items[entry.id] = self._item(entry, headings[shelf])
                self._draw(entry.id)
                self.list.give_height(self._items[entry.id])
            headings[shelf].setExpanded(bool(query.strip()) or shelf not in self._folded)
        self.empty.setText(f"No example has “{query.strip()}” in its title, source or hint.")
        self._pages.setCurrentIndex(0 if kept else 1)

    def _item(self, entry: GalleryEntry, heading: QTreeWidgetItem) -> QTreeWidgetItem:
        item = QTreeWidgetItem(heading, [entry.example.title])
        item.setData(0, ID_ROLE, entry.id)
        item.setToolTip(
            0, f"{entry.example.title}\n{entry.example.hint}\nSource: {entry.example.source}"
        )
        return item

    @Slot(str)
    def _draw(self, entry_id: str) -> None:
        """Give an example its picture, or the icon of its bench while there is none."""
        item = self._items.get(entry_id)
        if item is None:
            return
        pixmap = self._thumbnails.pixmap(entry_id)
        if pixmap is not None:
            item.setIcon(0, QIcon(_framed(pixmap)))
        else:
            entry = next(each for each in self._entries if each.id == entry_id)
            item.setIcon(0, self._icon(entry.bench.icon, "muted_text"))

    @Slot(str, bool)
    def _on_folded(self, shelf: str, is_folded: bool) -> None:
        if is_folded:
            self._folded.add(shelf)
        else:
            self._folded.discard(shelf)

    @Slot(QTreeWidgetItem)
    def _on_activated(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            self.list.fold(item)
        else:
            self.chosen.emit(item.data(0, ID_ROLE))


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
