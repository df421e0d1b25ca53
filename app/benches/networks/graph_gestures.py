"""What drawing on the canvas does to the network: nodes, arcs, names and places."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from app.benches.networks import clipping
from app.benches.networks.network_document import NetworkDocument
from app.canvas.view import GraphCanvas
from core.errors import MacroscopeError
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.subject import NetworkSubject

STATES = ("yes", "no")
PASTE_STEP = 40.0


def fresh_name(net: BayesNet) -> str:
    """Return the first of "Node 1", "Node 2", … that is free."""
    number = len(net) + 1
    taken = set(net.names)
    while f"Node {number}" in taken:
        number += 1
    first = next((i for i in range(1, number) if f"Node {i}" not in taken), number)
    return f"Node {first}"


class GraphGestures(QObject):
    """Turns the canvas's intentions into edits with a name."""

    def __init__(self, canvas: GraphCanvas, document: NetworkDocument) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._pasted: tuple[object, int] = (None, 0)
        canvas.node_requested.connect(self.add_node)
        canvas.node_with_arc_requested.connect(self.add_child)
        canvas.arc_requested.connect(self.add_arc)
        canvas.moved.connect(self._on_moved)
        canvas.rename_requested.connect(self.rename)
        canvas.delete_requested.connect(self.delete_selected)
        canvas.set_refusal(self._refusal)
        canvas.set_name_check(self._name_problem)

    # -- adding ----------------------------------------------------------------------------------

    @Slot(float, float)
    def add_node(self, x: float, y: float) -> None:
        """Add a node with two states and let its name be typed."""
        name = fresh_name(self._document.net)
        node = Node(name, STATES, (), uniform_table([], len(STATES)), (x, y))
        if self._document.edit_net(f"Add {name}", lambda net: net.with_node(node)):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

    @Slot(str, float, float)
    def add_child(self, source: str, x: float, y: float) -> None:
        """Add a node where an arc was dropped, with that arc."""
        name = fresh_name(self._document.net)
        node = Node(name, STATES, (), uniform_table([], len(STATES)), (x, y))
        text = f"Add {name} below {source}"
        if self._document.edit_net(text, lambda net: net.with_node(node).with_arc(source, name)):
            self._canvas.set_selected([name])
            self._canvas.begin_rename(name)

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

    # -- changing --------------------------------------------------------------------------------

    @Slot(str, str)
    def rename(self, old: str, new: str) -> None:
        """Give a node another name and keep it selected."""
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
        """Put nodes elsewhere."""
        known = {name: at for name, at in places.items() if name in self._document.net}
        if known:
            self._document.edit_net(text, lambda net: net.moved(known), merge_key=merge_key)

    # -- removing --------------------------------------------------------------------------------

    @Slot()
    def delete_selected(self) -> None:
        """Remove the selected nodes and arcs, and say which tables are averaged."""
        names = self._canvas.selected()
        arcs = [
            (arc.source, arc.target)
            for arc in self._canvas.selected_arcs()
            if arc.source not in names and arc.target not in names
        ]
        if names or arcs:
            self.delete(names, arcs)

    def delete(self, names: list[str], arcs: list[tuple[str, str]]) -> None:
        """Remove nodes and arcs as one step."""
        net = self._document.net
        averaged = [c for n in names for c in net.children(n) if c not in names]
        averaged += [target for _, target in arcs]

        def without(value: BayesNet) -> BayesNet:
            for source, target in arcs:
                value = value.without_arc(source, target)
            return value.without_nodes(names) if names else value

        if self._document.edit_net(f"Remove {_counted(names, arcs)}", without) and averaged:
            children = ", ".join(dict.fromkeys(averaged))
            self._document.say(
                f"Removing {_counted(names, arcs)} averages its children's tables: {children}."
            )

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> bool:
        """Copy the selected nodes with their tables."""
        names = self._canvas.selected()
        if names:
            clipping.copy(self._document.net, names)
            self._pasted = (None, 0)
        return bool(names)

    def cut(self) -> None:
        """Copy and remove the selected nodes."""
        names = self._canvas.selected()
        if self.copy():
            self.delete(names, [])

    def paste(self) -> None:
        """Paste nodes from the clipboard and select them."""
        try:
            fragment = clipping.pasted()
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        names = set(fragment.names)
        times = self._pasted[1] + 1 if self._pasted[0] == names else 1
        self._pasted = (names, times)
        overlaps = any(
            node.position == self._document.net[node.name].position
            for node in fragment
            if node.name in self._document.net
        )
        shift = times * PASTE_STEP if overlaps or times > 1 else 0.0
        self._insert(f"Paste {_counted(list(names), [])}", fragment, shift)

    def duplicate(self) -> None:
        """Put a copy of the selected nodes beside them."""
        names = self._canvas.selected()
        if names:
            fragment = self._document.net.fragment(names)
            self._insert(f"Duplicate {_counted(names, [])}", fragment, PASTE_STEP)

    def _insert(self, text: str, fragment: BayesNet, shift: float) -> None:
        copies: list[str] = []

        def extended(subject: NetworkSubject) -> NetworkSubject:
            net, names = subject.net.with_pasted(fragment, (shift, shift))
            copies.extend(names)
            return subject.with_net(net)

        if self._document.edit(text, extended):
            self._canvas.set_selected(copies)
            if copies:
                self._canvas.reveal(copies[0])

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
        try:
            self._document.net.renamed(old, new)
        except MacroscopeError as problem:
            return str(problem)
        return ""


def _counted(names: list[str], arcs: list[tuple[str, str]]) -> str:
    if len(names) == 1 and not arcs:
        return names[0]
    if len(arcs) == 1 and not names:
        return f"the arc {arcs[0][0]} → {arcs[0][1]}"
    parts = []
    if names:
        parts.append(f"{len(names)} node{'' if len(names) == 1 else 's'}")
    if arcs:
        parts.append(f"{len(arcs)} arc{'' if len(arcs) == 1 else 's'}")
    return " and ".join(parts)
