"""The panel for what is selected: a variable's states or a potential's scope, look and note."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.benches.markov.markov_document import MarkovDocument
from app.graphical.colour_row import ColourRow
from app.graphical.members_editor import MembersEditor
from app.graphical.states_editor import StatesEditor
from app.shell.dialogs import Dialogs
from core.networks.markov_network import Potential, Variable

MOST_CANDIDATES = 400


class PartPanel(QWidget):
    """Edits what is not a number: of one part everything, of several their colour."""

    renamed = Signal(str, str)
    """(old name, new name): asked of the bench, which also keeps the selection."""

    def __init__(
        self, document: MarkovDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._dialogs = dialogs
        self._names: list[str] = []
        self._shown_scope: tuple[object, ...] = ()
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setProperty("role", "muted")
        self.name = QLineEdit(self)
        self.states = StatesEditor(self)
        self.scope = MembersEditor("Add a variable…", self)
        self.potentials = QLabel(self)
        self.potentials.setWordWrap(True)
        self.colour = ColourRow(self)
        self.note = QPlainTextEdit(self)
        self.note.setPlaceholderText("What this stands for, sources, doubts")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(56)
        self._lay_out()
        self._connect()
        self.show_parts([])

    # -- what is shown ---------------------------------------------------------------------------

    @Slot(object)
    def show_parts(self, names: list[str]) -> None:
        """Show other variables and potentials."""
        self._names = list(names)
        self.refresh()

    @property
    def _present(self) -> list[str]:
        net = self._document.net
        return [name for name in self._names if name in net or net.is_potential(name)]

    @property
    def part(self) -> Variable | Potential | None:
        """The only part that is selected."""
        names = self._present
        return self._document.net.part(names[0]) if len(names) == 1 else None

    @Slot()
    def refresh(self) -> None:
        """Show the parts as the document has them now."""
        names, part = self._present, self.part
        for group, is_seen in (
            (self._of_one, part is not None),
            (self._of_variable, isinstance(part, Variable)),
            (self._of_potential, isinstance(part, Potential)),
            (self._of_any, bool(names)),
        ):
            for widget in group:
                widget.setVisible(is_seen)
        self.title.setVisible(part is None)
        if not names:
            self.title.setText("Select a variable or a potential to see what it is made of.")
            return
        self.title.setText(f"{len(names)} parts are selected.")
        colours = {self._document.net.part(name).colour for name in names}
        self.colour.show_colour(colours.pop() if len(colours) == 1 else "mixed")
        if part is not None:
            self._show_one(part)

    def _show_one(self, part: Variable | Potential) -> None:
        if self.name.text() != part.name and not self.name.isModified():
            self.name.setText(part.name)
        if self.note.toPlainText() != part.note:
            blocked = self.note.blockSignals(True)
            self.note.setPlainText(part.note)
            self.note.blockSignals(blocked)
        if isinstance(part, Variable):
            self.states.show_states(part.states)
            self._show_potentials(part.name)
        else:
            self._show_scope(part)

    def _show_potentials(self, name: str) -> None:
        net = self._document.net
        names = net.potentials_over(name)
        lines = [net.potential(each).label for each in names[:12]]
        if len(names) > 12:
            lines.append(f"and {len(names) - 12} more")
        self.potentials.setText("\n".join(lines) or "None: every state is equally likely.")

    def _show_scope(self, potential: Potential) -> None:
        names = self._document.net.names
        offered = names if len(names) <= MOST_CANDIDATES else ()
        seen = (potential.name, potential.scope, offered)
        if seen == self._shown_scope:
            return
        self._shown_scope = seen
        tips = [
            f"Take {each} out of {potential.name}; the table is averaged over it"
            for each in potential.scope
        ]
        candidates = sorted(each for each in offered if each not in potential.scope)
        self.scope.show_members(potential.scope, tips, candidates)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.colour.apply_palette(palette)

    def focus_note(self) -> None:
        """Let the note be typed."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is done ----------------------------------------------------------------------------

    @Slot()
    def _on_name(self) -> None:
        part, new = self.part, self.name.text().strip()
        self.name.setModified(False)
        if part is not None and new and new != part.name:
            self.renamed.emit(part.name, new)
        self.refresh()

    @Slot(str, object, object)
    def _on_states(self, what: str, labels: tuple[str, ...], origins: list[int | None]) -> None:
        part = self.part
        if isinstance(part, Variable):
            text = f"{what} {part.name}"
            self._document.edit(text, lambda s: s.with_states(part.name, labels, origins))

    @Slot(str)
    def _on_member_added(self, variable: str) -> None:
        part = self.part
        if isinstance(part, Potential):
            text = f"Put {variable} into {part.name}"
            self._document.edit_net(text, lambda net: net.with_scope_member(part.name, variable))

    @Slot(str)
    def _on_member_removed(self, variable: str) -> None:
        part = self.part
        if isinstance(part, Potential):
            text = f"Take {variable} out of {part.name}"
            change = self._document.edit_net(
                text, lambda net: net.without_scope_member(part.name, variable)
            )
            if change:
                self._document.say(f"{part.name} is averaged over {variable}.")

    @Slot(object)
    def set_colour(self, colour: str | None) -> None:
        """Colour the selected parts."""
        names = self._present
        self._document.edit_net("Colour nodes", lambda net: net.with_colour(names, colour))

    @Slot()
    def ask_colour(self) -> None:
        """Ask for any colour."""
        names = self._present
        if names:
            before = self._document.net.part(names[0]).colour or ""
            colour = self._dialogs.ask_colour("Colour of nodes", before)
            if colour is not None:
                self.set_colour(colour)

    @Slot()
    def _on_note(self) -> None:
        part, text = self.part, self.note.toPlainText()
        if part is not None and text != part.note:
            self._document.edit_net(
                f"Edit the note on {part.name}",
                lambda net: net.with_note(part.name, text),
                merge_key=f"note:{part.name}",
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
        self._of_variable: list[QWidget] = []
        self._of_potential: list[QWidget] = []
        self._of_any: list[QWidget] = []
        for text, part, group in (
            ("Name", self.name, self._of_one),
            ("States", self.states, self._of_variable),
            ("Potentials over it", self.potentials, self._of_variable),
            ("Scope", self.scope, self._of_potential),
            ("Colour", self.colour, self._of_any),
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
        self.scope.added.connect(self._on_member_added)
        self.scope.removed.connect(self._on_member_removed)
        self.colour.chosen.connect(self.set_colour)
        self.colour.other_asked.connect(self.ask_colour)
        self.note.textChanged.connect(self._on_note)
        self._document.changed.connect(self.refresh)
