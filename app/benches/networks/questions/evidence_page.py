"""How likely the findings are, together and one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from math import exp, log

import numpy as np
from PySide6.QtWidgets import QLabel

from app.benches.networks.panel import PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.bar_delegate import BarDelegate
from app.benches.networks.questions.columns import Column, exact, short, signed
from app.benches.networks.questions.findings_text import finding_text
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.units import UnitChoice
from app.canvas.geometry import percent
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.progress import Progress

NOTHING_NATS = 1e-10


@dataclass(frozen=True)
class FindingRow:
    """A finding, its probability by itself and given all others."""

    name: str
    text: str
    alone: float
    given_others: float

    @property
    def support(self) -> float:
        """Ln P(finding | others) / P(finding): above 0 where the others speak for it."""
        if self.alone <= 0 or self.given_others <= 0:
            return 0.0
        return log(self.given_others / self.alone)


@dataclass(frozen=True)
class EvidenceAnswer:
    """ln P(findings) and the findings one by one."""

    log_evidence: float
    rows: tuple[FindingRow, ...]

    @property
    def conflict(self) -> float:
        """Jensen's measure in nats: above 0 where the findings speak against one another."""
        return sum(log(row.alone) for row in self.rows if row.alone > 0) - self.log_evidence


class EvidencePage(QuestionPage):
    """Writes P(e) in every usual form, and weighs each finding against the others."""

    title = "Findings"
    help = "The probability of the findings, and which of them the others speak for or against"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.unit = UnitChoice(surroundings.context.preferences, self)
        self.table = AnswerTable("Findings and how likely they are", self)
        self._bars = (
            BarDelegate(lambda row: row.alone, lambda row: percent(row.alone), self),
            BarDelegate(lambda row: row.given_others, lambda row: percent(row.given_others), self),
        )
        for number, bar in enumerate(self._bars, start=1):
            self.table.set_delegate(number, bar)
        self.result: EvidenceAnswer | None = None
        label = QLabel("Unit of the logarithms", self)
        label.setProperty("role", "muted")
        self.controls.addWidget(label)
        self.controls.addWidget(self.unit)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.unit.chosen.connect(self._show)
        self.table.row_chosen.connect(lambda row: surroundings.canvas.reveal(row.name))

    def refresh(self) -> None:
        self.unit.refresh()
        if not len(self.evidence):
            self.result = None
            self.show_hint("Nothing is observed, and the probability of nothing is 1.")
            return
        self.ask("Probability of the findings", partial(_weighed, self.net), self._on_done)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        for bar in self._bars:
            bar.apply_palette(palette)
        self.table.viewport().update()

    def _on_done(self, result: EvidenceAnswer) -> None:
        self.result = result
        self._show()

    def _show(self) -> None:
        if self.result is None:
            return
        self.show_answer(evidence_sentence(self.result, self.unit.of, self.unit.unit))
        self.table.set_answer(self._columns(), self.result.rows)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Finding", lambda row: row.text, tip=lambda row: row.text, width=130),
            Column(
                "By itself",
                lambda row: percent(row.alone),
                "P(finding); of a likelihood, its mean",
                copied=lambda row: exact(row.alone),
                tip=lambda row: exact(row.alone),
                width=-1,
            ),
            Column(
                "Given the others",
                lambda row: percent(row.given_others),
                "P(finding | all other findings)",
                copied=lambda row: exact(row.given_others),
                tip=lambda row: exact(row.given_others),
                width=-1,
            ),
            Column(
                f"Support ({self.unit.unit})",
                lambda row: signed(self.unit.of(row.support)),
                "Logarithm of the ratio: above 0 the others speak for it, below 0 against it",
                copied=lambda row: exact(self.unit.of(row.support)),
                is_number=True,
                width=120,
            ),
        )


def evidence_sentence(result: EvidenceAnswer, scaled: object, unit: str) -> str:
    """Return the probability in its usual forms, and whether the findings agree."""
    value = result.log_evidence
    probability = (
        short(exp(value), 6) if -600 < value < 600 else f"10^{value / log(10):.2f}"
    ).replace("-", "−")
    text = f"P(findings) = {probability}; its logarithm is {short(scaled(value), 6)} {unit}."
    if len(result.rows) < 2:
        return text
    conflict = result.conflict
    if abs(conflict) < NOTHING_NATS:
        return f"{text} The findings are as likely together as if they were independent."
    word = "contradict" if conflict > 0 else "support"
    return f"{text} The findings {word} one another: conflict {signed(scaled(conflict))} {unit}."


def _weighed(
    net: BayesNet, compiled: object, evidence: Evidence, progress: Progress
) -> EvidenceAnswer:
    posteriors = compiled.propagate(evidence, progress)
    prior = compiled.propagate(None, progress).marginals
    rows = []
    for number, (name, finding) in enumerate(evidence.items()):
        progress.report(number / len(evidence), "Leaving out each finding")
        likelihood = evidence.likelihood(net, name)
        others = compiled.propagate(evidence.without(name), progress).marginals[name]
        alone, given = float(np.dot(prior[name], likelihood)), float(np.dot(others, likelihood))
        rows.append(FindingRow(name, finding_text(net, name, finding), alone, given))
    return EvidenceAnswer(posteriors.log_evidence, tuple(rows))
