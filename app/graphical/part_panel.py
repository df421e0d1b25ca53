"""The panel for what is selected: name, colour and note, and what else its bench has of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.graphical.colour_row import ColourRow
from app.graphical.panel_parts import heading, scrolling
from app.graphical.subject_document import SubjectDocument
from app.shell.dialogs import Dialogs


class PartPanel(QWidget):
    """Edits of one part everything that is not a number, of several their look.

    A subclass makes what else it shows, lays all out with `_put_sections` or `_put_page`, and
    then calls `show_parts`.
    """

    renamed = Signal(str, str)
    """(old name, new name): asked of the bench, which also keeps the selection."""

    colour_step, colour_title = "Colour nodes", "Colour of nodes"
    note_step = "Edit the note on"

    def __init__(
        self, document: SubjectDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._dialogs = dialogs
        self._names: list[str] = []
        self._sections: dict[str, list[QWidget]] = {}
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setProperty("role", "muted")
        self.name = QLineEdit(self)
        self.colour = ColourRow(self)
        self.note = QPlainTextEdit(self)
        self.note.setTabChangesFocus(True)
        self.name.editingFinished.connect(self._on_name)
        self.colour.chosen.connect(self.set_colour)
        self.colour.other_asked.connect(self.ask_colour)
        self.note.textChanged.connect(self._on_note)
        document.changed.connect(self.refresh)

    # -- what a subclass says --------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return name in self._document.net

    def _part(self, name: str) -> Any:
        return self._document.net[name]

    def _colour_of(self, name: str) -> str | None:
        return self._part(name).colour

    def _note_of(self, name: str) -> str:
        return self._part(name).note

    def _coloured(self, subject: Any, names: Sequence[str], colour: str | None) -> Any:
        return subject.with_net(subject.net.with_colour(names, colour))

    def _noted(self, subject: Any, name: str, note: str) -> Any:
        return subject.with_net(subject.net.with_note(name, note))

    def _invitation(self, names: Sequence[str]) -> str:
        """Return what stands there while not exactly one part is selected."""
        raise NotImplementedError

    def _seen_groups(self) -> set[str]:
        """Return which groups of sections mean something to what is selected."""
        number = len(self._present)
        return {"one", "any"} if number == 1 else {"any"} if number else set()

    def _show_more(self) -> None:
        """Show what only this panel has."""

    # -- what is shown ---------------------------------------------------------------------------

    @Slot(object)
    def show_parts(self, names: Sequence[str]) -> None:
        """Show other parts."""
        self._names = list(names)
        self.refresh()

    @property
    def _present(self) -> list[str]:
        return [name for name in self._names if self._has(name)]

    @property
    def only(self) -> str | None:
        """Name of the only part that is selected."""
        names = self._present
        return names[0] if len(names) == 1 else None

    @Slot()
    def refresh(self) -> None:
        """Show the parts as the document has them now."""
        names, only = self._present, self.only
        seen = self._seen_groups()
        for group, widgets in self._sections.items():
            for widget in widgets:
                widget.setVisible(group in seen)
        self.title.setVisible(only is None)
        self.title.setText(self._invitation(names))
        if names:
            colours = {self._colour_of(name) for name in names}
            self.colour.show_colour(colours.pop() if len(colours) == 1 else "mixed")
        if only is not None:
            self._show_name_and_note(only)
        self._show_more()

    def _show_name_and_note(self, name: str) -> None:
        if self.name.text() != name and not self.name.isModified():
            self.name.setText(name)
        note = self._note_of(name)
        if self.note.toPlainText() != note:
            with QSignalBlocker(self.note):
                self.note.setPlainText(note)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.colour.apply_palette(palette)

    def focus_note(self) -> None:
        """Let the note be typed."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is done ----------------------------------------------------------------------------

    @Slot()
    def _on_name(self) -> None:
        old, new = self.only, self.name.text().strip()
        self.name.setModified(False)
        if old is not None and new and new != old:
            self.renamed.emit(old, new)
        self.refresh()

    @Slot(object)
    def set_colour(self, colour: str | None) -> None:
        """Give the selected parts a colour, or with None that of the theme."""
        names = self._present
        if names:
            self._document.edit(self.colour_step, lambda s: self._coloured(s, names, colour))

    @Slot()
    def ask_colour(self) -> None:
        """Ask for any colour for the selected parts."""
        names = self._present
        if names:
            before = self._colour_of(names[0]) or ""
            colour = self._dialogs.ask_colour(self.colour_title, before)
            if colour is not None:
                self.set_colour(colour)

    @Slot()
    def _on_note(self) -> None:
        name, text = self.only, self.note.toPlainText()
        if name is not None and text != self._note_of(name):
            self._document.edit(
                f"{self.note_step} {name}",
                lambda subject: self._noted(subject, name, text),
                merge_key=f"note:{name}",
            )

    # -- parts -----------------------------------------------------------------------------------

    def _put_sections(self, sections: Sequence[tuple[str, QWidget, str]]) -> None:
        """Put headings with their widgets below each other; each is seen with its group."""
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        for text, part, group in sections:
            label = heading(text, page)
            label.setBuddy(part)
            column.addWidget(label)
            column.addWidget(part)
            column.addSpacing(6)
            self._sections.setdefault(group, []).extend((label, part))
        column.addStretch(1)
        self._put_page(page)

    def _put_page(self, page: QWidget, *, sideways: bool = True) -> None:
        """Fill the panel with a page that scrolls where it is too high."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(page, self, sideways=sideways))
