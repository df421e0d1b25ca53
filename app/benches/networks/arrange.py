"""Places of nodes: their outlines, and the whole net laid out in layers; no Qt."""

from collections.abc import Iterable

from app.benches.networks.presentation import graph_nodes
from app.canvas.arc_geometry import Box
from app.canvas.geometry import node_size
from app.graphical.node_bars import ShownBeliefs
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


def node_boxes(subject: NetworkSubject, names: Iterable[str] | None = None) -> dict[str, Box]:
    """Return the outline of every node, or of `names`, as the canvas draws it."""
    chosen = set(subject.net.names if names is None else names)
    made = {}
    for node in graph_nodes(subject, ShownBeliefs()):
        if node.id in chosen:
            size = node_size(node.label, node.bars, node.shape)
            made[node.id] = Box(*node.position, *size, node.shape)
    return made


def arranged(subject: NetworkSubject) -> BayesNet:
    """Return the net with every node placed in layers, parents above children."""
    from app.canvas.layered_layout import layered_positions

    net = subject.net
    sizes = {name: (box.width, box.height) for name, box in node_boxes(subject).items()}
    return net.moved(layered_positions(list(net.names), list(net.arcs), sizes))


def is_unplaced(net: BayesNet) -> bool:
    """Whether all of several nodes lie on one spot, as when a file gives no places."""
    return len(net) > 1 and len({node.position for node in net}) == 1


def placed(subject: NetworkSubject) -> NetworkSubject:
    """Return the subject as it is, or laid out when its file gave no places."""
    return subject.with_net(arranged(subject)) if is_unplaced(subject.net) else subject
