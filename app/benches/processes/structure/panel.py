"""The panel of structure: causal states, dimensions with their fits, C_mu against resolution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.benches.processes.figure import edge_table, machine_figure
from app.benches.processes.panel import PanelContext
from app.benches.processes.structure.figure import (
    complexity_drawing,
    scaling_drawing,
    structure_table,
)
from app.benches.processes.structure.findings import StructureFindings, find_structure
from app.benches.processes.structure.following import FollowingPanel
from app.benches.processes.structure.machine_drawing import small_machine
from app.benches.processes.structure.plot_view import PlotView
from app.benches.processes.structure.words import dimensions_html, verdict_html
from app.graphical.panel_parts import reading_label, scrolling
from app.shell.bench import FigureView

if TYPE_CHECKING:
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress

LEAST_WINDOW = 3
FLAT, MACHINE_HEIGHT = 3, (104, 196)
"""Heights in pixels of the picture of the epsilon-machine: of at most so many states, of more."""


class StructurePanel(FollowingPanel):
    """Follows the machine while it is in sight."""

    job_title = "Structure of the beliefs"
    view_name = "structure"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._window = _window_of(self.kept_view().get("window"))
        self.words = reading_label("Causal states", self)
        self.numbers = reading_label("Dimensions", self)
        self.open = QPushButton("Open as a process", self)
        self.open.setToolTip("Add the ε-machine to the study as a process of its own")
        self.open.clicked.connect(lambda: surroundings.action("process.epsilon_machine").trigger())
        self.machine = PlotView(
            "The ε-machine",
            "The ε-machine: the smallest machine whose next state follows from state and symbol",
            self,
        )
        self.scaling = PlotView(
            "Log-log plot of the dimensions",
            "Bits on grids of halving cells; a slope is a dimension. "
            "Drag an end of the shaded window to fit elsewhere",
            self,
        )
        self.complexity = PlotView(
            "Statistical complexity against resolution",
            "Entropy in bits of the beliefs told apart at cells of side ε; grey where the sample "
            "is too small",
            self,
        )
        self.first, self.last = self._bound_box("Fit from"), self._bound_box("to")
        self.again = QPushButton("Fit by itself", self)
        self.again.setToolTip("Let the window follow from the counts again")
        self.again.clicked.connect(self._on_own_window)
        self.again.hide()
        columns = ((self._words(), 400), (self.scaling, 430), (self.complexity, 390))
        self._lay_out(columns, self.first, self.last, self.again)
        self.scaling.window_asked.connect(self._on_window)
        for box in (self.first, self.last):
            box.valueChanged.connect(self._on_box)

    # -- what the deck and the base class ask ----------------------------------------------------

    def work_out(
        self, model: HiddenMarkovModel, send: Callable[[Any], None], progress: Progress
    ) -> StructureFindings:
        return find_structure(model, send, progress)

    def show_findings(self, findings: StructureFindings, *, is_stale: bool) -> None:
        for label, text in (
            (self.words, verdict_html(findings)),
            (self.numbers, dimensions_html(findings)),
        ):
            label.setText(text)
            label.setEnabled(not is_stale)
        self.open.setVisible(findings.epsilon.machine is not None)
        drawn = findings.drawn
        self.machine.setVisible(drawn is not None)
        if drawn is not None:
            self.machine.setFixedHeight(MACHINE_HEIGHT[drawn.model.n > FLAT])
        self.machine.show_drawing(
            None if drawn is None else partial(small_machine, drawn), is_stale=is_stale
        )
        for view, draw in ((self.scaling, scaling_drawing), (self.complexity, complexity_drawing)):
            drawn_by = None if findings.counts is None else partial(draw, findings)
            view.show_drawing(drawn_by, is_stale=is_stale)
        self._show_window(findings)

    def arrays(self) -> dict[str, Any]:
        found = self.findings
        counts = None if found is None else found.counts
        if counts is None:
            return {}
        return {
            "halvings": counts.levels,
            "epsilon": np.ldexp(1.0, -counts.levels.astype(np.int32)),
            "occupied_cells": counts.occupied,
            "C_mu_bits": counts.entropies,
            "order_two_bits": counts.order_two,
            "lyapunov_exponents_bits_per_symbol": found.dimensions.exponents,
        }

    def views(self) -> list[FigureView]:
        found = self.findings
        if found is None or found.counts is None:
            return []
        drawn = found.drawn
        machine = FigureView(
            "epsilon-machine", "ε-machine", lambda options: machine_figure(drawn, options),
            lambda: edge_table(drawn),
        )  # fmt: skip
        return [
            *([machine] if drawn is not None else []),
            FigureView(
                "dimensions",
                "Dimensions of the beliefs",
                lambda options: scaling_drawing(found, options).figure,
                lambda: structure_table(found),
            ),
            FigureView(
                "complexity",
                "Cμ against resolution",
                lambda options: complexity_drawing(found, options).figure,
                lambda: structure_table(found),
            ),
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.machine.apply_palette(palette)
        self.scaling.apply_palette(palette)
        self.complexity.apply_palette(palette)

    # -- the window of the fit -------------------------------------------------------------------

    @Slot(int, int)
    def _on_window(self, first: int, last: int) -> None:
        """Fit in another window, at once."""
        found = self.findings
        if found is None or found.counts is None:
            return
        first, last = _bounded(first, last, int(found.counts.levels[-1]))
        self.findings = found.with_window((first, last))
        self.show_findings(self.findings, is_stale=False)
        self._window = (first, last)
        self.keep_view({"window": [first, last]})

    @Slot()
    def _on_box(self) -> None:
        self._on_window(self.first.value(), self.last.value())

    @Slot()
    def _on_own_window(self) -> None:
        if self.findings is not None:
            self.findings = self.findings.with_window(None)
            self.show_findings(self.findings, is_stale=False)
            self._window = None
            self.keep_view({"window": None})

    def _take(self, findings: object) -> None:
        """Keep the window that was chosen for as long as the machine is the same."""
        assert isinstance(findings, StructureFindings)
        known, counts = self.findings, findings.counts
        if self._window is not None and known is not None and known.model is not findings.model:
            self._window = None
            self.keep_view({"window": None})
        if self._window is not None and counts is not None and not counts.is_exhausted:
            findings = findings.with_window(_bounded(*self._window, int(counts.levels[-1])))
        super()._take(findings)

    def _show_window(self, found: StructureFindings) -> None:
        counts = found.counts
        has_window = counts is not None and not counts.is_exhausted
        for part in (self.first, self.last, self.again):
            part.setVisible(has_window)
        if counts is None or not has_window:
            return
        self.again.setEnabled(found.window is not None)
        window = found.window or found.fits[0].window
        for box, value in zip((self.first, self.last), window, strict=True):
            box.blockSignals(True)
            box.setMaximum(int(counts.levels[-1]))
            box.setValue(value)
            box.blockSignals(False)

    # -- parts -----------------------------------------------------------------------------------

    def _bound_box(self, prefix: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setPrefix(f"{prefix} ")
        box.setAccessibleName(f"{prefix}, halvings of the cell")
        box.setToolTip("End of the window of the fit, in halvings of the cell")
        box.setKeyboardTracking(False)
        box.setMinimumWidth(92)
        box.hide()
        return box

    def _words(self) -> QWidget:
        words = QWidget(self)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.machine)
        column.addWidget(self.numbers)
        column.addStretch(1)
        return scrolling(words, self)


def _bounded(first: int, last: int, most: int) -> tuple[int, int]:
    """Return the nearest window within the grids that there are."""
    first = min(max(first, 0), most - LEAST_WINDOW)
    return first, max(min(last, most), first + LEAST_WINDOW)


def _window_of(kept: Any) -> tuple[int, int] | None:
    """Return the window that a study keeps, None where it is none."""
    if not isinstance(kept, list) or len(kept) != 2 or any(type(end) is not int for end in kept):
        return None
    return (kept[0], kept[1])
