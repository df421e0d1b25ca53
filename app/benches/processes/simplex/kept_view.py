"""How the simplex is looked at, as the study keeps it; a file may hold anything, so all is checked.

The study keeps plain JSON: choices by name and numbers, none where nothing was chosen.
"""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from core.processes.projection import Window

Choices = Sequence[tuple[object, str]]


def place_of(view: Mapping[str, Any], key: str, choices: Choices, usual: int) -> int:
    """Return the place of the choice that was kept among `choices`, `usual` where it is none."""
    kept = view.get(key)
    places = [place for place, (choice, _) in enumerate(choices) if choice == kept]
    return places[0] if places and not isinstance(kept, bool) else usual


def whole_of(view: Mapping[str, Any], key: str, least: int, most: int, usual: int) -> int:
    """Return the whole number that was kept, `usual` where it is out of range."""
    kept = view.get(key)
    return kept if type(kept) is int and least <= kept <= most else usual


def angle_of(view: Mapping[str, Any], key: str, usual: float) -> float:
    """Return the angle that was kept, in radians."""
    return float(view[key]) if _is_number(view.get(key)) and abs(view[key]) < 1e3 else usual


def window_of(view: Mapping[str, Any]) -> Window | None:
    """Return the part of the plane that was in sight, None for everything."""
    kept = view.get("window")
    if not isinstance(kept, list) or len(kept) != 4 or not all(map(_is_number, kept)):
        return None
    left, bottom, right, top = map(float, kept)
    is_sound = left < right and bottom < top and max(map(abs, (left, bottom, right, top))) < 1e3
    return (left, bottom, right, top) if is_sound else None


def names_of(view: Mapping[str, Any], key: str, known: Sequence[str]) -> tuple[str, ...] | None:
    """Return the names that were kept and are still known, None where none were ever kept."""
    kept = view.get(key)
    return tuple(name for name in known if name in kept) if isinstance(kept, list) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
