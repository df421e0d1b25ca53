"""What every bench of graphical models does: live beliefs, findings and how nodes show them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.figures.description import Figure, FigureOptions
from app.graphical.amounts import spent
from app.graphical.beliefs import BeliefController
from app.graphical.brushing import PREVIEW_ACTION, Brushing
from app.graphical.canvas_bench import CanvasBench
from app.graphical.evidence_gestures import EvidenceGestures
from app.graphical.posterior_table import posterior_table
from app.graphical.subject_document import SubjectDocument
from app.shell.bench import BenchContext, FigureView
from core.networks.formats import uai_evidence
from core.networks.posteriors import Posteriors

SHOWN_AT_ONCE = 200
"""A model with more nodes is shown in the next turn of the event loop, after its bench."""

EVIDENCE_SUFFIX = ".evid"

Draw = Callable[[Any, Posteriors | None, FigureOptions, str], Figure]
"""Returns the figure of a subject and its posteriors for the id of a view."""


class GraphicalBench(CanvasBench):
    """Puts canvas, inspector and live inference together over one model of the study.

    A subclass makes `gestures` and `_inspector`, then calls `_begin`; it says what is drawn.
    """

    needs_one = CanvasBench.needs_one | {"network.edit_table"}
    of_table: tuple[str, ...] = ("table.",)
    """What the ids of the actions begin with that the editor of the table carries out."""

    def __init__(self, context: BenchContext, subject_id: str, document: SubjectDocument) -> None:
        super().__init__(context, subject_id, document)
        self.beliefs = BeliefController(context.jobs, self)
        self.evidence_gestures = EvidenceGestures(self.canvas, document, self.beliefs)
        self.brushing = Brushing(document, self.beliefs, self.canvas, context, self)

    def _begin(self) -> None:
        """Connect everything and show the model."""
        self._connect_canvas()
        self._inspector.part_panel.renamed.connect(self.gestures.rename)
        self.beliefs.updated.connect(self._on_beliefs)
        self.brushing.changed.connect(self._show_graph)
        self.apply_palette(self.context.palette)
        if len(self.document.net) > SHOWN_AT_ONCE:
            QTimer.singleShot(0, self, self._on_changed)
        else:
            self._on_changed()

    # -- what a subclass says --------------------------------------------------------------------

    def _show_graph(self) -> None:
        """Give the canvas its nodes and arcs."""
        raise NotImplementedError

    def _counts(self) -> str:
        """Return how large the model is, for the status bar."""
        raise NotImplementedError

    def _look_panel(self) -> QWidget:
        return self._inspector.part_panel

    def _is_empty(self) -> bool:
        return len(self.document.net) == 0

    # -- what the shell asks ---------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        if action_id.startswith(self.of_table):
            self._inspector.table_editor.trigger(action_id)
            self.state_changed.emit()
        else:
            super().trigger(action_id)

    def is_enabled(self, action_id: str) -> bool:
        if action_id.startswith(self.of_table):
            return self._inspector.table_editor.is_enabled(action_id)
        if action_id in ("evidence.clear", "evidence.save_set"):
            return len(self.document.evidence) > 0
        if action_id == "evidence.retract":
            return any(name in self.document.evidence for name in self.canvas.selected())
        return super().is_enabled(action_id)

    def is_checked(self, action_id: str) -> bool:
        if action_id == PREVIEW_ACTION:
            return self.brushing.is_on
        if action_id in ("network.show_names", "network.show_bars"):
            style = "name" if action_id == "network.show_names" else "bars"
            return self.document.subject.node_style == style
        return super().is_checked(action_id)

    def _views_of(self, views: Sequence[tuple[str, str]], draw: Draw) -> list[FigureView]:
        """Return views of the model as it is now: (id, title), drawn by `draw`."""
        # Bound now, on the window's thread: the figures are made on a worker.
        subject, posteriors = self.document.subject, self.beliefs.beliefs.posteriors
        return [
            FigureView(
                view,
                title,
                lambda options, view=view: draw(subject, posteriors, options, view),
                lambda: posterior_table(subject.net, posteriors),
            )
            for view, title in views
        ]

    def inspector(self) -> QWidget:
        return self._inspector

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.canvas.apply_palette(palette)
        self._inspector.apply_palette(palette)

    def status(self) -> str:
        beliefs = self.beliefs.beliefs
        parts = [self._counts()]
        if beliefs.cost is not None:
            cost = beliefs.cost
            parts.append(f"treewidth {cost.treewidth}, {cost.clique_cells:,} clique cells")
        parts += self._answer_parts()
        return "  ·  ".join(parts)

    def _answer_parts(self) -> list[str]:
        """Return what the status bar says of the answer, or of why there is none."""
        beliefs = self.beliefs.beliefs
        if self.beliefs.is_waiting:
            return ["working out the beliefs"]
        if beliefs.problem:
            against = " against ".join(beliefs.conflict or ())
            return [f"evidence impossible: {against}" if against else beliefs.problem]
        return [f"beliefs in {spent(beliefs.seconds)}"] if beliefs.seconds else []

    def takes_files(self, paths: Sequence[Path]) -> bool:
        return len(paths) == 1 and paths[0].suffix.lower() == EVIDENCE_SUFFIX

    def take_files(self, paths: Sequence[Path]) -> None:
        """Enter the findings of a UAI evidence file in place of those entered now."""
        path, net = paths[0], self.document.net
        self.context.jobs.run(
            f"Read {path.name}",
            lambda progress: uai_evidence.read(path, net),
            lambda evidence: self.document.observe(f"Enter {path.name}", evidence),
            lambda error: self.context.say(str(error)),
            key=(self.subject_id, "evidence"),
            quiet=True,
        )

    def close_bench(self) -> None:
        self.brushing.close()
        self.beliefs.close()
        self.document.close()
        self._inspector.deleteLater()

    # -- following the model ---------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._follow_motion()
        if not self.beliefs.take(self.document.subject):
            self._show_graph()
        self.state_changed.emit()

    @Slot()
    def _on_beliefs(self) -> None:
        self._show_graph()
        self._inspector.show_beliefs(self.beliefs.beliefs)
        self.state_changed.emit()

    @Slot()
    def _on_selection(self) -> None:
        self._inspector.show_selection(self.canvas.selected())
        self.state_changed.emit()

    @Slot(str)
    def _on_activated(self, name: str) -> None:
        self.canvas.set_selected([name])
        self._edit_table()

    # -- menus -----------------------------------------------------------------------------------

    def _fill_node_menu(self, menu: QMenu, name: str) -> None:
        if name in self.document.net:
            menu.insertMenu(menu.actions()[0], self._observe_menu(name, menu))

    def _observe_menu(self, name: str, owner: QMenu) -> QMenu:
        menu = QMenu("Observe", owner)
        node, evidence = self.document.net[name], self.document.evidence
        for index, state in enumerate(node.states):
            entry = menu.addAction(state)
            entry.setCheckable(True)
            entry.setChecked(evidence.get(name) == index)
            entry.triggered.connect(
                lambda _checked=False, index=index: self.canvas.bar_clicked.emit(name, index)
            )
        return menu

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        """Return what carries out the actions that all benches of graphical models have."""
        panel = self._inspector.evidence_panel
        return {
            **super()._make_commands(),
            "network.edit_table": self._edit_table,
            PREVIEW_ACTION: self.brushing.toggle,
            "network.show_names": lambda: self._set_style("name"),
            "network.show_bars": lambda: self._set_style("bars"),
            "evidence.clear": panel.clear_all,
            "evidence.retract": self._retract_selected,
            "evidence.save_set": panel.save_set,
            "evidence.show": lambda: self._inspector.show_tab(panel),
        }

    def _edit_table(self) -> None:
        """Show the table of what is selected."""
        self._inspector.show_tab(self._inspector.table_editor)
        self._inspector.table_editor.focus_table()

    def _set_style(self, style: str) -> None:
        text = "Show posterior bars" if style == "bars" else "Show names only"
        self.document.edit(text, lambda subject: subject.with_node_style(style))

    def _retract_selected(self) -> None:
        kept = self.document.evidence.without(*self.canvas.selected())
        self.document.observe("Retract evidence", kept)
