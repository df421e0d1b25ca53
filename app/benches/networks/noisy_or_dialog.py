"""The dialog that makes a noisy-OR table from one strength for each parent and a leak."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFormLayout, QScrollArea, QWidget

from app.benches.networks.table_dialog import TableDialog
from app.graphical.columns import configuration, flat
from app.graphical.probability_field import ProbabilityField
from core.networks.model import BayesNet, Node, Table
from core.networks.tables import absent_state, noisy_or

DEFAULT_STRENGTH = 0.8


class NoisyOrDialog(TableDialog):
    """Each present parent alone brings the node about with its strength; the leak does without."""

    def __init__(
        self, net: BayesNet, node: Node, palette: Mapping[str, str], owner: QWidget | None = None
    ) -> None:
        super().__init__(net, node, palette, owner)
        self._absent = absent_state(node.states)
        self._parents_absent = [absent_state(net[parent].states) for parent in node.parents]
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget(area)
        form = QFormLayout(inside)
        leak, strengths = self._guess()
        self.strengths = []
        for parent, absent, strength in zip(
            node.parents, self._parents_absent, strengths, strict=True
        ):
            label = f"{parent} = {net[parent].states[1 - absent]}"
            field = ProbabilityField(strength, f"Strength of {label}", self)
            field.valueChanged.connect(self.preview)
            form.addRow(label, field)
            self.strengths.append(field)
        self.leak = ProbabilityField(leak, "Leak", self)
        self.leak.valueChanged.connect(self.preview)
        form.addRow("Leak", self.leak)
        area.setWidget(inside)
        present = node.states[1 - self._absent]
        self.lay_out(
            f"Noisy-OR for {node.name}",
            f"A strength is the probability that this parent alone makes {node.name} = {present}; "
            "the leak is its probability when no parent is present. Causes act independently.",
            area,
            len(node.parents) + 1,
        )

    def make_table(self) -> Table:
        return noisy_or(
            [field.value() for field in self.strengths],
            self.leak.value(),
            absent=self._absent,
            parents_absent=self._parents_absent,
        )

    def _guess(self) -> tuple[float, list[float]]:
        """Read leak and strengths off the table that is there, if it says anything."""
        table = flat(self.node)
        present = 1 - self._absent
        if abs(table[:, present] - table[0, present]).max() < 1e-12:
            return 0.0, [DEFAULT_STRENGTH] * len(self.node.parents)
        by_states = {configuration(self.node, i): table[i, present] for i in range(len(table))}
        silent = tuple(self._parents_absent)
        leak = min(float(by_states[silent]), 1.0)
        strengths = []
        for place in range(len(silent)):
            alone = (*silent[:place], 1 - silent[place], *silent[place + 1 :])
            left = (1.0 - by_states[alone]) / (1.0 - leak) if leak < 1.0 else 1.0
            strengths.append(min(max(1.0 - left, 0.0), 1.0))
        return leak, strengths
