"""Names and labels as users give them: what may be one, and how a sentence quotes one."""

import re

MAX_LABEL = 500
"""Characters in a name or label."""

LABEL_RULE = f"names and labels are one line, not blank, of at most {MAX_LABEL} characters"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def is_label(text: str) -> bool:
    """Return whether `text` can name something: it stands on one line, is not blank nor endless."""
    return bool(text.strip()) and len(text) <= MAX_LABEL and _CONTROL.search(text) is None


def is_colour(text: str) -> bool:
    """Return whether `text` is a colour as ``#rrggbb``."""
    return _COLOUR.match(text) is not None


def quoted(text: str, limit: int = 60) -> str:
    """Return `text` in quotes on one line, shortened where it is longer than `limit`."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
