"""Cases drawn forward from the net: a preview that follows the net, and export."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QPushButton, QSpinBox

from app.benches.networks.panel import PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.case_columns import ROWS_SHOWN, case_columns, numbered
from app.benches.networks.questions.long_work import LongWork
from app.benches.networks.questions.page import QuestionPage
from app.graphical.amounts import counted
from core.networks.model import BayesNet
from core.networks.questions.forward_sampling import Cases, sample_cases, sample_to_csv
from core.progress import Progress

MOST_CASES = 10_000_000
LEAST_FIELD = 64


class SamplePage(QuestionPage):
    """Draws cases from a seed; the file begins with the rows that are shown."""

    title = "Draw"
    help = "Draw cases from the net, each node after its parents, from a seed"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.count = QSpinBox(self)
        self.count.setRange(1, MOST_CASES)
        self.count.setValue(1000)
        self.count.setGroupSeparatorShown(True)
        self.count.setAccessibleName("Number of cases")
        self.seed = QSpinBox(self)
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setValue(1)
        self.seed.setToolTip("The same seed gives the same cases")
        self.seed.setAccessibleName("Seed")
        self.missing = QDoubleSpinBox(self)
        self.missing.setRange(0.0, 100.0)
        self.missing.setSuffix(" %")
        self.missing.setDecimals(1)
        self.missing.setToolTip("Share of cells left out, completely at random")
        self.missing.setAccessibleName("Share of missing cells")
        self.export = QPushButton("Save as CSV…", self)
        self.export.clicked.connect(self.save)
        self.work = LongWork(surroundings.context.jobs, self)
        self.table = AnswerTable("Cases drawn", self)
        self._put_together()

    def refresh(self) -> None:
        self.export.setEnabled(len(self.net) > 0)
        if not len(self.net):
            self.show_hint("The net has no nodes yet, so there is nothing to draw.")
            return
        net, count, seed, missing = self.net, *self._wanted()
        shown = min(count, ROWS_SHOWN)
        self.run(
            "Draw cases",
            lambda progress: sample_cases(net, shown, seed, progress, missing=missing),
            partial(self._on_cases, net),
        )

    @Slot()
    def save(self) -> None:
        """Ask where to and write all cases."""
        context = self.surroundings.context
        path = context.dialogs.save_path("Save cases", f"{self.net.name}.csv", "CSV (*.csv)")
        if path is None:
            return
        net, count, seed, missing = self.net, *self._wanted()

        def write(progress: Progress) -> Path:
            sample_to_csv(net, count, seed, path, progress, missing=missing)
            return path

        self.work.start(f"Draw {count:,} cases", write, self._on_saved, self._on_problem)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.export.setIcon(self.surroundings.context.icon("export"))

    def _wanted(self) -> tuple[int, int, float]:
        return self.count.value(), self.seed.value(), self.missing.value() / 100

    def _on_cases(self, net: BayesNet, cases: Cases) -> None:
        labels = [(*net[name].states, "") for name in cases.names]
        rows = [
            [labels[k][state] for k, state in enumerate(states)] for states in cases.states.tolist()
        ]
        count = self.count.value()
        more = f" The first {len(rows)} are shown." if count > len(rows) else ""
        self.show_answer(f"{counted(count, 'case')} from seed {self.seed.value()}.{more}")
        self.table.set_answer(case_columns(cases.names), numbered(rows, len(cases.names)))

    def _on_saved(self, path: Path) -> None:
        self.surroundings.context.say(f"The cases are in {path.name}.")

    def _on_problem(self, error: Exception) -> None:
        self.surroundings.context.say(str(error))

    @Slot()
    def _on_work(self) -> None:
        self.export.setEnabled(not self.work.is_running and len(self.net) > 0)

    def _put_together(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.addRow("Cases", self.count)
        form.addRow("Seed", self.seed)
        form.addRow("Missing", self.missing)
        self.controls.addLayout(form)
        for part in (self.export, self.work):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        for field in (self.count, self.seed, self.missing):
            field.setMinimumWidth(LEAST_FIELD)
            field.valueChanged.connect(self.refresh_soon)
        self.work.changed.connect(self._on_work)
