"""The dialog that offers work back after a crash."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.shell.dialogs import RecoveryAnswer

if TYPE_CHECKING:
    from app.study.working_copy import Abandoned


def shown_time(saved_at: object) -> str:
    """Return a moment as people write it here; `saved_at` is seconds or a datetime."""
    from PySide6.QtCore import QDateTime

    seconds = saved_at.timestamp() if hasattr(saved_at, "timestamp") else float(saved_at)  # type: ignore[arg-type]
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


class RecoveryDialog(QDialog):
    """Lists abandoned working copies; one may be recovered, any may be discarded."""

    def __init__(self, abandoned: "Sequence[Abandoned]", over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle("Recover unsaved work")
        self._abandoned = list(abandoned)
        self._answer = RecoveryAnswer()
        self._list = QTreeWidget(self)
        self._list.setHeaderLabels(["Study", "Last change", "File"])
        self._list.setRootIsDecorated(False)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for copy in self._abandoned:
            where = str(copy.study_path) if copy.study_path else "never saved"
            row = [copy.title or "Untitled", shown_time(copy.saved_at), where]
            item = QTreeWidgetItem(row)
            item.setSizeHint(0, QSize(0, 2 * self.fontMetrics().height()))
            for column, text in enumerate(row):
                item.setToolTip(column, text)
            self._list.addTopLevelItem(item)
        self._list.setCurrentItem(self._list.topLevelItem(0))
        header = self._list.header()
        header.setStretchLastSection(True)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.itemDoubleClicked.connect(self._on_recover)
        self._lay_out()
        self.resize(620, 300)

    def answer(self) -> RecoveryAnswer:
        return self._answer

    def _lay_out(self) -> None:
        text = QLabel(
            "Macroscope ended without saving. These studies are complete to the last change; "
            "what you leave for later is offered again at the next start."
        )
        text.setWordWrap(True)
        buttons = QDialogButtonBox(Qt.Orientation.Horizontal, self)
        recover = buttons.addButton("Recover", QDialogButtonBox.ButtonRole.AcceptRole)
        discard = buttons.addButton("Discard", QDialogButtonBox.ButtonRole.DestructiveRole)
        later = buttons.addButton("Later", QDialogButtonBox.ButtonRole.RejectRole)
        recover.setDefault(True)
        recover.clicked.connect(self._on_recover)
        discard.clicked.connect(self._on_discard)
        later.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(text)
        column.addWidget(self._list)
        column.addWidget(buttons)

    def _chosen(self) -> int:
        return self._list.indexOfTopLevelItem(self._list.currentItem())

    @Slot()
    def _on_recover(self) -> None:
        chosen = self._chosen()
        if chosen >= 0:
            self._answer = RecoveryAnswer(self._abandoned[chosen], self._answer.discard)
            self.accept()

    @Slot()
    def _on_discard(self) -> None:
        chosen = self._chosen()
        if chosen < 0:
            return
        copy = self._abandoned.pop(chosen)
        self._list.takeTopLevelItem(chosen)
        self._answer = RecoveryAnswer(None, (*self._answer.discard, copy))
        if not self._abandoned:
            self.accept()
