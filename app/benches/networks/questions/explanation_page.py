"""The most probable states of everything, or of chosen nodes, given the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from math import exp

import numpy as np
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.bar_delegate import BarDelegate
from app.benches.networks.questions.columns import Column, exact, short
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.picker import Picker
from app.canvas.geometry import percent
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.posteriors import Posteriors
from core.networks.questions.marginal_map import marginal_map
from core.networks.questions.most_probable import Explanation, most_probable_explanation
from core.progress import Progress


@dataclass(frozen=True)
class ExplainedNode:
    """A node with its state in the explanation."""

    name: str
    state: str
    posterior: float
    likeliest: str
    is_observed: bool

    @property
    def remark(self) -> str:
        """What is notable about the state."""
        if self.is_observed:
            return "observed"
        return "" if self.state == self.likeliest else f"alone likelier: {self.likeliest}"


COLUMNS = (
    Column("Node", lambda row: row.name, tip=lambda row: row.name, width=120),
    Column("State", lambda row: row.state, tip=lambda row: row.state, width=110),
    Column(
        "P(state | findings)",
        lambda row: percent(row.posterior),
        "How probable the state is by itself",
        copied=lambda row: exact(row.posterior),
        width=-1,
    ),
    Column(
        "",
        lambda row: row.remark,
        "Where another state is likelier by itself",
        tip=lambda row: row.remark,
        width=160,
    ),
)


class ExplanationPage(QuestionPage):
    """Shows the states, how probable they are together, and draws them on the net."""

    title = "Most probable"
    help = "The most probable states of all nodes together, or of chosen ones"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.picker = Picker(surroundings.canvas, self)
        self.everything = QRadioButton("Everything (MPE)", self)
        self.everything.setToolTip("The most probable explanation: one state for every node")
        self.everything.setChecked(True)
        self.some = QRadioButton("Chosen (MAP)", self)
        self.some.setToolTip(
            "The most probable states of chosen nodes, all others summed out; not the same as "
            "the explanation of everything, and it can take far longer"
        )
        self._ways = QButtonGroup(self)
        self.variables = NodeChooser(
            "Nodes", "The nodes to explain", surroundings, self.picker, follows=True
        )
        self.on_net = QCheckBox("Show on the net", self)
        self.on_net.setToolTip("Draw the states as full bars, with ticks at the beliefs")
        self.on_net.setChecked(True)
        self.table = AnswerTable("Most probable states", self)
        self._bar = BarDelegate(lambda row: row.posterior, lambda row: percent(row.posterior), self)
        self.table.set_delegate(2, self._bar)
        self.explanation: Explanation | None = None
        self._explained: BayesNet | None = None
        self._put_together()

    def refresh(self) -> None:
        names = self.variables.names
        self.variables.setVisible(self.some.isChecked())
        if not len(self.net):
            self._show_nothing("The net has no nodes yet.")
        elif self.everything.isChecked():
            self.ask("Most probable explanation", _most_probable, partial(self._on_done, self.net))
        elif not names:
            self._show_nothing("Select the nodes whose most probable states you want to know.")
        else:
            self.ask(
                "Marginal MAP",
                lambda compiled, evidence, progress: _marginal_map(
                    compiled, names, evidence, progress
                ),
                partial(self._on_done, self.net),
            )

    def decoration(self) -> CanvasDecoration:
        explanation, net = self.explanation, self._explained
        if explanation is None or net is None or not self.has_answer:
            return NOTHING
        if not self.on_net.isChecked():
            return NOTHING
        previews = {}
        for name, state in explanation.states.items():
            if name in self.net and self.net[name].states == net[name].states:
                previews[name] = np.eye(len(net[name].states))[state]
        return CanvasDecoration(previews=previews)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.variables.apply_palette(palette)
        self._bar.apply_palette(palette)
        self.table.viewport().update()

    def _show_nothing(self, hint: str) -> None:
        self.explanation = None
        self.show_hint(hint)
        self.decoration_changed.emit()

    def _on_done(self, net: BayesNet, answer: tuple[Explanation, Posteriors]) -> None:
        explanation, posteriors = answer
        self.explanation, self._explained = explanation, net
        self.show_answer(_sentence(explanation, posteriors.log_evidence))
        rows = [
            _row(net, name, state, posteriors, is_observed=name in self.evidence)
            for name, state in explanation.states.items()
        ]
        self.table.set_answer(COLUMNS, rows)

    def _put_together(self) -> None:
        for button in (self.everything, self.some):
            self._ways.addButton(button)
            self.controls.addWidget(button)
        for part in (self.variables, self.on_net):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.some.toggled.connect(self.refresh_soon)
        self.variables.changed.connect(self._on_variables)
        self.on_net.toggled.connect(lambda _on: self.decoration_changed.emit())
        self.table.row_chosen.connect(lambda row: self.surroundings.canvas.reveal(row.name))

    def _on_variables(self) -> None:
        if self.some.isChecked():
            self.refresh_soon()


def _most_probable(
    compiled: object, evidence: Evidence, progress: Progress
) -> tuple[Explanation, Posteriors]:
    posteriors = compiled.propagate(evidence, progress)
    return most_probable_explanation(compiled, evidence, progress), posteriors


def _marginal_map(
    compiled: object, names: tuple[str, ...], evidence: Evidence, progress: Progress
) -> tuple[Explanation, Posteriors]:
    posteriors = compiled.propagate(evidence, progress)
    return marginal_map(compiled.net, names, evidence, progress), posteriors


def _row(
    net: BayesNet, name: str, state: int, posteriors: Posteriors, *, is_observed: bool
) -> ExplainedNode:
    states, marginal = net[name].states, posteriors.marginals[name]
    return ExplainedNode(
        name,
        states[state],
        float(marginal[state]),
        states[int(np.argmax(marginal))],
        is_observed,
    )


def _sentence(explanation: Explanation, log_evidence: float) -> str:
    """Say how probable the explanation is, with the findings and given them."""
    log = explanation.log_probability
    given = log - log_evidence
    together = f"ln P(states, findings) = {short(log, 6)} nats"
    alone = f"P(states | findings) = {short(exp(min(given, 0.0)), 6)}"
    return f"{alone}; {together}."
