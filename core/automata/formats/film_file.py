"""Where the frames of a film go: one GIF, one MP4, or numbered PNG files.

Frames are written as they come, beside the path, so that a film needs no more memory than a frame
and one that fails leaves an older film alone.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.formats.binary_files import write_bytes
from core.automata.formats.gif import GifWriter
from core.automata.formats.mp4 import NEEDED, Mp4Writer, can_write_mp4
from core.automata.formats.png import png_of_states
from core.files.errors import FormatError

FILMS = (".gif", ".mp4", ".png")

Indices = npt.NDArray[np.uint8]


class FilmWriter(Protocol):
    """Takes frames of one size in their order, uint8[height, width] of colours of a palette."""

    def add(self, frame: Indices) -> None:
        """Take the next frame."""

    def close(self) -> None:
        """Finish the film."""

    def cancel(self) -> None:
        """Leave no film behind."""


def require_film(path: Path) -> None:
    """Raise `AutomataError` where no film can be written under a name."""
    ending = path.suffix.lower()
    if ending not in FILMS:
        raise AutomataError(f"{path.name} has an ending that is no film's; use .gif, .mp4 or .png.")
    if ending == ".mp4" and not can_write_mp4():
        raise AutomataError(NEEDED)


def film_writer(
    path: Path,
    palette: Sequence[str],
    *,
    frames_per_second: float,
    height: int,
    width: int,
    frames: int = 0,
) -> FilmWriter:
    """Return the writer for the ending of a path.

    Parameters
    ----------
    path : Path
        Of PNG files the name that the numbers come after.
    palette : sequence of str
        At most 256 colours ``#rrggbb``.
    frames_per_second : float
    height, width : int
        Of the frames.
    frames : int
        How many will come, for the digits of the numbers.

    Raises
    ------
    AutomataError
        When the ending is no film's, or an MP4 cannot be made on this machine.
    FormatError
        When the file cannot be written.
    """
    require_film(path)
    match path.suffix.lower():
        case ".gif":
            return _Gif(path, palette, frames_per_second)
        case ".mp4":
            return _Mp4(path, palette, frames_per_second, height, width)
    return _Pngs(path, palette, frames)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")


def _unwritable(path: Path, error: OSError) -> FormatError:
    reason = (error.strerror or "it cannot be written").lower()
    return FormatError(f"it cannot be written ({reason}).", path.name)


class _Gif:
    def __init__(self, path: Path, palette: Sequence[str], frames_per_second: float) -> None:
        self._path, self._aside = path, _aside(path)
        try:
            self._file = self._aside.open("wb")
        except OSError as error:
            raise _unwritable(path, error) from None
        self._writer = GifWriter(self._file, palette, frames_per_second)

    def add(self, frame: Indices) -> None:
        try:
            self._writer.add(frame)
        except OSError as error:
            raise _unwritable(self._path, error) from None

    def close(self) -> None:
        try:
            self._writer.close()
            self._file.close()
            self._aside.replace(self._path)
        except OSError as error:
            raise _unwritable(self._path, error) from None

    def cancel(self) -> None:
        self._file.close()
        self._aside.unlink(missing_ok=True)


class _Mp4:
    def __init__(
        self,
        path: Path,
        palette: Sequence[str],
        frames_per_second: float,
        height: int,
        width: int,
    ) -> None:
        self._path, self._aside = path, _aside(path)
        self._colours = np.array([list(bytes.fromhex(each[1:])) for each in palette], np.uint8)
        self._writer = Mp4Writer(self._aside, height, width, frames_per_second)

    def add(self, frame: Indices) -> None:
        self._writer.add(self._colours.take(frame, axis=0))

    def close(self) -> None:
        self._writer.close()
        try:
            self._aside.replace(self._path)
        except OSError as error:
            raise _unwritable(self._path, error) from None

    def cancel(self) -> None:
        self._writer.cancel()
        self._aside.unlink(missing_ok=True)


class _Pngs:
    """Names the files ``film-0001.png`` and so on after the path that was chosen."""

    def __init__(self, path: Path, palette: Sequence[str], frames: int) -> None:
        self._path, self._palette = path, tuple(palette)
        self._digits = max(4, len(str(frames)))
        self._written: list[Path] = []

    def add(self, frame: Indices) -> None:
        number = f"{len(self._written) + 1:0{self._digits}d}"
        path = self._path.with_name(f"{self._path.stem}-{number}.png")
        write_bytes(path, png_of_states(frame, self._palette))
        self._written.append(path)

    def close(self) -> None:
        """Every file is whole already."""

    def cancel(self) -> None:
        for path in self._written:
            path.unlink(missing_ok=True)
