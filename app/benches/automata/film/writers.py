"""Where the frames of a film go: one GIF, one MP4, or a folder of numbered PNG files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from app.benches.automata.film.pictures import Indices
from app.benches.automata.film.wish import FilmWish
from core.automata.formats.binary_files import write_bytes
from core.automata.formats.gif import GifWriter
from core.automata.formats.mp4 import Mp4Writer
from core.automata.formats.png import png_of_states


class FilmWriter(Protocol):
    """Takes frames of one size in their order."""

    def add(self, frame: Indices) -> None:
        """Take the next frame."""

    def close(self) -> None:
        """Finish the film."""

    def cancel(self) -> None:
        """Leave no film behind."""


def writer_for(
    path: Path, wish: FilmWish, palette: Sequence[str], height: int, width: int
) -> FilmWriter:
    """Return the writer for the ending that was wished for."""
    if wish.ending == ".gif":
        return _Gif(path, wish, palette)
    if wish.ending == ".mp4":
        return _Mp4(path, wish, palette, height, width)
    return _Pngs(path, wish, palette)


class _Gif:
    def __init__(self, path: Path, wish: FilmWish, palette: Sequence[str]) -> None:
        self._path = path
        self._writer = GifWriter(palette, wish.frames_per_second)

    def add(self, frame: Indices) -> None:
        self._writer.add(frame)

    def close(self) -> None:
        write_bytes(self._path, self._writer.data())

    def cancel(self) -> None:
        """Nothing was written yet."""


class _Mp4:
    """Writes beside the path first, so that a film that fails leaves an older one alone."""

    def __init__(
        self, path: Path, wish: FilmWish, palette: Sequence[str], height: int, width: int
    ) -> None:
        self._path, self._aside = path, path.with_name(f".{path.stem}.part.mp4")
        self._colours = np.array([list(bytes.fromhex(each[1:])) for each in palette], np.uint8)
        self._writer = Mp4Writer(self._aside, height, width, wish.frames_per_second)

    def add(self, frame: Indices) -> None:
        self._writer.add(self._colours[frame])

    def close(self) -> None:
        self._writer.close()
        self._aside.replace(self._path)

    def cancel(self) -> None:
        self._writer.cancel()
        self._aside.unlink(missing_ok=True)


class _Pngs:
    """Names the files ``film-00001.png`` and so on after the path that was chosen."""

    def __init__(self, path: Path, wish: FilmWish, palette: Sequence[str]) -> None:
        self._path, self._palette = path, tuple(palette)
        self._digits = max(4, len(str(wish.frames)))
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
