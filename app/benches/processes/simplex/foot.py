"""The line below the simplex: how much is shown, how far the work is, what is pointed at."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.graphical.panel_parts import icon_button, quiet_label
from app.jobs.job import Job


class SimplexFoot(QWidget):
    """Tells in words; a bar and a button to stop come while work takes long."""

    def __init__(
        self, stop_icon: QIcon, stop: Callable[[], object], owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self.told = quiet_label("How much is shown", self)
        self.missing = quiet_label("Overlays that cannot be drawn", self)
        self.under = quiet_label("What is under the pointer", self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(140, 6)
        self.bar.setAccessibleName("How far the chaos game has come")
        self.stop_button = icon_button(
            stop_icon, "Play no further and keep the picture as it is", stop, self
        )
        self.stop_button.setAccessibleName("Stop playing")
        for part in (self.bar, self.stop_button, self.missing):
            part.hide()
        # The row keeps its height when the bar and its button come and go, so that the view does.
        self.told.setMinimumHeight(self.stop_button.sizeHint().height())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.told, self.bar, self.stop_button, self.missing):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.under)

    def show_job(self, job: Job | None) -> None:
        """Show how far the work has come, once it takes long enough to be noticed."""
        is_long = job is not None and job.is_announced
        self.bar.setVisible(is_long)
        self.stop_button.setVisible(is_long)
        if job is not None:
            self.bar.setValue(round(1000 * job.fraction))

    def show_missing(self, sentence: str) -> None:
        """Say which overlays there are not, or nothing."""
        self.missing.setText(sentence)
        self.missing.setVisible(bool(sentence))
