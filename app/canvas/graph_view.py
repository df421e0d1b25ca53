"""The view of a graph: what is shown of it, what is selected, and the part in sight."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from app.canvas.background import paint_background
from app.canvas.building import Building
from app.canvas.camera import STEP, Camera
from app.canvas.empty_hint import EmptyHint
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.intentions import GraphIntentions
from app.canvas.look import FAR_BELOW, LABELS_FROM, Look
from app.canvas.motion import Motion
from app.canvas.node_painting import ROWS_BELOW
from app.canvas.scene import ArcId, GraphScene
from app.canvas.selection import Selection

MANY_NODES = 300
QUALITY_MS = 150


class GraphView(GraphIntentions):
    """Shows a graph that can be looked at from near and far; hands have no part in it.

    A subclass calls `_set_up` once its own parts are made.
    """

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.graph = GraphScene(Look(palette), self)
        self.setScene(self.graph)
        self._selection = Selection(self.graph)
        self._camera = Camera(self)
        self._motion = Motion(self.graph, self)
        self._adrift: set[str] = set()
        self._is_motion_reduced = False
        self._has_grid = True
        self._wants_fit = False
        self._building = Building(self)
        self._awaited: tuple[Sequence[str], Sequence[ArcId]] | None = None
        self._fits_when_built = False
        self._reveals_when_built = ""
        self._quality = QTimer(self)

    def _set_up(self) -> None:
        """Begin to look like a canvas; Qt sends events from here on, so all parts must be there."""
        self._hint = EmptyHint(self.viewport())
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Graph canvas")
        self._hint.set_colour(self.graph.look.colour["muted_text"])
        self._quality.setSingleShot(True)
        self._quality.setInterval(QUALITY_MS)
        self._quality.timeout.connect(self._restore_quality)
        self.view_changed.connect(self._on_view_changed)
        self._motion.valueChanged.connect(self._hurry)
        self.moved.connect(self._on_moved)
        self._building.finished.connect(self._on_built)

    def _held(self) -> AbstractSet[str]:
        """Return the nodes whose places belong to the user for now."""
        return frozenset()

    def _forget_missing(self) -> None:
        """Let go of what is no longer there."""
        if self._selection.forget_missing():
            self.selection_changed.emit()

    # -- what is shown ---------------------------------------------------------------------------

    def set_graph(
        self, nodes: Iterable[GraphNode], arcs: Iterable[GraphArc], *, animate: bool = False
    ) -> None:
        """Show another graph; what stays keeps its item, its selection and its place on the way.

        Many new nodes appear and many moved ones move little by little, while the window answers.
        """
        held = self._held()
        moves = self.graph.set_graph(nodes, arcs, held)
        for name in self._adrift - held:
            if name in self.graph.nodes:
                moves[name] = self.graph.wanted[name].position
        self._adrift &= held
        if animate and not self._is_motion_reduced and 0 < len(moves) <= MANY_NODES:
            for name in moves:
                self.graph.stay(name)
            self._motion.glide(moves)
        else:
            for name in moves:
                self._motion.drop(name)
            self.graph.place_soon(moves)
        self._building.start(self.graph.steps())
        self._forget_missing()
        self._hint.show_when(not self.graph.wanted)
        self.setAccessibleDescription(
            f"{len(self.graph.wanted)} nodes and {len(self.graph.wanted_arcs)} arcs"
        )

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Follow another palette at once."""
        look = Look(palette)
        self.graph.set_look(look)
        self._hint.set_colour(look.colour["muted_text"])
        self.resetCachedContent()
        self.viewport().update()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Say whether nodes jump to a new layout instead of gliding."""
        self._is_motion_reduced = is_reduced

    def set_grid_visible(self, is_visible: bool) -> None:
        """Show or hide the dots."""
        self._has_grid = is_visible
        self.viewport().update()

    def set_empty_hint(self, text: str) -> None:
        """Set the words shown in the middle of a canvas without nodes."""
        self._hint.setText(text)
        self._hint.show_when(not self.graph.nodes)

    def finish_motion(self) -> None:
        """Put nodes that are gliding, or still to come, where they belong."""
        self._building.finish()
        self._motion.finish()

    # -- selection -------------------------------------------------------------------------------

    def selected(self) -> list[str]:
        """Return the ids of the selected nodes in the order of their selection."""
        return list(self._selection.nodes)

    def selected_arcs(self) -> list[GraphArc]:
        """Return the selected arcs."""
        return [self.graph.arcs[arc].arc for arc in self._selection.arcs]

    def set_selected(self, names: Iterable[str]) -> None:
        """Select exactly these nodes and no arcs."""
        self.select(names)

    def select(self, names: Iterable[str] = (), arcs: Iterable[ArcId] = ()) -> None:
        """Select exactly these nodes and arcs, those still to come when they are there."""
        names, arcs = tuple(names), tuple(arcs)
        self._awaited = (names, arcs) if self._building.is_running else None
        if self._selection.choose(names, arcs):
            self.selection_changed.emit()

    def select_all(self) -> None:
        """Select every node and every arc."""
        self.select(self.graph.wanted, self.graph.wanted_arcs)

    # -- the view --------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels on the screen for one canvas unit."""
        return self._camera.zoom

    def zoom_in(self) -> None:
        """Zoom in about the middle."""
        self.zoom_about(QPointF(self.viewport().rect().center()), STEP)

    def zoom_out(self) -> None:
        """Zoom out about the middle."""
        self.zoom_about(QPointF(self.viewport().rect().center()), 1 / STEP)

    def zoom_reset(self) -> None:
        """Show one canvas unit as one pixel."""
        self.zoom_about(QPointF(self.viewport().rect().center()), 1 / self.zoom)

    def zoom_about(self, where: QPointF, factor: float) -> None:
        """Zoom about a point of the viewport."""
        self._hurry()
        self._fits_when_built = False
        self._camera.zoom_at(where, factor)
        self.view_changed.emit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many pixels."""
        self._hurry()
        self._fits_when_built = False
        self._camera.pan(dx, dy)

    def fit(self) -> None:
        """Show the whole graph, once more when the canvas first gets its size."""
        self._wants_fit = not self.isVisible()
        self._fits_when_built = self._building.is_running
        self._camera.fit(self.graph.node_bounds())
        self.view_changed.emit()

    def fit_to(self, rect: QRectF, margin: float) -> None:
        """Show a part of the scene with so many free pixels around it, whatever nodes there are."""
        self._wants_fit = self._fits_when_built = False
        self._camera.fit(rect, margin)
        self.view_changed.emit()

    def fit_selection(self) -> None:
        """Show the selected nodes, everything when there are none."""
        self._camera.fit(self.graph.node_bounds(self.selected() or None))
        self.view_changed.emit()

    def reveal(self, name: str) -> None:
        """Bring a node into sight, moving the picture only when it is out of it."""
        item = self.graph.nodes.get(name)
        if item is None and name in self.graph.wanted:
            self._reveals_when_built = name
        elif item is not None and not self.visible_rect().contains(item.sceneBoundingRect()):
            self.centerOn(item.pos())
            self.view_changed.emit()

    def visible_rect(self) -> QRectF:
        """Return the part of the scene in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def visible_centre(self) -> tuple[float, float]:
        """Return the place in the middle of the viewport."""
        centre = self.visible_rect().center()
        return (centre.x(), centre.y())

    def node_rect(self, name: str) -> QRect:
        """Return where a node is in the viewport."""
        item = self.graph.nodes[name]
        return self.mapFromScene(item.outline.translated(item.pos())).boundingRect()

    def arc_rect(self, arc: ArcId) -> QRect:
        """Return where the label of an arc is in the viewport, or its middle where it has none."""
        item = self.graph.arcs[arc]
        rect = item.label_rect()
        if rect.isEmpty() and item.route is not None:
            rect = QRectF(*item.route.label_at, 0.0, 0.0)
        return self.mapFromScene(rect).boundingRect()

    # -- events ----------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Say that the view changed, however it came about."""
        super().scrollContentsBy(dx, dy)
        self.view_changed.emit()

    def showEvent(self, show: QShowEvent) -> None:
        """Fit anew what was fitted before there was a size to fit to."""
        super().showEvent(show)
        if self._wants_fit:
            self.fit()
            self._wants_fit = False

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Keep the hint in the middle."""
        super().resizeEvent(resize)
        self._hint.setGeometry(self.viewport().rect())

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the canvas colour and the dots."""
        if self._has_grid:
            paint_background(painter, rect, self.graph.look, self.zoom)
        else:
            painter.fillRect(rect, self.graph.look.colour["canvas"])

    # -- within ----------------------------------------------------------------------------------

    @Slot()
    def _hurry(self) -> None:
        """Leave out the smoothing of edges for as long as a large graph is in motion."""
        if len(self.graph.wanted) > MANY_NODES:
            self.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._quality.start()

    @Slot(object, bool)
    def _on_moved(self, positions: Mapping[str, tuple[float, float]], is_finished: bool) -> None:
        self._adrift.update(positions)

    @Slot()
    def _on_built(self) -> None:
        """Do what had to wait for nodes that were still to come."""
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self.select(*awaited)
        if self._fits_when_built:
            self.fit()
        name, self._reveals_when_built = self._reveals_when_built, ""
        if name:
            self.reveal(name)

    @Slot()
    def _on_view_changed(self) -> None:
        zoom = self.zoom
        self.graph.set_far(zoom < FAR_BELOW)
        self.graph.set_labels(zoom >= LABELS_FROM)
        self.graph.set_patches(zoom < ROWS_BELOW)

    @Slot()
    def _restore_quality(self) -> None:
        self.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self.viewport().update()
