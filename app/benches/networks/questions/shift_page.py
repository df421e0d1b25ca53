"""How far the findings moved the belief about every node."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtWidgets import QCheckBox, QLabel

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.bar_delegate import BarDelegate
from app.benches.networks.questions.columns import Column, exact, short
from app.benches.networks.questions.figures_bars import BarRow, bars_figure, bars_table
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.shift_delegate import ShiftDelegate
from app.benches.networks.questions.units import UnitChoice
from app.canvas.geometry import percent
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from core.networks.evidence import Evidence
from core.networks.questions.belief_shift import BeliefShift, belief_shifts
from core.progress import Progress

TOLD_NATS = 1e-12
"""A node that moved by less was told nothing."""


@dataclass(frozen=True)
class Shift:
    """A node, its state that moved most, and by how much the node moved in all."""

    name: str
    state: str
    before: float
    after: float
    divergence: float
    shift: BeliefShift
    states: tuple[str, ...]

    @property
    def tip(self) -> str:
        """All states with both probabilities."""
        lines = [
            f"{state}: {percent(before)} → {percent(after)}"
            for state, before, after in zip(
                self.states, self.shift.prior, self.shift.posterior, strict=True
            )
        ]
        return "\n".join([f"{self.name}, {short(self.divergence)} nats", *lines[:20]])


class ShiftPage(QuestionPage):
    """Lists the nodes by how far they moved, and ticks the priors on the net."""

    title = "Shift of beliefs"
    help = "From prior to posterior: how far the findings moved each node"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.unit = UnitChoice(surroundings.context.preferences, self)
        self.marks_priors = QCheckBox("Tick the priors", self)
        self.marks_priors.setToolTip("Draw a tick across each bar at its prior probability")
        self.marks_priors.setChecked(True)
        self.table = AnswerTable("Nodes by the shift of belief", self)
        self._arrow = ShiftDelegate(self)
        self._bar = BarDelegate(lambda row: row.divergence, self._amount, self)
        self.shifts: tuple[Shift, ...] = ()
        label = QLabel("Unit of the divergence", self)
        label.setProperty("role", "muted")
        for part in (self.marks_priors, label, self.unit):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.marks_priors.toggled.connect(lambda _on: self.decoration_changed.emit())
        self.unit.chosen.connect(self._show)
        self.table.row_chosen.connect(lambda row: surroundings.canvas.set_selected([row.name]))
        self.table.row_chosen.connect(lambda row: surroundings.canvas.reveal(row.name))

    def refresh(self) -> None:
        if not len(self.evidence):
            self.shifts = ()
            self.show_hint(
                "Nothing is observed, so no belief has moved. Click a bar on the net to observe "
                "its state."
            )
            self.decoration_changed.emit()
            return
        self.ask("Shift of beliefs", _shifts, self._on_shifts)

    def decoration(self) -> CanvasDecoration:
        if not (self.shifts and self.marks_priors.isChecked() and self.has_answer):
            return NOTHING
        return CanvasDecoration(marks={row.name: row.shift.prior for row in self.shifts})

    def views(self) -> list[FigureView]:
        if not (self.shifts and self.has_answer):
            return []
        unit = self.unit.unit
        rows = [
            BarRow(row.name, self.unit.of(row.divergence), f"{row.state}: {_change(row)}")
            for row in self.table.rows
            if row.divergence > TOLD_NATS
        ]
        heading = f"Kullback–Leibler divergence of posterior from prior ({unit})"
        return [
            FigureView(
                "belief-shift",
                "Shift of beliefs",
                partial(bars_figure, heading, rows),
                partial(bars_table, ("node", f"divergence_{unit}", "largest_change"), rows),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self._arrow.apply_palette(palette)
        self._bar.apply_palette(palette)
        self.table.viewport().update()

    def _on_shifts(self, shifts: tuple[Shift, ...]) -> None:
        self.shifts = shifts
        self._show()

    def _show(self) -> None:
        rows = self.shifts
        observed = counted(len(self.evidence), "finding")
        moved = sum(1 for row in rows if row.divergence > TOLD_NATS)
        self.show_answer(f"{observed} moved {moved:,} of {counted(len(rows), 'node')}.")
        self._bar.most = max((row.divergence for row in rows), default=1.0)
        self.table.set_delegate(2, self._arrow)
        self.table.set_delegate(4, self._bar)
        self.table.set_answer(self._columns(), rows)

    def _amount(self, row: Shift) -> str:
        return short(self.unit.of(row.divergence), 3)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Node", lambda row: row.name, tip=lambda row: row.tip, width=104),
            Column("State", lambda row: row.state, "The state that moved most", width=70),
            Column(
                "0 … 1",
                lambda row: "",
                "From the prior, at the tick, to the posterior, at the arrow",
                copied=lambda row: exact(row.before),
                tip=lambda row: row.tip,
                width=-1,
            ),
            Column(
                "Prior → posterior",
                _change,
                copied=lambda row: exact(row.after),
                width=130,
                is_optional=True,
            ),
            Column(
                f"Divergence ({self.unit.unit})",
                lambda row: "",
                "Kullback–Leibler divergence of the posterior from the prior",
                copied=lambda row: exact(self.unit.of(row.divergence)),
                tip=lambda row: row.tip,
                width=150,
            ),
        )


def _shifts(compiled: object, evidence: Evidence, progress: Progress) -> tuple[Shift, ...]:
    prior = compiled.propagate(None, progress)
    shifts = belief_shifts(prior, compiled.propagate(evidence, progress))
    return tuple(_row(shift, compiled.net[shift.name].states) for shift in shifts)


def _row(shift: BeliefShift, states: tuple[str, ...]) -> Shift:
    most = int(np.argmax(np.abs(shift.differences).round(12)))  # of two states the first
    return Shift(
        shift.name,
        states[most],
        float(shift.prior[most]),
        float(shift.posterior[most]),
        shift.divergence,
        shift,
        states,
    )


def _change(row: Shift) -> str:
    return f"{percent(row.before)} → {percent(row.after)}"
