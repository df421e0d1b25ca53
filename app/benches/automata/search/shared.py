"""What searches found, for the panels of all worlds of a study."""

from PySide6.QtCore import QObject, Signal

from core.automata.search.archive import Archive


class SharedArchive(QObject):
    """The newest archive, and where a search runs that adds to it.

    It lasts as long as there are panels: a creature that is opened has the archive beside it too.

    Attributes
    ----------
    archive : Archive or None
    place : str
        Name of the world in whose panel a search runs, empty where none does.
    """

    changed = Signal(object)
    """The panel that changed the archive or the place."""

    def __init__(self, document: QObject) -> None:
        super().__init__(document)
        self.archive: Archive | None = None
        self.place = ""
        self._panels: set[int] = set()

    @staticmethod
    def of(document: QObject) -> "SharedArchive":
        """Return that of a study, made for its first panel."""
        found = document.findChild(SharedArchive)
        return SharedArchive(document) if found is None else found

    def enter(self, panel: QObject) -> None:
        """Take note of a panel that shows the archive."""
        self._panels.add(id(panel))

    def leave(self, panel: QObject) -> bool:
        """Take note that a panel is gone, and return whether it was there.

        With the last one the archive is forgotten.
        """
        was_there = id(panel) in self._panels
        self._panels.discard(id(panel))
        if not self._panels:
            self.archive, self.place = None, ""
        return was_there

    def put(self, archive: Archive, panel: QObject) -> None:
        """Show an archive in every panel but the one that made it."""
        self.archive = archive
        self.changed.emit(panel)

    def set_place(self, place: str, panel: QObject) -> None:
        """Say where a search runs."""
        self.place = place
        self.changed.emit(panel)
