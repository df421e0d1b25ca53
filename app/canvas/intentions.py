"""What a graph canvas can say: everything that a user may want done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGraphicsView


class GraphIntentions(QGraphicsView):
    """The signals of `GraphCanvas`; ids are those of its nodes, places are canvas units."""

    node_requested = Signal(float, float)
    """(x, y): double-click on empty canvas."""
    arc_requested = Signal(str, str)
    """(source, target): an arc was drawn and was not refused."""
    node_with_arc_requested = Signal(str, float, float)
    """(source, x, y): an arc was dropped on empty canvas; make a node there, connected."""
    moved = Signal(object, bool)
    """({id: (x, y)}, finished): nodes were dragged or pushed by keys; merge until finished."""
    rename_requested = Signal(str, str)
    """(id, new name): a name was typed in place."""
    delete_requested = Signal()
    """Delete or Backspace was pressed: delete the selected nodes and arcs."""
    selection_changed = Signal()
    node_activated = Signal(str)
    """(id): double-click or Enter on a node."""
    arc_activated = Signal(object)
    """(GraphArc): double-click on an arc or its label."""
    bar_clicked = Signal(str, int)
    """(id, index of the bar)."""
    bar_dragged = Signal(str, int, float, bool)
    """(id, index of the bar, value 0..1, finished)."""
    bar_drag_cancelled = Signal(str, int)
    """(id, index of the bar): put back the value from before the drag."""
    bar_hovered = Signal(str, int)
    """(id, index of the bar): the pointer came onto a bar."""
    bar_left = Signal()
    """The pointer is on no bar any more."""
    node_picked = Signal(str)
    """(id): a node was clicked while the canvas was asked to pick nodes."""
    arc_proposed = Signal(str, str)
    """(source, target): an arc is being drawn and would be welcome; answer with `remark`."""
    arc_proposal_ended = Signal()
    """The arc being drawn goes to no node any more."""
    context_menu_requested = Signal(object, object)
    """(id of a node or None for the empty canvas, global QPoint)."""
    arc_context_menu_requested = Signal(object, object)
    """(GraphArc, global QPoint)."""
    hovered = Signal(object)
    """(id of the node under the pointer, or None)."""
    view_changed = Signal()
    """Zoom or place changed."""
    said = Signal(str)
    """A short sentence for the status bar, empty to clear it."""
