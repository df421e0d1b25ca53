"""How the probability of a target answers to every parameter: a tornado plot."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column, exact, short, signed
from app.benches.networks.questions.figures_tornado import TornadoRow, tornado_figure, tornado_table
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.target_choice import TargetChoice
from app.benches.networks.questions.tornado_delegate import TornadoDelegate
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from core.networks.model import BayesNet
from core.networks.questions.sensitivity import (
    ParameterSensitivity,
    SensitivityAnalysis,
    sensitivity,
)

ROWS_SHOWN = 400
ROWS_IN_FIGURE = 24
INTERVALS = (("Each ± 10 %", 0.1), ("Each ± 50 %", 0.5), ("Each from 0 to 1", None))


class SensitivityPage(QuestionPage):
    """Draws for each parameter the range of the target's probability, the widest first."""

    title = "Sensitivity"
    help = "How the probability of a target answers to every number in the tables"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.target = TargetChoice(surroundings, self, has_state=True)
        self.picker = self.target.picker
        self.interval = QComboBox(self)
        self.interval.setAccessibleName("Interval of the parameters")
        self.interval.setToolTip(
            "How far each parameter is moved, alone; the others of its column keep their "
            "proportions"
        )
        for text, share in INTERVALS:
            self.interval.addItem(text, share)
        self.table = AnswerTable("Parameters by their influence on the target", self)
        self._tornado = TornadoDelegate(self)
        self.table.set_delegate(1, self._tornado)
        self.result: SensitivityAnalysis | None = None
        self._net: BayesNet | None = None
        label = QLabel("Parameters", self)
        label.setProperty("role", "muted")
        for part in (self.target, label, self.interval):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.target.changed.connect(self.refresh_soon)
        self.interval.activated.connect(self.refresh_soon)
        self.table.clicked.connect(self._on_clicked)
        self.table.row_activated.connect(self._show_cell)

    def refresh(self) -> None:
        target, state, relative = self.target.name, self.target.state, self.interval.currentData()
        if not target:
            self.result = None
            self.show_hint(
                "Select a node: every parameter of the net is then sorted by how much the "
                "probability of the node's state depends on it."
            )
            self.decoration_changed.emit()
            return
        self._net = self.net
        self.ask(
            "Sensitivity",
            lambda compiled, evidence, progress: sensitivity(
                compiled, target, state, evidence, progress, relative=relative
            ),
            self._on_answer,
        )

    def decoration(self) -> CanvasDecoration:
        if self.result is None or not self.has_answer or self.result.target not in self.net:
            return NOTHING
        matters = {row.node for row in self.result.rows}
        nodes = {name: "faint" for name in self.net.names if name not in matters}
        nodes[self.result.target] = "accent"
        return CanvasDecoration(node_emphasis=nodes)

    def views(self) -> list[FigureView]:
        result, net = self.result, self._net
        if result is None or net is None or not self.has_answer or not result.rows:
            return []
        rows = [
            TornadoRow(
                parameter_text(net, row), row.at_start, row.at_stop, row.value, row.derivative
            )
            for row in result.rows
        ]
        heading = target_text(net, result)
        return [
            FigureView(
                "tornado",
                f"Sensitivity of {heading}",
                partial(tornado_figure, heading, result.probability, rows[:ROWS_IN_FIGURE]),
                partial(tornado_table, rows),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.target.apply_palette(palette)
        self._tornado.apply_palette(palette)
        self.table.viewport().update()

    def _on_answer(self, result: SensitivityAnalysis) -> None:
        self.result, net = result, self._net
        rows = result.rows[:ROWS_SHOWN]
        heading = target_text(net, result)
        if not rows:
            self.show_answer(f"{heading} = {short(result.probability)}: no parameter moves it.")
        else:
            more = len(result.rows) - len(rows)
            rest = f", of which the first {ROWS_SHOWN} are listed" if more else ""
            self.show_answer(
                f"{heading} = {short(result.probability)}. It depends on "
                f"{counted(len(result.rows), 'parameter')}{rest}."
            )
        low = min((row.low for row in rows), default=0.0)
        high = max((row.high for row in rows), default=1.0)
        self._tornado.set_scale(
            min(low, result.probability), result.probability, max(high, result.probability)
        )
        self.table.set_answer(_columns(net, heading), rows)

    @Slot(object)
    def _on_clicked(self, index: object) -> None:
        self._show_cell(self.table.rows[index.row()])

    @Slot(object)
    def _show_cell(self, row: ParameterSensitivity) -> None:
        """Go to the parameter in its table; the target stays what it is."""
        self.target.chooser.follow.setChecked(False)
        if row.node in self.net:
            self.surroundings.show_cell(row.node, row.configuration, row.state)


def target_text(net: BayesNet, result: SensitivityAnalysis) -> str:
    """Return the target as it is written."""
    return f"P({result.target} = {net[result.target].states[result.state]})"


def parameter_text(net: BayesNet, row: ParameterSensitivity) -> str:
    """Return a parameter as it is written: ``P(dysp = yes | bronc = yes, either = no)``."""
    node = net[row.node]
    text = f"{row.node} = {node.states[row.state]}"
    given = ", ".join(
        f"{parent} = {net[parent].states[state]}"
        for parent, state in zip(node.parents, row.configuration, strict=True)
    )
    return f"P({text} | {given})" if given else f"P({text})"


def _columns(net: BayesNet, heading: str) -> tuple[Column, ...]:
    def tip(row: ParameterSensitivity) -> str:
        return (
            f"{parameter_text(net, row)} = {short(row.value)}\n"
            f"derivative of {heading}: {signed(row.derivative, 4)}\n"
            f"{heading} goes from {short(row.at_start, 6)} to {short(row.at_stop, 6)}\n"
            f"as the parameter goes from {short(row.start)} to {short(row.stop)}\n"
            "Click to see it in its table."
        )

    return (
        Column("Parameter", lambda row: parameter_text(net, row), tip=tip, width=220),
        Column(
            heading,
            lambda row: "",
            "The range of the target over the interval of the parameter: orange as the "
            "parameter falls, blue as it rises",
            copied=lambda row: f"{exact(row.at_start)} to {exact(row.at_stop)}",
            tip=tip,
            width=-1,
        ),
        Column(
            "Now",
            lambda row: short(row.value, 3),
            "The parameter as it is in the table",
            copied=lambda row: exact(row.value),
            is_number=True,
            width=60,
            is_optional=True,
        ),
        Column(
            "Derivative",
            lambda row: signed(row.derivative),
            "Of the target's probability by the parameter",
            copied=lambda row: exact(row.derivative),
            is_number=True,
            width=84,
            is_optional=True,
        ),
    )
