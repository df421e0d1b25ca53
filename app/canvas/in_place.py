"""At most one line of text open over a part of a canvas, in which something of it is typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.canvas.rename_editor import RenameEditor

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas


class InPlaceEditing(QObject):
    """Opens, places and closes the editor; a subclass says over what and what is done with it."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.editor: RenameEditor | None = None

    def place(self) -> None:
        """Keep the editor over what is edited."""
        raise NotImplementedError

    def end(self) -> None:
        """Close the editor without changing anything."""
        if self.editor is not None:
            self.editor.close_quietly()

    def _open(self, editor: RenameEditor) -> None:
        editor.refused.connect(self._canvas.said)
        editor.closed.connect(self._on_closed)
        self.editor = editor
        self.place()
        editor.show()
        editor.setFocus()

    @Slot()
    def _on_closed(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self._canvas.setFocus()
            self._closed()

    def _closed(self) -> None:
        """Do what follows when an editor is gone; what was typed is told after that."""
