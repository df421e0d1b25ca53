"""The panel for the selected node: its name, states, parents, look and note."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.parents_editor import ParentsEditor
from app.graphical.part_panel import PartPanel
from app.graphical.states_editor import StatesEditor
from app.shell.dialogs import Dialogs
from core.networks.subject import NetworkSubject

STYLES = (("As the network", None), ("Name", "name"), ("Bars", "bars"))


class NodePanel(PartPanel):
    """Edits what is not the table: of one node everything, of several their look."""

    def __init__(
        self, document: NetworkDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(document, dialogs, owner)
        self.states = StatesEditor(self)
        self.parents = ParentsEditor(self)
        self.style_box = QComboBox(self)
        for text, style in STYLES:
            self.style_box.addItem(text, style)
        self.note.setPlaceholderText("What this node stands for, sources, doubts")
        self.note.setMinimumHeight(56)
        self._put_sections(
            (
                ("Name", self.name, "one"),
                ("States", self.states, "one"),
                ("Parents", self.parents, "one"),
                ("Colour", self.colour, "any"),
                ("Shown as", self.style_box, "any"),
                ("Note", self.note, "one"),
            )
        )
        self.states.asked.connect(self._on_states)
        self.parents.added.connect(self._on_parent_added)
        self.parents.removed.connect(self._on_parent_removed)
        self.style_box.activated.connect(self._on_style)
        self.show_parts([])

    # -- what is shown ---------------------------------------------------------------------------

    def _invitation(self, names: Sequence[str]) -> str:
        if names:
            return f"{len(names)} nodes are selected."
        return "Select a node to see its states and its look."

    def _show_more(self) -> None:
        names, only = self._present, self.only
        if names:
            self._show_style(names)
        if only is not None:
            node = self._document.net[only]
            self.states.show_states(node.states)
            self.parents.show_node(self._document.net, node)

    def _show_style(self, names: Sequence[str]) -> None:
        styles = {self._document.subject.node_styles.get(name) for name in names}
        style = styles.pop() if len(styles) == 1 else None
        with QSignalBlocker(self.style_box):
            self.style_box.setCurrentIndex([each for _, each in STYLES].index(style))

    # -- what is done ----------------------------------------------------------------------------

    @Slot(str, object, object)
    def _on_states(self, what: str, labels: tuple[str, ...], origins: list[int | None]) -> None:
        name = self.only
        if name is not None:
            text = f"{what} {name}"
            self._document.edit(text, lambda s: s.with_states(name, labels, origins))

    @Slot(str)
    def _on_parent_added(self, parent: str) -> None:
        name = self.only
        if name is not None:
            text = f"Draw an arc from {parent} to {name}"
            self._document.edit_net(text, lambda net: net.with_arc(parent, name))

    @Slot(str)
    def _on_parent_removed(self, parent: str) -> None:
        name = self.only
        if name is not None:
            self._document.say(f"The table of {name} is averaged over {parent}.")
            text = f"Remove the arc from {parent} to {name}"
            self._document.edit_net(text, lambda net: net.without_arc(parent, name))

    @Slot(int)
    def _on_style(self, place: int) -> None:
        names, style = self._present, STYLES[place][1]
        self._document.edit("Change node style", lambda s: with_styles(s, names, style))


def with_styles(subject: NetworkSubject, names: list[str], style: str | None) -> NetworkSubject:
    """Return the subject with `names` in a style of their own, or, for None, in the network's."""
    if style is not None:
        return subject.with_node_style(style, names)
    kept = {name: each for name, each in subject.node_styles.items() if name not in names}
    return replace(subject, node_styles=kept)
