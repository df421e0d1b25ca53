"""A line on the terminal when machine code has to be made first, so that nothing seems to hang."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.cli.network_files import tell

NOTE = "Compiling what this needs; the first time takes some seconds."


@contextmanager
def compiling_told() -> Iterator[None]:
    """Say once that numba compiles, as soon as it begins to, where somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from numba.core import event

    class Note(event.Listener):
        is_told = False

        def on_start(self, event: Any) -> None:
            if not self.is_told:
                self.is_told = True
                tell(NOTE)

        def on_end(self, event: Any) -> None:
            """Say nothing: the answer comes next."""

    note = Note()
    event.register("numba:compile", note)
    try:
        yield
    finally:
        event.unregister("numba:compile", note)
