"""Films as MP4 files, by the ffmpeg that the extra `video` brings or that is on the path."""

import shutil
import subprocess
import tempfile
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError

NEEDED = (
    'An MP4 needs ffmpeg; install the extra "video" with pip install "macroscope-explorer[video]", '
    "or write a .gif."
)
QUALITY = 16
"""The constant rate factor of x264; cells keep sharp edges."""


def can_write_mp4() -> bool:
    """Whether there is an ffmpeg."""
    return find_spec("imageio_ffmpeg") is not None or shutil.which("ffmpeg") is not None


class Mp4Writer:
    """Gives frames, uint8[height, width, 3] of one size, to ffmpeg one after the other.

    Raises
    ------
    AutomataError
        When there is no ffmpeg, or it cannot write.
    """

    def __init__(
        self, path: Path, height: int, width: int, frames_per_second: float = 25.0
    ) -> None:
        # the colours of a pixel are shared by four, so that sides have to be even
        self._sides = (height + height % 2, width + width % 2)
        self._path = path
        program = _ffmpeg()
        size = f"{self._sides[1]}x{self._sides[0]}"
        before = ["-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size]
        after = ["-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", str(QUALITY)]
        command = [
            program,
            *before,
            *("-r", f"{frames_per_second:g}", "-i", "-"),
            *after,
            *("-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", str(path)),
        ]
        self._told = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._told
            )
        except OSError as error:
            self._told.close()
            raise AutomataError(f"ffmpeg could not be started: {error}.") from error

    def add(self, frame: npt.NDArray[np.uint8]) -> None:
        """Add a frame; the last row or column of odd sides is repeated."""
        fitted = np.pad(
            frame,
            ((0, self._sides[0] - frame.shape[0]), (0, self._sides[1] - frame.shape[1]), (0, 0)),
            mode="edge",
        )
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(fitted.tobytes())
        except OSError:
            self._fail()

    def close(self) -> None:
        """End the film."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError:
            self._fail()
        if self._process.wait() != 0:
            self._fail()
        self._told.close()

    def cancel(self) -> None:
        """End ffmpeg without a film."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):  # what was still to be written goes nowhere
                self._process.stdin.close()
        self._told.close()

    def _fail(self) -> None:
        self._process.kill()
        self._process.wait()
        self._told.seek(0)
        last = self._told.read().decode("utf-8", "replace").strip().splitlines()[-1:]
        self._told.close()
        why = last[0] if last else "ffmpeg gave no reason"
        raise AutomataError(f"{self._path.name} could not be written: {why[:200]}.")


def _ffmpeg() -> str:
    if find_spec("imageio_ffmpeg") is not None:
        try:
            return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
        except RuntimeError as error:
            raise AutomataError(NEEDED) from error
    found = shutil.which("ffmpeg")
    if found is None:
        raise AutomataError(NEEDED)
    return found
