"""Data shipped with Macroscope, read by name through this one door.

Nothing here computes: example studies, palettes, icons and guide pages live in folders beside this
file and are asked for by their path below it, such as ``"guide/index.md"``.
"""

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


def _entry(name: str) -> Traversable:
    entry = files("resources")
    for part in name.split("/"):
        entry = entry / part
    return entry


def text(name: str) -> str:
    """Return the UTF-8 text of the resource called `name`, for instance ``"guide/index.md"``."""
    return _entry(name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """Return the bytes of the resource called `name`."""
    return _entry(name).read_bytes()


def names(folder: str, suffix: str = "") -> list[str]:
    """Return the sorted file names in `folder` that end in `suffix`."""
    return sorted(
        entry.name
        for entry in _entry(folder).iterdir()
        if entry.is_file() and entry.name.endswith(suffix)
    )


@cache
def palette(name: str) -> dict[str, str]:
    """Return the colours of the palette `name` ("light", "dark" or "print") as ``#rrggbb`` by role.

    Every palette has the same roles, so a view asks for ``palette("dark")["arc"]`` and never
    writes a colour of its own.
    """
    colours: dict[str, str] = json.loads(text(f"palettes/{name}.json"))
    return colours
