"""Where an ensemble came from: the world, what was varied, the features, the seeds."""

from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.benches.boundaries.ensemble_document import EnsembleDocument
from app.graphical.amounts import counted
from app.graphical.panel_parts import reading_label
from core.boundaries.ensemble import PART_TITLES, PARTS, Ensemble

MOST_SEEDS = 12
MOST_LABELS = 24


class ProvenancePanel(QScrollArea):
    """Text about the ensemble; it can be selected and copied."""

    def __init__(self, document: EnsembleDocument, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._document = document
        self._shown: Ensemble | None = None
        self.text = reading_label("Where the ensemble came from", self)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        body = QWidget(self)
        body.setProperty("role", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.text)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        document.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Tell of the ensemble of now."""
        if self._document.ensemble is not self._shown:
            self._shown = self._document.ensemble
            self.text.setText(told_html(self._shown))


def told_html(ensemble: Ensemble) -> str:
    """Return all that is known about an ensemble but its numbers."""
    first, last = int(ensemble.times[0]), int(ensemble.times[-1])
    seeds = ", ".join(str(seed) for seed in ensemble.seeds[:MOST_SEEDS].tolist())
    more = " …" if ensemble.trajectories > MOST_SEEDS else ""
    trajectories = counted(ensemble.trajectories, "trajectory", "trajectories")
    times = counted(ensemble.length, "time")
    lag = counted(ensemble.lag, "generation")
    every = f", every {counted(ensemble.spacing, 'generation')}" if ensemble.length > 1 else ""
    parts = [
        ("", ensemble.note),
        ("Where it came from", ensemble.source),
        (
            "Trajectories",
            f"{trajectories} of {times}, generations {first:,} to {last:,}{every}; lag {lag} "
            "unless asked otherwise.",
        ),
        *((f"{part}, {PART_TITLES[part]}", _features(ensemble, part)) for part in PARTS),
        ("Seeds", f"{seeds}{more}"),
    ]
    return "".join(
        (f"<p style='margin-bottom:2px'><b>{escape(title)}</b></p>" if title else "")
        + f"<p style='margin-top:0'>{escape(text)}</p>"
        for title, text in parts
        if text
    )


def _features(ensemble: Ensemble, part: str) -> str:
    count = ensemble.features(part)
    if not count:
        return "No features: there is no such part."
    kind = "symbols" if ensemble.part(part).dtype.kind != "f" else "real values"
    names = ", ".join(ensemble.labels[part][:MOST_LABELS])
    more = " …" if count > MOST_LABELS else ""
    return f"{counted(count, 'feature')}, {kind}: {names}{more}"
