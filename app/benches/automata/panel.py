"""A panel below the field, or a tab beside it: base classes and their surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.graphical.panel_deck import Panel

if TYPE_CHECKING:
    from app.benches.automata.field_view import FieldView
    from app.benches.automata.session import WorldSession
    from app.benches.automata.world_document import WorldDocument
    from app.shell.bench import BenchContext


@dataclass(frozen=True)
class PanelContext:
    """All that a panel may use of the bench it belongs to."""

    document: WorldDocument
    session: WorldSession
    view: FieldView
    context: BenchContext
    action: Callable[[str], QAction]


class WorldPanel(Panel):
    """One panel below the field; it works only while it is in sight."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings


class WorldTab(QWidget):
    """One tab of the inspector; its actions begin with the id of its `TabSpec`."""

    beside_field: QWidget | None = None
    """What the bench shows at the left side of the field."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings

    def trigger(self, action_id: str) -> None:
        """Carry out one of the tab's actions."""

    def is_enabled(self, action_id: str) -> bool:
        return True

    def is_checked(self, action_id: str) -> bool:
        return False

    def takes_files(self, paths: Sequence[Path]) -> bool:
        """Whether files dropped on the bench are for this tab."""
        return False

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the bench."""

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""

    def close_tab(self) -> None:
        """Stop everything that would outlive the bench."""
