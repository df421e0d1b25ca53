"""The deck of panels below the net: one tab each, made when first shown, remembered when hidden."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from app.benches.networks.panel import NOTHING, CanvasDecoration, NetworkPanel, PanelContext
from app.benches.networks.panels import PANELS, PanelSpec
from app.shell.bench import load

PANEL_PREFERENCE = "networks.panel"
"""Id of the panel that was in sight last, empty when the deck was hidden."""


class PanelDeck(QTabWidget):
    """Holds the panels of a bench; hidden until one of them is asked for."""

    decoration_changed = Signal()
    state_changed = Signal()
    appearing = Signal()
    appeared = Signal()
    """The deck was hidden and takes its share of the height."""

    def __init__(
        self,
        surroundings: PanelContext,
        specs: Sequence[PanelSpec] = PANELS,
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._surroundings = surroundings
        self._specs = tuple(specs)
        self._panels: dict[str, NetworkPanel] = {}
        self._current: NetworkPanel | None = None
        self._palette = dict(surroundings.context.palette)
        self.setDocumentMode(True)
        self.setMinimumHeight(180)
        for spec in self._specs:
            page = QWidget(self)
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.addTab(page, spec.title)
            self.setTabToolTip(self.count() - 1, spec.help)
        self.setCornerWidget(self._close_button(), Qt.Corner.TopRightCorner)
        self.hide()
        self.currentChanged.connect(self._on_tab)

    @property
    def shown_id(self) -> str:
        """Id of the panel in sight, empty when the deck is hidden."""
        return "" if self.isHidden() else self._specs[self.currentIndex()].id

    def shown_panel(self) -> NetworkPanel | None:
        """Return the panel in sight."""
        return self._current

    def panel(self, panel_id: str) -> NetworkPanel:
        """Return the panel, made now if it was never shown."""
        found = self._panels.get(panel_id)
        if found is None:
            spec = next(each for each in self._specs if each.id == panel_id)
            found = self._panels[panel_id] = load(spec.widget)(self._surroundings)
            found.decoration_changed.connect(self.decoration_changed)
            found.state_changed.connect(self.state_changed)
            found.apply_palette(self._palette)
            self.widget(self._specs.index(spec)).layout().addWidget(found)
        return found

    def toggle(self, panel_id: str) -> None:
        """Show the panel, or hide the deck where it is in sight already."""
        if self.shown_id == panel_id:
            self.close_deck()
        else:
            self.open_panel(panel_id)

    def open_panel(self, panel_id: str) -> NetworkPanel:
        """Bring a panel into sight."""
        index = next(i for i, spec in enumerate(self._specs) if spec.id == panel_id)
        was_hidden = self.isHidden()
        if was_hidden:
            self.appearing.emit()
        self.show()
        self.setCurrentIndex(index)
        self._follow()
        if was_hidden:
            self.appeared.emit()
        return self.panel(panel_id)

    @Slot()
    def close_deck(self) -> None:
        """Put the panels out of sight."""
        self.hide()
        self._follow()

    def decoration(self) -> CanvasDecoration:
        """Return what the panel in sight draws over the net."""
        return NOTHING if self._current is None else self._current.decoration()

    def made(self) -> list[NetworkPanel]:
        """Return the panels that exist."""
        return list(self._panels.values())

    def apply_palette(self, palette: dict[str, str]) -> None:
        self._palette = dict(palette)
        for panel in self._panels.values():
            panel.apply_palette(palette)

    def close_panels(self) -> None:
        for panel in self._panels.values():
            panel.close_panel()

    def _follow(self) -> None:
        """Tell the panel that came into sight, and the one that went out of it."""
        shown = self.panel(self.shown_id) if self.shown_id else None
        if shown is not self._current:
            before, self._current = self._current, shown
            if before is not None:
                before.set_current(False)
            if shown is not None:
                shown.set_current(True)
            self.decoration_changed.emit()
        self._surroundings.context.preferences.set(PANEL_PREFERENCE, self.shown_id)
        self.state_changed.emit()

    @Slot(int)
    def _on_tab(self, _index: int) -> None:
        if not self.isHidden():
            self._follow()

    def _close_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(self._surroundings.context.icon("close"))
        button.setToolTip("Hide the panels")
        button.setAccessibleName("Hide the panels")
        button.setAutoRaise(True)
        button.clicked.connect(self.close_deck)
        return button
