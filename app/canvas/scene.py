"""The items of a graph and the difference between two graphs, applied without rebuilding."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsScene

from app.canvas.arc_geometry import bends, bounds, loop_places
from app.canvas.arc_item import ArcItem
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.look import Look
from app.canvas.node_item import NodeItem

_BOUNDS = Qt.ItemSelectionMode.IntersectsItemBoundingRect
ArcId = tuple[str, str, str]
WORLD = 100_000.0
"""Half the side of the square that can be scrolled to, in canvas units."""


class GraphScene(QGraphicsScene):
    """Holds one item a node and one an arc, by id."""

    def __init__(self, look: Look, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self.look = look
        self.nodes: dict[str, NodeItem] = {}
        self.arcs: dict[ArcId, ArcItem] = {}
        self._at_node: dict[str, list[ArcItem]] = {}
        self._with_loops: set[str] = set()
        self._is_far = False
        self.setSceneRect(-WORLD, -WORLD, 2 * WORLD, 2 * WORLD)

    def set_graph(
        self, nodes: Iterable[GraphNode], arcs: Iterable[GraphArc], held: frozenset[str]
    ) -> dict[str, tuple[float, float]]:
        """Show another graph; return the kept nodes that belong elsewhere, which are not moved.

        Nodes in `held` are being moved by the user: they stay where they are.
        """
        wanted = {node.id: node for node in nodes}
        wanted_arcs = {arc.id: arc for arc in arcs if arc.source in wanted and arc.target in wanted}
        is_rewired = tuple(wanted_arcs) != tuple(self.arcs)
        self._remove_missing(wanted, wanted_arcs)
        resized, moves = set[str](), dict[str, tuple[float, float]]()
        for name, node in wanted.items():
            item = self.nodes.get(name)
            if item is None:
                item = self.nodes[name] = NodeItem(node, self.look)
                self.addItem(item)
                continue
            old = item.node
            if old is node or old == node:
                continue
            if item.show_node(node):
                resized.add(name)
            if old.position != node.position and name not in held:
                moves[name] = node.position
        if tuple(wanted) != tuple(self.nodes):
            self.nodes = {name: self.nodes[name] for name in wanted}
        self._set_arcs(wanted_arcs)
        if is_rewired:
            self._rewire(wanted_arcs)
        self.rerun(resized)
        return moves

    def place(self, positions: Mapping[str, tuple[float, float]]) -> None:
        """Put nodes somewhere at once; their arcs follow."""
        moved = []
        for name, (x, y) in positions.items():
            item = self.nodes.get(name)
            if item is not None:
                item.setPos(x, y)
                moved.append(name)
        self.rerun(moved)

    def rerun(self, names: Iterable[str]) -> None:
        """Lay the arcs at these nodes anew."""
        touched = {id(arc): arc for name in names for arc in self._at_node.get(name, ())}
        for arc in touched.values():
            self._run(arc)
        ends = {end for arc in touched.values() for end in (arc.arc.source, arc.arc.target)}
        self._run_loops(ends & self._with_loops)

    def arcs_at(self, name: str) -> Sequence[ArcItem]:
        """Return the arcs that touch a node."""
        return tuple(self._at_node.get(name, ()))

    def arcs_between(self, source: str, target: str) -> Sequence[ArcItem]:
        """Return the arcs from `source` to `target`."""
        found = self._at_node.get(source, ())
        return tuple(a for a in found if (a.arc.source, a.arc.target) == (source, target))

    def has_arc(self, source: str, target: str) -> bool:
        """Return whether there is an arc from `source` to `target`."""
        return bool(self.arcs_between(source, target))

    def node_bounds(self, names: Iterable[str] | None = None) -> QRectF:
        """Return the rectangle around nodes where they belong, empty when there are none."""
        items = [self.nodes[n] for n in (self.nodes if names is None else names)]
        if not items:
            return QRectF()
        left, top, right, bottom = bounds(item.home_box for item in items)
        return QRectF(left, top, right - left, bottom - top)

    def items_near(self, point: QPointF, reach: float) -> list[object]:
        """Return the items whose bounds come within `reach` of a point, topmost first."""
        square = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        return self.items(square, _BOUNDS)

    def set_look(self, look: Look) -> None:
        """Follow another palette."""
        self.look = look
        for node in self.nodes.values():
            node.set_look(look)
        for arc in self.arcs.values():
            arc.set_look(look, is_far=self._is_far)

    def set_far(self, is_far: bool) -> None:
        """Say whether arcs are seen from afar, where thin pens would fade."""
        if is_far != self._is_far:
            self._is_far = is_far
            for arc in self.arcs.values():
                arc.set_look(self.look, is_far=is_far)

    def _remove_missing(
        self, wanted: Mapping[str, GraphNode], wanted_arcs: Mapping[ArcId, GraphArc]
    ) -> None:
        for arc_id in [known for known in self.arcs if known not in wanted_arcs]:
            self.removeItem(self.arcs.pop(arc_id))
        for name in [known for known in self.nodes if known not in wanted]:
            self.removeItem(self.nodes.pop(name))

    def _set_arcs(self, wanted: Mapping[ArcId, GraphArc]) -> None:
        for arc_id, arc in wanted.items():
            item = self.arcs.get(arc_id)
            if item is None:
                item = self.arcs[arc_id] = ArcItem(arc, self.look)
                item.set_look(self.look, is_far=self._is_far)
                self.addItem(item)
            elif item.arc != arc:
                item.show_arc(arc)

    def _rewire(self, wanted: Mapping[ArcId, GraphArc]) -> None:
        """Learn anew which arcs touch which nodes, and how parallel ones bend."""
        self.arcs = {arc_id: self.arcs[arc_id] for arc_id in wanted}
        self._at_node = {}
        bows = bends([(source, target) for source, target, _ in wanted])
        for item, bow in zip(self.arcs.values(), bows, strict=True):
            self._at_node.setdefault(item.arc.source, []).append(item)
            if item.arc.target != item.arc.source:
                self._at_node.setdefault(item.arc.target, []).append(item)
            if item.route is None or item.bend != bow:
                item.bend = bow
                self._run(item)
        self._with_loops = {source for source, target, _ in wanted if source == target}
        self._run_loops(self._with_loops)

    def _run_loops(self, names: Iterable[str]) -> None:
        """Turn the loops of these nodes away from their other arcs."""
        for name in names:
            at_node = self._at_node[name]
            loops = [arc for arc in at_node if arc.arc.source == arc.arc.target]
            far = {end for arc in at_node for end in (arc.arc.source, arc.arc.target)} - {name}
            others = [self.nodes[end].pos().toTuple() for end in far]
            box = self.nodes[name].box
            for loop, place in zip(loops, loop_places(box, others, len(loops)), strict=True):
                loop.bend = float(place)
                loop.run(box, box)

    def _run(self, arc: ArcItem) -> None:
        if arc.arc.source == arc.arc.target and arc.arc.source in self._with_loops:
            return
        arc.run(self.nodes[arc.arc.source].box, self.nodes[arc.arc.target].box)
