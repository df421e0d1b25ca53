"""A network as a figure in millimetres, with names alone or with posteriors as bars; no Qt."""

from collections.abc import Mapping
from dataclasses import replace

from app.benches.networks.arrange import node_boxes
from app.benches.networks.presentation import graph_arcs, graph_nodes
from app.canvas.arc_geometry import bounds
from app.canvas.geometry import TITLE_SIZE
from app.figures.description import Figure, FigureOptions
from app.graphical.figure_layout import MARGIN
from app.graphical.graph_figure import graph_figure
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
    return graph_figure(
        graph_nodes(subject, ShownBeliefs(marginals), style=style),
        graph_arcs(subject),
        options,
        soft=[name for name, finding in subject.evidence.items() if isinstance(finding, tuple)],
        is_routed=is_routed,
        title=subject.net.name,
        description=_description(subject),
    )


def thumbnail(subject: NetworkSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a network that the gallery shows, in its own proportions."""
    left, _, right, _ = bounds(node_boxes(replace(subject, node_style="name")).values())
    width_mm = max((right - left + 2 * MARGIN) * options.font_mm / TITLE_SIZE, options.width_mm)
    line_mm = max(options.line_mm, width_mm * 0.003)
    return network_figure(
        subject,
        None,
        replace(options, width_mm=width_mm, line_mm=line_mm),
        "graph",
        is_routed=False,
    )


def _description(subject: NetworkSubject) -> str:
    net = subject.net
    text = f"Bayes net {net.name}: {len(net)} nodes, {net.arc_count} arcs"
    findings = [
        f"{name}={net[name].states[finding]}" if isinstance(finding, int) else f"{name} (likely)"
        for name, finding in subject.evidence.items()
    ]
    return f"{text}; evidence {', '.join(findings)}" if findings else text
