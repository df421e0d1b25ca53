"""The tab of the inspector with the tool in the hand and all that was done."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.intervention_form import InterventionForm
from app.benches.automata.hands.intervention_list import InterventionList
from app.benches.automata.hands.tool_form import ToolForm
from app.benches.automata.hands.tool_strip import ToolStrip
from app.benches.automata.panel import PanelContext, WorldTab
from app.benches.automata.region_ensembles.making import ask_ensemble


class HandsTab(WorldTab):
    """Form of the tool, list of interventions, and the form of the one selected.

    `strip` is the strip of tools, which the bench puts beside the field.
    """

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.hands = Hands(surroundings, self)
        self.strip = self.beside_field = ToolStrip(self.hands)
        self.form = ToolForm(self.hands, self)
        self.list = InterventionList(self.hands, self)
        self.details = InterventionForm(self.hands, self)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "heading")
        self._remove = QToolButton(self)
        self._remove.setToolTip("Remove the selected (Delete)")
        self._remove.setAccessibleName("Remove the selected interventions")
        self._remove.clicked.connect(self.list.remove_selected)
        self.list.itemSelectionChanged.connect(self._show_state)
        self.hands.document.changed.connect(self._show_state)
        self._lay_out()
        self._show_state()
        self.apply_palette(surroundings.context.palette)

    def trigger(self, action_id: str) -> None:
        """Take a tool, or do what the action says."""
        name = action_id.removeprefix("hands.")
        if name in self.hands.tools:
            self.strip.buttons[name].click()
        elif name == "select_everything":
            self.hands.take("select")
            self.hands.tools["select"].select_all()
        elif name == "paste":
            self.hands.paste()
        elif name == "ensemble":
            ask_ensemble(self.hands, self.hands.tools["select"].box, self)
        elif name == "forget":
            count = len(self.hands.document.subject.interventions)
            self.hands.remove(list(range(count)), "Remove everything that was done")

    def is_enabled(self, action_id: str) -> bool:
        """Whether this world takes the tool."""
        name = action_id.removeprefix("hands.")
        if name in self.hands.tools:
            return self.hands.tools[name] in self.hands.offered()
        return name != "forget" or bool(self.hands.document.subject.interventions)

    def is_checked(self, action_id: str) -> bool:
        """Whether the tool is in the hand."""
        return action_id.removeprefix("hands.") == self.hands.tool.id

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.strip.apply_palette(palette)
        self._remove.setIcon(self.surroundings.context.icon("delete"))

    def close_tab(self) -> None:
        """Let go of the field."""
        self.hands.close()

    @Slot()
    def _show_state(self) -> None:
        count = len(self.hands.document.subject.interventions)
        self._heading.setText(f"Done so far ({count:,})" if count else "Nothing done yet")
        self._remove.setEnabled(bool(self.list.selectedItems()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.form)
        layout.addSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.details)
