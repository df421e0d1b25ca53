"""What drawing on the canvas does to the network: nodes, arcs, names and places."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from app.benches.networks import clipping
from app.benches.networks.network_document import NetworkDocument
from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from app.graphical.drawing_gestures import DrawingGestures
from core.networks.model import BayesNet, Node, uniform_table

STATES = ("yes", "no")


def fresh_name(net: BayesNet) -> str:
    """Return the first of "Node 1", "Node 2", … that is free."""
    number = len(net) + 1
    taken = set(net.names)
    while f"Node {number}" in taken:
        number += 1
    first = next((i for i in range(1, number) if f"Node {i}" not in taken), number)
    return f"Node {first}"


class GraphGestures(DrawingGestures):
    """Turns what is drawn into edits of a Bayes net."""

    clipping = clipping

    def __init__(self, canvas: GraphCanvas, document: NetworkDocument) -> None:
        super().__init__(canvas, document)
        canvas.node_requested.connect(self.add_node)
        canvas.node_with_arc_requested.connect(self.add_child)
        canvas.arc_requested.connect(self.add_arc)
        canvas.set_refusal(self._refusal)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_node(self, x: float, y: float) -> None:
        """Add a node with two states and let its name be typed."""
        name = fresh_name(self._document.net)
        node = Node(name, STATES, (), uniform_table([], len(STATES)), (x, y))
        if self._document.edit_net(f"Add {name}", lambda net: net.with_node(node)):
            self._show_new(name)

    @Slot(str, float, float)
    def add_child(self, source: str, x: float, y: float) -> None:
        """Add a node where an arc was dropped, with that arc."""
        name = fresh_name(self._document.net)
        node = Node(name, STATES, (), uniform_table([], len(STATES)), (x, y))
        text = f"Add {name} below {source}"
        if self._document.edit_net(text, lambda net: net.with_node(node).with_arc(source, name)):
            self._show_new(name)

    @Slot(str, str)
    def add_arc(self, source: str, target: str) -> None:
        """Draw an arc; the table of the target is repeated along it."""
        text = f"Draw an arc from {source} to {target}"
        self._document.edit_net(text, lambda net: net.with_arc(source, target))

    def connect_selected(self) -> None:
        """Draw arcs from the node selected first to the others, as one step."""
        first, *others = self._canvas.selected()
        new = [name for name in others if first not in self._document.net[name].parents]

        def connected(net: BayesNet) -> BayesNet:
            for name in new:
                net = net.with_arc(first, name)
            return net

        if new:
            self._document.edit_net(f"Connect {first}", connected)

    # -- removing --------------------------------------------------------------------------------

    def delete(self, names: Sequence[str], arcs: Sequence[GraphArc]) -> None:
        """Remove nodes and arcs as one step, and say which tables are averaged."""
        net = self._document.net
        averaged = [c for n in names for c in net.children(n) if c not in names]
        averaged += [arc.target for arc in arcs]

        def without(value: BayesNet) -> BayesNet:
            for arc in arcs:
                value = value.without_arc(arc.source, arc.target)
            return value.without_nodes(names) if names else value

        counted = self._counted(names, arcs)
        if self._document.edit_net(f"Remove {counted}", without) and averaged:
            children = ", ".join(dict.fromkeys(averaged))
            self._document.say(f"Removing {counted} averages its children's tables: {children}.")

    # -- what the canvas asks --------------------------------------------------------------------

    def _refusal(self, source: str, target: str) -> tuple[str, ...] | None:
        net = self._document.net
        if source not in net or target not in net:
            return None
        if source in net[target].parents:
            return (source, target)
        return net.cycle_closed_by(source, target)

    def _name_problem(self, old: str, new: str) -> str:
        new = new.strip()
        if new != old and new in self._document.net:
            return f"There is already a node called {new}; choose another name."
        return super()._name_problem(old, new)
