"""What a reader changed on the way in, such as a noisy-MAX made a table, told to whoever listens.

Readers return values alone; what has to be said beside them goes through here, so that the window
and the command line can each tell it in their own way. Without a listener nothing is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listening: ContextVar[list[str] | None] = ContextVar("notices", default=None)


@contextmanager
def collected_notices() -> Iterator[list[str]]:
    """Collect the sentences of all readers called inside, in this thread."""
    notices: list[str] = []
    token = _listening.set(notices)
    try:
        yield notices
    finally:
        _listening.reset(token)


def notice(sentence: str) -> None:
    """Tell whoever listens one sentence about the file that is being read."""
    notices = _listening.get()
    if notices is not None and sentence not in notices:
        notices.append(sentence)


def listed(names: list[str], most: int = 5) -> str:
    """Return names for a sentence, the first few of many."""
    shown = ", ".join(names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")
