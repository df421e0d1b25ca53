"""Worlds of other rules than Life."""

from collections.abc import Callable

import numpy as np

from core.automata.patterns.entry import Pattern
from core.automata.patterns.langton_loop import loop_world
from core.automata.patterns.life import runs
from core.automata.patterns.tables import shipped_table
from core.automata.rules.elementary import Elementary
from core.automata.rules.generations import Generations
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.margolus import Margolus
from core.automata.topology import UNBOUNDED, Topology, torus
from core.automata.world import World

RING = 601


def elementary_world(number: int, width: int = RING) -> World:
    """Return a ring of cells with one alive in its middle."""
    cells = np.zeros(width, dtype=np.uint8)
    cells[width // 2] = 1
    return World(f"rule-{number}", Elementary(number), Topology("torus", width, 1), cells)


def margolus_world(name: str, height: int = 256, width: int = 256, seed: int = 0) -> World:
    """Return a torus with a random square in its middle, of even sides for the blocks."""
    height, width = height + height % 2, width + width % 2
    cells = np.zeros((height, width), dtype=np.uint8)
    square = cells[height // 4 : height - height // 4, width // 4 : width - width // 4]
    square[:] = np.random.default_rng(seed).integers(0, 2, square.shape, dtype=np.uint8)
    rule = Margolus.from_text(name)
    return World(rule.text.replace(":", "-")[:40], rule, torus(width, height), cells, seed=seed)


def _elementary(number: int) -> Callable[[], World]:
    return lambda: elementary_world(number)


def _brain() -> World:
    cells = np.array([[0, 1, 1, 0], [0, 2, 2, 0]], dtype=np.uint8)
    return World("brain", Generations("2", "", 3), UNBOUNDED, cells)


def _wire_clock() -> World:
    rule = shipped_table("WireWorld")
    assert rule is not None
    # a ring of wire with one electron, and a wire that takes its signals away
    rows = (
        ".BACCCC.......",
        "C......C......",
        "C.......CCCCCC",
        "C......C......",
        ".CCCCCC.......",
    )
    cells = np.array([[".ABC".index(cell) for cell in row] for row in rows], dtype=np.uint8)
    return World("clock", rule, UNBOUNDED, cells, palette=rule.palette)


def _bug() -> World:
    rule = LargerThanLife(5, 2, True, (34, 58), (34, 45))
    y, x = np.mgrid[-4:5, -4:5]
    # a disc with a notch in its rear runs away from the notch
    cells = ((x * x + y * y <= 20) & ~((abs(x) <= 1) & (y >= 1))).astype(np.uint8)
    return World("bug", rule, UNBOUNDED, cells)


OTHER_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "highlife-replicator",
        "HighLife's replicator",
        runs("2b3o$bo2bo$o3bo$o2bo$3o!", "B36/S23"),
        "Bell (1994)",
        "It makes a copy of itself along the diagonal every 12 steps.",
    ),
    Pattern(
        "brians-brain",
        "Brian's Brain",
        _brain,
        "Silverman (1984)",
        "Two firing cells followed by two refractory ones fly along a column for ever.",
    ),
    Pattern(
        "wireworld-clock",
        "WireWorld clock",
        _wire_clock,
        "the rule: Silverman (1987)",
        "An electron goes round and sends another along the wire each time it passes.",
    ),
    Pattern(
        "langtons-loop",
        "Langton's loop",
        loop_world,
        "Langton (1984)",
        "Signals run round in a sheath and build a copy of the whole: the first daughter is there "
        "after 151 steps.",
    ),
    Pattern(
        "bosco-bug",
        "A bug of Bosco's rule",
        _bug,
        "the rule: Evans (1996)",
        "A large, soft glider: it settles to some 60 cells and runs along a column.",
    ),
    Pattern(
        "critters",
        "Critters",
        lambda: margolus_world("critters"),
        "Toffoli and Margolus (1987)",
        "A reversible world: gliders leave the random square, collide, and nothing is ever lost.",
    ),
    Pattern(
        "rule-30",
        "Rule 30",
        _elementary(30),
        "Wolfram (1983)",
        "From one cell, a triangle whose middle column passes for random.",
    ),
    Pattern(
        "rule-90",
        "Rule 90",
        _elementary(90),
        "Wolfram (1983)",
        "Pascal's triangle modulo 2, a Sierpinski triangle of dimension log 3 / log 2.",
    ),
    Pattern(
        "rule-110",
        "Rule 110",
        _elementary(110),
        "Cook (2004)",
        "Gliders on a periodic ground that can compute whatever can be computed.",
    ),
    Pattern(
        "rule-184",
        "Rule 184",
        lambda: _traffic(),
        "Nagel and Schreckenberg (1992), as their deterministic limit",
        "Cars that move when there is room: jams run backwards, and no car is ever lost.",
    ),
)


def _traffic() -> World:
    cells = (np.random.default_rng(184).random(RING) < 0.5).astype(np.uint8)
    return World("rule-184", Elementary(184), Topology("torus", RING, 1), cells)
