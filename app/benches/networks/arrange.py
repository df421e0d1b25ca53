"""Places of nodes: lined up, spread evenly, or laid out in layers; no Qt."""

from collections.abc import Mapping

from app.benches.networks.presentation import ShownBeliefs, graph_nodes
from app.canvas.geometry import node_size
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject

Point = tuple[float, float]
Size = tuple[float, float]

EDGES = {
    "left": (0, -0.5),
    "centre": (0, 0.0),
    "right": (0, 0.5),
    "top": (1, -0.5),
    "middle": (1, 0.0),
    "bottom": (1, 0.5),
}
"""For each way to align: the axis that moves and the part of the size that leads to the edge."""


def aligned(centres: Mapping[str, Point], sizes: Mapping[str, Size], edge: str) -> dict[str, Point]:
    """Return centres at which all boxes share one edge or middle line.

    Edges go to the outermost box ("left" to the leftmost one); middle lines go to the mean.
    """
    axis, part = EDGES[edge]
    marks = {name: centre[axis] + part * sizes[name][axis] for name, centre in centres.items()}
    if part < 0:
        line = min(marks.values())
    elif part > 0:
        line = max(marks.values())
    else:
        line = sum(marks.values()) / len(marks)
    moved = {}
    for name, centre in centres.items():
        place = line - part * sizes[name][axis]
        moved[name] = (place, centre[1]) if axis == 0 else (centre[0], place)
    return moved


def distributed(
    centres: Mapping[str, Point], sizes: Mapping[str, Size], axis: int
) -> dict[str, Point]:
    """Return centres with equal gaps between neighbours along `axis`; the two outermost stay."""
    order = sorted(centres, key=lambda name: (centres[name][axis], name))
    if len(order) < 3:
        return dict(centres)
    first, last = order[0], order[-1]
    span = centres[last][axis] - centres[first][axis]
    inner = sum(sizes[name][axis] for name in order) - sizes[first][axis] / 2
    gap = (span - (inner - sizes[last][axis] / 2)) / (len(order) - 1)
    moved = {}
    edge = centres[first][axis] - sizes[first][axis] / 2
    for name in order:
        place = edge + sizes[name][axis] / 2
        moved[name] = (place, centres[name][1]) if axis == 0 else (centres[name][0], place)
        edge += sizes[name][axis] + gap
    return moved


def arranged(subject: NetworkSubject) -> BayesNet:
    """Return the net with every node placed in layers, parents above children."""
    from app.canvas.layered_layout import layered_positions

    net = subject.net
    sizes = node_sizes(subject)
    return net.moved(layered_positions(list(net.names), list(net.arcs), sizes))


def node_sizes(subject: NetworkSubject) -> dict[str, Size]:
    """Return the size of every node as the canvas draws it."""
    nodes = graph_nodes(subject, ShownBeliefs())
    return {node.id: node_size(node.label, node.bars, node.shape) for node in nodes}


def is_unplaced(net: BayesNet) -> bool:
    """Whether all of several nodes lie on one spot, as when a file gives no places."""
    return len(net) > 1 and len({node.position for node in net}) == 1


def placed(subject: NetworkSubject) -> NetworkSubject:
    """Return the subject as it is, or laid out when its file gave no places."""
    return subject.with_net(arranged(subject)) if is_unplaced(subject.net) else subject
