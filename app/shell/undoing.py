"""Undoing and redoing where it is seen: a subject that changed out of sight is shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.shell.workspace import Workspace
from app.study.document import StudyDocument


class Undoing(QObject):
    """Takes steps of the study's undo stack and notes which subjects they change."""

    def __init__(
        self,
        document: StudyDocument,
        workspace: Workspace,
        open_subject: Callable[[str], None],
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._document, self._workspace = document, workspace
        self._open_subject = open_subject
        self._changed: list[str] | None = None
        document.subject_changed.connect(self._on_subject_changed)

    def undo(self) -> None:
        """Undo a step."""
        self._take(self._document.undo)

    def redo(self) -> None:
        """Redo the step that was undone last."""
        self._take(self._document.redo)

    def _take(self, step: Callable[[], object]) -> None:
        self._changed = []
        try:
            step()
            changed = self._changed
        finally:
            self._changed = None
        current = self._workspace.current_bench
        if changed and (current is None or current.subject_id not in changed):
            self._open_subject(changed[-1])

    @Slot(str)
    def _on_subject_changed(self, subject_id: str) -> None:
        if self._changed is not None:
            self._changed.append(subject_id)
