"""The word that leads to the belief under the pointer, found in the background."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer, Slot

from app.benches.processes.simplex.request import SimplexPicture
from app.benches.processes.simplex.view import SimplexView
from app.jobs.pool import Jobs
from core.processes.belief_history import BeliefHistory, history_of, history_to
from core.progress import Progress

HOVER_MS = 30
NEAR = 9.0
"""Pixels between the pointer and a belief that is meant by it."""
REACH = 2.5
"""Pixels between the pointer and the belief whose history is shown, in a density."""


class PointedHistory(QObject):
    """Lets the view show the history of what is pointed at; the pointer may move on meanwhile."""

    def __init__(self, view: SimplexView, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._view, self._jobs = view, jobs
        self._at: QPointF | None = None
        self._job: object | None = None
        self._soon = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._soon.timeout.connect(self._ask)

    def point_at(self, at: QPointF) -> None:
        """Ask for the history of what is at a place of the view, once the pointer rests."""
        self._at = at
        self._soon.start()

    def point_nowhere(self) -> None:
        """Show no history."""
        self._at = None
        self.drop()
        self._view.show_history(None)

    def drop(self) -> None:
        """Look no further."""
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def _ask(self) -> None:
        picture, at = self._view.picture, self._at
        self.drop()
        if picture is None or at is None:
            return
        find = self._way_to(picture, at)
        if find is None:
            self._view.show_history(None)
            return
        self._job = self._jobs.run(
            "History of a belief",
            find,
            lambda found: self._on_found(found, at),
            lambda _error: self._view.show_history(None),
            key=self,
            owner=self,
            quiet=True,
        )

    def _way_to(
        self, picture: SimplexPicture, at: QPointF
    ) -> Callable[[Progress], BeliefHistory | None] | None:
        """Return what finds the history, None where nothing is pointed at."""
        model, projection, word_of = picture.request.model, picture.projection, picture.word_of
        if word_of is not None:
            i = self._view.node_near(at, NEAR)
            return None if i is None else lambda progress: history_of(model, word_of(i))
        x, y = self._view.place_at(at)
        place = (x, 0.0) if projection.is_interval else (x, y)
        left, _, right, _ = picture.window
        radius = REACH * (right - left) / self._view.square.width()
        return lambda progress: history_to(model, projection, place, radius, progress)

    def _on_found(self, history: BeliefHistory | None, at: QPointF) -> None:
        self._job = None
        if at is self._at:
            self._view.show_history(history, at)
