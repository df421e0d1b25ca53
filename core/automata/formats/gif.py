"""Films as GIF files, one palette for all frames.

Source: Graphics Interchange Format, version 89a (CompuServe, 1990).
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LARGEST_SIDE = 65535


class GifWriter:
    """Collects frames of one size, uint8[height, width] of colours of the palette."""

    def __init__(self, palette: Sequence[str], frames_per_second: float = 25.0) -> None:
        self._palette = list(palette)
        self._hundredths = max(2, round(100 / frames_per_second))
        self._parts: list[bytes] = []
        self._size: tuple[int, int] | None = None
        self._followers = np.empty((4096, 256), dtype=np.int16)

    def add(self, frame: npt.NDArray[np.uint8]) -> None:
        """Add a frame; it is cut or filled with the first colour to the size of the first one."""
        from core.automata.kernels_gif import compress_lzw

        self._size = self._size or (frame.shape[0], frame.shape[1])
        height, width = self._size
        fitted = np.zeros(self._size, dtype=np.uint8)
        fitted[: frame.shape[0], : frame.shape[1]] = frame[:height, :width]
        out = np.empty(2 * fitted.size + 16, dtype=np.uint8)
        count = compress_lzw(fitted.reshape(-1), self._followers, out)
        data = out[:count].tobytes()
        self._parts.append(b"\x21\xf9\x04\x04" + struct.pack("<H", self._hundredths) + b"\0\0")
        self._parts.append(b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08")
        blocks = (data[start : start + 255] for start in range(0, count, 255))
        self._parts.append(b"".join(bytes([len(block)]) + block for block in blocks) + b"\0")

    def data(self) -> bytes:
        """Return the file, which plays for ever."""
        height, width = self._size or (1, 1)
        colours = [*self._palette, *["#000000"] * (256 - len(self._palette))]
        head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0)
        table = b"".join(bytes.fromhex(colour[1:]) for colour in colours)
        loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
        return head + table + loop + b"".join(self._parts) + b"\x3b"
