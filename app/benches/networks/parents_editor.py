"""The list of a node's parents: arcs drawn and removed, and reordered, without the mouse."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.networks.model import BayesNet, Node

MOST_CANDIDATES = 400


class ParentsEditor(QWidget):
    """Names each parent with buttons, and offers the nodes that may become one."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._shown: tuple[object, ...] = ()
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.candidates = QComboBox(self)
        self.candidates.setAccessibleName("Add a parent")
        self.candidates.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.candidates.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._rows)
        layout.addWidget(self.candidates)

    def show_node(self, net: BayesNet, node: Node) -> None:
        """Show the parents of another node, or of the same after a change."""
        names = net.names if len(net) <= MOST_CANDIDATES else ()
        seen = (node.name, node.parents, names, tuple(net.arcs) if names else ())
        if seen == self._shown:
            return
        self._shown = seen
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for row, parent in enumerate(node.parents):
            self._add_row(row, parent, node.name)
        self.candidates.clear()
        self.candidates.addItem("Add a parent…")
        self.candidates.addItems(_candidates(net, node) if names else [])
        self.candidates.setVisible(self.candidates.count() > 1)
        self._rows.setVisible(bool(node.parents))

    def _add_row(self, row: int, parent: str, child: str) -> None:
        label = QLabel(parent, self._rows)
        remove = QToolButton(self._rows)
        remove.setText("✕")
        remove.setToolTip(f"Remove the arc from {parent} to {child}; the table is averaged over it")
        remove.setAccessibleName(f"Remove the arc from {parent}")
        remove.clicked.connect(partial(self._remove, parent))
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(remove, row, 1)

    def _remove(self, parent: str, _checked: bool = False) -> None:
        self.removed.emit(parent)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        if index > 0:
            self.added.emit(self.candidates.itemText(index))


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
