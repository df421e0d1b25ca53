"""What is done to whole subjects: add, open, rename, duplicate, remove."""

from typing import TYPE_CHECKING

from app.shell.bench import BenchSpec

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow


class SubjectCommands:
    """Acts on the subject of the current tab, else on the one chosen in the outline."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._document = window.document

    @property
    def chosen(self) -> str | None:
        """The id of the subject that a command would act on."""
        window = self._window
        bench = window.workspace.current_bench
        if bench is None or window.outline.list.hasFocus():
            return window.outline.selected
        return bench.subject_id

    def has_chosen(self) -> bool:
        return self.chosen is not None

    def has_writer(self) -> bool:
        """Whether other programs can read subjects of this kind."""
        if self.chosen is None:
            return False
        kind = self._document.subject(self.chosen).kind
        return bool(self._document.kinds.get(kind).writers)

    def add_blank(self, bench: BenchSpec) -> None:
        """Add an empty subject of the bench's kind."""
        assert bench.blank is not None
        self._document.add(bench.kind.id, bench.blank_name, bench.blank())

    def open(self) -> None:
        """Open what is chosen in the outline, else the subject in front."""
        subject_id = self._window.outline.selected or self.chosen
        if subject_id is not None:
            self._window.open_subject(subject_id)

    def rename(self) -> None:
        """Have the name edited in the outline."""
        if self.chosen is not None:
            subject_id = self.chosen
            self._window.docks.show("study")
            self._window.outline.begin_rename(subject_id)

    def duplicate(self) -> None:
        if self.chosen is not None:
            entry = self._document.subject(self.chosen)
            self._document.add(entry.kind, entry.name, entry.value, f"Duplicate {entry.name}")

    def remove(self) -> None:
        if self.chosen is not None:
            self._document.remove(self.chosen)

    def export(self) -> None:
        if self.chosen is not None:
            self._window.files.export_subject(self.chosen)

    def ask_title(self) -> None:
        """Ask for another title of the study."""
        old = self._document.study.title
        title = self._window.dialogs.ask_text("Title of the study", "Title", old)
        if title is not None:
            self._document.set_title(title)
