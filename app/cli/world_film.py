"""Films of a run: GIF by our own writer, MP4 by the extra `video`."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.cli.errors import UsageError
from core.automata.formats.binary_files import write_bytes
from core.automata.formats.gif import LARGEST_SIDE, GifWriter
from core.automata.pictures import picture_of_cells
from core.automata.stepper import Stepper
from core.automata.world import World

SUFFIXES = (".gif", ".mp4")
FRAMES_PER_SECOND = 25
LARGEST_FRAME = 2048


class Film:
    """Collects a frame at each sample and writes the file at the end."""

    def __init__(self, path: Path, world: World) -> None:
        if path.suffix.lower() not in SUFFIXES:
            raise UsageError(f"{path.name} has an ending that is no film's; use .gif or .mp4.")
        if path.suffix.lower() == ".mp4" and find_spec("imageio_ffmpeg") is None:
            raise UsageError(
                'An MP4 needs the extra "video"; install it with pip install '
                '"macroscope-explorer[video]", or write a .gif.'
            )
        self._path, self._world = path, world
        self._window: tuple[int, int, int, int] | None = None
        self._palette: tuple[str, ...] = ()
        self._frames: list[npt.NDArray[np.uint8]] = []

    def add(self, stepper: Stepper) -> None:
        """Take the frame of the state as it is."""
        frame, self._palette = picture_of_cells(
            self._cells(stepper), self._world.rule, self._world.palette
        )
        if max(frame.shape) > min(LARGEST_FRAME, LARGEST_SIDE):
            frame = frame[:LARGEST_FRAME, :LARGEST_FRAME]
        self._frames.append(frame.copy())

    def write(self) -> None:
        """Write the file, aside first."""
        if self._path.suffix.lower() == ".gif":
            writer = GifWriter(self._palette, FRAMES_PER_SECOND)
            for frame in self._frames:
                writer.add(frame)
            write_bytes(self._path, writer.data())
        else:
            _write_mp4(self._path, self._frames, self._palette)

    def _cells(self, stepper: Stepper) -> Any:
        if self._world.is_field or self._world.topology.is_bounded:
            return stepper.cells()
        if self._window is None:  # on the plane the camera stands still around the beginning
            x, y, width, height = stepper.bounding_box() or (0, 0, 1, 1)
            room = max(64, width // 2, height // 2)
            self._window = (
                x - room,
                y - room,
                min(width + 2 * room, LARGEST_FRAME),
                min(height + 2 * room, LARGEST_FRAME),
            )
        return stepper.frame(*self._window)


def _write_mp4(path: Path, frames: list[npt.NDArray[np.uint8]], palette: tuple[str, ...]) -> None:
    import imageio_ffmpeg

    colours = np.array([list(bytes.fromhex(each[1:])) for each in palette], dtype=np.uint8)
    height, width = (side * max(1, 256 // side) for side in frames[0].shape)
    size = (width + width % 2, height + height % 2)
    writer = imageio_ffmpeg.write_frames(
        str(path), size, fps=FRAMES_PER_SECOND, macro_block_size=2, ffmpeg_log_level="error"
    )
    writer.send(None)
    try:
        for frame in frames:
            factor_y, factor_x = height // frame.shape[0], width // frame.shape[1]
            large = np.zeros((size[1], size[0], 3), dtype=np.uint8)
            shown = colours[frame].repeat(factor_y, axis=0).repeat(factor_x, axis=1)
            large[: shown.shape[0], : shown.shape[1]] = shown
            writer.send(large.tobytes())
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error}.") from error
    finally:
        writer.close()
