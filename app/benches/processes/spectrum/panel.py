"""The panel of the spectrum: eigenvalues in the complex plane and the sums over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.benches.processes.panel import PanelContext
from app.benches.processes.spectrum.figure import (
    LENGTHS,
    correlation_drawing,
    correlation_table,
    eigenvalue_table,
    eigenvalues_of,
    plane_drawing,
)
from app.benches.processes.spectrum.findings import SpectrumFindings, find_spectrum
from app.benches.processes.spectrum.words import forms_html, table_html
from app.benches.processes.structure.following import FollowingPanel
from app.benches.processes.structure.plot_view import PlotView
from app.graphical.panel_parts import reading_label, scrolling
from app.shell.bench import FigureView

if TYPE_CHECKING:
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress


class SpectrumPanel(FollowingPanel):
    """Follows the machine while it is in sight."""

    job_title = "Spectrum of the mixed states"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.plane = PlotView(
            "Eigenvalues in the complex plane",
            "Eigenvalues within the unit circle: the nearer to the rim, the longer remembered; "
            "grey ones leave h(L) as it is",
            self,
        )
        self.correlation = PlotView(
            "Autocovariance of the symbols",
            "Covariance of two symbols τ apart, numbered 0, 1, 2, … in the order of the alphabet",
            self,
        )
        self.forms = reading_label("Closed forms", self)
        self.table = reading_label("Table of eigenvalues", self)
        self._lay_out(((self.plane, 330), (self._words(), 540), (self.correlation, 350)))

    def work_out(
        self, model: HiddenMarkovModel, send: Callable[[Any], None], progress: Progress
    ) -> SpectrumFindings:
        return find_spectrum(model, send, progress)

    def show_findings(self, findings: SpectrumFindings, *, is_stale: bool) -> None:
        for label, text in ((self.forms, forms_html(findings)), (self.table, table_html(findings))):
            label.setText(text)
            label.setEnabled(not is_stale)
        for view, draw in ((self.plane, plane_drawing), (self.correlation, correlation_drawing)):
            view.show_drawing(partial(draw, findings), is_stale=is_stale)

    def arrays(self) -> dict[str, Any]:
        found = self.findings
        if found is None:
            return {}
        rows = eigenvalues_of(found)
        lags = np.arange(LENGTHS + 1)
        arrays: dict[str, Any] = {
            "eigenvalue_re": np.array([z.real for z, _, _ in rows]),
            "eigenvalue_im": np.array([z.imag for z, _, _ in rows]),
            "multiplicity": np.array([count for _, count, _ in rows]),
            "tau": lags,
            "autocorrelation": np.array([found.correlation.at(int(lag)) for lag in lags]),
        }
        if found.forms is not None:
            forms = found.forms
            arrays["adds_to_E_bits"] = np.array([share.E.real for share in forms.shares])
            arrays["adds_to_T_bit_symbols"] = np.array([share.T.real for share in forms.shares])
            arrays["L"] = lags
            arrays["H_bits"] = np.array([forms.H(int(lag)) for lag in lags])
        return arrays

    def views(self) -> list[FigureView]:
        found = self.findings
        if found is None:
            return []
        return [
            FigureView(
                "eigenvalues",
                "Eigenvalues",
                lambda options: plane_drawing(found, options).figure,
                lambda: eigenvalue_table(found),
            ),
            FigureView(
                "autocovariance",
                "Autocovariance",
                lambda options: correlation_drawing(found, options).figure,
                lambda: correlation_table(found),
            ),
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.plane.apply_palette(palette)
        self.correlation.apply_palette(palette)

    def _words(self) -> QWidget:
        words = QWidget(self)
        column = QVBoxLayout(words)
        column.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self.forms)
        column.addWidget(self.table)
        column.addStretch(1)
        return scrolling(words, self)
