"""A panel below the machine: its base class and its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings
