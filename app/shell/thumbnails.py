"""Small pictures of the examples, drawn by the benches' own figures on a worker thread."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QBrush, QColor, QGradient, QImage, QPainter, QPen, QPixmap

from app.figures.description import Figure, FigureOptions
from app.figures.painter import draw
from app.jobs.pool import Jobs
from app.shell.bench import BenchSpec, load
from core.progress import Progress

logger = logging.getLogger(__name__)

WIDTH_MM = 64.0


@dataclass(frozen=True)
class GalleryEntry:
    """An example with the bench that opens it."""

    bench: BenchSpec
    example: Any

    @property
    def id(self) -> str:
        return f"{self.bench.kind.id}/{self.example.name}"

    @property
    def keywords(self) -> str:
        """What the example is, beside what its title says: its kind, its family of rules."""
        return " ".join((self.bench.shelf, self.bench.title, getattr(self.example, "keywords", "")))


def entries(benches: Iterable[BenchSpec]) -> list[GalleryEntry]:
    """Return every example of every bench, in their order."""
    return [GalleryEntry(bench, example) for bench in benches for example in bench.kind.examples]


def picture(figure: Figure, room: QSize, scale: float) -> QImage:
    """Draw a figure as large as it fits in `room`, on nothing; safe on any thread."""
    ratio = min(room.width() / figure.width_mm, room.height() / figure.height_mm)
    wide, high = figure.width_mm * ratio, figure.height_mm * ratio
    image = QImage(
        max(round(wide * scale), 1),
        max(round(high * scale), 1),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(0)
    painter = QPainter(image)
    try:
        painter.scale(ratio * scale, ratio * scale)
        draw(figure, painter)
    finally:
        painter.end()
    image.setDevicePixelRatio(scale)
    return image


class Thumbnails(QObject):
    """Makes the pictures of one theme after another; `ready` names each as it comes."""

    ready = Signal(str)

    def __init__(self, jobs: Jobs, room: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._room = room
        self._theme = "light"
        self._waiting: list[GalleryEntry] = []
        self._pixmaps: dict[tuple[str, str], QPixmap] = {}

    def pixmap(self, entry_id: str) -> QPixmap | None:
        """Return the picture for the theme that is on, or None while there is none."""
        return self._pixmaps.get((self._theme, entry_id))

    def request(self, wanted: Iterable[GalleryEntry], theme: str, scale: float) -> None:
        """Have the pictures made that are not there yet for this theme."""
        self._theme = theme
        _touch_lazy_types()
        self._waiting = [
            entry
            for entry in wanted
            if entry.bench.thumbnail and (theme, entry.id) not in self._pixmaps
        ]
        self._next(theme, scale)

    def _next(self, theme: str, scale: float) -> None:
        """Draw one after the other, so that the gallery never takes more than one thread."""
        if not self._waiting or theme != self._theme:
            return
        entry = self._waiting.pop(0)

        def done(image: QImage) -> None:
            self._pixmaps[(theme, entry.id)] = QPixmap.fromImage(image)
            self.ready.emit(entry.id)
            self._next(theme, scale)

        def failed(error: Exception) -> None:
            logger.warning("no thumbnail of %s: %s", entry.id, error)
            self._next(theme, scale)

        title = f"Picture of {entry.example.title}"
        work = self._work(entry, theme, scale)
        self._jobs.run(title, work, done, failed, key="thumbnail", quiet=True)

    def _work(self, entry: GalleryEntry, theme: str, scale: float) -> Callable[[Progress], QImage]:
        room = QSize(self._room)

        def work(progress: Progress) -> QImage:
            progress.check()
            options = FigureOptions(width_mm=WIDTH_MM, theme=theme, font_pt=9.0, line_mm=0.4)
            assert entry.bench.thumbnail is not None
            figure = load(entry.bench.thumbnail)(entry.example.build(), options)
            progress.check()
            return picture(_without_background(figure), room, scale)

        return work


def _touch_lazy_types() -> None:
    """Have PySide finish, on this thread, the types that a brush is made with.

    It completes them at their first use; two threads there at once find one half done.
    """
    QBrush(QColor("black"))
    QPen(QBrush(QColor("black")), 1.0)
    assert QGradient.Preset is not None


def _without_background(figure: Figure) -> Figure:
    return replace(figure, background=None)
