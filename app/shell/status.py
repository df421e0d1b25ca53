"""The status bar: the state of the bench, what was told last, what is running."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QToolButton

from app.jobs.pool import Jobs
from app.shell.jobs_panel import JobIndicator
from app.shell.messages import Message

SHOWN_MS = 6000
MOST = 160


class StatusBar(QStatusBar):
    """A quiet line; its buttons show the docks of jobs and messages."""

    def __init__(
        self,
        jobs: Jobs,
        icon: Callable[[str, str], QIcon],
        toggle_dock: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._icon = icon
        self.setSizeGripEnabled(False)
        self._state = QLabel(self)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(self._state, 1)
        self.indicator = JobIndicator(jobs, icon)
        self.addPermanentWidget(self.indicator)
        self._buttons: dict[str, QToolButton] = {}
        for name in ("jobs", "messages"):
            button = QToolButton(self)
            button.setIconSize(QSize(16, 16))
            button.setToolTip(f"Show or hide the {name}")
            button.setAccessibleName(name.capitalize())
            button.clicked.connect(lambda _=False, wanted=name: toggle_dock(wanted))
            self._buttons[name] = button
            self.addPermanentWidget(button)

    @property
    def state(self) -> str:
        return self._state.text()

    def show_state(self, text: str) -> None:
        self._state.setText(text)
        self._state.setToolTip(text)

    @Slot(object)
    def show_message(self, message: Message) -> None:
        text = " ".join(message.text.split())
        self.showMessage(text if len(text) <= MOST else text[: MOST - 1] + "…", SHOWN_MS)

    @Slot()
    def restyle(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(self._icon(name, "muted_text"))
        self.indicator.restyle()
