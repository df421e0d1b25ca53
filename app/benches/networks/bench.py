"""The networks bench: a Bayes net on a canvas with its beliefs live, and its inspector."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QMenu

from app.benches.networks import arrange
from app.benches.networks.arc_cost import ArcCost
from app.benches.networks.decorating import decorated_arcs, decorated_nodes, previewed
from app.benches.networks.figure import network_figure
from app.benches.networks.graph_gestures import GraphGestures
from app.benches.networks.inspector import NetworkInspector
from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.node_panel import with_styles
from app.benches.networks.panel import NOTHING, PanelContext
from app.benches.networks.panels import PANELS
from app.benches.networks.presentation import NodeViews
from app.benches.networks.spec import ACTIONS
from app.canvas.graph import GraphArc
from app.graphical.amounts import counted
from app.graphical.bench import GraphicalBench
from app.graphical.panel_deck import PanelDeck
from app.shell.bench import BenchContext, FigureView
from core.networks.model import BayesNet

EMPTY_HINT = (
    "Double-click to add a node.\nDrag from the rim of a node to another to draw an arc.\n"
    "Paste a network in BIF, or drop a file here."
)

NODE_MENU = (
    "network.rename",
    "network.edit_table",
    "network.note",
    None,
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.delete",
    None,
    "network.connect",
    "network.toggle_style",
    "network.colour",
    "network.clear_colour",
    None,
    "evidence.retract",
)
CANVAS_MENU = (
    "network.add_node",
    "network.paste",
    "network.select_all",
    None,
    "network.layout",
    "network.fit",
    None,
    "network.show_names",
    "network.show_bars",
    None,
    "evidence.clear",
)
VIEWS = (("posteriors", "Posteriors"), ("graph", "Graph"))
PANEL_PREFERENCE = "networks.panel"
"""Id of the panel that was in sight last, empty when the deck was hidden."""

SPLIT_PREFERENCE = "networks.split"
FIRST_SPLIT = [560, 440]
"""Heights of the canvas and of the panels below it."""


class NetworkBench(GraphicalBench):
    """Puts canvas, inspector, panels and live inference together over one network of the study."""

    specs = ACTIONS
    node_menu = NODE_MENU
    canvas_menu = CANVAS_MENU
    arranging = arrange

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        document = NetworkDocument(context.document, subject_id, context.say)
        super().__init__(context, subject_id, document)
        self._views = NodeViews()
        self._counted: BayesNet | None = None
        self._count = ""
        self.gestures = GraphGestures(self.canvas, document)
        self._inspector = NetworkInspector(document, context, self.action)
        self.arc_cost = ArcCost(self.canvas, document, context.jobs, self)
        surroundings = PanelContext(
            document, self.beliefs, self.canvas, context, self.action, self.show_cell
        )
        deck = PanelDeck(
            context, lambda panel: panel(surroundings), PANELS, PANEL_PREFERENCE, NOTHING, self
        )
        self._fill(deck, preference=SPLIT_PREFERENCE, heights=FIRST_SPLIT)
        self._connect()
        self._begin()

    # -- what the shell asks ---------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "network.connect":
            return len(self.canvas.selected()) >= 2
        if action_id == "network.toggle_style":
            return bool(self.canvas.selected())
        return super().is_enabled(action_id)

    def views(self) -> list[FigureView]:
        return [*self.deck.views(), *self._views_of(VIEWS, network_figure)]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.deck.apply_palette(palette)

    def takes_files(self, paths: Sequence[Path]) -> bool:
        is_cases = len(paths) == 1 and paths[0].suffix.lower() == ".csv"
        return is_cases or super().takes_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        if super().takes_files(paths):
            super().take_files(paths)
        else:
            self.deck.open_panel("cases").open_file(paths[0])

    def close_bench(self) -> None:
        self.deck.close_panels()
        self.arc_cost.close()
        super().close_bench()

    # -- what is drawn ---------------------------------------------------------------------------

    def _before_first_sight(self) -> None:
        """Show the panel that was in sight when a network was last worked on."""
        panel_id = self.deck.remembered()
        if panel_id:
            self.deck.open_panel(panel_id)

    def _show_graph(self) -> None:
        subject = self.document.subject
        decoration = self.deck.decoration()
        shown = self.brushing.over(previewed(self.beliefs.beliefs.shown, decoration))
        animate, self._is_gliding = self._is_gliding, False
        nodes = decorated_nodes(self._views.of(subject, shown), decoration)
        self.canvas.set_graph(
            nodes, decorated_arcs(self._views.arcs(subject.net), decoration), animate=animate
        )

    def _counts(self) -> str:
        net = self.document.net
        if net is not self._counted:
            self._counted = net
            self._count = (
                f"{counted(len(net), 'node')}, {counted(net.arc_count, 'arc')}, "
                f"{counted(net.parameter_count(), 'parameter')}"
            )
        return self._count

    def _places(self, model: BayesNet) -> dict[str, tuple[float, float]]:
        return {node.name: node.position for node in model}

    def _fill_arc_menu(self, menu: QMenu, arc: GraphArc) -> None:
        remove = menu.addAction(f"Remove {arc.source} → {arc.target}")
        remove.triggered.connect(lambda: self.gestures.delete([], [arc]))
        table = menu.addAction(f"Edit table of {arc.target}")
        table.triggered.connect(lambda: self._on_activated(arc.target))

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        return {
            **super()._make_commands(),
            "network.add_node": self._add_node,
            "network.connect": self.gestures.connect_selected,
            "network.toggle_style": self._toggle_style,
        }

    def _add_node(self) -> None:
        taken = {node.position for node in self.document.net}
        self.gestures.add_node(*self._free_place(taken))

    def show_cell(self, name: str, configuration: tuple[int, ...], state: int) -> None:
        """Show an entry of a node's table."""
        self.canvas.set_selected([name])
        self.canvas.reveal(name)
        editor, node = self._inspector.table_editor, self.document.net[name]
        self._inspector.show_tab(editor)
        column = 0
        for parent_state, size in zip(configuration, node.table.shape[:-1], strict=True):
            column = column * size + parent_state
        editor.view.setCurrentIndex(editor.model.index(state, column))

    def _toggle_style(self) -> None:
        names, subject = self.canvas.selected(), self.document.subject
        is_all_bars = all(subject.style_of(name) == "bars" for name in names)
        style = "name" if is_all_bars else "bars"
        self.document.edit("Change node style", lambda s: with_styles(s, names, style))

    def _connect(self) -> None:
        self.canvas.set_empty_hint(EMPTY_HINT)
        self.deck.decoration_changed.connect(self._show_graph)
