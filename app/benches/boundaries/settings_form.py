"""How the flow is estimated: every change is an edit of the study."""

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from app.benches.boundaries.ensemble_document import EnsembleDocument
from core.boundaries.flow_result import LEAST_SHUFFLES, MOST_SHUFFLES, MOST_SYMBOLS

ESTIMATOR_TITLES = {"symbols": "Counts of symbols", "gaussian": "Covariances (Gaussian)"}
WAY_TITLES = {"quantiles": "by quantiles", "clusters": "by clusters (k-means)"}


class SettingsForm(QWidget):
    """Edits the settings that the study keeps with the ensemble."""

    def __init__(self, document: EnsembleDocument, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._document = document
        self.lag = _spin(
            0, 1_000_000, "Lag", "Generations from a state to the one compared with it"
        )
        self.estimator = _box(
            ESTIMATOR_TITLES, "Estimator", "What the information is estimated from"
        )
        self.way = _box(WAY_TITLES, "Way to symbols", "How real values become symbols")
        self.symbols = _spin(2, MOST_SYMBOLS, "Symbols", "How many symbols a real value is told in")
        self.shuffles = _spin(
            LEAST_SHUFFLES, MOST_SHUFFLES, "Shuffles",
            "Shuffles among trajectories of equal condition; they give the bias and p",
        )  # fmt: skip
        self.resamples = _spin(
            LEAST_SHUFFLES,
            MOST_SHUFFLES,
            "Resamples",
            "Resamples of trajectories, for the intervals",
        )
        self.is_pooled = QCheckBox("Pool all times", self)
        self.is_pooled.setToolTip(
            "Take all times as one sample: for few long trajectories of a world that is stationary"
        )
        self.seed = _spin(0, 2**31 - 1, "Seed", "The same seed gives the same values")
        for spin, prefix in (
            (self.shuffles, "Shuffles "),
            (self.resamples, "Resamples "),
            (self.seed, "Seed "),
        ):
            spin.setPrefix(prefix)
        self._lay_out()
        self._connect()
        document.changed.connect(self.show_settings)
        self.show_settings()

    @Slot()
    def show_settings(self) -> None:
        """Show the settings of now."""
        ensemble, settings = self._document.ensemble, self._document.settings
        spins = (self.lag, self.symbols, self.shuffles, self.resamples, self.seed)
        blockers = [QSignalBlocker(spin) for spin in spins]
        self.lag.setSingleStep(ensemble.spacing)
        self.lag.setMaximum(max(ensemble.spacing * (ensemble.length - 1), 1))
        self.lag.setSpecialValueText(f"{ensemble.lag} (of the ensemble)")
        for name in ("lag", "symbols", "shuffles", "resamples", "seed"):
            getattr(self, name).setValue(getattr(settings, name))
        del blockers
        self.estimator.setCurrentIndex(self.estimator.findData(settings.estimator))
        self.way.setCurrentIndex(self.way.findData(settings.way))
        self.is_pooled.setChecked(settings.is_pooled)
        has_values = not ensemble.is_symbolic and settings.estimator == "symbols"
        self._form.setRowVisible(self._rows["Symbols"], has_values)
        self._form.setRowVisible(self._rows["Estimator"], not ensemble.is_symbolic)

    @Slot(int)
    def _on_lag(self, lag: int) -> None:
        shown = f"Lag {lag}" if lag else "Lag of the ensemble"
        self._document.edit_settings(shown, "lag", lag=lag)

    def _connect(self) -> None:
        edit = self._document.edit_settings
        self.lag.valueChanged.connect(self._on_lag)
        for name, title in (
            ("symbols", "Symbols of a value"),
            ("shuffles", "Number of shuffles"),
            ("resamples", "Number of resamples"),
            ("seed", "Seed of the shuffles"),
        ):
            spin = getattr(self, name)
            spin.valueChanged.connect(
                lambda value, name=name, title=title: edit(title, name, **{name: value})
            )
            spin.editingFinished.connect(self._document.end_merge)
        self.lag.editingFinished.connect(self._document.end_merge)
        self.estimator.activated.connect(
            lambda _index: edit("Estimator", estimator=self.estimator.currentData())
        )
        self.way.activated.connect(lambda _index: edit("Symbols", way=self.way.currentData()))
        self.is_pooled.clicked.connect(lambda on: edit("Pool the times", is_pooled=bool(on)))

    def _lay_out(self) -> None:
        self._rows: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(6)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for title, widgets in (
            ("Lag, generations", (self.lag,)),
            ("Estimator", (self.estimator,)),
            ("Symbols", (self.symbols, self.way)),
            ("Chance", (self.shuffles, self.resamples)),
            ("Times", (self.is_pooled, self.seed)),
        ):
            row = QWidget(self)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            for widget in widgets:
                line.addWidget(widget, 1)
            self._form.addRow(title, row)
            self._rows[title] = row


def _spin(least: int, most: int, name: str, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(least, most)
    box.setGroupSeparatorShown(True)
    box.setKeyboardTracking(False)
    box.setToolTip(tip)
    return box


def _box(titles: dict[str, str], name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for name, title in titles.items():
        box.addItem(title, name)
    box.setToolTip(tip)
    return box
