"""Level 2 on the stage: the clique tree on a canvas of its own, and the table of what is picked."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.levels.moments import Moment, ShownTable
from app.benches.networks.levels.packet import Packet
from app.benches.networks.levels.table_pane import TablePane, beside_table
from app.benches.networks.levels.tree_drawing import as_message, tree_arcs, tree_nodes
from app.benches.networks.levels.tree_layout import (
    TreeLayout,
    clique_id,
    clique_label,
    clique_number,
)
from app.benches.networks.levels.tree_moments import (
    STAGES,
    TreePicture,
    belief_table,
    change_table,
    standing_table,
)
from app.canvas.view import GraphCanvas
from core.networks.model import BayesNet

TURN_MS = 120
FREE_PIXELS = 16.0
"""Around the tree."""

LEGEND_ROOM = 22.0
"""Below the tree, in canvas units."""
_STAGE_HELP = (
    "Link the parents of common children, and forget directions",
    "Eliminate one variable after another, linking its neighbours",
    "Keep the elimination cliques that no other contains",
    "Link cliques by a maximum spanning tree of what they share",
    "Send messages until neighbours agree on what they share",
)


class TreeStage(QWidget):
    """The tree and the entries of a clique or message; `parts` names the parts of the level."""

    stage_wanted = Signal(str)
    """(a part of the level): its name was clicked."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._palette = dict(palette)
        self._net = BayesNet()
        self._moment: Moment | None = None
        self._picture: TreePicture | None = None
        self._layout: TreeLayout | None = None
        self._positions: dict[str, tuple[float, float]] = {}
        self._clique: int | None = None
        self._message: tuple[int, int] | None = None
        self._is_motion_reduced = False
        self._chosen_way: tuple[TreeLayout | None, bool] = (None, True)
        self._turning = QTimer(self, singleShot=True, interval=TURN_MS)
        self._turning.timeout.connect(self._turn)
        self.canvas = GraphCanvas(palette, self)
        self.canvas.is_picking = True
        self.canvas.set_grid_visible(False)
        self.canvas.setAccessibleName("Clique tree")
        self.canvas.setMinimumHeight(60)
        self.canvas.set_empty_hint("Cliques appear here as variables are eliminated.")
        self.packet = Packet(self.canvas)
        self.table = TablePane(palette)
        self.legend = QLabel(self.canvas)
        self.legend.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.stages: dict[str, QToolButton] = {}
        self._lay_out()
        self.canvas.node_picked.connect(self._on_clique)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.moved.connect(self._on_moved)

    def _lay_out(self) -> None:
        self.parts = QWidget(self)
        row = QHBoxLayout(self.parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for k, name in enumerate(STAGES):
            if k:
                arrow = QLabel("›", self)
                arrow.setProperty("role", "muted")
                row.addWidget(arrow)
            button = QToolButton(self)
            button.setText(name)
            button.setCheckable(True)
            button.setToolTip(_STAGE_HELP[k])
            button.clicked.connect(lambda _on=False, wanted=name: self.stage_wanted.emit(wanted))
            group.addButton(button)
            self.stages[name] = button
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside_table(self.canvas, self.table, (560, 320), self), 1)

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Say whether messages arrive at once."""
        self._is_motion_reduced = is_reduced
        self.canvas.set_reduced_motion(is_reduced)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = dict(palette)
        self.canvas.apply_palette(palette)
        self.table.apply_palette(palette)
        self._show_legend()

    def show_moment(
        self, net: BayesNet, moment: Moment, picture: TreePicture, *, within_ms: int = 0
    ) -> None:
        """Show a moment; with `within_ms` its message travels."""
        self._net, self._moment, self._picture = net, moment, picture
        is_new = picture.layout is not self._layout
        if is_new:
            self._layout = picture.layout
            self._choose_way(picture.layout)
            self._clique = self._message = None
        self.stages[moment.stage].setChecked(True)
        self.canvas.set_graph(tree_nodes(picture, self._positions), tree_arcs(picture))
        if is_new:
            self._fit()
        self._mark_picked()
        self.packet.stop()
        if within_ms and picture.message is not None and not self._is_motion_reduced:
            source, target = picture.message
            self.packet.send(clique_id(source), clique_id(target), within_ms)
        self._show_legend()
        self._show_table()

    def close_stage(self) -> None:
        """Stop what moves."""
        self.packet.stop()

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Turn the tree where that shows it larger."""
        super().resizeEvent(resize)
        self._turning.start()

    def _place_legend(self) -> None:
        self.legend.adjustSize()
        self.legend.move(6, self.canvas.height() - self.legend.height() - 3)

    @Slot()
    def _turn(self) -> None:
        picture = self._picture
        self._place_legend()
        if picture is None or not self.isVisible():
            return
        if self._choose_way(picture.layout):
            self.canvas.set_graph(tree_nodes(picture, self._positions), tree_arcs(picture))
        self._fit()

    def _fit(self) -> None:
        """Show the whole tree as it will be, so that nothing moves while cliques appear."""
        layout, is_wide = self._chosen_way
        if layout is not None:
            left, top, right, bottom = layout.wide_bounds if is_wide else layout.tall_bounds
            whole = QRectF(left, top, right - left, bottom - top + LEGEND_ROOM)
            self.canvas.fit_to(whole, FREE_PIXELS)

    def _choose_way(self, layout: TreeLayout) -> bool:
        """Take the places that show the tree larger; return whether they are others than before."""
        room = self.canvas.viewport().size()
        is_wide = layout.is_wider_in(room.width(), room.height())
        places = layout.wide if is_wide else layout.tall
        if (layout, is_wide) == self._chosen_way:
            return False
        self._chosen_way = (layout, is_wide)
        self._positions = dict(places)
        return True

    # -- picking ---------------------------------------------------------------------------------

    @Slot(str)
    def _on_clique(self, node_id: str) -> None:
        clique = clique_number(node_id)
        self._clique, self._message = (None if clique == self._clique else clique), None
        self._mark_picked()
        self._show_table()

    @Slot()
    def _on_selection(self) -> None:
        arcs = self.canvas.selected_arcs()
        nodes = self.canvas.selected()
        if len(arcs) == 1:
            source, target = as_message(arcs[0])
            self._clique, self._message = None, (source, target)
        elif len(nodes) == 1:
            self._clique, self._message = clique_number(nodes[0]), None
        elif not arcs and not nodes:
            self._clique = self._message = None
        self._show_table()

    def _mark_picked(self) -> None:
        with _Quiet(self.canvas):
            if self._clique is not None:
                self.canvas.select([clique_id(self._clique)])
            elif self._message is None:
                self.canvas.select()

    @Slot(object, bool)
    def _on_moved(self, positions: Mapping[str, tuple[float, float]], is_finished: bool) -> None:
        if is_finished and self._picture is not None:
            self._positions.update(positions)
            nodes = tree_nodes(self._picture, self._positions)
            self.canvas.set_graph(nodes, tree_arcs(self._picture))

    # -- what is beside the tree -----------------------------------------------------------------

    def _show_table(self) -> None:
        table = self._picked_table()
        if table is None and self._moment is not None and self._moment.table is not None:
            table = self._moment.table()
        self.table.show_table(table, "Click a clique or an arrow to see its entries.")

    def _picked_table(self) -> ShownTable | None:
        picture = self._picture
        if picture is None or (self._clique is None and self._message is None):
            return None
        if picture.run is None:
            return _scope_table(picture, self._clique)
        if self._message is not None:
            return standing_table(self._net, picture.run, picture.sent, *self._message)
        assert self._clique is not None
        if picture.message is not None and picture.message[1] == self._clique:
            return change_table(self._net, picture.run, picture.sent - 1)
        return belief_table(self._net, picture.run, picture.sent, self._clique)

    def _show_legend(self) -> None:
        picture = self._picture
        if picture is None or picture.run is None:
            self.legend.clear()
            self._place_legend()
            return
        run = picture.run
        counts = [("accent", "━", f"{picture.sent} sent")]
        waiting = len(run.schedule) - picture.sent
        if picture.is_again:
            counts.append(("warning", "┅", f"{waiting} to send again"))
            counts.append(("success", "━", f"{len(run.resting)} rest"))
        else:
            counts.append(("muted_text", "┅", f"{waiting} to send"))
        parts = [
            f'<span style="color:{self._palette[role]}">{sign}</span>&nbsp;{text}'
            for role, sign, text in counts
        ]
        self.legend.setText("&nbsp;&nbsp;&nbsp;".join(parts))
        self._place_legend()


def _scope_table(picture: TreePicture, clique: int | None) -> ShownTable | None:
    if clique is None:
        return None
    title = f"{{{clique_label(picture.triangulation, clique)}}}"
    return ShownTable(title, (), (), (), "Its belief is here once factors have been entered.")


class _Quiet:
    """Lets nobody hear of a change of the selection that is only shown."""

    def __init__(self, target: QObject) -> None:
        self._target = target

    def __enter__(self) -> None:
        self._was_blocked = self._target.blockSignals(True)

    def __exit__(self, *_: object) -> None:
        self._target.blockSignals(self._was_blocked)
