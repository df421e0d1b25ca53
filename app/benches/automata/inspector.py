"""The inspector of a world: one tab for each line of `tabs`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QWidget

from app.benches.automata.panel import PanelContext, WorldTab
from app.benches.automata.tabs import TABS
from app.shell.bench import load


class WorldInspector(QTabWidget):
    """Holds the tabs, and gives each its actions and dropped files."""

    def __init__(self, surroundings: PanelContext, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self.tabs: dict[str, WorldTab] = {}
        for spec in TABS:
            tab = self.tabs[spec.id] = load(spec.widget)(surroundings)
            self.addTab(tab, spec.title)
        self.setMinimumWidth(340)

    def tab(self, tab_id: str) -> WorldTab:
        """Return a tab by the id of its spec."""
        return self.tabs[tab_id]

    def show_tab(self, tab_id: str) -> None:
        """Bring a tab to the front."""
        self.setCurrentWidget(self.tabs[tab_id])

    def taker_of(self, paths: Sequence[Path]) -> WorldTab | None:
        """Return the first tab for which files are that were dropped."""
        return next((tab for tab in self.tabs.values() if tab.takes_files(paths)), None)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        for tab in self.tabs.values():
            tab.apply_palette(palette)

    def close_tabs(self) -> None:
        """Stop everything that would outlive the bench."""
        for tab in self.tabs.values():
            tab.close_tab()
