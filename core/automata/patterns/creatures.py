"""Creatures of Lenia that the search of this program found, named by what they do.

Each is known by the goal and the seed of its search and the number of the trial that found it.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from core.automata.formats.animals import field_of_runs
from core.automata.patterns.entry import Pattern
from core.automata.rules.lenia_text import lenia_rule_of
from core.automata.search.candidate import Candidate, candidate_world
from core.automata.world import World
from resources import text

FILE = "automata/creatures.json"
SIDE = 128


def creature_world(name: str) -> World:
    """Return a torus of `SIDE` cells a side with a creature in its middle."""
    record = _records()[name]
    patch = field_of_runs(record["cells"], name)
    return candidate_world(Candidate(lenia_rule_of(record["rule"]), patch), SIDE, name)


@cache
def _records() -> dict[str, Any]:
    return {each["code"]: each for each in json.loads(text(FILE))}


def _creature(name: str, goal: str, trial: int, look_at: str) -> Pattern:
    title = name.replace("-", " ").capitalize()
    return Pattern(
        name,
        title,
        _maker(name),
        f"search of this program for the goal {goal}, seed 1, trial {trial:,}",
        look_at,
    )


def _maker(name: str) -> Callable[[], World]:
    return lambda: creature_world(name)


CREATURES: tuple[Pattern, ...] = (
    _creature(
        "swift-glider",
        "moving",
        3204,
        "A small body of Lenia that flies straight on, its own radius in about 17 steps.",
    ),
    _creature(
        "steady-glider",
        "moving",
        3223,
        "Under a kernel of three rings a heavier body glides straight on; its mass hardly changes.",
    ),
    _creature(
        "sturdy-glider",
        "moving",
        4961,
        "It glides slowly and straight; put obstacles and bullets in its way and it goes on.",
    ),
    _creature(
        "pulsing-glider",
        "moving",
        2683,
        "It gets on by leaps and bounds: its mass swells and shrinks by a sixth as it goes.",
    ),
    _creature(
        "creeper",
        "mass",
        8580,
        "It creeps straight on, five times slower than the swift glider.",
    ),
    _creature(
        "circler",
        "mass",
        6391,
        "It flies in small circles and comes back to where it was.",
    ),
    _creature(
        "breather",
        "mass",
        6657,
        "It stays where it is and breathes: its mass swells and shrinks by a quarter.",
    ),
    _creature(
        "sitter",
        "mass",
        1658,
        "A small body that stays exactly as it is; disturb it, and it returns to its shape.",
    ),
)
