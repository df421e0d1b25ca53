"""A graphical model as a figure: its graph, and in words what is entered; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.canvas.graph import GraphArc, GraphNode
from app.figures.description import Figure, FigureOptions
from app.graphical.graph_figure import graph_figure

if TYPE_CHECKING:
    from app.graphical.subject_document import GraphicalSubject


def model_figure(
    subject: GraphicalSubject,
    nodes: Sequence[GraphNode],
    arcs: Sequence[GraphArc],
    options: FigureOptions,
    *,
    is_routed: bool,
    description: str,
) -> Figure:
    """Return the graph of a model; what is only likely has a dashed outline.

    The findings that are entered stand behind the description.
    """
    net, evidence = subject.net, subject.evidence
    findings = [
        f"{name}={net[name].states[finding]}" if isinstance(finding, int) else f"{name} (likely)"
        for name, finding in evidence.items()
    ]
    return graph_figure(
        nodes,
        arcs,
        options,
        soft=[name for name, finding in evidence.items() if isinstance(finding, tuple)],
        is_routed=is_routed,
        title=net.name,
        description=f"{description}; evidence {', '.join(findings)}" if findings else description,
    )
