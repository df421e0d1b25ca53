"""The left side of the bench: the picture of the parts, and what the values say."""

from collections.abc import Mapping
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.benches.boundaries.figure import parts_drawing, parts_height
from app.benches.boundaries.findings import findings_of
from app.benches.boundaries.measuring import Measured
from app.benches.boundaries.plots.region_picture import RegionPicture, region_picture
from app.benches.boundaries.plots.sheet_view import SheetView
from app.figures.description import FigureOptions
from app.graphical.drawing_view import PIXELS_PER_MM
from app.graphical.panel_parts import reading_label
from core.boundaries.ensemble import Ensemble
from core.boundaries.flow_result import BoundaryFlow

LARGEST_SHARE = 0.72
"""Of the height that the picture takes at most."""


class RegionPane(QScrollArea):
    """Shows an ensemble, with what is known about it below."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._ensemble: Ensemble | None = None
        self._region: RegionPicture | None = None
        self._drawn: tuple[Ensemble | None, BoundaryFlow | None] = (None, None)
        self.picture = SheetView("Region", "The parts of the region over a state of the world")
        self.told = reading_label("What the values say", self)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setContentsMargins(9, 8, 9, 12)
        body = QWidget(self)
        body.setObjectName("region-pane")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picture)
        column.addWidget(self.told)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(220)

    def show_measured(self, ensemble: Ensemble, measured: Measured) -> None:
        """Show an ensemble and what was measured of it."""
        flow = measured.flow
        if ensemble is not self._ensemble:
            self._ensemble, self._region = ensemble, region_picture(ensemble)
        drawn = (ensemble, None if self._region is not None else flow)
        if drawn != self._drawn:  # a region looks the same whatever was measured
            self._drawn = drawn
            self.picture.show_drawing(partial(parts_drawing, ensemble, self._region, flow))
        found = () if flow is None or measured.is_stale else findings_of(flow)
        parts = [f"<p style='margin-top:0'>{escape(sentence)}</p>" for sentence in found]
        if ensemble.note:
            parts.append(f"<p style='margin-top:0'><i>{escape(ensemble.note)}</i></p>")
        self.told.setText("".join(parts))
        self.told.setVisible(bool(parts))
        self._fit()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.picture.apply_palette(palette)
        self.setStyleSheet(f"RegionPane, #region-pane {{ background: {palette['canvas']}; }}")

    def resizeEvent(self, resized: QResizeEvent) -> None:
        """Give the picture the height that its width asks for."""
        super().resizeEvent(resized)
        self._fit()

    def _fit(self) -> None:
        if self._ensemble is None:
            return
        width = max(self.viewport().width(), 1)
        options = FigureOptions(max(width / PIXELS_PER_MM, 40.0))
        wanted = parts_height(self._region, options) * width / options.width_mm
        self.picture.setFixedHeight(round(min(wanted, max(LARGEST_SHARE * self.height(), 160.0))))
