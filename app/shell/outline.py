"""The study dock: what is in the study, and the notes on it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.shell.actions import ActionRegistry
from app.shell.bench import BenchSpec
from app.study.document import StudyDocument
from core.errors import MacroscopeError

SUBJECT_ROLE = Qt.ItemDataRole.UserRole


class OutlinePanel(QWidget):
    """Lists the subjects; double-click opens one, F2 renames it, Delete removes it."""

    opened = Signal(str)
    selected_changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        document: StudyDocument,
        benches: Mapping[str, BenchSpec],
        actions: ActionRegistry,
        icon: Callable[[str, str], QIcon],
        over: QWidget | None = None,
    ) -> None:
        super().__init__(over)
        self._document, self._benches, self._actions = document, benches, actions
        self._icon = icon
        self._filling = False
        self.list = QListWidget(self)
        self.list.setObjectName("panel-list")
        self.list.setIconSize(QSize(16, 16))
        self.list.setAccessibleName("Subjects of the study")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemChanged.connect(self._on_edited)
        self.list.currentItemChanged.connect(self._on_current)
        self.notes = NotesEditor(document, self)
        self._lay_out()
        for signal in (document.subject_added, document.subject_removed, document.subject_renamed):
            signal.connect(self._rebuild)
        document.study_replaced.connect(self._rebuild)
        self._rebuild()

    @property
    def selected(self) -> str | None:
        """The id of the subject that is chosen in the list."""
        item = self.list.currentItem()
        return item.data(SUBJECT_ROLE) if item is not None else None

    def select(self, subject_id: str | None) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(SUBJECT_ROLE) == subject_id:
                self.list.setCurrentRow(row)
                return

    def begin_rename(self, subject_id: str) -> None:
        self.select(subject_id)
        if self.list.currentItem() is not None:
            self.list.editItem(self.list.currentItem())

    @Slot()
    def restyle(self) -> None:
        self._rebuild()

    def _lay_out(self) -> None:
        self._empty = QLabel(
            "The study is empty. Open a file, choose an example, or draw a new subject.", self
        )
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(4, 8, 4, 8)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        below = QWidget(self)
        notes_column = QVBoxLayout(below)
        notes_column.setContentsMargins(0, 8, 0, 0)
        notes_column.setSpacing(4)
        heading = QLabel("Notes", below)
        heading.setProperty("role", "muted")
        heading.setBuddy(self.notes)
        notes_column.addWidget(heading)
        notes_column.addWidget(self.notes, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.addWidget(self._stack)
        split.addWidget(below)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        split.setSizes([300, 120])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(split)

    @Slot()
    def _rebuild(self) -> None:
        selected = self.selected
        self._filling = True
        self.list.clear()
        for entry in self._document.study.subjects:
            bench = self._benches.get(entry.kind)
            item = QListWidgetItem(self._icon(bench.icon if bench else "study", "text"), entry.name)
            item.setData(SUBJECT_ROLE, entry.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(f"{entry.name}\n{bench.title if bench else entry.kind}")
            self.list.addItem(item)
        self._stack.setCurrentWidget(self.list if self.list.count() else self._empty)
        self._filling = False
        self.select(selected)

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(SUBJECT_ROLE))

    @Slot()
    def _on_current(self) -> None:
        if not self._filling:
            self.selected_changed.emit()

    @Slot(QListWidgetItem)
    def _on_edited(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        subject_id, name = item.data(SUBJECT_ROLE), item.text()
        try:
            self._document.rename(subject_id, name)
        except MacroscopeError as error:
            self.refused.emit(str(error))
        QTimer.singleShot(0, self, self._rebuild)

    @Slot(QPoint)
    def _on_menu(self, where: QPoint) -> None:
        if self.list.itemAt(where) is None:
            return
        menu = QMenu(self)
        for action_id in ("subject.open", "subject.rename", "subject.duplicate"):
            menu.addAction(self._actions.action(action_id))
        menu.addAction(self._actions.action("file.export_subject"))
        menu.addSeparator()
        menu.addAction(self._actions.action("subject.remove"))
        self._actions.refresh()
        menu.exec(self.list.viewport().mapToGlobal(where))
        menu.deleteLater()


class NotesEditor(QPlainTextEdit):
    """Writes the study's notes; what is typed in one visit to the field is one undo step."""

    def __init__(self, document: StudyDocument, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._study_document = document
        self._taking = False
        self.setPlaceholderText("What this study is about, where its numbers come from")
        self.setAccessibleName("Notes on the study")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.textChanged.connect(self._on_typed)
        document.notes_changed.connect(self._take)
        document.study_replaced.connect(self._take)
        self._take()

    def focusOutEvent(self, what: object) -> None:
        self._study_document.end_merge()
        super().focusOutEvent(what)  # type: ignore[arg-type]

    @Slot()
    def _on_typed(self) -> None:
        if not self._taking:
            self._taking = True
            self._study_document.set_notes(self.toPlainText(), merge_key="typing")
            self._taking = False

    @Slot()
    def _take(self) -> None:
        notes = self._study_document.study.notes
        if not self._taking and notes != self.toPlainText():
            self._taking = True
            self.setPlainText(notes)
            self._taking = False
