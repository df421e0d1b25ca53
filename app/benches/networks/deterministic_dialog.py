"""The dialog that makes a node a function of its parents, by a rule or state by state."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.table_dialog import TableDialog
from app.benches.networks.table_rules import RULES, by_choice, by_rule
from app.graphical.columns import column_count, described, flat
from core.networks.model import BayesNet, Node, Table

BY_HAND = "Chosen below"
MOST_COLUMNS_BY_HAND = 512


class DeterministicDialog(TableDialog):
    """A rule fills the choices; any choice changed by hand makes it a table chosen by hand."""

    def __init__(
        self, net: BayesNet, node: Node, palette: Mapping[str, str], owner: QWidget | None = None
    ) -> None:
        super().__init__(net, node, palette, owner)
        self.rule = QComboBox(self)
        count = column_count(node)
        self._by_hand = count <= MOST_COLUMNS_BY_HAND
        if self._by_hand:
            self.rule.addItem(BY_HAND, None)
        if node.parents:
            for name, (meaning, _) in RULES.items():
                self.rule.addItem(f"{name}: {meaning}", name)
        self.choices: list[QComboBox] = []
        settings = QWidget(self)
        layout = QVBoxLayout(settings)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rule)
        layout.addWidget(self._choice_list(count) if self._by_hand else self._too_many(count), 1)
        self.rule.currentIndexChanged.connect(self._on_rule)
        self.lay_out(
            f"Deterministic table for {node.name}",
            f"In every configuration of its parents {node.name} is certain. Rules read the states "
            "of two-valued nodes as absent and present, and of others as levels in their order.",
            settings,
            min(count, 8) + 1,
        )

    def make_table(self) -> Table:
        rule = self.rule.currentData()
        if rule is not None:
            return by_rule(self.net, self.node, rule)
        return by_choice(self.node, [box.currentIndex() for box in self.choices])

    def _choice_list(self, count: int) -> QWidget:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        inside = QWidget(area)
        form = QFormLayout(inside)
        table = flat(self.node)
        for column in range(count):
            box = QComboBox(inside)
            box.addItems(self.node.states)
            box.setCurrentIndex(int(table[column].argmax()))
            box.activated.connect(self._on_choice)
            form.addRow(described(self.net, self.node, column) or self.node.name, box)
            self.choices.append(box)
        area.setWidget(inside)
        return area

    def _too_many(self, count: int) -> QWidget:
        return QLabel(f"There are {count:,} columns; choose a rule.", self)

    @Slot(int)
    def _on_rule(self, _index: int) -> None:
        self.preview()
        if self.rule.currentData() is not None and self._table is not None:
            chosen = self._table.reshape(-1, len(self.node.states)).argmax(axis=1)
            for box, state in zip(self.choices, chosen, strict=False):
                box.setCurrentIndex(int(state))

    @Slot(int)
    def _on_choice(self, _index: int) -> None:
        self.rule.setCurrentIndex(0)
        self.preview()
