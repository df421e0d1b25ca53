"""Films of a run, as the window makes them: GIF, MP4 by the extra `video`, numbered PNG files."""

from pathlib import Path
from typing import Any

import numpy as np

from app.benches.automata.film.recorder import Recorder
from app.benches.automata.film.wish import LARGEST_SIDE, FilmWish
from app.benches.automata.palettes import colouring_of
from app.benches.automata.world_frame import Viewport
from app.cli.errors import UsageError
from core.automata.space_time import SpaceTime
from core.automata.stepper import Stepper
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_run import usual_every

FRAMES_PER_SECOND = 25
SIDE = 512
"""Pixels that the longer side of a film has, if cells can be enlarged so far."""

ROOM = 64
"""Cells around a pattern on the plane that are seen at least; the camera stands still."""

FINE = 8
"""Pixels along a unit of continuous space."""

SIGNS = ("trail", "circle", "box")
CAN_MARK = ("label", *SIGNS)


def film_of(given: Any, path: Path, world: World) -> "Film":
    """Return the film that the options of a run ask for."""
    every = given.every or usual_every(given.steps)
    marks = tuple(part.strip() for part in (given.film_marks or "").split(",") if part.strip())
    return Film(path, world, given.steps // every + 1, marks, given.film_rate)


class Film:
    """Takes a frame at each sample of a run.

    Raises
    ------
    MacroscopeError
        When the name, the marks or the rate make no sense, before anything is written.
    """

    def __init__(
        self,
        path: Path,
        world: World,
        frames: int,
        marks: tuple[str, ...] = (),
        frames_per_second: int = FRAMES_PER_SECOND,
    ) -> None:
        strange = next((mark for mark in marks if mark not in CAN_MARK), None)
        if strange is not None:
            raise UsageError(f"--film-marks knows {', '.join(CAN_MARK)}, not {strange!r}.")
        if marks:
            from app.figures.screenless import screenless_application

            screenless_application()
        viewport = _viewport(world, frames)
        look = WorldLook(marks=tuple(mark for mark in marks if mark in SIGNS))
        wish = FilmWish(
            world.generation,
            frames,
            1,
            frames_per_second,
            max(1, SIDE // max(viewport.width, viewport.height)),
            path.suffix.lower(),
            (*(("label",) if "label" in marks else ()), *(("signs",) if look.marks else ())),
        )
        colouring = colouring_of(world, look, is_dark=True)
        self._recorder = Recorder(path, wish, world, look, viewport, colouring)
        self._rows = SpaceTime.of(world)
        self._count = 0

    def add(self, stepper: Stepper) -> None:
        """Take the frame of the state as it is; of a world of one dimension a row for each."""
        if self._rows is not None:
            self._rows.add(stepper, self._count)
            self._count += 1
        self._recorder.add(stepper, stepper.generation, self._rows)

    def close(self) -> None:
        """Finish the film."""
        self._recorder.close()

    def cancel(self) -> None:
        """Leave no film behind."""
        self._recorder.cancel()


def _viewport(world: World, frames: int) -> Viewport:
    """Return the whole board, or the pattern with room around it where there is no end."""
    if world.rule.dimensions == 1:
        return _rows_viewport(world, frames)
    if type(world.rule).__name__ == "ParticleLeniaRule":
        return _particles_viewport(np.asarray(world.array)[:, :2])
    topology = world.topology
    if world.is_field or topology.is_bounded:
        height, width = topology.height, topology.width
        if world.is_field:
            height, width = np.asarray(world.array).shape[-2:]
        return _shrunk(0, 0, width, height)
    if isinstance(world.cells, np.ndarray):
        (x, y), (height, width) = world.origin, world.cells.shape
    else:
        x, y, width, height = world.cells.bounding_box() or (0, 0, 1, 1)
    room = max(ROOM, width // 2, height // 2)
    return _shrunk(x - room, y - room, width + 2 * room, height + 2 * room)


def _rows_viewport(world: World, frames: int) -> Viewport:
    cells = np.asarray(world.array)
    room = 0 if world.is_field or world.topology.is_bounded else max(ROOM, frames)
    width = max(1, cells.shape[-1]) + 2 * room
    return _shrunk(world.origin[0] - room, 0, width, min(frames, width, LARGEST_SIDE))


def _particles_viewport(places: np.ndarray) -> Viewport:
    low, high = (places.min(axis=0), places.max(axis=0)) if len(places) else ([0, 0], [1, 1])
    x, y = (int(np.floor(each)) - 2 for each in low)
    width, height = int(np.ceil(high[0])) + 2 - x, int(np.ceil(high[1])) + 2 - y
    fine = max(1, min(FINE, LARGEST_SIDE // max(width, height)))
    if fine > 1:
        return Viewport(x, y, width * fine, height * fine, 1, fine)
    return _shrunk(x, y, width, height)


def _shrunk(x: int, y: int, width: int, height: int) -> Viewport:
    shrink = max(1, -(-max(width, height) // LARGEST_SIDE))
    return Viewport(x, y, -(-width // shrink), -(-height // shrink), shrink)
