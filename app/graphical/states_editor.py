"""The list of a node's states: typed in place, added, removed and put in another order."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.networks.model import unused_name


class StatesEditor(QWidget):
    """Shows labels and asks for changes: new labels, each with the old state it continues."""

    asked = Signal(str, object, object)
    """(what is done, labels, origins)."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._states: tuple[str, ...] = ()
        self._is_filling = False
        self.list = QListWidget(self)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setAccessibleName("States")
        self.list.setToolTip("Double-click to rename a state; drag to change the order")
        self.list.itemChanged.connect(self._on_renamed)
        # queued, for the list must not be filled anew while it is still moving its rows
        self.list.model().rowsMoved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)
        self.list.currentRowChanged.connect(self._on_row)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.add = self._button("Add", "Add a state", self.add_state, row)
        self.remove = self._button("Remove", "Remove the state", self.remove_state, row)
        self.up = self._button("Up", "Move the state up", self.move_up, row)
        self.down = self._button("Down", "Move the state down", self.move_down, row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)

    def show_states(self, states: tuple[str, ...]) -> None:
        """Show other labels, keeping the place."""
        place = max(self.list.currentRow(), 0)
        self._states = states
        self._is_filling = True
        # items are kept: one of them may be in the middle of being typed
        for row in range(self.list.count(), len(states)):
            item = QListWidgetItem("", self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.insertItem(row, item)
        while self.list.count() > len(states):
            self.list.takeItem(self.list.count() - 1)
        for row, state in enumerate(states):
            self.list.item(row).setText(state)
        self.list.setFixedHeight(12 + 24 * min(max(len(states), 3), 9))
        self._is_filling = False
        self.list.setCurrentRow(min(place, len(states) - 1))
        self._on_row(self.list.currentRow())

    @Slot()
    def add_state(self) -> None:
        """Add a state at the end, with probability 0, and let its label be typed."""
        label = unused_name(f"state {len(self._states) + 1}", self._states)
        origins = [*range(len(self._states)), None]
        self.asked.emit("Add a state to", (*self._states, label), origins)
        if self.list.count():
            last = self.list.item(self.list.count() - 1)
            self.list.setCurrentItem(last)
            self.list.editItem(last)

    @Slot()
    def remove_state(self) -> None:
        """Remove the current state; the others share its probability in proportion."""
        row = self.list.currentRow()
        if row >= 0 and len(self._states) > 1:
            kept = [i for i in range(len(self._states)) if i != row]
            self._ask("Remove a state of", kept)

    @Slot()
    def move_up(self) -> None:
        """Swap the current state with the one before."""
        self._swap(self.list.currentRow(), -1)

    @Slot()
    def move_down(self) -> None:
        """Swap the current state with the one after."""
        self._swap(self.list.currentRow(), 1)

    def _swap(self, row: int, step: int) -> None:
        if row < 0 or not 0 <= row + step < len(self._states):
            return
        order = list(range(len(self._states)))
        order[row], order[row + step] = order[row + step], order[row]
        self._ask("Reorder the states of", order)
        self.list.setCurrentRow(row + step)

    def _ask(self, what: str, origins: list[int]) -> None:
        self.asked.emit(what, tuple(self._states[i] for i in origins), list(origins))

    @Slot(QListWidgetItem)
    def _on_renamed(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        row, label = self.list.row(item), item.text().strip()
        before = self._states
        if label and label != before[row]:
            labels = (*before[:row], label, *before[row + 1 :])
            self.asked.emit("Rename a state of", labels, list(range(len(before))))
        if self._states == before:
            self.show_states(before)

    @Slot(QModelIndex, int, int, QModelIndex, int)
    def _on_moved(self, _from: QModelIndex, start: int, _end: int, _to: object, row: int) -> None:
        if self._is_filling:
            return
        order = list(range(len(self._states)))
        moved = order.pop(start)
        order.insert(row if row < start else row - 1, moved)
        self._ask("Reorder the states of", order)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        count = len(self._states)
        self.remove.setEnabled(row >= 0 and count > 1)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)

    def _button(self, text: str, help_text: str, slot: object, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(help_text)
        button.clicked.connect(slot)
        row.addWidget(button)
        return button
