"""The items of a graph and the difference between two graphs, applied without rebuilding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsScene

from app.canvas.arc_geometry import LABELLED_GAP, PARALLEL_GAP, bends, loop_places
from app.canvas.arc_item import ArcItem
from app.canvas.edge_spreading import MOST_SPREAD, courses, line_count
from app.canvas.far_nodes import FarNodes
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.look import Look
from app.canvas.node_item import NodeItem

_BOUNDS = Qt.ItemSelectionMode.IntersectsItemBoundingRect
ArcId = tuple[str, str, str]
USUAL_SIZE = (200.0, 80.0)
WORLD = 100_000.0
"""Half the side of the square that can be scrolled to, in canvas units."""


class GraphScene(QGraphicsScene):
    """Holds one item a node and one an arc, by id.

    `wanted` and `wanted_arcs` are the graph to be shown; `nodes` and `arcs`, the items, follow it
    as `steps` are taken.
    """

    def __init__(self, look: Look, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self.look = look
        self.nodes: dict[str, NodeItem] = {}
        self.arcs: dict[ArcId, ArcItem] = {}
        self._at_node: dict[str, list[ArcItem]] = {}
        self._with_loops: set[str] = set()
        self.wanted: dict[str, GraphNode] = {}
        self.wanted_arcs: dict[ArcId, GraphArc] = {}
        self._unshown: list[str] = []
        self._unplaced: dict[str, tuple[float, float]] = {}
        self._unrun: dict[ArcId, None] = {}
        self._leaving: list[NodeItem | ArcItem] = []
        self._given: object = None
        self._is_far = False
        self._has_labels = True
        self.spreads_labels = False
        """Whether arcs and their labels keep clear of one another as far as the graph is small."""
        self._is_spread = False
        self.setSceneRect(-WORLD, -WORLD, 2 * WORLD, 2 * WORLD)
        self._patches = FarNodes(self.nodes, look, self.sceneRect())
        self.addItem(self._patches)

    def set_graph(
        self, nodes: Iterable[GraphNode], arcs: Iterable[GraphArc], held: frozenset[str]
    ) -> dict[str, tuple[float, float]]:
        """Want another graph; return the kept nodes that belong elsewhere, which are not moved.

        What goes can be hit no more, and new beliefs are shown at once; `steps` does the rest.
        Nodes in `held` are being moved by the user: they stay where they are.
        """
        before, self.wanted = self.wanted, {node.id: node for node in nodes}
        wanted, has_all = self.wanted, self.wanted.keys() == before.keys()
        has_same_arcs = has_all and isinstance(arcs, tuple) and arcs is self._given
        if not has_same_arcs:
            self._given = arcs
            self.wanted_arcs = {
                (arc.source, arc.target, arc.key): arc
                for arc in arcs
                if arc.source in wanted and arc.target in wanted
            }
            self._remove_missing()
        self._unshown = []
        moves = dict[str, tuple[float, float]]()
        for name, node in wanted.items():
            item = self.nodes.get(name)
            if item is None:
                self._unshown.append(name)
                continue
            old = item.node
            if old is node or old == node:
                continue
            if item.has_texts_of(node):
                item.show_values(node)
            else:
                self._unshown.append(name)
            if old.position != node.position and name not in held:
                moves[name] = node.position
        for arc_id, arc in () if has_same_arcs else self.wanted_arcs.items():
            arc_item = self.arcs.get(arc_id)
            if arc_item is not None and arc_item.arc is not arc and arc_item.arc != arc:
                was = arc_item.arc
                if (was.label, was.bundled) != (arc.label, arc.bundled):
                    self._is_spread = False
                arc_item.show_arc(arc)
        return moves

    def place_soon(self, positions: Mapping[str, tuple[float, float]]) -> None:
        """Have `steps` put nodes somewhere."""
        self._unplaced.update(positions)

    def stay(self, name: str) -> None:
        """Leave a node where it is, whatever `place_soon` was told."""
        self._unplaced.pop(name, None)

    def steps(self) -> Iterator[None]:
        """Bring the items to what `set_graph` wants, one at a time.

        The scene is whole after every step, so that it may be shown, edited and wanted otherwise.
        """
        while self._leaving:
            leaving = self._leaving.pop()
            if isinstance(leaving, ArcItem):
                leaving.leave()
            else:
                self.removeItem(leaving)
            yield
        yield from self._show_nodes()
        if tuple(self.wanted) != tuple(self.nodes):
            self._patches.nodes = self.nodes = {name: self.nodes[name] for name in self.wanted}
        if tuple(self.wanted_arcs) != tuple(self.arcs):
            yield from self._rewire()
        yield from self._place_nodes()
        yield from self._run_arcs()
        if not self._is_spread and self._can_spread:
            self._spread()

    def place(self, positions: Mapping[str, tuple[float, float]]) -> None:
        """Put nodes somewhere at once; their arcs follow."""
        moved = []
        for name, (x, y) in positions.items():
            item = self.nodes.get(name)
            if item is not None:
                item.move_to(x, y)
                moved.append(name)
                self.stay(name)
        self.rerun(moved)

    def rerun(self, names: Iterable[str]) -> None:
        """Lay the arcs at these nodes anew."""
        if self._can_spread:
            self._spread()
            return
        touched = {id(arc): arc for name in names for arc in self._at_node.get(name, ())}
        for arc in touched.values():
            self._run(arc)
        ends = {end for arc in touched.values() for end in (arc.arc.source, arc.arc.target)}
        self._run_loops(ends & self._with_loops)

    def arcs_between(self, source: str, target: str) -> Sequence[ArcItem]:
        """Return the arcs from `source` to `target`."""
        found = self._at_node.get(source, ())
        return tuple(a for a in found if (a.arc.source, a.arc.target) == (source, target))

    def has_arc(self, source: str, target: str) -> bool:
        """Return whether there is an arc from `source` to `target`, or an edge between them."""
        back = self.arcs_between(target, source)
        forth = self.arcs_between(source, target)
        return any(not item.arc.inert for item in forth) or any(
            not item.arc.directed and not item.arc.inert for item in back
        )

    def is_directed(self, source: str, target: str) -> bool:
        """Return whether what joins two nodes is an arc from `source` to `target`."""
        return any(item.arc.directed for item in self.arcs_between(source, target))

    def node_bounds(self, names: Iterable[str] | None = None) -> QRectF:
        """Return the rectangle around nodes where they belong, empty when there are none."""
        chosen = self.wanted if names is None else names
        boxes = [self._home_box(name) for name in chosen if name in self.wanted]
        if not boxes:
            return QRectF()
        left, top = min(x - w for x, _, w, _ in boxes), min(y - h for _, y, _, h in boxes)
        right, bottom = max(x + w for x, _, w, _ in boxes), max(y + h for _, y, _, h in boxes)
        return QRectF(left, top, right - left, bottom - top)

    def items_near(self, point: QPointF, reach: float) -> list[object]:
        """Return the items whose bounds come within `reach` of a point, topmost first."""
        square = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        found = self.items(square, _BOUNDS)
        return [item for item in found if not getattr(item, "is_leaving", False)]

    def set_look(self, look: Look) -> None:
        """Follow another palette."""
        self.look = self._patches.look = look
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

    def set_labels(self, are_shown: bool) -> None:
        """Say whether the labels of arcs can be read."""
        if are_shown != self._has_labels:
            self._has_labels = are_shown
            for arc in self.arcs.values():
                arc.show_label(are_shown)

    def set_patches(self, are_patches: bool) -> None:
        """Say whether nodes are seen from so far that all are drawn at once, as patches."""
        if are_patches != self._patches.isVisible():
            self._patches.setVisible(are_patches)
            self._patches.forget()
            for node in self.nodes.values():
                node.draw_far(self._drawing)

    @property
    def _drawing(self) -> FarNodes | None:
        return self._patches if self._patches.isVisible() else None

    def _home_box(self, name: str) -> tuple[float, float, float, float]:
        """Return the centre of where a node belongs and half its size, a usual one so far."""
        item, (x, y) = self.nodes.get(name), self.wanted[name].position
        width, height = (item.layout.width, item.layout.height) if item else USUAL_SIZE
        return x, y, width / 2, height / 2

    @property
    def _can_spread(self) -> bool:
        """Whether arcs make way for one another: there are not too many and all are there."""
        return (
            self.spreads_labels
            and self.arcs.keys() == self.wanted_arcs.keys()
            and line_count(tuple(self.wanted_arcs.values())) <= MOST_SPREAD
        )

    def _spread(self) -> None:
        items = tuple(self.arcs.values())
        boxes = {name: item.box for name, item in self.nodes.items()}
        found = courses(boxes, [item.arc for item in items])
        for item, course in zip(items, found, strict=True):
            item.follow(course)
        self._is_spread = True

    def _remove_missing(self) -> None:
        wanted, wanted_arcs = self.wanted, self.wanted_arcs
        for arc_id in [known for known in self.arcs if known not in wanted_arcs]:
            item = self.arcs.pop(arc_id)
            for end in {item.arc.source, item.arc.target}:
                self._at_node[end].remove(item)
            self._unrun.pop(arc_id, None)
            item.is_leaving = True
            self._is_spread = False
            self._leaving.append(item)
        for name in [known for known in self.nodes if known not in wanted]:
            node = self.nodes.pop(name)
            node.is_leaving = True
            node.refresh()
            self._leaving.append(node)
            self._at_node.pop(name, None)
            self._with_loops.discard(name)
            self.stay(name)

    def _show_nodes(self) -> Iterator[None]:
        for name in self._unshown:
            node, item = self.wanted[name], self.nodes.get(name)
            if item is None:
                item = self.nodes[name] = NodeItem(node, self.look)
                self.addItem(item)
                if self._patches.isVisible():
                    item.draw_far(self._patches)
                    item.refresh()
            elif item.show_node(node):
                self._want_run(name)
            yield

    def _rewire(self) -> Iterator[None]:
        """Add the new arcs, and learn anew which touch which nodes and how parallel ones bend."""
        has_labels = any(arc.label for arc in self.wanted_arcs.values())
        self._is_spread = False
        pairs = [(source, target) for source, target, _ in self.wanted_arcs]
        bows = bends(pairs, LABELLED_GAP if has_labels else PARALLEL_GAP)
        for (arc_id, arc), bow in zip(self.wanted_arcs.items(), bows, strict=True):
            item = self.arcs.get(arc_id)
            if item is None:
                self._add_arc(arc, bow)
                yield
            elif item.bend != bow and arc.source != arc.target:
                item.bend = bow
                self._unrun[arc_id] = None
        self.arcs = {arc_id: self.arcs[arc_id] for arc_id in self.wanted_arcs}
        self._at_node = {}
        for item in self.arcs.values():
            self._attach(item)
        self._with_loops = {source for source, target, _ in self.arcs if source == target}
        self._run_loops(self._with_loops)

    def _add_arc(self, arc: GraphArc, bow: float) -> None:
        item = self.arcs[arc.id] = ArcItem(
            arc, self.look, is_far=self._is_far, has_label=self._has_labels
        )
        item.bend = bow
        self._attach(item)
        self._run(item)
        self.addItem(item)
        item.bring_label()

    def _attach(self, item: ArcItem) -> None:
        for end in {item.arc.source: None, item.arc.target: None}:
            self._at_node.setdefault(end, []).append(item)

    def _place_nodes(self) -> Iterator[None]:
        for name in tuple(self._unplaced):
            place = self._unplaced.pop(name, None)
            if place is not None:
                self.nodes[name].move_to(*place)
                self._want_run(name)
                yield

    def _want_run(self, name: str) -> None:
        self._is_spread = False
        self._unrun.update((arc.arc.id, None) for arc in self._at_node.get(name, ()))

    def _run_arcs(self) -> Iterator[None]:
        ends = {end for arc_id in self._unrun for end in arc_id[:2]}
        for arc_id in tuple(self._unrun):
            self._run(self.arcs[arc_id])
            del self._unrun[arc_id]
            yield
        self._run_loops(ends & self._with_loops)

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
