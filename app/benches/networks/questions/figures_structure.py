"""The net with what a question lit up in it, as a figure; no Qt."""

from collections.abc import Mapping
from dataclasses import replace

from app.benches.networks.presentation import graph_arcs, graph_nodes
from app.canvas.graph import GraphArc
from app.figures.description import Figure, FigureOptions
from app.graphical.graph_figure import graph_figure
from app.graphical.node_bars import ShownBeliefs
from core.networks.subject import NetworkSubject

Arcs = Mapping[tuple[str, str], str]


def structure_figure(
    subject: NetworkSubject,
    nodes: Mapping[str, str],
    arcs: Arcs,
    extra: tuple[GraphArc, ...],
    title: str,
    options: FigureOptions,
    *,
    has_heads: bool = True,
) -> Figure:
    """Return the net by its names, nodes and arcs in the roles that they have in the answer."""
    drawn = [
        replace(node, emphasis=nodes.get(node.id, ""))
        for node in graph_nodes(subject, ShownBeliefs(), style="name")
    ]
    lines = [
        replace(arc, emphasis=arcs.get((arc.source, arc.target), ""), directed=has_heads)
        for arc in graph_arcs(subject)
    ]
    return graph_figure(drawn, [*lines, *extra], options, title=title, description=title)
