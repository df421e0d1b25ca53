"""The open study: its value now, its undo stack, its file, and the signals that views follow."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from app.study import edits
from app.study.commands import EditCommand
from app.study.edits import Change, Edit
from app.study.errors import StudyError
from app.study.kinds import KindRegistry
from app.study.model import Study, SubjectEntry, writable
from app.study.store import read_study, write_study

if TYPE_CHECKING:
    from app.study.working_copy import WorkingCopies

VIEWS = "views"
"""The setting that holds how each subject is looked at."""

_ANNOUNCEMENTS = {
    "added": "subject_added",
    "removed": "subject_removed",
    "changed": "subject_changed",
    "renamed": "subject_renamed",
    "setting": "setting_changed",
    "title": "title_changed",
    "notes": "notes_changed",
}


class StudyDocument(QObject):
    """Holds one study; every edit goes through `undo_stack` and is announced by a signal."""

    subject_added = Signal(str)
    subject_removed = Signal(str)
    subject_changed = Signal(str)
    subject_renamed = Signal(str)
    study_replaced = Signal()
    title_changed = Signal()
    """The study's title or the path of its file changed."""
    notes_changed = Signal()
    setting_changed = Signal(str)
    modified_changed = Signal(bool)
    gesture_ended = Signal()

    def __init__(
        self,
        kinds: KindRegistry,
        working_copies: "WorkingCopies | None" = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kinds = kinds
        self._study = Study()
        self._path: Path | None = None
        self._next_id = 1
        self._stack = QUndoStack(self)
        self._gesture: tuple[int, str] = (0, "")
        self._macros: list[str] = []
        self._macro_is_open = False
        self._has_new_views = False
        self._stack.cleanChanged.connect(self._on_clean_changed)
        self._working_copy = working_copies.open_for(self) if working_copies else None

    # -- looking ---------------------------------------------------------------------------------

    @property
    def study(self) -> Study:
        """The study as it is now, an immutable value."""
        return self._study

    @property
    def path(self) -> Path | None:
        """The file of the study, or None before the first save."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """Whether the study differs from its file."""
        return not self._stack.isClean()

    @property
    def has_new_views(self) -> bool:
        """Whether something is looked at otherwise than the file says; nothing to ask about."""
        return self._has_new_views

    @property
    def undo_stack(self) -> QUndoStack:
        """The stack behind the Edit menu; only the document pushes onto it."""
        return self._stack

    @property
    def has_open_gesture(self) -> bool:
        """Whether the next edit may still join the last one."""
        return bool(self._gesture[1])

    def subject(self, subject_id: str) -> SubjectEntry:
        """Return a subject by its id, or raise `StudyError`."""
        return self._study.subject(subject_id)

    # -- editing ---------------------------------------------------------------------------------

    def add(self, kind: str, name: str, value: Any, text: str = "") -> str:
        """Add a subject at the end, numbering its name if that is taken; return its id."""
        subject_id = f"s{self._next_id}"
        name = self._study.free_name(_title(name) or self.kinds.get(kind).title)
        entry = SubjectEntry(subject_id, self.kinds.get(kind).id, name, value)
        self._next_id += 1
        self._push(edits.adding(entry, len(self._study.subjects)), text or f"Add {name}")
        return subject_id

    def remove(self, subject_id: str) -> None:
        """Take a subject away."""
        entry, place = self.subject(subject_id), self._study.index(subject_id)
        self._push(edits.removing(entry, place), f"Remove {entry.name}")

    def rename(self, subject_id: str, name: str) -> None:
        """Give a subject another name, which must not be blank."""
        old, new = self.subject(subject_id).name, _title(name)
        if not new:
            raise StudyError("A subject needs a name that is not blank.")
        if new != old:
            self._push(edits.renaming(subject_id, old, new), f"Rename {old}")

    def replace(self, subject_id: str, value: Any, text: str, merge_key: str | None = None) -> None:
        """Give a subject another value.

        Consecutive calls with one `merge_key` make one undo step, until `end_merge`.
        """
        old = self.subject(subject_id).value
        if value is not old and value != old:
            key = None if merge_key is None else f"{subject_id}:{merge_key}"
            self._push(edits.replacing(subject_id, old, value), text, key)

    def set_title(self, title: str) -> None:
        """Give the study another title."""
        if writable(title) != self._study.title:
            self._push(edits.writing("title", self._study.title, title), "Change the title")

    def set_notes(self, notes: str, merge_key: str | None = None) -> None:
        """Replace the study's notes."""
        if writable(notes) != self._study.notes:
            edit = edits.writing("notes", self._study.notes, notes)
            self._push(edit, "Edit the notes", merge_key and f":notes:{merge_key}")

    def set_setting(
        self, key: str, value: Any, text: str = "", merge_key: str | None = None
    ) -> None:
        """Change one setting, any JSON value; None takes it away."""
        old = self._study.settings.get(key)
        if value != old or type(value) is not type(old):
            edit = edits.setting(key, old, value)
            self._push(edit, text or f"Change {key}", merge_key and f":{key}:{merge_key}")

    def view(self, subject_id: str, name: str) -> Mapping[str, Any]:
        """Return what `keep_view` kept of a part of a subject's bench; files may hold anything."""
        found: Any = self._study.settings.get(VIEWS)
        for key in (subject_id, name):
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def keep_view(self, subject_id: str, name: str, view: Mapping[str, Any]) -> None:
        """Keep how a part of a subject's bench is looked at, any JSON, with the study.

        It is no edit: there is no step to undo, and closing the study does not ask about it.
        """
        if subject_id not in self._study or self.view(subject_id, name) == view:
            return
        kept: Any = self._study.settings.get(VIEWS)
        kept = kept if isinstance(kept, Mapping) else {}
        views = {key: each for key, each in kept.items() if key in self._study}
        of_subject = views.get(subject_id)
        of_subject = of_subject if isinstance(of_subject, Mapping) else {}
        views[subject_id] = {**of_subject, name: dict(view)}
        self._study = self._study.with_setting(VIEWS, views)
        self._has_new_views = True

    def end_merge(self) -> None:
        """End the gesture: the next edit starts a step of its own."""
        if self.has_open_gesture:
            self._gesture = (self._gesture[0] + 1, "")
            self.gesture_ended.emit()

    @contextlib.contextmanager
    def macro(self, text: str) -> Iterator[None]:
        """Make all edits inside one undo step; an exception takes them back and goes on."""
        self.end_merge()
        self._macros.append(text)
        try:
            yield
        except BaseException:
            self._close_macro(failed=True)
            raise
        self._close_macro(failed=False)

    @Slot()
    def undo(self) -> None:
        """Take back the last step."""
        if not self._macros:
            self.end_merge()
            self._stack.undo()

    @Slot()
    def redo(self) -> None:
        """Make the step that was taken back again."""
        if not self._macros:
            self.end_merge()
            self._stack.redo()

    # -- files -----------------------------------------------------------------------------------

    def new(self) -> None:
        """Start an empty study without a file."""
        self.load(Study())

    def load(self, study: Study, path: Path | None = None, *, modified: bool = False) -> None:
        """Put another study in the place of this one; `modified` marks work not in the file."""
        if self._macros:
            raise RuntimeError("a study cannot be replaced inside a macro")
        self.end_merge()
        self._study, self._path = study, None if path is None else Path(path)
        self._next_id = 1 + max((_number(entry.id) for entry in study.subjects), default=0)
        self._stack.clear()
        self._has_new_views = False
        if modified:
            self._stack.resetClean()
        self.study_replaced.emit()
        self.title_changed.emit()

    def read(self, path: Path) -> None:
        """Load the study in a file; on `StudyFileError` everything stays as it is."""
        self.load(read_study(path, self.kinds), path)

    def save(self, path: Path | None = None) -> None:
        """Write the study to `path` or its own file; on `StudyFileError` nothing changes."""
        path = self._path if path is None else Path(path)
        if path is None:
            raise StudyError("The study has no file yet, so choose a name to save it under.")
        self.end_merge()
        write_study(self._study, path, self.kinds)
        self.note_saved(self._study, path)

    def note_saved(self, study: Study, path: Path) -> None:
        """Take note that `study`, this document's value then, is in `path`; later edits are not."""
        self._path = path
        if _differ_in_views_alone(study, self._study):
            self._has_new_views = study is not self._study
            self._stack.setClean()
        else:
            self._stack.resetClean()
        self.title_changed.emit()

    def close(self) -> None:
        """End the working copy, as the user has decided about unsaved work; nothing to recover."""
        if self._working_copy is not None:
            self._working_copy.close()
            self._working_copy = None

    # -- inside ----------------------------------------------------------------------------------

    def _push(self, edit: Edit, text: str, merge_key: str | None = None) -> None:
        if merge_key is None or self._gesture[1] != merge_key:
            self.end_merge()
            self._gesture = (self._gesture[0], merge_key or "")
        if self._macros and not self._macro_is_open:
            self._macro_is_open = True
            self._stack.beginMacro(self._macros[0])
        gesture = None if merge_key is None else self._gesture
        self._stack.push(EditCommand(edit, self._apply, text, gesture))

    def _apply(self, change: Change, what: str, key: Any) -> None:
        self._study = change(self._study)
        signal = getattr(self, _ANNOUNCEMENTS[what])
        signal.emit() if key is None else signal.emit(key)

    def _close_macro(self, *, failed: bool) -> None:
        self.end_merge()
        self._macros.pop()
        if self._macros or not self._macro_is_open:
            return
        self._macro_is_open = False
        self._stack.endMacro()
        if failed:
            self._stack.undo()
            self._drop_undone_step()

    def _drop_undone_step(self) -> None:
        """Take the step after the current one off the stack: an obsolete one goes at its redo."""
        self._stack.command(self._stack.index()).setObsolete(True)
        self._stack.redo()

    @Slot(bool)
    def _on_clean_changed(self, is_clean: bool) -> None:
        self.modified_changed.emit(not is_clean)


def _differ_in_views_alone(one: Study, other: Study) -> bool:
    """Whether two studies are the same but for how they are looked at."""
    return (
        one.subjects is other.subjects
        and (one.title, one.notes) == (other.title, other.notes)
        and one.with_setting(VIEWS, None).settings == other.with_setting(VIEWS, None).settings
    )


def _title(name: str) -> str:
    return " ".join(writable(name).split())


def _number(subject_id: str) -> int:
    tail = subject_id[1:]
    return int(tail) if subject_id[:1] == "s" and tail.isascii() and tail.isdigit() else 0
