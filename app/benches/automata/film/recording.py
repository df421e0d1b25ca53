"""Writes a film of a world: a run of its own, exact, on a worker; the living world stays alone."""

from pathlib import Path

import numpy as np

from app.benches.automata.colouring import Colouring
from app.benches.automata.film.pictures import indices_of, palette_of, with_dots
from app.benches.automata.film.wish import LARGEST_SIDE, FilmWish
from app.benches.automata.film.writers import FilmWriter, writer_for
from app.benches.automata.world_frame import Viewport, layer_of
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
    run = Run(subject.world, subject.interventions)
    rows = SpaceTime.of(subject.world)
    _go_on(run, rows, wish.first - run.generation, progress)
    writer: FilmWriter | None = None
    try:
        for number in range(wish.frames):
            if number:
                _go_on(run, rows, wish.every, progress)
            progress.report(number / wish.frames, f"Frame {number + 1} of {wish.frames}")
            values = _values(run, rows, viewport, subject)
            layer = subject.look.layer if rows is None else "cells"
            frame = indices_of(colouring, values, layer)
            frame = frame[:LARGEST_SIDE, :LARGEST_SIDE]
            scale = max(1, min(wish.scale, LARGEST_SIDE // max(frame.shape)))
            frame = frame.repeat(scale, axis=0).repeat(scale, axis=1)
            if hasattr(run.stepper, "velocities"):
                with_dots(frame, run.stepper.cells()[:, :2], viewport, scale)
            if writer is None:
                palette = palette_of(colouring, values, layer)
                writer = writer_for(path, wish, palette, *frame.shape)
            writer.add(np.ascontiguousarray(frame))
        if writer is not None:
            writer.close()
    except BaseException:
        if writer is not None:
            writer.cancel()
        raise


def _values(
    run: Run, rows: SpaceTime | None, viewport: Viewport, subject: WorldSubject
) -> np.ndarray:
    if rows is None:
        return layer_of(run.stepper, viewport, subject.look)
    height = viewport.height * viewport.shrink
    top = max(run.start, run.generation + 1 - height)
    return rows.frame(viewport.x, top, viewport.width, viewport.height, viewport.shrink)


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
