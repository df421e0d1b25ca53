"""The graph of a net with what the panel in sight draws over it."""

from dataclasses import replace

from app.benches.networks.panel import CanvasDecoration
from app.canvas.graph import GraphArc, GraphNode
from app.graphical.node_bars import ShownBeliefs


def previewed(shown: ShownBeliefs, decoration: CanvasDecoration) -> ShownBeliefs:
    """Return the beliefs with the previewed ones in their place."""
    if decoration.marks or decoration.previews:
        shown = replace(shown, marks=decoration.marks, previews=decoration.previews)
    if not decoration.marginals:
        return shown
    return replace(shown, marginals={**shown.marginals, **decoration.marginals}, is_stale=False)


def decorated_nodes(nodes: list[GraphNode], decoration: CanvasDecoration) -> list[GraphNode]:
    """Return the nodes with those that stand out marked; the same objects where nothing does."""
    emphasis = decoration.node_emphasis
    if not emphasis:
        return nodes
    return [
        replace(node, emphasis=emphasis[node.id]) if node.id in emphasis else node for node in nodes
    ]


def decorated_arcs(
    arcs: tuple[GraphArc, ...], decoration: CanvasDecoration
) -> tuple[GraphArc, ...]:
    """Return the arcs with those that stand out marked, and the extra ones after them.

    Where nothing stands out it is the very tuple that was given.
    """
    emphasis, has_heads = decoration.arc_emphasis, decoration.has_heads
    if emphasis or not has_heads:
        arcs = [
            arc
            if has_heads and (arc.source, arc.target) not in emphasis
            else replace(
                arc, emphasis=emphasis.get((arc.source, arc.target), ""), directed=has_heads
            )
            for arc in arcs
        ]
    extra = decoration.extra_arcs
    return (*arcs, *(replace(arc, inert=True) for arc in extra)) if extra else tuple(arcs)
