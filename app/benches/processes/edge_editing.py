"""The line of text over an edge in which its symbol and probability are typed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot

from app.benches.processes.presentation import ArcId
from app.canvas.geometry import ROW_TEXT_SIZE
from app.canvas.in_place import InPlaceEditing
from app.canvas.rename_editor import RenameEditor
from app.canvas.view import GraphCanvas

SMALLEST_FONT, LARGEST_FONT = 12.0, 24.0
HELP = "Symbol and probability, such as 1 | 0.5; the other edges of the state fill up to 1"


class EdgeEditing(InPlaceEditing):
    """At most one open editor of an edge."""

    committed = Signal(object, str)
    """((source, target, symbol), what was typed)."""
    closed = Signal()
    """The editor is gone and what was typed in it has been told."""

    def __init__(self, canvas: GraphCanvas, problem: Callable[[ArcId, str], str]) -> None:
        super().__init__(canvas)
        self._problem = problem
        self._edge: ArcId | None = None
        canvas.view_changed.connect(self.place)

    def begin(self, edge: ArcId) -> None:
        """Open the editor over an edge."""
        item = self._canvas.graph.arcs.get(edge)
        if item is None:
            return
        self.end()
        self._canvas.finish_motion()
        self._edge = edge
        source, target, symbol = edge
        editor = RenameEditor(
            symbol,
            item.arc.label,
            self._canvas.graph.look,
            lambda _name, text: self._problem(edge, text),
            self._canvas.viewport(),
        )
        editor.setAccessibleName(f"Symbol and probability of the edge from {source} to {target}")
        editor.setToolTip(HELP)
        editor.committed.connect(self._on_committed)
        self._open(editor)
        self._canvas.said.emit(HELP)

    def follow(self) -> None:
        """Close the editor of an edge that is no longer there, and stay over one that moved."""
        if self._edge is not None and self._edge not in self._canvas.graph.wanted_arcs:
            self.end()
        self.place()

    @Slot()
    def place(self) -> None:
        """Keep the editor over the label of its edge."""
        if self.editor is not None and self._edge in self._canvas.graph.arcs:
            wanted = ROW_TEXT_SIZE * self._canvas.zoom
            over = self._canvas.arc_rect(self._edge)
            self.editor.place(over, round(min(LARGEST_FONT, max(SMALLEST_FONT, wanted))))

    @Slot(str, str)
    def _on_committed(self, _symbol: str, text: str) -> None:
        self.committed.emit(self._edge, text)

    def _closed(self) -> None:
        # what was typed is told after the editor closed, and belongs to the same step
        QTimer.singleShot(0, self, self.closed.emit)
