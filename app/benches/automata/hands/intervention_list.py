"""The list of all that hands did to the world, by generation."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.words import details_of, is_off, title_of
from core.automata.interventions import Intervention, Stroke, is_lasting

INDICES = Qt.ItemDataRole.UserRole
FOLLOW_MS = 60
MOST_ROWS = 2000
ROWS_DROPPED = 500
"""So many of the oldest rows go at once when there are too many, so that most edits keep rows."""

MEASURED_ROWS = 100
"""Rows that decide how wide a column is."""

ICONS = {
    "Paint": "brush",
    "Erase": "erase",
    "Paste": "stamp",
    "Fill": "fill",
    "Clear": "fill",
    "Random patch": "random",
    "Push": "push",
    "Rule": "settings",
    "Obstacle": "obstacle",
    "Food": "food",
    "Noise": "noise",
    "Gun": "gun",
}


@dataclass(frozen=True)
class Row:
    """What one line of the list stands for: interventions that were one movement of the hand."""

    first: Intervention
    indices: tuple[int, ...]

    @property
    def details(self) -> str:
        """The numbers of the row."""
        if len(self.indices) > 1 and isinstance(self.first, Stroke):
            return f"{len(self.indices)} strokes, radius {self.first.radius:g}"
        return details_of(self.first)


def rows_of(interventions: tuple[Intervention, ...]) -> list[Row]:
    """Return the rows of a list; strokes that go on where the one before ended are one row."""
    rows: list[Row] = []
    last: Intervention | None = None
    for index, each in enumerate(interventions):
        if rows and _goes_on(last, each):
            rows[-1] = Row(rows[-1].first, (*rows[-1].indices, index))
        else:
            rows.append(Row(each, (index,)))
        last = each
    return rows


class InterventionList(QTreeWidget):
    """Generation, what, and numbers; a tick switches what lasts on and off, a click goes there.

    Out of sight it follows nothing, and in sight it keeps the rows that an edit left as they were.
    """

    def __init__(self, hands: Hands, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._hands = hands
        self._shown: tuple[Intervention, ...] | None = None
        self._rows: list[Row] = []
        self._ends: dict[tuple[object, ...], int | None] = {}
        self._was_ticked = False
        self.setHeaderLabels(["At", "What", "Numbers"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("What hands did")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.headerItem().setToolTip(0, "Generation before whose step it is done")
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)
        self.header().setResizeContentsPrecision(MEASURED_ROWS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FOLLOW_MS)
        self._timer.timeout.connect(self.follow)
        hands.document.changed.connect(self._timer.start)
        hands.selection_changed.connect(self._show_selection)
        self.itemClicked.connect(self._on_clicked)
        self.itemChanged.connect(self._on_ticked)
        self.itemSelectionChanged.connect(self._on_selected)
        self.follow()

    def showEvent(self, shown: QShowEvent) -> None:
        """Follow what was done while it was out of sight."""
        super().showEvent(shown)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the list as it is now."""
        done = self._hands.document.subject.interventions
        if done is self._shown or not self.isVisible():
            return
        self._shown = done
        before, self._rows = self._rows, _newest(rows_of(done))
        same = _count_same(before, self._rows)
        with QSignalBlocker(self):
            if same:
                for number in range(len(before) - 1, same - 1, -1):
                    self.takeTopLevelItem(number)
            else:
                self.clear()
            self.addTopLevelItems(self._items(self._rows[same:]))
        self._show_selection()
        self.scrollToBottom()

    def _items(self, rows: list[Row]) -> list[QTreeWidgetItem]:
        icon = self._hands.surroundings.context.icon
        icons: dict[str, QIcon] = {}
        items = []
        for row in rows:
            title = title_of(row.first)
            details = row.details
            item = QTreeWidgetItem([f"{row.first.generation:,}", title, details])
            if title not in icons:
                icons[title] = icon(ICONS[title])
            item.setIcon(1, icons[title])
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(2, details)
            item.setData(0, INDICES, row.indices)
            if is_lasting(row.first):
                on = Qt.CheckState.Unchecked if is_off(row.first) else Qt.CheckState.Checked
                item.setCheckState(1, on)
            items.append(item)
        return items

    def remove_selected(self) -> None:
        """Take the selected rows out of the list, as one undo step."""
        rows = self.selectedItems()
        indices = [index for item in rows for index in item.data(0, INDICES)]
        if indices:
            one = rows[0].text(1).lower() if len(rows) == 1 else f"{len(rows)} interventions"
            self._hands.remove(indices, f"Remove {one}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove by Delete, go to the generation by Return."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._go_to(self.currentItem())
        else:
            super().keyPressEvent(event)

    @Slot(QTreeWidgetItem, int)
    def _on_clicked(self, item: QTreeWidgetItem, _column: int) -> None:
        was_ticked, self._was_ticked = self._was_ticked, False
        if not was_ticked and len(self.selectedItems()) == 1:
            self._go_to(item)

    def _go_to(self, item: QTreeWidgetItem) -> None:
        index = item.data(0, INDICES)[0]
        self._hands.session.go_to(self._hands.document.subject.interventions[index].generation)

    @Slot(QTreeWidgetItem, int)
    def _on_ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        index = item.data(0, INDICES)[0]
        each = self._hands.document.subject.interventions[index]
        if not is_lasting(each):
            return
        self._was_ticked = True
        key = (type(each), each.generation, each.x, each.y)
        if item.checkState(1) == Qt.CheckState.Checked:
            until = self._ends.pop(key, None)
            self._hands.change(index, replace(each, until=until), f"Switch on {item.text(1)}")
        else:
            self._ends[key] = each.until
            off = replace(each, until=each.generation)
            self._hands.change(index, off, f"Switch off {item.text(1)}")

    @Slot()
    def _on_selected(self) -> None:
        items = self.selectedItems()
        one = items[0].data(0, INDICES) if len(items) == 1 else ()
        self._hands.select(one[0] if len(one) == 1 else None)

    @Slot()
    def _show_selection(self) -> None:
        selected = self._hands.selected
        if selected is None:
            return
        with QSignalBlocker(self):
            for number in range(self.topLevelItemCount()):
                item = self.topLevelItem(number)
                is_it = selected in item.data(0, INDICES)
                item.setSelected(is_it)
                if is_it:
                    self.setCurrentItem(item)
                    self.scrollToItem(item)


def _goes_on(last: Intervention | None, each: Intervention) -> bool:
    return (
        isinstance(last, Stroke)
        and isinstance(each, Stroke)
        and last.points[-1] == each.points[0]
        and (last.radius, last.value, last.channel) == (each.radius, each.value, each.channel)
    )


def _newest(rows: list[Row]) -> list[Row]:
    """Return the rows that are shown of many."""
    return rows[max(0, -(-(len(rows) - MOST_ROWS) // ROWS_DROPPED)) * ROWS_DROPPED :]


def _count_same(before: list[Row], after: list[Row]) -> int:
    """Return how many rows at the beginning are the same."""
    same = 0
    for one, other in zip(before, after, strict=False):
        if one.first is not other.first or one.indices != other.indices:
            break
        same += 1
    return same
