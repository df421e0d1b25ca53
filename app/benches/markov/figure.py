"""A Markov network as a figure in millimetres: factor graph, Markov graph or posteriors; no Qt."""

from collections.abc import Mapping

from app.benches.markov.arrange import node_boxes
from app.benches.markov.presentation import graph_edges, graph_nodes
from app.canvas.arc_geometry import bounds
from app.figures.description import Figure, FigureOptions
from app.graphical.figure_layout import thumbnail_options
from app.graphical.model_figure import model_figure
from app.graphical.node_bars import ShownBeliefs
from core.networks.markov_subject import MarkovSubject
from core.networks.posteriors import Posteriors

VIEWS = ("factor-graph", "markov", "posteriors")


def markov_figure(
    subject: MarkovSubject,
    posteriors: Posteriors | None,
    options: FigureOptions,
    view: str = "factor-graph",
    *,
    is_routed: bool = True,
) -> Figure:
    """Return the network drawn `options.width_mm` wide.

    Parameters
    ----------
    posteriors : Posteriors or None
        Needed by the view "posteriors"; without it the bars are empty.
    view : str
        "factor-graph" shows names and potentials, "markov" names joined by edges, "posteriors"
        every state with its probability, drawn as the subject says.
    is_routed : bool
        Whether edges are led round the nodes in their way.
    """
    if view not in VIEWS:
        raise ValueError(f"a Markov network has the views {VIEWS}, not {view!r}")
    style = "bars" if view == "posteriors" else "name"
    drawing = subject.drawing if view == "posteriors" else view
    marginals: Mapping = posteriors.marginals if posteriors is not None else {}
    net = subject.net
    return model_figure(
        subject,
        graph_nodes(subject, ShownBeliefs(marginals), style=style, drawing=drawing),
        graph_edges(subject, drawing=drawing),
        options,
        is_routed=is_routed,
        description=(
            f"Markov network {net.name}: {len(net)} variables, {len(net.potentials)} potentials"
        ),
    )


def thumbnail(subject: MarkovSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a network that the gallery shows, in its own proportions."""
    left, _, right, _ = bounds(node_boxes(subject.with_node_style("name")).values())
    wide = thumbnail_options(right - left, options)
    return markov_figure(subject, None, wide, subject.drawing, is_routed=False)
