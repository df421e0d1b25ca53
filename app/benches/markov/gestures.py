"""What drawing on the canvas does to the network: variables, potentials, names and places."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from app.benches.markov import clipping
from app.benches.markov.joining import joined, with_potential_over, without_edge
from app.benches.markov.markov_document import MarkovDocument
from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from app.graphical.drawing_gestures import DrawingGestures, Places
from core.networks.markov_network import MarkovNetwork, Variable

STATES = ("0", "1")


def fresh_name(net: MarkovNetwork) -> str:
    """Return the first of X1, X2, … that is free."""
    taken = {*net.names, *net.potential_names}
    number = 1
    while f"X{number}" in taken:
        number += 1
    return f"X{number}"


class MarkovGestures(DrawingGestures):
    """Turns what is drawn into edits of a Markov network."""

    clipping = clipping
    line, arrow = "edge", "—"

    def __init__(self, canvas: GraphCanvas, document: MarkovDocument) -> None:
        super().__init__(canvas, document)
        canvas.node_requested.connect(self.add_variable)
        canvas.node_with_arc_requested.connect(self.add_neighbour)
        canvas.arc_requested.connect(self.join)
        canvas.set_refusal(self._refusal)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_variable(self, x: float, y: float) -> None:
        """Add a variable with two states and let its name be typed."""
        name = fresh_name(self._document.net)
        variable = Variable(name, STATES, (x, y))
        if self._document.edit_net(f"Add {name}", lambda net: net.with_variable(variable)):
            self._show_new(name)

    @Slot(str, float, float)
    def add_neighbour(self, source: str, x: float, y: float) -> None:
        """Add a variable where an edge was dropped, joined to the variable or potential."""
        name = fresh_name(self._document.net)

        def extended(net: MarkovNetwork) -> MarkovNetwork:
            return joined(net.with_variable(Variable(name, STATES, (x, y))), source, name)

        if self._document.edit_net(f"Add {name} beside {source}", extended):
            self._show_new(name)

    @Slot(str, str)
    def join(self, source: str, target: str) -> None:
        """Put a potential between two variables, or a variable into a potential's scope."""
        net = self._document.net
        if net.is_potential(source):
            source, target = target, source
        if net.is_potential(target):
            text = f"Put {source} into {target}"
            self._document.edit_net(text, lambda net: joined(net, source, target))
        else:
            self.add_potential([source, target])

    def add_potential(self, scope: Sequence[str]) -> None:
        """Add a potential of ones over some variables, and select it where it is seen."""
        name = self._document.net.unused_potential_name()
        text = f"Add {name}({', '.join(scope)})"
        if (
            self._document.edit_net(text, lambda net: with_potential_over(net, scope))
            and self._document.subject.drawing == "factor-graph"
        ):
            self._canvas.set_selected([name])

    def join_selected(self) -> None:
        """Add one potential over all selected variables."""
        names = [name for name in self._canvas.selected() if name in self._document.net]
        if names:
            self.add_potential(names)

    # -- removing --------------------------------------------------------------------------------

    def delete(self, names: Sequence[str], edges: Sequence[GraphArc]) -> None:
        """Remove parts and edges as one step; what reaches further is averaged."""
        before = self._document.net

        def without(net: MarkovNetwork) -> MarkovNetwork:
            for edge in edges:
                net = without_edge(net, edge.source, edge.target)
            return net.without(names) if names else net

        counted = self._counted(names, edges)
        if not self._document.edit_net(f"Remove {counted}", without):
            return
        after = self._document.net
        averaged = [
            potential.name
            for potential in after.potentials
            if potential.scope != before.potential(potential.name).scope
        ]
        if averaged:
            shown = ", ".join(averaged[:6]) + (", …" if len(averaged) > 6 else "")
            self._document.say(f"Removing {counted} averages {shown} over what is gone.")

    # -- what it is drawn on ---------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        net = self._document.net
        return name in net or net.is_potential(name)

    def _places(self, fragment: MarkovNetwork) -> Places:
        return {part.name: part.position for part in (*fragment, *fragment.potentials)}

    def _refusal(self, source: str, target: str) -> str | None:
        net = self._document.net
        if net.is_potential(source) and net.is_potential(target):
            return "Potentials are joined to variables, not to each other"
        return None
