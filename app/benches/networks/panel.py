"""A panel below the net: its base class, its surroundings, and what it draws over the net."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from app.canvas.graph import GraphArc
from app.graphical.panel_deck import Panel

if TYPE_CHECKING:
    from app.benches.networks.network_document import NetworkDocument
    from app.canvas.view import GraphCanvas
    from app.graphical.beliefs import BeliefController
    from app.shell.bench import BenchContext


@dataclass(frozen=True)
class CanvasDecoration:
    """What the current panel draws over the net.

    Attributes
    ----------
    node_emphasis : mapping of node to a role of `app.canvas.graph.NODE_EMPHASES`
    arc_emphasis : mapping of (parent, child) to a role of `ARC_EMPHASES`
    extra_arcs : tuple of GraphArc
        Edges that are not the net's, such as fill-in edges; they are shown inert.
    marginals : mapping of node to probabilities
        Bars in place of the posteriors, such as a preview; empty shows the posteriors.
    previews : mapping of node to probabilities
        Bars of what might be, in a colour of their own, with a tick at the posterior.
    marks : mapping of node to probabilities
        Ticks across the bars to compare with, such as what was believed before.
    has_heads : bool
        Whether the net's own arcs are drawn with their heads.
    """

    node_emphasis: Mapping[str, str] = field(default_factory=dict)
    arc_emphasis: Mapping[tuple[str, str], str] = field(default_factory=dict)
    extra_arcs: tuple[GraphArc, ...] = ()
    marginals: Mapping[str, object] = field(default_factory=dict)
    previews: Mapping[str, object] = field(default_factory=dict)
    marks: Mapping[str, object] = field(default_factory=dict)
    has_heads: bool = True


NOTHING = CanvasDecoration()


@dataclass(frozen=True)
class PanelContext:
    """All that a panel may use of the bench it belongs to."""

    document: NetworkDocument
    beliefs: BeliefController
    canvas: GraphCanvas
    context: BenchContext
    action: Callable[[str], QAction]
    show_cell: Callable[[str, tuple[int, ...], int], None] = lambda *cell: None
    """Show an entry of a table: (node, states of its parents, state)."""


class NetworkPanel(Panel):
    """One panel below the net; made when it is first shown.

    Follow ``surroundings.document.changed`` and ``surroundings.beliefs.updated``, but work only
    between ``set_current(True)`` and ``set_current(False)``: a hidden panel costs nothing.
    """

    nothing = NOTHING

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__()
        self.surroundings = surroundings
