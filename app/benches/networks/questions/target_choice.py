"""The target of a question: a node, and where asked one of its states."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from app.benches.networks.panel import PanelContext
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.picker import Picker


class TargetChoice(QWidget):
    """Follows the selected node until it is picked or taken otherwise."""

    changed = Signal()

    def __init__(self, surroundings: PanelContext, owner: QWidget, *, has_state: bool) -> None:
        super().__init__(owner)
        self._surroundings = surroundings
        self.picker = Picker(surroundings.canvas, self)
        self.chooser = NodeChooser(
            "Target",
            "The node that one wants to know about",
            surroundings,
            self.picker,
            follows=True,
            most=1,
        )
        self.states = QComboBox(self)
        self.states.setAccessibleName("State of the target")
        self._state_label = QLabel("State", self)
        self._state_label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.chooser, self._state_label, self.states):
            layout.addWidget(part)
        self._has_state = has_state
        self.chooser.changed.connect(self._on_node)
        self.states.activated.connect(self.changed)
        self._list_states()

    @property
    def name(self) -> str:
        """The target, empty for none."""
        return next(iter(self.chooser.names), "")

    @property
    def state(self) -> int:
        """The state asked about."""
        self._list_states()
        return max(0, self.states.currentIndex())

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.chooser.apply_palette(palette)

    @Slot()
    def _on_node(self) -> None:
        self._list_states()
        self.changed.emit()

    def _list_states(self) -> None:
        """Offer the states of the target; the place among them stays where it can."""
        name = self.name
        states = list(self._surroundings.document.net[name].states) if name else []
        if states != [self.states.itemText(k) for k in range(self.states.count())]:
            place = max(0, self.states.currentIndex())
            self.states.clear()
            self.states.addItems(states)
            self.states.setCurrentIndex(min(place, len(states) - 1))
        for part in (self.states, self._state_label):
            part.setVisible(self._has_state and bool(states))
