"""The list of a node's parents: arcs drawn and removed, and reordered, without the mouse."""

from PySide6.QtWidgets import QWidget

from app.graphical.members_editor import MembersEditor
from core.networks.model import BayesNet, Node

MOST_CANDIDATES = 400


class ParentsEditor(MembersEditor):
    """Names each parent with buttons, and offers the nodes that may become one."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__("Add a parent…", owner)
        self._shown: tuple[object, ...] = ()

    def show_node(self, net: BayesNet, node: Node) -> None:
        """Show the parents of another node, or of the same after a change."""
        names = net.names if len(net) <= MOST_CANDIDATES else ()
        seen = (node.name, node.parents, names, tuple(net.arcs) if names else ())
        if seen == self._shown:
            return
        self._shown = seen
        tips = [
            f"Remove the arc from {parent} to {node.name}; the table is averaged over it"
            for parent in node.parents
        ]
        self.show_members(node.parents, tips, _candidates(net, node) if names else [])


def _candidates(net: BayesNet, node: Node) -> list[str]:
    """Return the nodes that may become parents: neither parents yet nor descendants."""
    below = {node.name}
    frontier = [node.name]
    for name in frontier:
        for child in net.children(name):
            if child not in below:
                below.add(child)
                frontier.append(child)
    return sorted(name for name in net.names if name not in below and name not in node.parents)
