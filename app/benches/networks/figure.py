"""A network as a figure in millimetres, with names alone or with posteriors as bars; no Qt."""

from collections.abc import Mapping
from dataclasses import replace

from app.benches.networks.arrange import node_boxes
from app.benches.networks.presentation import graph_arcs, graph_nodes
from app.canvas.arc_geometry import bounds
from app.figures.description import Figure, FigureOptions
from app.graphical.figure_layout import thumbnail_options
from app.graphical.model_figure import model_figure
from app.graphical.node_bars import ShownBeliefs
from core.networks.posteriors import Posteriors
from core.networks.subject import NetworkSubject

VIEWS = ("graph", "posteriors")


def network_figure(
    subject: NetworkSubject,
    posteriors: Posteriors | None,
    options: FigureOptions,
    view: str = "graph",
    *,
    is_routed: bool = True,
) -> Figure:
    """Return the network drawn `options.width_mm` wide.

    Parameters
    ----------
    posteriors : Posteriors or None
        Needed by the view "posteriors"; without it the bars are empty.
    view : str
        "graph" shows names, "posteriors" every state with its probability.
    is_routed : bool
        Whether arcs are led round the nodes in their way.
    """
    if view not in VIEWS:
        raise ValueError(f"a network has the views {VIEWS}, not {view!r}")
    style = "bars" if view == "posteriors" else "name"
    marginals: Mapping = posteriors.marginals if posteriors is not None else {}
    net = subject.net
    return model_figure(
        subject,
        graph_nodes(subject, ShownBeliefs(marginals), style=style),
        graph_arcs(subject),
        options,
        is_routed=is_routed,
        description=f"Bayes net {net.name}: {len(net)} nodes, {net.arc_count} arcs",
    )


def thumbnail(subject: NetworkSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a network that the gallery shows, in its own proportions."""
    left, _, right, _ = bounds(node_boxes(replace(subject, node_style="name")).values())
    wide = thumbnail_options(right - left, options)
    return network_figure(subject, None, wide, "graph", is_routed=False)
