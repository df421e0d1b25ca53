"""Range, threshold, states and neighbourhood as MCell writes them: ``R1/T3/C3/NM``."""

import re

from core.automata.errors import UnreadableRule
from core.automata.rules.settings_text import require_between
from core.labels import quoted

_TEXT = re.compile(r"R(\d{1,3})/T(\d{1,6})/C(\d{1,3})/N([MN])(/GH)?", re.IGNORECASE)


def require_excitable(reach: int, threshold: int, states: int, neighbourhood: str) -> None:
    """Raise `UnreadableRule` where a range, threshold or number of states makes no sense."""
    require_between("a cyclic rule", "R", reach, 1, 100)
    require_between("a cyclic rule", "T", threshold, 1, 201 * 201)
    require_between("a cyclic rule", "C", states, 2, 256)
    if neighbourhood not in ("M", "N"):
        raise UnreadableRule(f"The neighbourhood is M or N, not {quoted(neighbourhood)}.")


def excitable_text(reach: int, threshold: int, states: int, neighbourhood: str) -> str:
    """Return ``R1/T3/C3/NM``."""
    return f"R{reach}/T{threshold}/C{states}/N{neighbourhood}"


def read_excitable(text: str, name: str, *, is_excitable_medium: bool) -> tuple[int, int, int, str]:
    """Return range, threshold, states and neighbourhood from such a text, name first or not."""
    head, colon, body = text.strip().partition(":")
    if colon and head.strip().lower() != name:
        raise UnreadableRule(f"{quoted(text)} is no rule of the kind {name}.")
    found = _TEXT.fullmatch((body if colon else head).strip())
    if found is None or (not colon and bool(found[5]) != is_excitable_medium):
        raise UnreadableRule(f"{quoted(text)} is not like {name}:R1/T3/C3/NM.")
    return int(found[1]), int(found[2]), int(found[3]), found[4].upper()
