"""The light and the dark look of the whole application, chosen or following the system."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import resources
from app.shell.icons import icon
from app.shell.stylesheet import stylesheet

_STYLED = "macroscope_is_fusion"
CHOICES = ("system", "light", "dark")


def qpalette(colours: Mapping[str, str]) -> QPalette:
    """Return Qt's palette for our roles, so that every stock widget fits in."""
    role = QPalette.ColorRole
    roles = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "surface_raised",
        role.Text: "text",
        role.Button: "surface_raised",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.ToolTipBase: "surface_raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted_text",
        role.Highlight: "accent",
        role.HighlightedText: "accent_text",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Light: "surface",
        role.Midlight: "surface_raised",
        role.Mid: "border",
        role.Dark: "border",
        role.Shadow: "border",
    }
    made = QPalette()
    for qt_role, name in roles.items():
        made.setColor(qt_role, QColor(colours[name]))
    faded = QColor(colours["muted_text"])
    faded.setAlphaF(0.6)
    for qt_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, qt_role, faded)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours["border"]))
    return made


class Theme(QObject):
    """Knows which palette is on and puts it on the application."""

    changed = Signal(object)

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice if choice in CHOICES else "system"
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        self.name = self._resolve()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def palette(self) -> dict[str, str]:
        """The colours by role of the palette that is on."""
        return resources.palette(self.name)

    def set_choice(self, choice: str) -> None:
        """Follow the system, or stay light or dark."""
        assert choice in CHOICES, choice
        self._choice = choice
        self._switch()

    def apply(self) -> None:
        """Dress the application: Fusion, our palette, our stylesheet."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if app.property(_STYLED) is None:  # under a stylesheet the style no longer tells its name
            app.setStyle("Fusion")
            app.setProperty(_STYLED, True)
        app.setPalette(qpalette(self.palette))
        app.setStyleSheet(stylesheet(self.palette))

    def icon(self, name: str, role: str = "text") -> QIcon:
        """Return the icon `name` in the colour of `role`."""
        key = (self.name, name, role)
        if key not in self._icons:
            self._icons[key] = icon(name, self.palette, role)
        return self._icons[key]

    def _resolve(self) -> str:
        if self._choice != "system":
            return self._choice
        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _switch(self) -> None:
        name = self._resolve()
        if name != self.name:
            self.name = name
            self.apply()
            self.changed.emit(self.palette)

    @Slot(Qt.ColorScheme)
    def _on_system(self, _scheme: Qt.ColorScheme) -> None:
        self._switch()
