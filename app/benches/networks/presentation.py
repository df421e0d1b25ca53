"""What the canvas shows of a network: its nodes with their bars, its arcs and its observations."""

from app.canvas.graph import GraphArc, GraphNode
from app.graphical.node_bars import ShownBeliefs, bars_of
from core.networks.model import Node
from core.networks.subject import NetworkSubject


def node_style(subject: NetworkSubject, name: str) -> str:
    """Return "name" or "bars", the node's own style or else the network's."""
    return subject.node_styles.get(name, subject.node_style)


def graph_nodes(
    subject: NetworkSubject, beliefs: ShownBeliefs, *, style: str | None = None
) -> list[GraphNode]:
    """Return the view-model of every node, in its own style or all of them in `style`."""
    return [
        _graph_node(subject, node, beliefs, style or node_style(subject, node.name))
        for node in subject.net
    ]


class NodeViews:
    """Makes view-models as `graph_nodes` does, and again only those of nodes that changed."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], GraphNode]] = {}

    def of(self, subject: NetworkSubject, beliefs: ShownBeliefs) -> list[GraphNode]:
        """Return the view-model of every node, the very object of last time where it can be."""
        made: dict[str, tuple[tuple[object, ...], GraphNode]] = {}
        for node in subject.net:
            name, style = node.name, node_style(subject, node.name)
            marginal = beliefs.marginals.get(name)
            ticks = (beliefs.previews.get(name), beliefs.marks.get(name))
            key = (node, marginal, *ticks, subject.evidence.get(name), style, beliefs.is_stale)
            known = self._made.get(name)
            if known is None or not _is_same(known[0], key):
                known = (key, _graph_node(subject, node, beliefs, style))
            made[name] = known
        self._made = made
        return [shown for _, shown in made.values()]


def _is_same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """Whether node and numbers are the very same objects and the rest is equal."""
    return all(a is b for a, b in zip(old[:4], new[:4], strict=True)) and old[4:] == new[4:]


def graph_arcs(subject: NetworkSubject) -> list[GraphArc]:
    """Return the view-model of every arc."""
    return [GraphArc(source, target) for source, target in subject.net.arcs]


def _graph_node(
    subject: NetworkSubject, node: Node, beliefs: ShownBeliefs, style: str
) -> GraphNode:
    shows_bars = style == "bars"
    return GraphNode(
        id=node.name,
        label=node.name,
        position=node.position,
        colour=node.colour,
        bars=bars_of(subject, node, beliefs) if shows_bars else (),
        note=node.note,
        observed=node.name in subject.evidence,
        stale=shows_bars and beliefs.is_stale,
        shape="box" if shows_bars else "ellipse",
    )
