"""What drawing on the canvas does to the network: variables, potentials, names and places."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot

from app.benches.markov import clipping
from app.benches.markov.joining import joined, with_potential_over, without_edge
from app.benches.markov.markov_document import MarkovDocument
from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from core.errors import MacroscopeError
from core.networks.markov_network import MarkovNetwork, Variable
from core.networks.markov_subject import MarkovSubject

STATES = ("0", "1")
PASTE_STEP = 40.0


def fresh_name(net: MarkovNetwork) -> str:
    """Return the first of X1, X2, … that is free."""
    taken = {*net.names, *net.potential_names}
    number = 1
    while f"X{number}" in taken:
        number += 1
    return f"X{number}"


class MarkovGestures(QObject):
    """Turns the canvas's intentions into edits with a name."""

    def __init__(self, canvas: GraphCanvas, document: MarkovDocument) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._pasted: tuple[object, int] = (None, 0)
        canvas.node_requested.connect(self.add_variable)
        canvas.node_with_arc_requested.connect(self.add_neighbour)
        canvas.arc_requested.connect(self.join)
        canvas.moved.connect(self._on_moved)
        canvas.rename_requested.connect(self.rename)
        canvas.delete_requested.connect(self.delete_selected)
        canvas.set_refusal(self._refusal)
        canvas.set_name_check(self._name_problem)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_variable(self, x: float, y: float) -> None:
        """Add a variable with two states and let its name be typed."""
        name = fresh_name(self._document.net)
        variable = Variable(name, STATES, (x, y))
        if self._document.edit_net(f"Add {name}", lambda net: net.with_variable(variable)):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

    @Slot(str, float, float)
    def add_neighbour(self, source: str, x: float, y: float) -> None:
        """Add a variable where an edge was dropped, joined to the variable or potential."""
        name = fresh_name(self._document.net)

        def extended(net: MarkovNetwork) -> MarkovNetwork:
            return joined(net.with_variable(Variable(name, STATES, (x, y))), source, name)

        if self._document.edit_net(f"Add {name} beside {source}", extended):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

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

    # -- changing --------------------------------------------------------------------------------

    @Slot(str, str)
    def rename(self, old: str, new: str) -> None:
        """Give a variable or a potential another name and keep it selected."""
        new = new.strip()
        selected = [new if name == old else name for name in self._canvas.selected()]
        if new != old and self._document.edit(f"Rename {old}", lambda s: s.renamed(old, new)):
            self._canvas.set_selected(selected)

    @Slot(object, bool)
    def _on_moved(self, places: Mapping[str, tuple[float, float]], is_finished: bool) -> None:
        self.move("Move nodes", places, merge_key="move")
        if is_finished:
            self._document.end_merge()

    def move(
        self, text: str, places: Mapping[str, tuple[float, float]], merge_key: str | None = None
    ) -> None:
        """Put variables and potentials elsewhere."""
        net = self._document.net
        known = {n: at for n, at in places.items() if n in net or net.is_potential(n)}
        if known:
            self._document.edit_net(text, lambda net: net.moved(known), merge_key=merge_key)

    # -- removing --------------------------------------------------------------------------------

    @Slot()
    def delete_selected(self) -> None:
        """Remove the selected variables, potentials and edges."""
        names = self._canvas.selected()
        edges = [
            edge
            for edge in self._canvas.selected_arcs()
            if edge.source not in names and edge.target not in names
        ]
        if names or edges:
            self.delete(names, edges)

    def delete(self, names: Sequence[str], edges: Sequence[GraphArc]) -> None:
        """Remove parts and edges as one step; what reaches further is averaged."""
        before = self._document.net

        def without(net: MarkovNetwork) -> MarkovNetwork:
            for edge in edges:
                net = without_edge(net, edge.source, edge.target)
            return net.without(names) if names else net

        counted = _counted(names, edges)
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

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> bool:
        """Copy the selected parts with their tables."""
        names = self._canvas.selected()
        if names:
            clipping.copy(self._document.net, names)
            self._pasted = (None, 0)
        return bool(names)

    def cut(self) -> None:
        """Copy and remove the selected parts."""
        names = self._canvas.selected()
        if self.copy():
            self.delete(names, [])

    def paste(self) -> None:
        """Paste parts from the clipboard and select them."""
        try:
            fragment = clipping.pasted()
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        names = {*fragment.names, *fragment.potential_names}
        times = self._pasted[1] + 1 if self._pasted[0] == names else 1
        self._pasted = (names, times)
        taken = {part.position for part in (*self._document.net, *self._document.net.potentials)}
        overlaps = any(part.position in taken for part in (*fragment, *fragment.potentials))
        shift = times * PASTE_STEP if overlaps or times > 1 else 0.0
        self._insert(f"Paste {_counted(list(names), [])}", fragment, shift)

    def duplicate(self) -> None:
        """Put a copy of the selected parts beside them."""
        names = self._canvas.selected()
        if names:
            fragment = self._document.net.fragment(names)
            self._insert(f"Duplicate {_counted(names, [])}", fragment, PASTE_STEP)

    def _insert(self, text: str, fragment: MarkovNetwork, shift: float) -> None:
        copies: list[str] = []

        def extended(subject: MarkovSubject) -> MarkovSubject:
            net, names = subject.net.with_pasted(fragment, (shift, shift))
            copies.extend(names)
            return subject.with_net(net)

        if self._document.edit(text, extended):
            self._canvas.set_selected(copies)
            if copies:
                self._canvas.reveal(copies[0])

    # -- what the canvas asks --------------------------------------------------------------------

    def _refusal(self, source: str, target: str) -> str | None:
        net = self._document.net
        if net.is_potential(source) and net.is_potential(target):
            return "Potentials are joined to variables, not to each other"
        return None

    def _name_problem(self, old: str, new: str) -> str:
        try:
            self._document.net.renamed(old, new.strip())
        except MacroscopeError as problem:
            return str(problem)
        return ""


def _counted(names: Sequence[str], edges: Sequence[GraphArc]) -> str:
    if len(names) == 1 and not edges:
        return names[0]
    if len(edges) == 1 and not names:
        return f"the edge {edges[0].source} — {edges[0].target}"
    parts = []
    if names:
        parts.append(f"{len(names)} node{'' if len(names) == 1 else 's'}")
    if edges:
        parts.append(f"{len(edges)} edge{'' if len(edges) == 1 else 's'}")
    return " and ".join(parts)
