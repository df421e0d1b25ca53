"""The moral graph of a net with its fill-in as a figure; no Qt."""

from app.benches.networks.presentation import graph_nodes
from app.canvas.graph import GraphArc
from app.figures.description import Figure, FigureOptions, Table
from app.graphical.graph_figure import graph_figure
from app.graphical.node_bars import ShownBeliefs
from core.networks.levels.triangulation_steps import TriangulationRun
from core.networks.subject import NetworkSubject

MARRIED, FILLED = "category_3", "category_0"
"""Palette roles of edges between married parents and of fill-in edges; both are dashed."""


def moral_figure(subject: NetworkSubject, run: TriangulationRun, options: FigureOptions) -> Figure:
    """Return the nodes where they are drawn, with the edges of the triangulated moral graph."""
    married = set(run.married)
    names = run.names
    arcs = [
        GraphArc(names[a], names[b], directed=False) for a, b in run.moral if (a, b) not in married
    ]
    for edges, role in ((run.married, MARRIED), (run.fill_in, FILLED)):
        arcs += [
            GraphArc(names[a], names[b], "added", emphasis=role, directed=False, dashed=True)
            for a, b in edges
        ]
    return graph_figure(
        graph_nodes(subject, ShownBeliefs(), style="name"),
        arcs,
        options,
        title=subject.net.name,
        description=(
            f"Moral graph of {subject.net.name}: {len(run.married)} married pairs, "
            f"{len(run.fill_in)} fill-in edges, width {run.width}"
        ),
    )


def moral_table(run: TriangulationRun) -> Table:
    """Return all edges with their kind."""
    married = set(run.married)
    rows = [
        (run.names[a], run.names[b], "married" if (a, b) in married else "arc")
        for a, b in run.moral
    ]
    rows += [(run.names[a], run.names[b], "fill-in") for a, b in run.fill_in]
    return Table(("node", "other node", "edge"), tuple(rows))
