"""A panel below the machine: its base class and its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from app.benches.processes.presentation import NOTHING
from app.graphical.panel_deck import Panel

if TYPE_CHECKING:
    from app.benches.processes.measuring import Measuring
    from app.benches.processes.process_document import ProcessDocument
    from app.canvas.view import GraphCanvas
    from app.shell.bench import BenchContext


@dataclass(frozen=True)
class PanelContext:
    """All that a panel may use of the bench it belongs to."""

    document: ProcessDocument
    measuring: Measuring
    canvas: GraphCanvas
    context: BenchContext
    action: Callable[[str], QAction]


class ProcessPanel(Panel):
    """One panel below the machine; it works only while it is in sight."""

    nothing = NOTHING
    view_name = ""
    """Under which the study keeps how the panel is looked at."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings

    def kept_view(self) -> Mapping[str, Any]:
        """Return what the study keeps of the panel; a file may hold anything."""
        around = self.surroundings
        return around.context.document.view(around.document.subject_id, self.view_name)

    def keep_view(self, view: Mapping[str, Any]) -> None:
        """Let the study keep how the panel is looked at now."""
        around = self.surroundings
        around.context.document.keep_view(around.document.subject_id, self.view_name, view)
        self.state_changed.emit()
