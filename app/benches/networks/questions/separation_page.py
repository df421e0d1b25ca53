"""Which nodes can learn from which: separation, live, with every path explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QSplitter

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.picker import Picker
from app.benches.networks.questions.trail_delegate import TrailDelegate
from app.figures.description import Table
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from core.networks.model import BayesNet
from core.networks.questions.separation import reachable
from core.networks.questions.trails import Trail, TrailNode, Trails, all_trails

HINT = (
    "Select a node on the net: whatever can learn from it lights up, and the rest steps back.\n"
    "Observe nodes, or give them here, and see paths close and open."
)
TRAILS_SHOWN = 40


@dataclass(frozen=True)
class Reached:
    """A node and whether an open path reaches it."""

    name: str
    is_reached: bool


NODE_COLUMNS = (
    Column("Node", lambda row: row.name, tip=lambda row: row.name, width=-1),
    Column(
        "",
        lambda row: "✓" if row.is_reached else "⊥",
        help="✓ an open path leads there, ⊥ none does",
        copied=lambda row: "reached" if row.is_reached else "separated",
        tip=lambda row: "An open path leads here" if row.is_reached else "No open path leads here",
        width=36,
    ),
)
TRAIL_COLUMNS = (
    Column(
        "Path",
        lambda trail: "",
        help="Along arcs in either direction, the shortest first",
        copied=lambda trail: trail.text,
        tip=lambda trail: trail.text,
    ),
    Column(
        "",
        lambda trail: "open" if trail.is_open else "blocked",
        copied=lambda trail: (
            "open" if trail.is_open else f"blocked at {', '.join(trail.blocked_at)}"
        ),
        tip=lambda trail: (
            "Every node lets through"
            if trail.is_open
            else f"Blocked at {', '.join(trail.blocked_at)}"
        ),
        width=76,
    ),
)
REASON_COLUMNS = (
    Column("On the path", lambda node: node.name, tip=lambda node: node.name),
    Column("As a", lambda node: node.role, help="How the path's arcs meet there"),
    Column(
        "Lets through",
        lambda node: "" if node.role == "end" else "yes" if node.is_open else "no",
        is_optional=True,
    ),
    Column("Because it", lambda node: node.reason, tip=lambda node: node.reason, width=-1),
)


class SeparationPage(QuestionPage):
    """Chooses X and Z, lights what X reaches, and lists the paths to a chosen node."""

    title = "Separation"
    help = "What the chosen nodes can tell about others, and along which paths"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.picker = Picker(surroundings.canvas, self)
        self.sources = NodeChooser(
            "From", "The nodes X whose news is followed", surroundings, self.picker, follows=True
        )
        self.targets = NodeChooser(
            "To",
            "The nodes Y that are asked about; all where none is chosen",
            surroundings,
            self.picker,
        )
        self.given = NodeChooser("Given", "The nodes Z that are known", surroundings, self.picker)
        self.uses_findings = QCheckBox("Findings are given", self)
        self.uses_findings.setToolTip("Observed nodes count among those that are known")
        self.uses_findings.setChecked(True)
        self.nodes = AnswerTable("Nodes and whether they are reached", self)
        self.trails = AnswerTable("Paths", self)
        self.reasons = AnswerTable("Why the path is open or blocked", self)
        self._trail_delegate = TrailDelegate(self)
        self.trails.set_delegate(0, self._trail_delegate)
        self.reached: tuple[str, ...] = ()
        self.trail: Trail | None = None
        self._pinned_target = ""
        self._put_together()
        self._connect()

    @property
    def given_names(self) -> tuple[str, ...]:
        """All that is given: chosen here, and observed."""
        found = dict.fromkeys(self.given.names)
        if self.uses_findings.isChecked():
            found |= dict.fromkeys(
                name for name, finding in self.evidence.items() if isinstance(finding, int)
            )
        return tuple(name for name in found if name not in self.sources.names)

    def refresh(self) -> None:
        net, sources, given = self.net, self.sources.names, self.given_names
        targets = tuple(t for t in self.targets.names if t not in sources and t not in given)
        if not sources:
            self.reached, self.trail = (), None
            self.show_hint(HINT)
            self.decoration_changed.emit()
            return
        self.run(
            "Separation",
            lambda progress: reachable(net, sources, given),
            lambda reached: self._on_reached(net, sources, given, targets, reached),
        )

    def decoration(self) -> CanvasDecoration:
        sources = self.sources.names
        if not sources or not self.has_answer:
            return NOTHING
        given, reached = set(self.given_names), set(self.reached)
        nodes = {name: "faint" for name in self.net.names}
        nodes |= dict.fromkeys(reached, "success")
        nodes |= dict.fromkeys(given, "warning")
        nodes |= dict.fromkeys(sources, "accent")
        arcs = {arc: "faint" for arc in self.net.arcs if not _is_lit(arc, nodes)}
        if self.trail is not None:
            role = "success" if self.trail.is_open else "refused"
            for node in self.trail.nodes:
                if not node.is_open:
                    nodes[node.name] = "refused"
                elif nodes[node.name] == "faint":
                    del nodes[node.name]
            for one, other in pairwise(self.trail.names):
                arcs[one, other] = arcs[other, one] = role
        return CanvasDecoration(node_emphasis=nodes, arc_emphasis=arcs)

    def views(self) -> list[FigureView]:
        if not self.has_answer:
            return []
        rows = tuple((row.name, "yes" if row.is_reached else "no") for row in self.nodes.rows)
        table = Table(("node", "reached"), rows)
        return self.structure_views("separation", self.sentence.text(), table)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        for chooser in (self.sources, self.targets, self.given):
            chooser.apply_palette(palette)
        self._trail_delegate.apply_palette(palette)
        self.trails.viewport().update()

    # -- answers ---------------------------------------------------------------------------------

    def _on_reached(
        self,
        net: BayesNet,
        sources: tuple[str, ...],
        given: tuple[str, ...],
        targets: tuple[str, ...],
        reached: tuple[str, ...],
    ) -> None:
        self.reached, self.trail = reached, None
        inside = set(reached)
        others = [
            Reached(name, name in inside)
            for name in (targets or net.names)
            if name not in sources and name not in given
        ]
        others.sort(key=lambda row: not row.is_reached)
        keep = next((row for row in others if row.name == self._pinned_target), None)
        self.show_answer(_summary(sources, given, targets, reached, len(net)))
        blocked = self.nodes.blockSignals(True)
        self.nodes.set_answer(NODE_COLUMNS, others, keep=keep)
        self.nodes.blockSignals(blocked)
        if keep is None and targets:
            keep = others[0] if others else None
        self._show_trails_to(keep)

    @Slot(object)
    def _on_node(self, row: Reached) -> None:
        self._pinned_target = row.name
        self._show_trails_to(row)

    def _show_trails_to(self, row: Reached | None) -> None:
        if row is None:
            self._show_trails(Trails((), False))
            return
        net, sources, given, target = self.net, self.sources.names, self.given_names, row.name
        self.run("Paths", lambda progress: _trails(net, sources, target, given), self._show_trails)

    def _show_trails(self, found: Trails) -> None:
        self.trails.set_answer(TRAIL_COLUMNS, found.trails)
        self.trails.widen(0)
        self.trails.setToolTip("There are more paths than these" if found.has_more else "")
        if found.trails:
            self.trails.choose(0)
        else:
            self.trail = None
            self.reasons.hide()
            self.decoration_changed.emit()

    @Slot(object)
    def _on_trail(self, trail: Trail) -> None:
        self.trail = trail
        inner: tuple[TrailNode, ...] = trail.nodes[1:-1]
        self.reasons.set_answer(REASON_COLUMNS, inner)
        self.reasons.setVisible(bool(inner))
        self.decoration_changed.emit()

    # -- parts -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        for chooser in (self.sources, self.targets, self.given):
            chooser.changed.connect(self.refresh_soon)
        self.uses_findings.toggled.connect(self.refresh_soon)
        self.nodes.row_chosen.connect(self._on_node)
        self.trails.row_chosen.connect(self._on_trail)
        self.nodes.row_activated.connect(lambda row: self.surroundings.canvas.reveal(row.name))

    def _put_together(self) -> None:
        for part in (self.sources, self.targets, self.given, self.uses_findings):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        paths = QSplitter(Qt.Orientation.Vertical, self)
        paths.addWidget(self.trails)
        paths.addWidget(self.reasons)
        paths.setSizes([300, 200])
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.nodes)
        split.addWidget(paths)
        split.setSizes([170, 520])
        self.nodes.setMinimumWidth(112)
        split.setChildrenCollapsible(False)
        self.answer.addWidget(split)


def _trails(net: BayesNet, sources: tuple[str, ...], target: str, given: tuple[str, ...]) -> Trails:
    """Return the paths, open ones first."""
    found = all_trails(net, sources, (target,), given, limit=TRAILS_SHOWN)
    return Trails(tuple(sorted(found.trails, key=lambda trail: not trail.is_open)), found.has_more)


def _is_lit(arc: tuple[str, str], nodes: Mapping[str, str]) -> bool:
    return "faint" not in (nodes[arc[0]], nodes[arc[1]])


def _summary(
    sources: tuple[str, ...],
    given: tuple[str, ...],
    targets: tuple[str, ...],
    reached: tuple[str, ...],
    count: int,
) -> str:
    who = _listed(sources)
    condition = f" given {_listed(given)}" if given else ""
    if targets:
        linked = [name for name in targets if name in reached]
        if not linked:
            return f"{_listed(targets)} ⊥ {who}{condition}: no path is open."
        return f"{who} can tell about {_listed(linked)}{condition}: a path is open."
    others = count - len(sources) - len(given)
    told = f"{who} can tell about {len(reached)} of {counted(others, 'other node')}{condition}."
    return f"{told} Choose one to see the paths." if others else told


def _listed(names: tuple[str, ...] | list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} and {names[2]}"
