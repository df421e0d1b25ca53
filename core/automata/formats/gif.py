"""Films as GIF files, one palette for all frames.

Source: Graphics Interchange Format, version 89a (CompuServe, 1990).
"""

import struct
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

LARGEST_SIDE = 65535

SHORTEST = 2
"""Hundredths of a second; what is told to last less, players show ten times as long."""


class GifWriter:
    """Writes frames of one size, uint8[height, width] of colours of the palette, as they come.

    A GIF counts time in hundredths of a second: frames last a hundredth more or less by turns, so
    that the whole film takes its time, and of more than 50 frames a second some are left out.
    """

    def __init__(
        self, file: BinaryIO, palette: Sequence[str], frames_per_second: float = 25.0
    ) -> None:
        self._file = file
        self._palette = [*palette, *["#000000"] * (256 - len(palette))]
        self._frames_per_second = frames_per_second
        self._size: tuple[int, int] | None = None
        self._followers = np.empty((4096, 256), dtype=np.int16)
        self._taken = 0
        self._shown = 0
        """Hundredths of a second that the frames written so far last together."""

    def add(self, frame: npt.NDArray[np.uint8]) -> None:
        """Add a frame; it is cut or filled with the first colour to the size of the first one."""
        if self._size is None:
            self._size = (frame.shape[0], frame.shape[1])
            self._file.write(self._head(*self._size))
        self._taken += 1
        lasts = round(100 * self._taken / self._frames_per_second) - self._shown
        if lasts < SHORTEST:
            return
        # a delay has 16 bits: nothing stands still for more than ten minutes
        self._file.write(self._block(frame, min(lasts, 2**16 - 1)))
        self._shown += lasts

    def close(self) -> None:
        """Write the end of the film."""
        if self._size is None:
            self._file.write(self._head(1, 1))
        self._file.write(b"\x3b")

    def _head(self, height: int, width: int) -> bytes:
        head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0)
        table = b"".join(bytes.fromhex(colour[1:]) for colour in self._palette)
        plays_for_ever = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
        return head + table + plays_for_ever

    def _block(self, frame: npt.NDArray[np.uint8], lasts: int) -> bytes:
        from core.automata.kernels_gif import compress_lzw

        assert self._size is not None
        height, width = self._size
        fitted = np.zeros(self._size, dtype=np.uint8)
        fitted[: frame.shape[0], : frame.shape[1]] = frame[:height, :width]
        out = np.empty(2 * fitted.size + 16, dtype=np.uint8)
        count = compress_lzw(fitted.reshape(-1), self._followers, out)
        data = out[:count].tobytes()
        control = b"\x21\xf9\x04\x04" + struct.pack("<H", lasts) + b"\0\0"
        image = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08"
        blocks = (data[start : start + 255] for start in range(0, count, 255))
        return control + image + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0"
