"""A clique tree as a figure: cliques as ellipses, separators as boxes on the edges; no Qt."""

from app.canvas.geometry import node_size
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.layered_layout import layered_positions
from app.figures.description import Figure, FigureOptions, Table
from app.graphical.graph_figure import graph_figure
from core.networks.levels.table_factor import cells_of
from core.networks.levels.triangulation_steps import TriangulationRun
from core.networks.levels.watched_tree import WatchedTree

SPACING = (18.0, 20.0)


def clique_tree_figure(run: TriangulationRun, options: FigureOptions, title: str = "") -> Figure:
    """Return the clique tree from its first clique downwards."""
    cliques = run.cliques
    tree = WatchedTree(run.names, run.sizes, cliques, run.links, run.clique_of_factor)
    shown = {f"clique {i}": _members(run, clique) for i, clique in enumerate(cliques)}
    arcs: list[tuple[str, str]] = []
    for k, link in enumerate(run.links):
        shown[f"separator {k}"] = _members(run, link.separator)
        is_above = tree.above[link.second] == link.first
        ends = (link.first, link.second) if is_above else (link.second, link.first)
        arcs += [(f"clique {ends[0]}", f"separator {k}"), (f"separator {k}", f"clique {ends[1]}")]
    shapes = {name: "ellipse" if name.startswith("clique") else "box" for name in shown}
    sizes = {name: node_size(text, (), shapes[name]) for name, text in shown.items()}
    places = layered_positions(list(shown), arcs, sizes, spacing=SPACING)
    nodes = [
        GraphNode(name, text, places[name], shape=shapes[name]) for name, text in shown.items()
    ]
    lines = [GraphArc(a, b, directed=False) for a, b in arcs]
    text = f"Clique tree: {len(cliques)} cliques, {run.cells:,} cells, width {run.width}"
    return graph_figure(nodes, lines, options, is_routed=False, title=title, description=text)


def clique_tree_table(run: TriangulationRun) -> Table:
    """Return the cliques and the separators with their numbers of cells."""
    rows: list[tuple[str | int | float | None, ...]] = [
        ("clique", f"C{i + 1}", "", _members(run, clique), cells_of(clique, run.sizes))
        for i, clique in enumerate(run.cliques)
    ]
    rows += [
        ("separator", f"C{link.first + 1}", f"C{link.second + 1}", _members(run, link.separator),
         link.cells)
        for link in run.links
    ]  # fmt: skip
    return Table(("kind", "clique", "other clique", "members", "cells"), tuple(rows))


def _members(run: TriangulationRun, variables: tuple[int, ...]) -> str:
    return ", ".join(run.names[v] for v in variables) or "∅"
