"""The height of a bench, shared between what is drawn and the panels below it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from app.graphical.panel_deck import PanelDeck
from app.shell.preferences import Preferences


class DeckSplitter(QSplitter):
    """Holds what is drawn above a deck of panels, with the heights that were chosen last.

    Parameters
    ----------
    preference : str
        Under which the heights are kept.
    first : list of two int
        The heights while none were chosen.
    """

    def __init__(
        self,
        drawn: QWidget,
        deck: PanelDeck,
        preferences: Preferences,
        *,
        preference: str,
        first: list[int],
    ) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._preferences, self._preference, self._first = preferences, preference, first
        self._timer = QTimer(self, singleShot=True, interval=400)
        self._timer.timeout.connect(self._keep)
        self.setChildrenCollapsible(False)
        self.addWidget(drawn)
        self.addWidget(deck)
        self.setStretchFactor(0, 1)
        self.setSizes(self._kept())
        self.splitterMoved.connect(self._timer.start)
        deck.appeared.connect(self._share)

    @Slot()
    def _share(self) -> None:
        """Give the panels their share of the height there is."""
        sizes, height = self._kept(), self.height()
        self.setSizes([size * height // sum(sizes) for size in sizes])

    @Slot()
    def _keep(self) -> None:
        self._preferences.set(self._preference, self.sizes())

    def _kept(self) -> list[int]:
        """Return the heights that were chosen last; the preferences may hold anything."""
        sizes = self._preferences.get(self._preference, self._first)
        if not isinstance(sizes, list) or [type(size) for size in sizes] != [int, int]:
            return self._first
        return sizes if all(sizes) else self._first
