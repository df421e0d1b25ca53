"""Patterns that everybody knows, each with its source and what to look at."""

from core.automata.errors import AutomataError
from core.automata.patterns.creatures import CREATURES
from core.automata.patterns.entry import Pattern
from core.automata.patterns.life import LIFE_PATTERNS
from core.automata.patterns.others import OTHER_PATTERNS
from core.automata.world import World
from core.labels import quoted

__all__ = ["PATTERNS", "Pattern", "find_pattern", "pattern_world"]

PATTERNS: tuple[Pattern, ...] = (*LIFE_PATTERNS, *OTHER_PATTERNS, *CREATURES)


def find_pattern(name: str) -> Pattern | None:
    """Return the pattern of a name; capitals, spaces and underscores do not matter."""
    plain = name.strip().lower().replace("_", "-").replace(" ", "-")
    return next((each for each in PATTERNS if each.name == plain), None)


def pattern_world(name: str) -> World:
    """Return a world of the library.

    Raises
    ------
    AutomataError
        When there is none of that name.
    """
    found = find_pattern(name)
    if found is None:
        names = ", ".join(each.name for each in PATTERNS)
        raise AutomataError(f"There is no pattern {quoted(name)}; there are {names}.")
    return found.build()
