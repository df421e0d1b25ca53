"""New, open, add, save and export: the commands that touch files, and what they ask."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs.pool import Jobs
from app.shell import opening
from app.shell.dialogs import Dialogs
from app.shell.preferences import Preferences
from app.study.document import StudyDocument
from app.study.model import Study
from app.study.store import write_study
from core.errors import MacroscopeError
from core.notices import collected_notices
from core.progress import Progress


class FileCommands(QObject):
    """Reads and writes on a worker, and tells failures in one sentence."""

    recent_changed = Signal()

    def __init__(
        self,
        document: StudyDocument,
        jobs: Jobs,
        preferences: Preferences,
        dialogs: Dialogs,
        *,
        tell: Callable[[str], None],
        say: Callable[[str], None],
        warn: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._jobs = document, jobs
        self._preferences, self._dialogs = preferences, dialogs
        self._tell, self._say, self._warn = tell, say, warn
        self._epoch = 0
        document.study_replaced.connect(self._on_replaced)

    @property
    def title(self) -> str:
        """What the study is called where the user reads it."""
        if self._document.path is not None:
            return self._document.path.stem
        return self._document.study.title or "Untitled"

    @property
    def is_pristine(self) -> bool:
        """Whether nothing would be lost or disturbed by another study in its place."""
        document = self._document
        study = document.study
        return not (study.subjects or study.notes or document.is_modified or document.path)

    def can_save(self) -> bool:
        """Whether there is something that is not in the study's file."""
        is_new = self._document.path is None and not self.is_pristine
        return self._document.is_modified or self._document.has_new_views or is_new

    def may_replace(self) -> bool:
        """Ask what becomes of unsaved changes; whether the study may go now."""
        if not self._document.is_modified:
            return True
        running = [job.title for job in self._jobs.running if not job.quiet]
        answer = self._dialogs.ask_save(self._title_of_all(), running)
        return self._save_now() if answer == "save" else answer == "discard"

    def _title_of_all(self) -> str:
        """Return the study's title; one that was taken from its first subject counts the others."""
        others = len(self._document.study.subjects) - 1
        if self._document.path is not None or others < 1:
            return self.title
        return f"{self.title} and {others} more"

    @Slot()
    def new_study(self) -> None:
        if self.may_replace():
            self._document.new()

    @Slot()
    def ask_open(self) -> None:
        path = self._dialogs.open_path("Open", self._open_filters(), self._folder())
        if path is not None:
            self.open_path(path)

    @Slot()
    def ask_add(self) -> None:
        path = self._dialogs.open_path(
            "Add file to the study", self._open_filters(), self._folder()
        )
        if path is not None:
            self.add_path(path)

    def open_path(self, path: Path, also: Sequence[Path] = ()) -> None:
        """Read a file of any kind on a worker; then put its study in the place of this one.

        What the files in `also` hold is added after that.
        """

        def done(study: Study) -> None:
            if self.may_replace():
                own = path if path.suffix.lower() == opening.STUDY_SUFFIX else None
                self._document.load(study, own)
                self._remember(path)

        self._read(path, "Open", done, also)

    def add_path(self, path: Path, also: Sequence[Path] = ()) -> None:
        """Read a file of any kind on a worker; add its subjects, then those of `also`."""

        def done(study: Study) -> None:
            with self._document.macro(f"Add {path.name}"):
                for entry in study.subjects:
                    self._document.add(entry.kind, entry.name, entry.value)
            if not study.subjects:
                self._say(f"{path.name} holds an empty study, so nothing was added.")
            self._remember(path)

        self._read(path, "Add", done, also)

    def open_example(self, kind_id: str, title: str, value: object) -> None:
        """Open an example: as a study of its own where nothing is open, else beside the rest."""
        if self.is_pristine:
            self._document.load(opening.study_around(kind_id, title, value))
        else:
            self._document.add(kind_id, title, value, f"Add the example {title}")

    @Slot()
    def save(self) -> None:
        """Write the study to its file, asking for one if it has none."""
        self._write(self._document.path or self._ask_path())

    @Slot()
    def save_as(self) -> None:
        """Write the study to another file."""
        self._write(self._ask_path())

    def _ask_path(self) -> Path | None:
        suggested = self._document.path or Path(self._folder()) / opening.file_name(self.title)
        suggested = suggested.with_name(suggested.stem + opening.STUDY_SUFFIX)
        path = self._dialogs.save_path(
            "Save the study", str(suggested), f"Studies (*{opening.STUDY_SUFFIX})"
        )
        if path is not None and path.suffix.lower() != opening.STUDY_SUFFIX:
            path = path.with_name(path.name + opening.STUDY_SUFFIX)
        return path

    def export_subject(self, subject_id: str) -> None:
        """Write one subject in a format of its kind."""
        entry = self._document.subject(subject_id)
        kind = self._document.kinds.get(entry.kind)
        filters = ";;".join(
            f"{title} ({' '.join(f'*{suffix}' for suffix in suffixes)})"
            for title, suffixes in kind.formats(kind.writers).items()
        )
        first = next(iter(kind.writers))
        suggested = Path(self._folder()) / (opening.file_name(entry.name) + first)
        path = self._dialogs.save_path("Export the subject", str(suggested), filters)
        if path is None:
            return
        writer = kind.writer_for(path)
        if writer is None:
            known = ", ".join(kind.writers)
            self._tell(f"{path.name} has an ending that is not known; use one of {known}.")
            return

        def work(_progress: Progress) -> Sequence[str]:
            writer(entry.value, path)
            return kind.losses(entry.value, path)

        def done(lost: Sequence[str]) -> None:
            self._remember_folder(path)
            self._say(f"{entry.name} was written to {path}.")
            if lost:
                self._warn(" ".join(lost))

        self._jobs.run(f"Export {path.name}", work, done, self.on_failed, key="export-subject")

    def _read(
        self, path: Path, verb: str, done: Callable[[Study], None], also: Sequence[Path]
    ) -> None:
        kinds = self._document.kinds
        path = Path(path)

        def go_on() -> None:
            if also:
                self.add_path(also[0], also[1:])

        def read(found: tuple[Study, list[str]]) -> None:
            study, notices = found
            done(study)
            if notices:
                self._warn(f"{path.name}: {' '.join(notices)}")
            go_on()

        def work(_progress: Progress) -> tuple[Study, list[str]]:
            with collected_notices() as notices:
                return opening.open_any(path, kinds), notices

        def failed(error: Exception) -> None:
            if not path.exists():
                self._preferences.forget_recent_file(path)
                self.recent_changed.emit()
            self.on_failed(error)
            go_on()

        self._jobs.run(f"{verb} {path.name}", work, read, failed, key="open")

    def _write(self, path: Path | None) -> None:
        """Write the study as it is now on a worker; edits made meanwhile stay unsaved."""
        if path is None:
            return
        self._document.end_merge()
        study, kinds, epoch = self._document.study, self._document.kinds, self._epoch

        def work(_progress: Progress) -> None:
            write_study(study, path, kinds)

        def done(_nothing: None) -> None:
            if self._epoch == epoch:
                self._document.note_saved(study, path)
            self._on_written(path)

        self._jobs.run(
            f"Save {path.name}", work, done, self.on_failed,
            key=("save", path), quiet=True, after_current=True,
        )  # fmt: skip

    def _save_now(self) -> bool:
        """Write the study before it goes; whether it was written."""
        path = self._document.path or self._ask_path()
        if path is None:
            return False
        try:
            self._document.save(path)
        except MacroscopeError as error:
            self._tell(str(error))
            return False
        self._on_written(path)
        return True

    def _on_written(self, path: Path) -> None:
        self._remember(path)
        self._say(f"The study was saved to {path}.")

    @Slot()
    def _on_replaced(self) -> None:
        self._epoch += 1

    def on_failed(self, error: Exception) -> None:
        """Tell a sentence of ours; anything else is our own mistake and goes to the fault hook."""
        if isinstance(error, MacroscopeError):
            self._tell(str(error))
        else:
            raise error

    def _remember(self, path: Path) -> None:
        self._preferences.add_recent_file(path)
        self._remember_folder(path)
        self.recent_changed.emit()

    def _remember_folder(self, path: Path) -> None:
        self._preferences.set("last_folder", str(path.absolute().parent))

    def _folder(self) -> str:
        folder = self._preferences.get("last_folder")
        return folder if folder and Path(folder).is_dir() else str(Path.home())

    def _open_filters(self) -> str:
        kinds = self._document.kinds
        known = opening.known_suffixes(kinds)
        every = " ".join(f"*{suffix}" for suffix in known)
        parts = [f"All that opens here ({every})", f"Studies (*{opening.STUDY_SUFFIX})"]
        for kind in kinds:
            own = " ".join(f"*{suffix}" for suffix in kind.readers)
            parts.append(f"{kind.title} files ({own})")
            for title, suffixes in kind.formats(kind.readers).items():
                parts.append(f"{title} ({' '.join(f'*{suffix}' for suffix in suffixes)})")
        figures = " ".join(f"*{suffix}" for suffix in opening.FIGURE_SUFFIXES)
        return ";;".join([*parts, f"Figures that carry a study ({figures})", "All files (*)"])
