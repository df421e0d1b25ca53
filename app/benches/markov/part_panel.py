"""The panel for what is selected: a variable's states or a potential's scope, look and note."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from app.benches.markov.markov_document import MarkovDocument
from app.graphical.members_editor import MembersEditor
from app.graphical.part_panel import PartPanel
from app.graphical.states_editor import StatesEditor
from app.shell.dialogs import Dialogs
from core.networks.markov_network import Potential, Variable

MOST_CANDIDATES = 400


class MarkovPartPanel(PartPanel):
    """Edits what is not a number: of one part everything, of several their colour."""

    def __init__(
        self, document: MarkovDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(document, dialogs, owner)
        self._shown_scope: tuple[object, ...] = ()
        self.states = StatesEditor(self)
        self.scope = MembersEditor("Add a variable…", self)
        self.potentials = QLabel(self)
        self.potentials.setWordWrap(True)
        self.note.setPlaceholderText("What this stands for, sources, doubts")
        self.note.setMinimumHeight(56)
        self._put_sections(
            (
                ("Name", self.name, "one"),
                ("States", self.states, "variable"),
                ("Potentials over it", self.potentials, "variable"),
                ("Scope", self.scope, "potential"),
                ("Colour", self.colour, "any"),
                ("Note", self.note, "one"),
            )
        )
        self.states.asked.connect(self._on_states)
        self.scope.added.connect(self._on_member_added)
        self.scope.removed.connect(self._on_member_removed)
        self.show_parts([])

    # -- what is shown ---------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return name in self._document.net or self._document.net.is_potential(name)

    def _part(self, name: str) -> Variable | Potential:
        return self._document.net.part(name)

    @property
    def part(self) -> Variable | Potential | None:
        """The only part that is selected."""
        return None if self.only is None else self._part(self.only)

    def _invitation(self, names: Sequence[str]) -> str:
        if names:
            return f"{len(names)} parts are selected."
        return "Select a variable or a potential to see what it is made of."

    def _seen_groups(self) -> set[str]:
        kinds = {Variable: "variable", Potential: "potential"}
        part = self.part
        return super()._seen_groups() | ({kinds[type(part)]} if part is not None else set())

    def _show_more(self) -> None:
        part = self.part
        if isinstance(part, Variable):
            self.states.show_states(part.states)
            self._show_potentials(part.name)
        elif isinstance(part, Potential):
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

    # -- what is done ----------------------------------------------------------------------------

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
