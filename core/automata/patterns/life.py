"""Patterns of Conway's Life. All are facts that the literature repeats."""

from collections.abc import Callable

from core.automata.formats.rle import world_of_rle
from core.automata.patterns.entry import Pattern
from core.automata.world import World


def runs(body: str, rule: str = "B3/S23") -> Callable[[], World]:
    """Return what makes the world of a body of runs."""
    return lambda: world_of_rle(f"x = 0, y = 0, rule = {rule}\n{body}\n", "pattern")


LIFE_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "glider",
        "Glider",
        runs("bob$2bo$3o!"),
        "Guy (1969)",
        "It returns to its shape every 4 steps, one cell further to the right and down.",
    ),
    Pattern(
        "lwss",
        "Lightweight spaceship",
        runs("bo2bo$o$o3bo$4o!"),
        "Conway (1970)",
        "It moves two cells along a row every 4 steps, twice as fast as a glider along its axis.",
    ),
    Pattern(
        "mwss",
        "Middleweight spaceship",
        runs("3bo$bo3bo$o$o4bo$5o!"),
        "Conway (1970)",
        "Like the lightweight one, with 11 cells in its smallest phase.",
    ),
    Pattern(
        "hwss",
        "Heavyweight spaceship",
        runs("3b2o$bo4bo$o$o5bo$6o!"),
        "Conway (1970)",
        "The longest of the three that fly alone; a longer one leaves sparks that destroy it.",
    ),
    Pattern(
        "blinker", "Blinker", runs("3o!"), "Conway (1970)", "Three cells that turn every step."
    ),
    Pattern(
        "pulsar",
        "Pulsar",
        runs(
            "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$"
            "o4bobo4bo2$2b3o3b3o!"
        ),
        "Conway (1970)",
        "Period 3, with 48, 56 and 72 cells.",
    ),
    Pattern(
        "pentadecathlon",
        "Pentadecathlon",
        runs("2bo4bo$2ob4ob2o$2bo4bo!"),
        "Conway (1970)",
        "Period 15, from a row of ten cells.",
    ),
    Pattern(
        "gosper-gun",
        "Gosper glider gun",
        runs(
            "24bo$22bobo$12b2o6b2o12b2o$11bo3bo4b2o12b2o$2o8bo5bo3b2o$2o8bo3bob2o4bobo$10bo5bo7bo$"
            "11bo3bo$12b2o!"
        ),
        "Gosper (1970)",
        "It sends out a glider every 30 steps: the first proof that a pattern can grow for ever.",
    ),
    Pattern(
        "r-pentomino",
        "R-pentomino",
        runs("b2o$2o$bo!"),
        "Conway (1969)",
        "Five cells that settle only at step 1103, with 116 cells and 6 gliders on their way.",
    ),
    Pattern(
        "acorn",
        "Acorn",
        runs("bo$3bo$2o2b3o!"),
        "Corderman (1971)",
        "Seven cells that take 5206 steps and end with 633.",
    ),
    Pattern(
        "diehard",
        "Diehard",
        runs("6bo$2o$bo3b3o!"),
        "Corderman",
        "Seven cells that vanish entirely, but only at step 130.",
    ),
    Pattern(
        "switch-engine",
        "Block-laying switch engine",
        runs("6bo$4bob2o$4bobo$4bo$2bo$obo!"),
        "Corderman (1971)",
        "Ten cells that grow for ever along a diagonal and leave blocks behind, 8 every 288 steps.",
    ),
    Pattern(
        "eater",
        "Eater",
        runs("2o$bo$bobo$2b2o!"),
        "Conway and others (1971)",
        "A still life that swallows gliders and repairs itself; paste one before it.",
    ),
)
