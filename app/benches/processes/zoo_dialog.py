"""Choosing a process of the zoo: a list to filter, what it is, and its parameters."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.benches.processes.parameter_sliders import ParameterSliders
from core.processes.zoo import PROCESSES, ZooEntry


class ZooDialog(QDialog):
    """Answers with an entry and values of its parameters."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setWindowTitle("New process from the zoo")
        self.resize(760, 480)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter the processes")
        self.filter.setAccessibleName("Filter the processes")
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Processes of the zoo")
        for entry in PROCESSES:
            item = QListWidgetItem(entry.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, entry.name)
        self.title, self.look_at, self.source = (QLabel(self) for _ in range(3))
        self.title.setProperty("role", "heading")
        self.source.setProperty("role", "muted")
        for label in (self.title, self.look_at, self.source):
            label.setWordWrap(True)
        self.sliders: ParameterSliders | None = None
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.create = self.buttons.addButton("Create", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.filter.textChanged.connect(self._on_filter)
        self.list.setCurrentRow(0)
        self.filter.setFocus()

    @property
    def entry(self) -> ZooEntry | None:
        """The process chosen."""
        row = self.list.currentRow()
        return PROCESSES[row] if row >= 0 else None

    def answer(self) -> tuple[str, dict[str, float]] | None:
        """Return the name and the parameters chosen, None when there is no process."""
        if self.entry is None:
            return None
        return self.entry.name, self.sliders.values() if self.sliders is not None else {}

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        if self.sliders is not None:
            self._side.removeWidget(self.sliders)
            self.sliders.hide()
            self.sliders.deleteLater()
            self.sliders = None
        entry = self.entry
        self.create.setEnabled(entry is not None)
        if entry is None:
            return
        self.title.setText(entry.title)
        self.look_at.setText(entry.look_at)
        self.source.setText(entry.source)
        if entry.parameters:
            self.sliders = ParameterSliders(entry, self)
            self.sliders.show_values({each.name: each.default for each in entry.parameters})
            self._side.insertWidget(3, self.sliders)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.lower().split()
        first = -1
        for row, entry in enumerate(PROCESSES):
            told = f"{entry.name} {entry.title} {entry.look_at} {entry.source}".lower()
            is_shown = all(word in told for word in words)
            self.list.item(row).setHidden(not is_shown)
            if is_shown and first < 0:
                first = row
        now = self.list.currentItem()
        if now is None or now.isHidden():
            self.list.setCurrentRow(first)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(10)
        for part in (self.title, self.look_at, self.source):
            self._side.addWidget(part)
        self._side.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 2)
        columns.addLayout(self._side, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(self.buttons)
