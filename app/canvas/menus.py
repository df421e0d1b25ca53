"""Whose menu is asked for by a right click or by the menu key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QContextMenuEvent

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas


def ask_for_menu(canvas: "GraphCanvas", menu: QContextMenuEvent) -> None:
    """Select what was hit, if it was not, and say that its menu is wanted."""
    if menu.reason() == QContextMenuEvent.Reason.Keyboard:
        _ask_at_selection(canvas)
        return
    hit = canvas.hit(QPointF(menu.pos()))
    if hit.arc is not None:
        if hit.arc.arc not in canvas.selected_arcs():
            canvas.select(arcs=[hit.arc.arc.id])
        canvas.arc_context_menu_requested.emit(hit.arc.arc, menu.globalPos())
        return
    if hit.node_id is None:
        canvas.select()
    elif hit.node_id not in canvas.selected():
        canvas.select([hit.node_id])
    canvas.context_menu_requested.emit(hit.node_id, menu.globalPos())


def _ask_at_selection(canvas: "GraphCanvas") -> None:
    names = canvas.selected()
    name = names[-1] if names else None
    over = canvas.viewport().rect() if name is None else canvas.node_rect(name)
    canvas.context_menu_requested.emit(name, canvas.viewport().mapToGlobal(over.center()))
