"""A file of cases, answered case by case: the posteriors of every node go into another file."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton

from app.benches.networks.panel import PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.asking import compiled_for
from app.benches.networks.questions.case_columns import case_columns, first_rows, numbered
from app.benches.networks.questions.long_work import LongWork
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.picker import Picker
from app.graphical.amounts import counted
from core.networks.questions.batch import BatchSummary, infer_cases
from core.progress import Progress

HINT = (
    "Choose a CSV file, or drop one on the window: its first row names nodes, every other row is "
    "a case.\nEmpty cells and ? are missing. The posteriors of each case go into a file of their "
    "own."
)
FILTER = "Cases (*.csv);;All files (*)"
Preview = tuple[list[str], list[list[str]]]


class BatchPage(QuestionPage):
    """Shows the cases, runs them, then shows the first answers."""

    title = "Answer a file"
    help = "The posteriors of every case of a CSV file, into another CSV file"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.path: Path | None = None
        self.summary: BatchSummary | None = None
        self.choose = QPushButton("Choose file…", self)
        self.choose.clicked.connect(self.choose_file)
        self.name = QLabel(self)
        self.name.setWordWrap(True)
        self.name.hide()
        self.picker = Picker(surroundings.canvas, self)
        self.nodes = NodeChooser(
            "Posteriors of",
            "The nodes whose posteriors are written; all where none is chosen",
            surroundings,
            self.picker,
        )
        self.nodes.nothing.setText("All nodes")
        self.start = QPushButton("Answer and save…", self)
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self.run_batch)
        self.work = LongWork(surroundings.context.jobs, self)
        self.table = AnswerTable("Cases and their answers", self)
        for part in (self.choose, self.name, self.nodes, self.start, self.work):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.table)
        self.work.changed.connect(self._on_work)
        self._on_work()

    def refresh(self) -> None:
        if self.path is None:
            self.show_hint(HINT)
        elif self.summary is None:
            self._show_file(self.path, "")

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file of cases."""
        path = self.surroundings.context.dialogs.open_path("Choose a file of cases", FILTER)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Show a file of cases, ready to be answered."""
        self.work.cancel()
        self.path, self.summary = path, None
        self.name.setText(path.name)
        self.name.show()
        self.name.setToolTip(str(path))
        self._on_work()
        self._show_file(path, "")

    @Slot()
    def run_batch(self) -> None:
        """Ask where the answers go, and work them out."""
        data, context = self.path, self.surroundings.context
        if data is None:
            return
        suggested = str(data.with_name(f"{data.stem}-posteriors.csv"))
        out = context.dialogs.save_path("Save posteriors", suggested, "CSV (*.csv)")
        if out is None:
            return
        if out.absolute() == data.absolute():
            context.say("The answers need a file of their own; choose another name.")
            return
        net, known = self.net, self.surroundings.beliefs.compiled
        names = self.nodes.names or None

        def answer(progress: Progress) -> BatchSummary:
            compiled = compiled_for(net, known, progress)
            return infer_cases(compiled, data, out, progress, names=names)

        self.problem.hide()
        self.work.start(
            f"Answer {data.name}", answer, partial(self._on_answered, out), self._on_problem
        )

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.nodes.apply_palette(palette)
        self.choose.setIcon(self.surroundings.context.icon("open"))

    def _show_file(self, path: Path, sentence: str) -> None:
        self.run(
            f"Read {path.name}",
            lambda progress: first_rows(path),
            partial(self._on_preview, sentence),
        )

    def _on_preview(self, sentence: str, preview: Preview) -> None:
        head, rows = preview
        self.show_answer(sentence or f"The first {counted(len(rows), 'case')} of {self.path.name}.")
        is_answer = self.summary is not None
        self.table.set_answer(case_columns(head, is_number=is_answer), numbered(rows, len(head)))

    def _on_answered(self, out: Path, summary: BatchSummary) -> None:
        self.summary = summary
        impossible = (
            f" {counted(summary.impossible, 'case is', 'cases are')} impossible, marked −∞."
            if summary.impossible
            else ""
        )
        sentence = (
            f"{counted(summary.cases, 'case')} answered by "
            f"{counted(summary.distinct, 'propagation')}.{impossible} Saved as {out.name}."
        )
        self.surroundings.context.say(f"The posteriors are in {out.name}.")
        self._show_file(out, sentence)

    def _on_problem(self, error: Exception) -> None:
        self.show_problem(str(error))

    @Slot()
    def _on_work(self) -> None:
        is_idle = not self.work.is_running
        self.start.setEnabled(is_idle and self.path is not None)
        self.choose.setEnabled(is_idle)
