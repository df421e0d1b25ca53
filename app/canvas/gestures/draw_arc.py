"""Drawing an arc from a node's rim."""

from itertools import pairwise

from PySide6.QtCore import QPointF, Qt

from app.canvas.arc_geometry import Box, arc_path, loop_path
from app.canvas.gestures.base import Gesture, Modifiers
from app.canvas.node_item import NodeItem

NAMES_SHOWN = 6


class DrawArcGesture(Gesture):
    """A rubber arc to the node under the pointer; what is refused is refused while it is drawn."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: object, start: QPointF, source: NodeItem) -> None:
        super().__init__(canvas, start)
        self._source = source.node.id
        self._target: str | None = None
        self._reason = ""
        self._lit: tuple[tuple[str, ...], tuple[tuple[str, str], ...]] = ((), ())
        self._has_left = False
        self._remark = ""
        self._at = start

    def survives(self) -> bool:
        """Return whether source and target are still there."""
        nodes = self.canvas.graph.nodes
        return self._source in nodes and (self._target is None or self._target in nodes)

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the arc to the pointer or to the node under it."""
        if not self._has_left and self.is_click(at):
            return
        self._has_left = True
        item = self.canvas.node_near(at)
        target = None if item is None else item.node.id
        if target == self._source and not self.canvas.allows_loops:
            target = None
        if target != self._target:
            self._light(target)
        self._draw(at, target)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Ask for the arc, or on empty canvas for a node with the arc."""
        target, reason, has_left = self._target, self._reason, self._has_left
        self._light(None)
        if not has_left:
            self.canvas.select([self._source])
        elif target is not None:
            if not reason:
                self.canvas.arc_requested.emit(self._source, target)
        elif self._is_clear_of_source(at):
            self.canvas.node_with_arc_requested.emit(self._source, at.x(), at.y())

    def cancel(self) -> None:
        """Put the lights out."""
        self._light(None)

    def remark(self, text: str) -> None:
        """Say something about the arc to the node under the pointer."""
        if self._target is not None and not self._reason:
            self._remark = text
            self.canvas.overlay.show_caption(text, self._at)
            self.canvas.said.emit(text)

    def _light(self, target: str | None) -> None:
        """Make `target` the node that the arc goes to, and ask whether it may."""
        graph = self.canvas.graph
        names, arcs = self._lit
        for name in {*names, *({self._target} if self._target else ())}:
            if name in graph.nodes:
                graph.nodes[name].mark(lit="")
        self._light_arcs(arcs, "")
        was_welcome = self._target is not None and not self._reason
        self._target, self._reason, self._lit = target, "", ((), ())
        self._remark = ""
        if was_welcome:
            self.canvas.arc_proposal_ended.emit()
        if target is None:
            return
        cycle = self.canvas.refusal(self._source, target)
        if isinstance(cycle, str):
            self._reason = cycle
            graph.nodes[target].mark(lit="refused")
        elif cycle:
            self._reason = self._cycle_caption(cycle)
            closed = cycle if cycle[0] == cycle[-1] else (*cycle, cycle[0])
            self._lit = (tuple(cycle), tuple(pairwise(closed)))
            for name in cycle:
                graph.nodes[name].mark(lit="refused")
            self._light_arcs(self._lit[1], "refused")
        elif not self.canvas.allows_parallel and graph.has_arc(self._source, target):
            arrow = "→" if graph.is_directed(self._source, target) else "—"
            ends = f"{self._label(self._source)} {arrow} {self._label(target)}"
            self._reason = f"{ends} is there already"
            graph.nodes[target].mark(lit="refused")
        else:
            graph.nodes[target].mark(lit="target")
            self.canvas.arc_proposed.emit(self._source, target)

    def _light_arcs(self, pairs: tuple[tuple[str, str], ...], lit: str) -> None:
        for source, target in pairs:
            for arc in self.canvas.graph.arcs_between(source, target):
                arc.mark(lit=lit)

    def _draw(self, at: QPointF, target: str | None) -> None:
        overlay, nodes = self.canvas.overlay, self.canvas.graph.nodes
        source = nodes[self._source].box
        overlay.ghost.hide()
        self._at = at
        caption = self._reason or self._remark
        if target is None:
            route = arc_path(source, Box(at.x(), at.y(), 1.0, 1.0))
            if self._is_clear_of_source(at):
                overlay.show_ghost(at)
                caption = "Release to add a node here"
        elif target == self._source:
            route = loop_path(source)
        else:
            route = arc_path(source, nodes[target].box)
        overlay.show_draft(route, is_refused=bool(self._reason))
        if nodes[self._source].rim_distance(at) < 0 and target is None:
            overlay.draft.hide()
        overlay.show_caption(caption, at, is_refused=bool(self._reason))
        self.canvas.said.emit(self._reason or self._remark)

    def _is_clear_of_source(self, at: QPointF) -> bool:
        item = self.canvas.graph.nodes.get(self._source)
        return item is not None and item.rim_distance(at) > 24.0

    def _label(self, name: str) -> str:
        return self.canvas.graph.nodes[name].node.label

    def _cycle_caption(self, cycle: tuple[str, ...]) -> str:
        names = [self._label(name) for name in cycle]
        if cycle[0] != cycle[-1]:
            names.append(names[0])
        if len(names) > NAMES_SHOWN:
            names = [*names[:3], "…", *names[-2:]]
        return "Closes a cycle: " + " → ".join(names)
