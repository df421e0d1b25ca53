"""Progress of a long computation as lines on standard error; a short one says nothing."""

import time

from app.cli.network_files import tell
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
            tell(f"{fraction:4.0%} {message}".rstrip())

    return Progress(listen)
