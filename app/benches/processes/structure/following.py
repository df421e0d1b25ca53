"""A panel that computes findings of the machine as it is edited: coarse first, on a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.benches.processes.drafts import can_normalise, draft_problem
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.graphical.callout import Callout
from app.graphical.panel_parts import help_button, quiet_label

if TYPE_CHECKING:
    from app.jobs.job import Job
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress

SETTLE_MS = 60
WATCH_MS = 100


class FollowingPanel(ProcessPanel):
    """Asks for findings whenever the machine changes; the newest wish wins.

    A panel says how to compute, in `work_out`, and how to show, in `show_findings`.
    """

    _made = Signal(object, object)
    job_title = "Compute"
    guide_page = "processes-structure"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._job: Job | None = None
        self._model: HiddenMarkovModel | None = None
        self._is_current = False
        self.findings: Any = None
        self.callout = Callout("Normalise rows", self)
        self.callout.pressed.connect(lambda: surroundings.action("process.normalise").trigger())
        self.told = quiet_label("How far the computation is", self)
        self.body = QSplitter(Qt.Orientation.Horizontal, self)
        self.spare = QWidget(self)
        self.stop = QPushButton("Stop", self)
        self.stop.setToolTip("Stop computing and keep what is known so far")
        self.stop.clicked.connect(self._on_stop)
        self.stop.hide()
        self.save = QPushButton("Save numbers…", self)
        self.save.setToolTip("Write every curve of this panel as CSV or NPZ")
        self.save.clicked.connect(self._on_save)
        self.save.setEnabled(False)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._request)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._on_watch)
        self._made.connect(self._on_made)

    # -- what a panel says -----------------------------------------------------------------------

    def work_out(
        self, model: HiddenMarkovModel, send: Callable[[Any], None], progress: Progress
    ) -> Any:
        """Return the findings; on the way hand coarser ones to `send`. Runs on a worker."""
        raise NotImplementedError

    def show_findings(self, findings: Any, *, is_stale: bool) -> None:
        """Show findings; they are of the machine before an edit where they are stale."""
        raise NotImplementedError

    def arrays(self) -> dict[str, Any]:
        """Return the curves by name, for a file; columns of one length share a prefix."""
        return {}

    # -- what the deck asks ----------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        changed = self.surroundings.document.changed
        if is_current:
            changed.connect(self._on_changed)
            if self.surroundings.document.model is not self._model:
                self._on_changed()
        else:
            changed.disconnect(self._on_changed)
            self._soon.stop()
            if self._job is not None:
                self._model = None
            self._drop()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.callout.apply_palette(palette)

    def close_panel(self) -> None:
        self._soon.stop()
        self._drop()

    @property
    def is_waiting(self) -> bool:
        """Whether findings of the machine as it is now are still to come."""
        return self._job is not None or self._soon.isActive()

    # -- asking ----------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        if self.surroundings.document.model is self._model:
            return
        self._drop()
        if self.findings is not None:
            self._show(self.findings, is_stale=True)
        self._soon.start()

    @Slot()
    def _request(self) -> None:
        model = self.surroundings.document.model
        self._drop()
        self._model = model
        problem = draft_problem(model)
        if problem:
            self._explain(problem, is_about_rows=can_normalise(model))
            return
        self.callout.hide()
        made = self._made

        def work(progress: Progress) -> Any:
            return self.work_out(model, lambda findings: made.emit(model, findings), progress)

        self._job = self.surroundings.context.jobs.run(
            self.job_title, work, self._on_done, self._on_failed, key=self, quiet=True
        )
        self._watch.start()

    def _drop(self) -> None:
        self._watch.stop()
        self.stop.hide()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object, object)
    def _on_made(self, model: HiddenMarkovModel, findings: object) -> None:
        if model is self._model and self._job is not None:
            self._take(findings)

    @Slot(object)
    def _on_done(self, findings: object) -> None:
        self._job = None
        self._rest("")
        self._take(findings)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._rest("")
        self._explain(str(error), is_about_rows=False)

    @Slot()
    def _on_stop(self) -> None:
        self._drop()
        self._rest("Stopped; what is shown is the coarser answer." if self.findings else "Stopped.")

    @Slot()
    def _on_watch(self) -> None:
        if self._job is not None:
            self.stop.show()
            message = self._job.message or "Computing"
            self.told.setText(f"{message} … {self._job.fraction:.0%}")

    def _rest(self, sentence: str) -> None:
        self._watch.stop()
        self.stop.hide()
        self.told.setText(sentence)

    def _take(self, findings: object) -> None:
        self.findings = findings
        self.save.setEnabled(bool(self.arrays()))
        self._show(findings, is_stale=False)
        self.state_changed.emit()

    def _explain(self, sentence: str, *, is_about_rows: bool) -> None:
        self.findings = None
        self.save.setEnabled(False)
        self._show(None, is_stale=False)
        self.callout.button.setVisible(is_about_rows)
        self.callout.show_text(sentence)
        self.state_changed.emit()

    # -- parts -----------------------------------------------------------------------------------

    def _show(self, findings: Any, *, is_stale: bool) -> None:
        """Show findings, or an empty panel where they are None."""
        self.body.setVisible(findings is not None)
        self.spare.setVisible(findings is None)
        if findings is not None:
            self.show_findings(findings, is_stale=is_stale)

    def _lay_out(self, columns: Sequence[tuple[QWidget, int]], *asked: QWidget) -> None:
        """Put columns of some widths side by side, and what is asked of the panel below."""
        self.body.setChildrenCollapsible(False)
        for column, _ in columns:
            self.body.addWidget(column)
        self.body.setSizes([width for _, width in columns])
        self.body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self.callout)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.spare, 1)
        layout.addLayout(self._foot(asked))

    def _foot(self, asked: Sequence[QWidget]) -> QHBoxLayout:
        """Return the line below: how far the work is, what is asked of the panel, and help."""
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.told, 1)
        for part in (self.stop, *asked, self.save):
            row.addWidget(part)
        context = self.surroundings.context
        row.addWidget(help_button(context, self.guide_page, "Help on this panel", self))
        return row

    @Slot()
    def _on_save(self) -> None:
        context = self.surroundings.context
        arrays = self.arrays()
        name = self.surroundings.document.model.name or "process"
        path = context.dialogs.save_path(
            "Save numbers", f"{name} {type(self).__name__.removesuffix('Panel').lower()}.csv",
            "Table (*.csv);;NumPy arrays (*.npz)",
        )  # fmt: skip
        if path is None:
            return
        from app.benches.processes.structure.curve_files import write_curves

        context.jobs.run(
            f"Write {path.name}",
            lambda progress: write_curves(path, arrays),
            lambda _none: context.say(f"Wrote {path.name}."),
            lambda error: context.say(str(error)),
            owner=self,
        )
