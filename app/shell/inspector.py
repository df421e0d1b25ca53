"""The inspector dock: the panel that the current bench offers, or a word while there is none."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from app.shell.bench import Bench


class InspectorStack(QStackedWidget):
    """Keeps the panels of the open benches and shows the one of the current bench."""

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._empty = QLabel("Open a subject to see its details here.", self)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 12, 12, 12)
        self.addWidget(self._empty)
        self._panels: dict[Bench, QWidget | None] = {}

    def sizeHint(self) -> QSize:
        return QSize(300, 480)

    def knows(self, bench: Bench) -> bool:
        """Return whether a bench was asked for its panel before; it may make it only then."""
        return bench in self._panels

    def show_for(self, bench: Bench | None) -> None:
        if bench is not None and bench not in self._panels:
            self._panels[bench] = bench.inspector()
        panel = self._panels[bench] if bench is not None else None
        if panel is None:
            self.setCurrentWidget(self._empty)
            return
        if self.indexOf(panel) < 0:
            self.addWidget(panel)
        self.setCurrentWidget(panel)

    def forget(self, bench: Bench) -> None:
        """Let go of the panel of a bench that closes."""
        panel = self._panels.pop(bench, None)
        if panel is not None and self.indexOf(panel) >= 0:
            self.removeWidget(panel)
            panel.deleteLater()  # where it is: a widget that changes its parent is styled anew
