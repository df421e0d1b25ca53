"""Progress of a long computation as lines on standard error; a short one says nothing."""

import sys
import time

from core.progress import Progress

SILENT_SECONDS = 1.0


def told_progress() -> Progress:
    """Return a token that tells how far the work is, once a second from the first second on."""
    last = time.monotonic()

    def listen(fraction: float, message: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SILENT_SECONDS:
            last = now
            sys.stderr.write(f"{fraction:4.0%} {message}".rstrip() + "\n")

    return Progress(listen)
