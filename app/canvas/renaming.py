"""Opening and placing the editor of a name over its node."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.canvas.geometry import TITLE_HEIGHT, TITLE_SIZE
from app.canvas.in_place import InPlaceEditing
from app.canvas.rename_editor import NameCheck, RenameEditor

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

SMALLEST_FONT, LARGEST_FONT = 12.0, 28.0


class Renaming(InPlaceEditing):
    """At most one open editor of a name."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        super().__init__(canvas)
        self.check: NameCheck = _any_name

    def begin(self, name: str) -> None:
        """Open the editor over a node."""
        item = self._canvas.graph.nodes.get(name)
        if item is None:
            return
        self.end()
        self._canvas.finish_motion()
        self._canvas.reveal(name)
        look, over = self._canvas.graph.look, self._canvas.viewport()
        editor = RenameEditor(name, item.node.label, look, self.check, over)
        editor.committed.connect(self._canvas.rename_requested)
        self._open(editor)

    def forget_missing(self) -> None:
        """Close the editor of a node that is no longer there."""
        if self.editor is not None and self.editor.name not in self._canvas.graph.nodes:
            self.end()

    def place(self) -> None:
        """Keep the editor over its node."""
        if self.editor is None:
            return
        item = self._canvas.graph.nodes[self.editor.name]
        title = QRectF(item.outline).translated(item.pos())
        if item.layout.rows:
            title.setHeight(TITLE_HEIGHT)
        over = self._canvas.mapFromScene(title).boundingRect()
        wanted = TITLE_SIZE * self._canvas.zoom
        self.editor.place(over, round(min(LARGEST_FONT, max(SMALLEST_FONT, wanted))))


def _any_name(name: str, new_name: str) -> str:
    return ""
