"""Places of variables and potentials: their outlines, and the whole laid out; no Qt."""

from collections.abc import Iterable

from app.benches.markov.presentation import graph_edges, graph_nodes
from app.canvas.arc_geometry import Box
from app.canvas.geometry import node_size
from app.graphical.node_bars import ShownBeliefs
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject

FACTOR_UNIT = (150.0, 110.0)
MARKOV_UNIT = (270.0, 160.0)
"""How far apart neighbours should be, in canvas units, beside and above each other."""


def node_boxes(subject: MarkovSubject, names: Iterable[str] | None = None) -> dict[str, Box]:
    """Return the outline of everything drawn, or of `names`, as the canvas draws it."""
    chosen = None if names is None else set(names)
    made = {}
    for node in graph_nodes(subject, ShownBeliefs()):
        if chosen is None or node.id in chosen:
            size = node_size(node.label, node.bars, node.shape)
            made[node.id] = Box(*node.position, *size, node.shape)
    return made


def arranged(subject: MarkovSubject) -> MarkovNetwork:
    """Return the network with everything placed so that neighbours are near.

    Of a Markov graph the potentials go to the middle of their variables, for the other drawing.
    """
    from app.canvas.stress_layout import stress_positions

    drawn = {name: (box.width, box.height) for name, box in node_boxes(subject).items()}
    edges = [(edge.source, edge.target) for edge in graph_edges(subject)]
    is_factor_graph = subject.drawing == "factor-graph"
    unit = FACTOR_UNIT if is_factor_graph else MARKOV_UNIT
    places = stress_positions(list(drawn), edges, drawn, unit=unit)
    net = subject.net.moved(places)
    return net if is_factor_graph else with_potentials_between(net)


def with_potentials_between(net: MarkovNetwork) -> MarkovNetwork:
    """Return the network with each potential in the middle of its variables, none on another."""
    places: dict[str, tuple[float, float]] = {}
    taken = {variable.position for variable in net}
    for potential in net.potentials:
        x, y = middle(net, potential.scope)
        while (x, y) in taken:
            x, y = x + 30.0, y + 30.0
        taken.add((x, y))
        places[potential.name] = (x, y)
    return net.moved(places)


def middle(net: MarkovNetwork, names: Iterable[str]) -> tuple[float, float]:
    """Return the middle of some variables; of one a place above it, of none the origin."""
    positions = [net[name].position for name in names]
    if not positions:
        return 0.0, 0.0
    x = sum(x for x, _ in positions) / len(positions)
    y = sum(y for _, y in positions) / len(positions)
    return (float(round(x)), float(round(y if len(positions) > 1 else y - 90.0)))


def is_unplaced(net: MarkovNetwork) -> bool:
    """Whether everything lies on one spot, as when a file gives no places."""
    parts = [*net, *net.potentials]
    return len(parts) > 1 and len({part.position for part in parts}) == 1


def placed(subject: MarkovSubject) -> MarkovSubject:
    """Return the subject as it is, or laid out when its file gave no places."""
    return subject.with_net(arranged(subject)) if is_unplaced(subject.net) else subject
