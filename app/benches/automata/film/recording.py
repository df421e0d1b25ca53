"""Writes a film of a world: a run of its own, exact, on a worker; the living world stays alone."""

from pathlib import Path

from app.benches.automata.colouring import Colouring
from app.benches.automata.film.recorder import Recorder
from app.benches.automata.film.wish import FilmWish
from app.benches.automata.world_frame import Viewport
from core.automata.run import Run
from core.automata.space_time import SpaceTime
from core.automata.world_subject import WorldSubject
from core.progress import Progress


def record(
    subject: WorldSubject,
    viewport: Viewport,
    colouring: Colouring,
    wish: FilmWish,
    path: Path,
    progress: Progress,
) -> None:
    """Write a film of what is done to a world and becomes of it.

    Raises
    ------
    MacroscopeError
        When a step fails, the file cannot be written, or it was cancelled; no film is left behind.
    """
    recorder = Recorder(path, wish, subject.world, subject.look, viewport, colouring)
    run = Run(subject.world, subject.interventions)
    rows = SpaceTime.of(subject.world)
    _go_on(run, rows, max(0, wish.first - run.generation), progress)
    try:
        for number in range(wish.frames):
            if number:
                _go_on(run, rows, wish.every, progress)
            progress.report(number / wish.frames, f"Frame {number + 1} of {wish.frames}")
            recorder.add(run.stepper, run.generation, rows, subject.interventions)
        recorder.close()
    except BaseException:
        recorder.cancel()
        raise


def _go_on(run: Run, rows: SpaceTime | None, steps: int, progress: Progress) -> None:
    if rows is None:
        progress.check()
        run.step(steps, _Checking(progress))
        return
    rows.add(run.stepper, run.generation)
    for _ in range(steps):
        progress.check()
        run.step(1)
        rows.add(run.stepper, run.generation)


class _Checking(Progress):
    """Passes on that the film was cancelled, and keeps the fraction of the steps to itself."""

    def __init__(self, film: Progress) -> None:
        super().__init__()
        self._film = film

    def check(self) -> None:
        self._film.check()
