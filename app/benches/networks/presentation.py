"""What the canvas shows of a network: its nodes with their bars, its arcs and its observations."""

from dataclasses import dataclass

from app.canvas.graph import GraphArc, GraphNode
from app.graphical.node_bars import Marginals, ShownBeliefs, model_node, steadied
from core.networks.evidence import Finding
from core.networks.model import BayesNet, Node
from core.networks.subject import NetworkSubject


def node_style(subject: NetworkSubject, name: str) -> str:
    """Return "name" or "bars", the node's own style or else the network's."""
    return subject.node_styles.get(name, subject.node_style)


def graph_nodes(
    subject: NetworkSubject, beliefs: ShownBeliefs, *, style: str | None = None
) -> list[GraphNode]:
    """Return the view-model of every node, in its own style or all of them in `style`."""
    return [
        model_node(subject, node, beliefs, style or node_style(subject, node.name))
        for node in subject.net
    ]


@dataclass(frozen=True, slots=True)
class _Made:
    """A view-model and what it was made from."""

    node: Node
    marginal: object
    preview: object
    mark: object
    finding: Finding | None
    style: str
    is_stale: bool
    shown: GraphNode


class NodeViews:
    """Makes view-models as `graph_nodes` does, and again only those of nodes that changed."""

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}
        self._marginals: Marginals = {}
        self._arcs: tuple[GraphArc, ...] = ()
        self._arcs_of: BayesNet | None = None

    def arcs(self, net: BayesNet) -> tuple[GraphArc, ...]:
        """Return the view-model of every arc, the very object of last time where it can be."""
        if net is not self._arcs_of:
            known = {(arc.source, arc.target): arc for arc in self._arcs}
            arcs = tuple([known.get(ends) or GraphArc(*ends) for ends in net.arcs])
            if arcs != self._arcs:
                self._arcs = arcs
            self._arcs_of = net
        return self._arcs

    def of(self, subject: NetworkSubject, beliefs: ShownBeliefs) -> list[GraphNode]:
        """Return the view-model of every node, the very object of last time where it can be."""
        before, made = self._made, dict[str, _Made]()
        self._marginals = marginals = steadied(self._marginals, beliefs.marginals)
        previews, marks, is_stale = beliefs.previews, beliefs.marks, beliefs.is_stale
        styles, usual = subject.node_styles, subject.node_style
        findings = dict(subject.evidence.items())
        for node in subject.net:
            name = node.name
            marginal, preview, mark = marginals.get(name), previews.get(name), marks.get(name)
            finding, style, known = findings.get(name), styles.get(name, usual), before.get(name)
            if known is None or not (
                known.node is node
                and known.marginal is marginal
                and known.preview is preview
                and known.mark is mark
                and known.is_stale is is_stale
                and known.style == style
                and known.finding == finding
            ):
                shown = model_node(subject, node, beliefs, style)
                known = _Made(node, marginal, preview, mark, finding, style, is_stale, shown)
            made[name] = known
        self._made = made
        return [known.shown for known in made.values()]


def graph_arcs(subject: NetworkSubject) -> list[GraphArc]:
    """Return the view-model of every arc."""
    return [GraphArc(source, target) for source, target in subject.net.arcs]
