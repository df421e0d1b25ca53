"""Which shapes are laid over the beliefs, and the work that finds them in the background."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.benches.processes.panels import SIMPLEX_OVERLAYS
from app.benches.processes.simplex.overlays import NO_OVERLAYS, Overlays, make_overlays
from app.benches.processes.simplex.request import SimplexRequest, projection_of
from app.jobs.pool import Jobs
from app.shell.preferences import Preferences
from core.progress import Progress

OVERLAYS = tuple(spec.id for spec in SIMPLEX_OVERLAYS)
HISTORY = "simplex.history"
"""The history of what is pointed at is found apart."""
USUAL = ("simplex.transient", HISTORY)
PREFERENCE = "processes.simplex.overlays"


class Overlaying(QObject):
    """Keeps what is chosen; the beliefs themselves never wait for what lies over them."""

    found = Signal(object, str)
    """(`Overlays`, what there is not and why)."""

    def __init__(
        self, jobs: Jobs, preferences: Preferences, *, is_unifilar: bool, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._jobs, self._preferences = jobs, preferences
        self._job: object | None = None
        # Transient beliefs without end would stand in the way of the fractal.
        usual = USUAL if is_unifilar else USUAL[1:]
        kept = preferences.get(PREFERENCE)
        self.choose(kept if isinstance(kept, list) else usual)

    def choose(self, action_ids: Iterable[object]) -> None:
        """Lay over the beliefs what is named, of what is known."""
        self._chosen = set(OVERLAYS) & {each for each in action_ids if isinstance(each, str)}

    @property
    def chosen(self) -> tuple[str, ...]:
        """The actions of what is laid over the beliefs, in the order of the menu."""
        return tuple(each for each in OVERLAYS if each in self._chosen)

    @property
    def names(self) -> frozenset[str]:
        """What is laid over the beliefs, as a request names it."""
        return frozenset(each.removeprefix("simplex.") for each in self._chosen)

    @property
    def has_history(self) -> bool:
        """Whether the word is shown that leads to what is pointed at."""
        return HISTORY in self._chosen

    def toggle(self, action_id: str) -> None:
        """Lay something over the beliefs, or no longer; other simplices begin with it too."""
        self._chosen ^= {action_id}
        self._preferences.set(PREFERENCE, list(self.chosen))

    def ask(self, request: SimplexRequest | None) -> None:
        """Look for the shapes of a request, or for none of a machine that is not complete."""
        self.drop()
        if request is None or not request.overlays - {"history"}:
            self.found.emit(NO_OVERLAYS, "")
            return
        self._job = self._jobs.run(
            "Overlays of the simplex",
            partial(_overlays, request),
            self._on_found,
            self._on_failed,
            key=self,
            quiet=True,
        )

    def drop(self) -> None:
        """Look no further."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _on_found(self, overlays: Overlays) -> None:
        self._job = None
        self.found.emit(overlays, "; ".join(overlays.missing))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.found.emit(NO_OVERLAYS, str(error))


def _overlays(request: SimplexRequest, progress: Progress) -> Overlays:
    projection = projection_of(request, progress)
    return make_overlays(request.model, projection, request.overlays, progress)
