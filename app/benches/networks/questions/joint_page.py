"""The joint distribution of chosen nodes, or a conditional one, given the findings."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column, exact, short
from app.benches.networks.questions.figures_joint import joint_figure
from app.benches.networks.questions.findings_text import findings_text
from app.benches.networks.questions.joint_answer import (
    ROWS_SHOWN,
    JointAnswer,
    JointRow,
    conditional,
)
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.picker import Picker
from app.benches.networks.questions.probability_delegate import ProbabilityDelegate
from app.figures.table_file import csv_bytes
from app.shell.bench import FigureView
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.questions.joint import joint
from core.progress import Progress

HINT = (
    "Select nodes on the net: their joint distribution given the findings appears here, whether "
    "or not they stand in one clique."
)


class JointPage(QuestionPage):
    """Lists P(variables | given, findings), the states of the last variable side by side."""

    title = "Joint"
    help = "The joint distribution of chosen nodes, given the findings and other nodes"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.picker = Picker(surroundings.canvas, self)
        self.variables = NodeChooser(
            "Variables",
            "The nodes whose distribution is asked for, in this order",
            surroundings,
            self.picker,
            follows=True,
        )
        self.given = NodeChooser(
            "Conditional on",
            "Nodes for each of whose states there is a distribution",
            surroundings,
            self.picker,
        )
        self.copy_button = QPushButton("Copy", self)
        self.copy_button.setToolTip("Copy the table for a spreadsheet")
        self.csv_button = QPushButton("CSV…", self)
        self.csv_button.setToolTip("Save one row for each combination of states")
        self.table = AnswerTable("Joint distribution", self)
        self.result: JointAnswer | None = None
        self._delegates: list[ProbabilityDelegate] = []
        self._palette = dict(surroundings.context.palette)
        self._put_together()
        for chooser in (self.variables, self.given):
            chooser.changed.connect(self.refresh_soon)
        self.copy_button.clicked.connect(self.table.copy)
        self.csv_button.clicked.connect(self.save_csv)

    def refresh(self) -> None:
        given = self.given.names
        names = tuple(name for name in self.variables.names if name not in given)
        if not names:
            self.result = None
            self.show_hint(HINT)
            self.decoration_changed.emit()
            return
        net, evidence = self.net, self.evidence
        self.ask(
            "Joint distribution",
            partial(_answer, given, names),
            partial(self._on_table, net, evidence, given, names),
        )

    def decoration(self) -> CanvasDecoration:
        if self.result is None or not self.has_answer:
            return NOTHING
        nodes = dict.fromkeys(self.result.given, "warning")
        nodes |= dict.fromkeys(self.result.names, "accent")
        return CanvasDecoration(node_emphasis={n: r for n, r in nodes.items() if n in self.net})

    def views(self) -> list[FigureView]:
        if self.result is None or not self.has_answer:
            return []
        result = self.result
        return [
            FigureView("joint", result.heading, partial(joint_figure, result), result.long_table)
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self._palette = dict(palette)
        for part in (self.variables, self.given, *self._delegates):
            part.apply_palette(palette)
        self.table.viewport().update()

    @Slot()
    def save_csv(self) -> None:
        """Ask where to and write one row for each cell."""
        if self.result is None:
            return
        context, result = self.surroundings.context, self.result
        path = context.dialogs.save_path("Save the distribution", "joint.csv", "CSV (*.csv)")
        if path is not None:
            context.jobs.run(
                f"Save {path.name}",
                lambda progress: path.write_bytes(csv_bytes(result.long_table())),
                lambda _done: context.say(f"Saved {path.name}."),
                lambda error: context.say(str(error)),
                owner=self,
            )

    def _on_table(
        self,
        net: BayesNet,
        evidence: Evidence,
        given: tuple[str, ...],
        names: tuple[str, ...],
        table: object,
    ) -> None:
        labels = tuple(net[name].states for name in (*given, *names))
        self.result = result = JointAnswer(
            given, names, labels, table, findings_text(net, evidence)
        )
        more = result.line_count - ROWS_SHOWN
        rest = f" The first {ROWS_SHOWN:,} of {result.line_count:,} lines." if more > 0 else ""
        self.show_answer(f"{result.heading}. {result.summary()}{rest}".rstrip())
        self._show_table(result)

    def _show_table(self, result: JointAnswer) -> None:
        for number in range(len(self.table.model_.columns)):
            self.table.set_delegate(number, None)
        columns = [
            Column(name, lambda row, k=k: row.states[k], tip=lambda row, k=k: row.states[k])
            for k, name in enumerate(result.variables[:-1])
        ]
        self._delegates = []
        last = result.variables[-1]
        for k, state in enumerate(result.labels[-1]):
            text = partial(_text, k)
            delegate = ProbabilityDelegate(lambda row, k=k: row.values[k], text, self)
            delegate.apply_palette(self._palette)
            self._delegates.append(delegate)
            self.table.set_delegate(len(columns), delegate)
            columns.append(
                Column(
                    f"{last} = {state}",
                    text,
                    copied=lambda row, k=k: exact(row.values[k]),
                    tip=partial(_tip, result, k),
                    is_number=True,
                    width=max(96, 22 + self.fontMetrics().horizontalAdvance(f"{last} = {state}")),
                )
            )
        if result.is_joint and len(result.names) > 1:
            columns.append(
                Column(
                    "Sum",
                    lambda row: short(row.total, 6),
                    "The sum of the line",
                    copied=lambda row: exact(row.total),
                    is_number=True,
                    width=96,
                )
            )
        self.table.set_answer(columns, result.rows())

    def _put_together(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.csv_button)
        buttons.addStretch(1)
        for part in (self.variables, self.given):
            self.controls.addWidget(part)
        self.controls.addLayout(buttons)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)


def _answer(
    given: tuple[str, ...],
    names: tuple[str, ...],
    compiled: object,
    evidence: Evidence,
    progress: Progress,
) -> object:
    return conditional(joint(compiled, (*given, *names), evidence, progress), len(given))


def _text(k: int, row: JointRow) -> str:
    value = row.values[k]
    return "—" if value != value else short(value, 6)


def _tip(result: JointAnswer, k: int, row: JointRow) -> str:
    value = row.values[k]
    if value != value:
        return "The condition is impossible, so there is no distribution."
    states = (*row.states, result.labels[-1][k])
    parts = [f"{name} = {state}" for name, state in zip(result.variables, states, strict=True)]
    return f"{', '.join(parts)}\n{exact(value)}"
