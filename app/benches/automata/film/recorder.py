"""Makes frames of the states of a world and gives them to the writer of a film."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.benches.automata.colouring import Colouring
from app.benches.automata.film.pictures import (
    Indices,
    indices_of,
    palette_of,
    roomy_palette,
    with_dots,
)
from app.benches.automata.film.wish import LARGEST_SIDE, FilmWish
from app.benches.automata.world_frame import Viewport, layer_of
from core.automata.backgrounds import seen
from core.automata.formats.film_file import FilmWriter, film_writer, require_film
from core.automata.interventions import Intervention, rule_in_force
from core.automata.space_time import SpaceTime
from core.automata.stepper import Stepper
from core.automata.world import World
from core.automata.world_look import WorldLook


class Recorder:
    """A film of one part of a world, frame by frame.

    Raises
    ------
    MacroscopeError
        When no film can be written under the name, at once, or the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        wish: FilmWish,
        world: World,
        look: WorldLook,
        viewport: Viewport,
        colouring: Colouring,
    ) -> None:
        require_film(path)
        self._path, self._wish = path, wish
        self._world, self._look = world, look
        self._viewport, self._colouring = viewport, colouring
        self._writer: FilmWriter | None = None
        self._palette: tuple[str, ...] = ()
        self._levels: Indices | None = None
        self._marks: Any = None

    def add(
        self,
        stepper: Stepper,
        generation: int,
        rows: SpaceTime | None = None,
        interventions: Sequence[Intervention] = (),
    ) -> None:
        """Add the state of a stepper, or the newest rows of a world of one dimension."""
        rule = rule_in_force(self._world.rule, interventions, generation)
        values = self._values(seen(stepper, rule, self._world.topology), rows)
        layer = self._look.layer if rows is None else "cells"
        if not self._palette:
            self._begin(values, layer)
        frame = indices_of(self._colouring, values, layer)[:LARGEST_SIDE, :LARGEST_SIDE]
        if self._levels is not None:
            frame = self._levels[frame]
        scale = max(1, min(self._wish.scale, LARGEST_SIDE // max(frame.shape)))
        frame = frame.repeat(scale, axis=0).repeat(scale, axis=1)
        if hasattr(stepper, "velocities"):
            dot = len(self._palette) - 1 if self._levels is None else int(self._levels[-1])
            with_dots(frame, stepper.cells()[:, :2], self._viewport, scale, dot)
        if self._marks is not None:
            frame = self._marks.drawn(frame, scale, stepper, generation, rows, interventions)
        if self._writer is None:
            self._writer = film_writer(
                self._path,
                self._palette,
                frames_per_second=self._wish.frames_per_second,
                height=frame.shape[0],
                width=frame.shape[1],
                frames=self._wish.frames,
            )
        self._writer.add(np.ascontiguousarray(frame))

    def close(self) -> None:
        """Finish the film."""
        if self._writer is not None:
            self._writer.close()

    def cancel(self) -> None:
        """Leave no film behind."""
        if self._writer is not None:
            self._writer.cancel()

    def _begin(self, values: np.ndarray, layer: str) -> None:
        self._palette = palette_of(self._colouring, values, layer)
        if self._wish.marks:
            from app.benches.automata.film.marks import FilmMarks

            self._palette, self._levels = roomy_palette(self._palette)
            self._marks = FilmMarks(
                self._wish.marks, self._world, self._look, self._viewport, self._palette
            )

    def _values(self, stepper: Stepper, rows: SpaceTime | None) -> np.ndarray:
        view = self._viewport
        if rows is None:
            return layer_of(stepper, view, self._look)
        top = max(rows.first, rows.last + 1 - view.height * view.shrink)
        return rows.frame(view.x, top, view.width, view.height, view.shrink)
