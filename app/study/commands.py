"""An edit of a study on Qt's undo stack."""

import weakref
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtGui import QUndoCommand

from app.study.edits import Change, Edit

Apply = Callable[[Change, str, Any], None]
"""Given a change, the name of its announcement and the announcement's argument, makes it so."""

_MERGEABLE = 1
_ALONE = -1


class EditCommand(QUndoCommand):
    """An `Edit` as one step; steps of one gesture (a drag, a slider) join into one.

    It holds the document weakly: a cycle through commands, which Qt owns, crashes the collector.
    """

    def __init__(self, edit: Edit, apply: Apply, text: str, gesture: Hashable = None) -> None:
        super().__init__(text)
        self.edit = edit
        self.gesture = gesture
        self._apply = weakref.WeakMethod(apply)

    def id(self) -> int:
        return _ALONE if self.gesture is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or other.gesture != self.gesture:
            return False
        self.edit = self.edit.then(other.edit)
        return True

    def redo(self) -> None:
        self._apply()(self.edit.forward, self.edit.what, self.edit.key)

    def undo(self) -> None:
        self._apply()(self.edit.backward, self.edit.back, self.edit.key)
