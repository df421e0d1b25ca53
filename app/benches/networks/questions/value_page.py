"""What observing each node would be worth for a target."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QLabel

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.bar_delegate import BarDelegate
from app.benches.networks.questions.columns import Column, exact, short
from app.benches.networks.questions.figures_bars import BarRow, bars_figure, bars_table
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.target_choice import TargetChoice
from app.benches.networks.questions.units import UnitChoice
from app.canvas.geometry import percent
from app.shell.bench import FigureView
from core.networks.questions.observation_value import (
    ObservationValue,
    ValueOfObserving,
    value_of_observing,
)

TOLD_NATS = 1e-12


class ValuePage(QuestionPage):
    """Sorts the nodes by the expected drop in the target's entropy."""

    title = "Value of observing"
    help = "How much less uncertain a target would be, on the average, after each observation"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.target = TargetChoice(surroundings, self, has_state=False)
        self.picker = self.target.picker
        self.unit = UnitChoice(surroundings.context.preferences, self)
        self.table = AnswerTable("Nodes by the value of observing them", self)
        self._bar = BarDelegate(lambda row: row.entropy_drop, self._amount, self)
        self.table.set_delegate(1, self._bar)
        self.result: ValueOfObserving | None = None
        label = QLabel("Unit of entropy", self)
        label.setProperty("role", "muted")
        for part in (self.target, label, self.unit):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.target.changed.connect(self.refresh_soon)
        self.unit.chosen.connect(self._show)
        self.table.row_chosen.connect(lambda row: self._point_out(row.name))

    def refresh(self) -> None:
        self.unit.refresh()
        target = self.target.name
        if not target:
            self.result = None
            self.show_hint(
                "Select the node that you want to know about. All others are then sorted by how "
                "much observing them is expected to tell about it."
            )
            self.decoration_changed.emit()
            return
        self.ask(
            "Value of observing",
            lambda compiled, evidence, progress: value_of_observing(
                compiled, target, evidence, progress
            ),
            self._on_values,
        )

    def decoration(self) -> CanvasDecoration:
        if self.result is None or not self.has_answer or self.result.target not in self.net:
            return NOTHING
        told = {row.name for row in self.result.values if row.entropy_drop > TOLD_NATS}
        nodes = {name: "faint" for name in self.net.names if name not in told}
        nodes[self.result.target] = "accent"
        best = self._best()
        if best is not None:
            nodes[best.name] = "success"
        return CanvasDecoration(node_emphasis=nodes)

    def views(self) -> list[FigureView]:
        if self.result is None or not self.has_answer:
            return []
        unit, entropy = self.unit.unit, self.result.entropy
        rows = [
            BarRow(row.name, self.unit.of(row.entropy_drop), _share(row, entropy))
            for row in self.result.values
        ]
        heading = f"Expected drop in the entropy of {self.result.target} ({unit})"
        return [
            FigureView(
                "value-of-observing",
                f"Value of observing for {self.result.target}",
                partial(bars_figure, heading, rows),
                partial(bars_table, ("node", f"entropy_drop_{unit}", "share"), rows),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.target.apply_palette(palette)
        self._bar.apply_palette(palette)
        self.table.viewport().update()

    def _on_values(self, result: ValueOfObserving) -> None:
        self.result = result
        self._show()

    def _show(self) -> None:
        if self.result is None:
            return
        result, best = self.result, self._best()
        self._bar.most = result.entropy
        entropy = f"{short(self.unit.of(result.entropy))} {self.unit.unit}"
        if result.entropy <= TOLD_NATS:
            sentence = f"{result.target} is certain already: nothing more can be learnt about it."
        elif best is None:
            sentence = f"{result.target} has an entropy of {entropy}, and no node tells about it."
        else:
            sentence = (
                f"{result.target} has an entropy of {entropy}. Observing {best.name} is expected "
                f"to take {_share(best, result.entropy)} of it away."
            )
        self.show_answer(sentence)
        self.table.set_answer(self._columns(result.entropy), result.values)

    def _best(self) -> ObservationValue | None:
        values = self.result.values if self.result is not None else ()
        return values[0] if values and values[0].entropy_drop > TOLD_NATS else None

    def _amount(self, row: ObservationValue) -> str:
        return short(self.unit.of(row.entropy_drop), 3) if row.entropy_drop > TOLD_NATS else "0"

    def _point_out(self, name: str) -> None:
        self.surroundings.canvas.reveal(name)

    def _columns(self, entropy: float) -> tuple[Column, ...]:
        return (
            Column("Observing", lambda row: row.name, tip=lambda row: row.name, width=150),
            Column(
                f"Expected drop in entropy ({self.unit.unit})",
                lambda row: "",
                "The mutual information of the node and the target, given the findings",
                copied=lambda row: exact(self.unit.of(row.entropy_drop)),
                tip=lambda row: f"{exact(self.unit.of(row.entropy_drop))} {self.unit.unit}",
                width=-1,
            ),
            Column(
                "Share",
                lambda row: _share(row, entropy),
                "Of the entropy that the target has now",
                is_number=True,
                width=80,
            ),
        )


def _share(row: ObservationValue, entropy: float) -> str:
    return percent(row.entropy_drop / entropy) if entropy > 0 else "0%"
