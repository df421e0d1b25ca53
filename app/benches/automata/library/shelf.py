"""The patterns of the library in their groups, each with a picture."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.benches.automata.library.dragging import ENTRY_MIME, mime_of_entry
from app.benches.automata.library.entries import Entry
from app.benches.automata.library.thumbnail import SIDE, Thumbnail

ENTRY = Qt.ItemDataRole.UserRole
FACTS = Qt.ItemDataRole.UserRole + 1
ROW = SIDE + 10
GROUP_ROW = 28


class Shelf(QTreeWidget):
    """A list to search; a click chooses, a double click opens, a drag carries to the field."""

    chosen = Signal(object)
    """An `Entry`."""
    opened = Signal(object)
    """An `Entry` that was double-clicked."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setDragEnabled(True)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Patterns and species")
        self._look = EntryDelegate(self)
        self.setItemDelegate(self._look)
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._words: tuple[str, ...] = ()
        self.itemClicked.connect(self._on_clicked)
        self.itemDoubleClicked.connect(self._on_double_clicked)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._look.muted = QColor(palette["muted_text"])
        self._look.edge = QColor(palette["border"])
        self.viewport().update()

    def add(self, entries: Sequence[Entry], *, on_top: bool = False) -> None:
        """Add entries that are not there yet to their groups."""
        for entry in entries:
            if entry.id in self._items:
                continue
            group = self._groups.get(entry.group) or self._new_group(entry.group, on_top)
            item = QTreeWidgetItem(group, [entry.title])
            item.setData(0, ENTRY, entry)
            item.setToolTip(0, "\n".join(part for part in (entry.hint, entry.source) if part))
            self._items[entry.id] = item
        self._filter()

    def forget_group(self, title: str) -> None:
        """Take a group out."""
        group = self._groups.pop(title, None)
        if group is not None:
            for number in range(group.childCount()):
                self._items.pop(group.child(number).data(0, ENTRY).id, None)
            self.takeTopLevelItem(self.indexOfTopLevelItem(group))

    def entries(self) -> list[Entry]:
        """Return all entries in their order."""
        return [
            group.child(number).data(0, ENTRY)
            for group in (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
            for number in range(group.childCount())
        ]

    def shown(self) -> list[Entry]:
        """Return the entries that the search lets through."""
        return [entry for entry in self.entries() if not self._items[entry.id].isHidden()]

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry by its id."""
        item = self._items.get(entry_id)
        return item.data(0, ENTRY) if item is not None else None

    def item_of(self, entry_id: str) -> QTreeWidgetItem:
        """Return the row of an entry."""
        return self._items[entry_id]

    def seen_first(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return entries with those in sight before all others."""
        seen = self.viewport().rect()

        def is_out_of_sight(entry: Entry) -> bool:
            item = self._items.get(entry.id)
            return item is None or not seen.intersects(self.visualItemRect(item))

        return sorted(entries, key=is_out_of_sight)

    def show_thumbnail(self, entry_id: str, made: Thumbnail) -> None:
        """Show the picture of an entry."""
        item = self._items.get(entry_id)
        if item is not None:
            item.setIcon(0, QIcon(QPixmap.fromImage(made.image)))
            item.setData(0, FACTS, made.facts)

    def search(self, text: str) -> None:
        """Show the entries that every word is found in."""
        self._words = tuple(text.lower().split())
        self._filter()

    def mimeTypes(self) -> list[str]:
        """Say what a drag carries."""
        return [ENTRY_MIME]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Return the id of the dragged entry."""
        entry = items[0].data(0, ENTRY) if items else None
        return QMimeData() if entry is None else mime_of_entry(entry.id, entry.title)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry the picture of the entry under the pointer."""
        items = self.selectedItems()
        if items and items[0].data(0, ENTRY) is not None:
            drag = QDrag(self)
            drag.setMimeData(self.mimeData(items))
            drag.setPixmap(items[0].icon(0).pixmap(SIDE, SIDE))
            drag.exec(Qt.DropAction.CopyAction)

    def _new_group(self, title: str, on_top: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.insertTopLevelItem(0 if on_top else self.topLevelItemCount(), item)
        item.setExpanded(True)
        self._groups[title] = item
        return item

    def _filter(self) -> None:
        for group in self._groups.values():
            left = 0
            for number in range(group.childCount()):
                item = group.child(number)
                told = item.data(0, FACTS) or ""
                is_shown = item.data(0, ENTRY).matches(self._words, told)
                item.setHidden(not is_shown)
                left += is_shown
            group.setHidden(not left)
            group.setData(0, FACTS, f"{left:,}")

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        entry = item.data(0, ENTRY)
        if entry is None:
            item.setExpanded(not item.isExpanded())
        else:
            self.chosen.emit(entry)

    def _on_double_clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, ENTRY) is not None:
            self.opened.emit(item.data(0, ENTRY))


class EntryDelegate(QStyledItemDelegate):
    """Draws title and facts beside the picture, and the heads of groups."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.muted = self.edge = QColor("grey")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(120, ROW if index.data(ENTRY) is not None else GROUP_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw a row."""
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        box = option.rect.adjusted(8, 0, -8, 0)
        entry, facts = index.data(ENTRY), index.data(FACTS) or ""
        ink = option.palette.text().color()
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        bold = QFont(option.font)
        bold.setBold(True)
        if entry is None:
            painter.setPen(ink)
            painter.setFont(bold)
            painter.drawText(box, middle, index.data())
            painter.setFont(option.font)
            painter.setPen(self.muted)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, facts
            )
            return
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        picture = QRect(box.left(), box.top() + 5, SIDE, SIDE)
        if icon is not None:
            icon.paint(painter, picture)
        painter.setPen(self.edge)
        painter.drawRect(picture.adjusted(0, 0, -1, -1))
        words = box.adjusted(SIDE + 12, 8, 0, -8)
        metrics = option.fontMetrics
        half = words.height() // 2
        painter.setPen(ink)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.adjusted(0, 0, 0, -half), middle, title)
        painter.setPen(self.muted)
        told = metrics.elidedText(facts, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.adjusted(0, half, 0, 0), middle, told)
