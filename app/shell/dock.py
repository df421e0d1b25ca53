"""A dock with a slim title bar that carries a help button."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)


class DockTitle(QWidget):
    """Title, help, float and close in one row of 28 pixels."""

    def __init__(self, dock: QDockWidget, title: str) -> None:
        super().__init__(dock)
        self.setProperty("role", "dock-title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 4, 2)
        self._row.setSpacing(0)
        self._title = title
        self._label = QLabel(title, self)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._label, 1)
        self._buttons: dict[str, QToolButton] = {}

    def add_button(self, icon: str, tip: str, run: Callable[[], object]) -> None:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False: run())
        self._buttons[icon] = button
        self._row.addWidget(button)

    def show_title(self, shown: bool) -> None:
        """Leave the title out where a tab says it already."""
        self._label.setText(self._title if shown else "")

    def apply_icons(self, icon_for: Callable[[str], QIcon]) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icon_for(name))


class Dock(QDockWidget):
    """A dock widget with our title bar, a stable object name and a page of the guide."""

    resized = Signal(int)
    """It has another width."""

    def __init__(
        self,
        name: str,
        title: str,
        content: QWidget,
        *,
        show_guide: Callable[[str], None] | None = None,
        page: str = "",
    ) -> None:
        super().__init__(title)
        self.setObjectName(f"dock-{name}")
        self.title_bar = DockTitle(self, title)
        if show_guide is not None and page:
            self.title_bar.add_button("help", f"Guide: {title}", lambda: show_guide(page))
        self.title_bar.add_button("close", f"Hide {title.lower()}", self.close)
        self.setTitleBarWidget(self.title_bar)
        self.setWidget(content)

    def resizeEvent(self, what: QResizeEvent) -> None:
        super().resizeEvent(what)
        if what.size().width() != what.oldSize().width():
            self.resized.emit(what.size().width())
