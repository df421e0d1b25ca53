"""The panel for the selected node: its name, states, parents, look and note."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.parents_editor import ParentsEditor
from app.graphical.colour_row import ColourRow
from app.graphical.states_editor import StatesEditor
from app.shell.dialogs import Dialogs
from core.networks.subject import NetworkSubject

STYLES = (("As the network", None), ("Name", "name"), ("Bars", "bars"))


class NodePanel(QWidget):
    """Edits what is not the table: of one node everything, of several their look."""

    renamed = Signal(str, str)
    """(old name, new name): asked of the bench, which also keeps the selection."""

    def __init__(
        self, document: NetworkDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._dialogs = dialogs
        self._names: list[str] = []
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setProperty("role", "muted")
        self.name = QLineEdit(self)
        self.states = StatesEditor(self)
        self.parents = ParentsEditor(self)
        self.colour = ColourRow(self)
        self.style_box = QComboBox(self)
        for text, style in STYLES:
            self.style_box.addItem(text, style)
        self.note = QPlainTextEdit(self)
        self.note.setPlaceholderText("What this node stands for, sources, doubts")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(56)
        self._lay_out()
        self._connect()
        self.show_nodes([])

    # -- what is shown ---------------------------------------------------------------------------

    @Slot(object)
    def show_nodes(self, names: list[str]) -> None:
        """Show other nodes."""
        self._names = list(names)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the nodes as the document has them now."""
        net = self._document.net
        names = [name for name in self._names if name in net]
        is_one = len(names) == 1
        for part in self._of_one:
            part.setVisible(is_one)
        for part in self._of_any:
            part.setVisible(bool(names))
        self.title.setVisible(not is_one)
        if not names:
            self.title.setText("Select a node to see its states and its look.")
            return
        if not is_one:
            self.title.setText(f"{len(names)} nodes are selected.")
        self._show_look(names)
        if is_one:
            node = net[names[0]]
            if self.name.text() != node.name and not self.name.isModified():
                self.name.setText(node.name)
            self.states.show_states(node.states)
            self.parents.show_node(net, node)
            if self.note.toPlainText() != node.note:
                self._set_quietly(self.note, lambda: self.note.setPlainText(node.note))

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.colour.apply_palette(palette)

    def focus_note(self) -> None:
        """Let the note be typed."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_look(self, names: list[str]) -> None:
        subject = self._document.subject
        colours = {subject.net[name].colour for name in names}
        self.colour.show_colour(colours.pop() if len(colours) == 1 else "mixed")
        styles = {subject.node_styles.get(name) for name in names}
        style = styles.pop() if len(styles) == 1 else None
        place = [each for _, each in STYLES].index(style)
        self._set_quietly(self.style_box, lambda: self.style_box.setCurrentIndex(place))

    @staticmethod
    def _set_quietly(widget: QWidget, change: Callable[[], object]) -> None:
        blocked = widget.blockSignals(True)
        change()
        widget.blockSignals(blocked)

    # -- what is done ----------------------------------------------------------------------------

    @property
    def _node_name(self) -> str | None:
        names = [name for name in self._names if name in self._document.net]
        return names[0] if len(names) == 1 else None

    @Slot()
    def _on_name(self) -> None:
        old, new = self._node_name, self.name.text().strip()
        self.name.setModified(False)
        if old is not None and new and new != old:
            self.renamed.emit(old, new)
        self.refresh()

    @Slot(str, object, object)
    def _on_states(self, what: str, labels: tuple[str, ...], origins: list[int | None]) -> None:
        name = self._node_name
        if name is not None:
            text = f"{what} {name}"
            self._document.edit(text, lambda s: s.with_states(name, labels, origins))

    @Slot(str)
    def _on_parent_added(self, parent: str) -> None:
        name = self._node_name
        if name is not None:
            text = f"Draw an arc from {parent} to {name}"
            self._document.edit_net(text, lambda net: net.with_arc(parent, name))

    @Slot(str)
    def _on_parent_removed(self, parent: str) -> None:
        name = self._node_name
        if name is not None:
            self._document.say(f"The table of {name} is averaged over {parent}.")
            text = f"Remove the arc from {parent} to {name}"
            self._document.edit_net(text, lambda net: net.without_arc(parent, name))

    @Slot(object)
    def set_colour(self, colour: str | None) -> None:
        """Colour the selected nodes."""
        names = [name for name in self._names if name in self._document.net]
        self._document.edit_net("Colour nodes", lambda net: net.with_colour(names, colour))

    @Slot()
    def ask_colour(self) -> None:
        """Ask for any colour."""
        names = [name for name in self._names if name in self._document.net]
        if names:
            before = self._document.net[names[0]].colour or ""
            colour = self._dialogs.ask_colour("Colour of nodes", before)
            if colour is not None:
                self.set_colour(colour)

    @Slot(int)
    def _on_style(self, place: int) -> None:
        style = STYLES[place][1]
        names = [name for name in self._names if name in self._document.net]
        self._document.edit("Change node style", lambda s: with_styles(s, names, style))

    @Slot()
    def _on_note(self) -> None:
        name, text = self._node_name, self.note.toPlainText()
        if name is not None and text != self._document.net[name].note:
            self._document.edit_net(
                f"Edit the note on {name}",
                lambda net: net.with_note(name, text),
                merge_key=f"note:{name}",
            )

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget(area)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        self._of_one: list[QWidget] = []
        self._of_any: list[QWidget] = []
        for text, part, group in (
            ("Name", self.name, self._of_one),
            ("States", self.states, self._of_one),
            ("Parents", self.parents, self._of_one),
            ("Colour", self.colour, self._of_any),
            ("Shown as", self.style_box, self._of_any),
            ("Note", self.note, self._of_one),
        ):
            label = QLabel(text, inside)
            label.setProperty("role", "heading")
            label.setBuddy(part)
            column.addWidget(label)
            column.addWidget(part)
            column.addSpacing(6)
            group += [label, part]
        column.addStretch(1)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_name)
        self.states.asked.connect(self._on_states)
        self.parents.added.connect(self._on_parent_added)
        self.parents.removed.connect(self._on_parent_removed)
        self.colour.chosen.connect(self.set_colour)
        self.colour.other_asked.connect(self.ask_colour)
        self.style_box.activated.connect(self._on_style)
        self.note.textChanged.connect(self._on_note)
        self._document.changed.connect(self.refresh)


def with_styles(subject: NetworkSubject, names: list[str], style: str | None) -> NetworkSubject:
    """Return the subject with `names` in a style of their own, or, for None, in the network's."""
    if style is not None:
        return subject.with_node_style(style, names)
    kept = {name: each for name, each in subject.node_styles.items() if name not in names}
    return replace(subject, node_styles=kept)
