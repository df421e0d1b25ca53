"""What the canvas shows of a Markov network: variables, potentials as squares, and edges."""

from app.canvas.graph import GraphArc, GraphNode
from app.graphical.node_bars import Marginals, ShownBeliefs, model_node, steadied
from core.networks.markov_network import Potential
from core.networks.markov_subject import MarkovSubject


def graph_nodes(
    subject: MarkovSubject,
    beliefs: ShownBeliefs,
    *,
    style: str | None = None,
    drawing: str | None = None,
) -> list[GraphNode]:
    """Return the view-model of every variable and, in a factor graph, of every potential."""
    style = style or subject.node_style
    nodes = [model_node(subject, each, beliefs, style) for each in subject.net]
    if (drawing or subject.drawing) == "factor-graph":
        nodes += [_square(potential) for potential in subject.net.potentials]
    return nodes


def graph_edges(subject: MarkovSubject, *, drawing: str | None = None) -> list[GraphArc]:
    """Return the edges: from each variable to its potentials, or between variables."""
    if (drawing or subject.drawing) == "factor-graph":
        return [
            GraphArc(name, potential.name, directed=False, tooltip=f"{name} in {potential.label}")
            for potential in subject.net.potentials
            for name in potential.scope
        ]
    return [GraphArc(a, b, directed=False, tooltip=f"{a} — {b}") for a, b in subject.net.edges]


class NodeViews:
    """Makes view-models as `graph_nodes` does, and again only those of parts that changed."""

    def __init__(self) -> None:
        self._variables: dict[str, tuple[tuple[object, ...], GraphNode]] = {}
        self._squares: dict[str, tuple[Potential, GraphNode]] = {}
        self._marginals: Marginals = {}

    def of(self, subject: MarkovSubject, beliefs: ShownBeliefs) -> list[GraphNode]:
        """Return every view-model, the very object of last time where it can be."""
        self._marginals = steadied(self._marginals, beliefs.marginals)
        variables: dict[str, tuple[tuple[object, ...], GraphNode]] = {}
        for each in subject.net:
            marginal, preview = self._marginals.get(each.name), beliefs.previews.get(each.name)
            finding = subject.evidence.get(each.name)
            key = (each, marginal, preview, finding, subject.node_style, beliefs.is_stale)
            known = self._variables.get(each.name)
            if known is None or not _is_same(known[0], key):
                known = (key, model_node(subject, each, beliefs, subject.node_style))
            variables[each.name] = known
        self._variables = variables
        nodes = [shown for _, shown in variables.values()]
        if subject.drawing != "factor-graph":
            return nodes
        squares: dict[str, tuple[Potential, GraphNode]] = {}
        for potential in subject.net.potentials:
            drawn = self._squares.get(potential.name)
            if drawn is None or drawn[0] is not potential:
                drawn = (potential, _square(potential))
            squares[potential.name] = drawn
        self._squares = squares
        return [*nodes, *(shown for _, shown in squares.values())]


class EdgeViews:
    """Makes view-models as `graph_edges` does, and again only when a scope changed."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._edges: list[GraphArc] = []

    def of(self, subject: MarkovSubject) -> list[GraphArc]:
        """Return every edge, the very list of last time where it can be."""
        scopes = [(potential.name, potential.scope) for potential in subject.net.potentials]
        key = (subject.drawing, scopes)
        if key != self._key:
            self._key, self._edges = key, graph_edges(subject)
        return self._edges


def _is_same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """Whether variable, marginal and preview are the very same and the rest is equal."""
    return all(a is b for a, b in zip(old[:3], new[:3], strict=True)) and old[3:] == new[3:]


def _square(potential: Potential) -> GraphNode:
    return GraphNode(
        id=potential.name,
        label=potential.name,
        position=potential.position,
        colour=potential.colour,
        note=potential.note,
        shape="square",
        tooltip=potential.label,
    )
