"""Asks what a film is to be, and lets it be written in the background."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.field_view import FieldView
from app.benches.automata.film.recording import record
from app.benches.automata.film.wish import FORMATS, LARGEST_SIDE, FilmWish
from app.benches.automata.session import WorldSession
from app.benches.automata.world_document import WorldDocument
from app.benches.automata.world_frame import Viewport
from app.shell.bench import BenchContext
from core.automata.formats.mp4 import NEEDED, can_write_mp4
from core.automata.interventions import is_lasting

MOST_FRAMES = 100_000
USUAL_SIDE = 600
"""Pixels that the longer side of a film has at least, if cells can be enlarged so far."""


MARK_TITLES = {
    "label": "Generation and scale below the picture",
    "signs": "Marks of the view: grid, trail, circle, box",
    "hands": "Obstacles, food, noise and guns",
}


class FilmDialog(QDialog):
    """Answers with a `FilmWish`."""

    def __init__(
        self,
        first: int,
        viewport: Viewport,
        owner: QWidget | None = None,
        marks: Sequence[str] = (),
    ) -> None:
        super().__init__(owner)
        self.setWindowTitle("Record a film")
        self._viewport = viewport
        longest = max(viewport.width, viewport.height)
        most = max(1, LARGEST_SIDE // longest)
        self.first = self._number("First generation", 0, 2**31 - 1, min(first, 2**31 - 1))
        self.frames = self._number("Number of frames", 1, MOST_FRAMES, 200)
        self.every = self._number("Steps from frame to frame", 1, 1_000_000, 1)
        self.rate = self._number("Frames a second", 1, 60, 25)
        usual = min(most, max(1, -(-USUAL_SIDE // longest)))
        self.cell = self._number("Pixels along a cell", 1, most, usual)
        self.format = QComboBox(self)
        self.format.setAccessibleName("Format of the film")
        for ending, title in FORMATS:
            self.format.addItem(title, ending)
        self.marks = {mark: QCheckBox(title, self) for mark, title in MARK_TITLES.items()}
        for mark in marks:
            self.marks[mark].setChecked(True)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow("First generation", self.first)
        form.addRow("Frames", self.frames)
        form.addRow("Steps from frame to frame", self.every)
        form.addRow("Frames a second", self.rate)
        form.addRow("Pixels along a cell", self.cell)
        form.addRow("Format", self.format)
        for box in self.marks.values():
            form.addRow("", box)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.choose = self.buttons.addButton("Choose file…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)
        self.format.currentIndexChanged.connect(self._show_hint)
        for box in (self.frames, self.rate, self.cell):
            box.valueChanged.connect(self._show_hint)
        self._show_hint()

    def answer(self) -> FilmWish:
        """Return what was chosen."""
        return FilmWish(
            self.first.value(),
            self.frames.value(),
            self.every.value(),
            self.rate.value(),
            self.cell.value(),
            self.format.currentData(),
            tuple(mark for mark, box in self.marks.items() if box.isChecked()),
        )

    @Slot()
    def _show_hint(self) -> None:
        is_missing = self.format.currentData() == ".mp4" and not can_write_mp4()
        self.choose.setEnabled(not is_missing)
        wide, high = (side * self.cell.value() for side in self._size())
        seconds = self.frames.value() / self.rate.value()
        self.hint.setText(
            NEEDED
            if is_missing
            else f"{wide} by {high} pixels, {seconds:.1f} seconds, of the part of the world that "
            "is in sight. What hands did happens again."
        )

    def _size(self) -> tuple[int, int]:
        return self._viewport.width, self._viewport.height

    def _number(self, name: str, low: int, high: int, value: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(low, high)
        box.setValue(value)
        box.setGroupSeparatorShown(True)
        box.setAccessibleName(name)
        return box


def record_film(
    document: WorldDocument,
    session: WorldSession,
    view: FieldView,
    context: BenchContext,
    owner: QWidget,
) -> FilmDialog:
    """Ask for a film of what is in sight and write it."""
    hands = ("hands",) if any(map(is_lasting, document.subject.interventions)) else ()
    dialog = FilmDialog(session.generation, session.viewport, owner, hands)
    dialog.accepted.connect(lambda: _write(dialog.answer(), document, session, context, owner))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _write(
    wish: FilmWish,
    document: WorldDocument,
    session: WorldSession,
    context: BenchContext,
    owner: QObject,
) -> None:
    title = next(title for ending, title in FORMATS if ending == wish.ending)
    name = document.world.name or "world"
    path = context.dialogs.save_path(
        "Record a film", f"{name}{wish.ending}", f"{title.split(',')[0]} (*{wish.ending})"
    )
    if path is None:
        return
    # Bound now, on the window's thread: the film is made on a worker.
    subject, viewport, colouring = document.subject, session.viewport, session.colouring
    context.jobs.run(
        f"Record {path.name}",
        lambda progress: record(subject, viewport, colouring, wish, path, progress),
        lambda _none: context.say(f"Recorded {wish.frames:,} frames in {path.name}."),
        lambda error: context.say(str(error)),
        owner=owner,
    )
