"""The table in which shortcuts are chosen; one that is taken is refused with its holder's name."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.shell.actions import ActionRegistry, ShortcutConflict

ID_ROLE = Qt.ItemDataRole.UserRole


class ShortcutEditor(QWidget):
    """All actions with their shortcuts; below, the field that records new keys."""

    def __init__(self, registry: ActionRegistry, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._registry = registry
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter the commands")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.table = QTreeWidget(self)
        self.table.setHeaderLabels(["Command", "Menu", "Shortcut"])
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.currentItemChanged.connect(self._on_current)
        self.keys = QKeySequenceEdit(self)
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName("New shortcut")
        self.keys.editingFinished.connect(self._on_keys)
        self.refusal = QLabel(self)
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("role", "danger")
        self._clear = QPushButton("No shortcut", self)
        self._clear.clicked.connect(self._on_clear)
        self._default = QPushButton("Default", self)
        self._default.clicked.connect(self._on_default)
        self._reset = QPushButton("All defaults", self)
        self._reset.clicked.connect(self._on_reset)
        for button in (self._clear, self._default, self._reset):
            button.setAutoDefault(False)
        self._lay_out()
        self._fill()

    def choose(self, action_id: str) -> None:
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is not None and item.data(0, ID_ROLE) == action_id:
                self.table.setCurrentItem(item)

    def assign(self, shortcut: str) -> bool:
        """Give the chosen action a shortcut; show why if it is refused."""
        item = self.table.currentItem()
        if item is None:
            return False
        self.refusal.clear()
        try:
            self._registry.set_shortcut(item.data(0, ID_ROLE), shortcut)
        except ShortcutConflict as conflict:
            self.refusal.setText(str(conflict))
            return False
        self._show(item)
        return True

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        for button in (self._clear, self._default, self._reset):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.refusal)

    def _fill(self) -> None:
        for spec in self._registry:
            item = QTreeWidgetItem([spec.title.rstrip("…"), spec.menu.replace("/", " › "), ""])
            item.setData(0, ID_ROLE, spec.id)
            item.setToolTip(0, spec.help)
            item.setIcon(0, self._registry.action(spec.id).icon())
            self.table.addTopLevelItem(item)
            self._show(item)
        self.table.resizeColumnToContents(1)
        self.table.setCurrentItem(self.table.topLevelItem(0))

    def _show(self, item: QTreeWidgetItem) -> None:
        item.setText(2, self._registry.shown_shortcut(item.data(0, ID_ROLE)))
        changed = item.data(0, ID_ROLE) in self._registry.custom_shortcuts
        font = item.font(2)
        font.setBold(changed)
        item.setFont(2, font)

    @Slot()
    def _on_current(self) -> None:
        item = self.table.currentItem()
        self.refusal.clear()
        if item is not None:
            self.keys.setKeySequence(
                QKeySequence.fromString(
                    self._registry.shortcut(item.data(0, ID_ROLE)).split("; ")[0]
                )
            )

    @Slot()
    def _on_keys(self) -> None:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        item = self.table.currentItem()
        if keys and item is not None and keys != self._registry.shortcut(item.data(0, ID_ROLE)):
            self.assign(keys)

    @Slot()
    def _on_clear(self) -> None:
        self.keys.clear()
        self.assign("")

    @Slot()
    def _on_default(self) -> None:
        item = self.table.currentItem()
        if item is not None:
            self.assign(self._registry.spec(item.data(0, ID_ROLE)).shortcut or "")
            self._on_current()

    @Slot()
    def _on_reset(self) -> None:
        self._registry.reset_shortcuts()
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is not None:
                self._show(item)
        self._on_current()

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is not None:
                where = " ".join(item.text(column) for column in range(3)).lower()
                item.setHidden(not all(word in where for word in words))
