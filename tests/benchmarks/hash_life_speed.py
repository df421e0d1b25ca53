"""Times HashLife beside the usual one in Python, with memoised squares.

    python tests/benchmarks/hash_life_speed.py [PATTERN ...] [--generations 565248] [--rounds 3]

One thread, from nothing remembered. The peer runs the gun only. Files with patterns (.rle, .mc,
.mc.gz, .lif) may be given; each is run for the generations, 16 of an OTCA metapixel's by default.
The best of the rounds is shown. Run it from the project's folder.
"""

import argparse
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.hash_life import HashLifeStepper  # noqa: E402
from core.automata.rules.life_like import LIFE  # noqa: E402
from tests.core.automata.life_patterns import pattern  # noqa: E402


class Square:
    """A square of cells: its four parts, or none for a cell, and how many cells live."""

    __slots__ = ("level", "parts", "population")

    def __init__(self, level, parts, population):
        self.level, self.parts, self.population = level, parts, population


CELLS = (Square(0, (), 0), Square(0, (), 1))


@cache
def join(nw, ne, sw, se):
    """Return the one square with these parts."""
    parts = (nw, ne, sw, se)
    return Square(nw.level + 1, parts, sum(part.population for part in parts))


def middle_cells(square):
    """Return the middle two by two cells of four by four one generation on."""
    grid = [[0] * 4 for _ in range(4)]
    for i, four in enumerate(square.parts):
        for j, cell in enumerate(four.parts):
            grid[i // 2 * 2 + j // 2][i % 2 * 2 + j % 2] = cell.population
    found = []
    for y in (1, 2):
        for x in (1, 2):
            total = sum(sum(row[x - 1 : x + 2]) for row in grid[y - 1 : y + 2])
            found.append(CELLS[total == 3 or (total == 4 and grid[y][x])])
    return join(*found)


@cache
def future(square):
    """Return the middle of a square 2^(level - 2) generations on."""
    if square.level == 2:
        return middle_cells(square)
    nw, ne, sw, se = (part.parts for part in square.parts)
    north, south = join(nw[1], ne[0], nw[3], ne[2]), join(sw[1], se[0], sw[3], se[2])
    west, east = join(nw[2], nw[3], sw[0], sw[1]), join(ne[2], ne[3], se[0], se[1])
    inner = join(nw[3], ne[2], sw[1], se[0])
    corners = square.parts
    around = (corners[0], north, corners[1], west, inner, east, corners[2], south, corners[3])
    a, b, c, d, e, f, g, h, i = (future(part) for part in around)
    return join(
        future(join(a, b, d, e)),
        future(join(b, c, e, f)),
        future(join(d, e, g, h)),
        future(join(e, f, h, i)),
    )


def peer_square(cells, level):
    """Return a pattern in the middle of a square of that level."""
    side = 64
    grid = np.zeros((side, side), dtype=np.uint8)
    height, width = cells.shape
    grid[(side - height) // 2 :, (side - width) // 2 :][:height, :width] = cells

    def build(y, x, size):
        if size == 1:
            return CELLS[grid[y, x]]
        half = size // 2
        corners = ((y, x), (y, x + half), (y + half, x), (y + half, x + half))
        return join(*(build(*corner, half) for corner in corners))

    square, empty = build(0, 0, side), CELLS[0]
    for _ in range(6 - 1):
        empty = join(empty, empty, empty, empty)
    while square.level < level:
        nw, ne, sw, se = square.parts
        o = empty
        square = join(join(o, o, o, nw), join(o, o, ne, o), join(o, sw, o, o), join(se, o, o, o))
        empty = join(o, o, o, o)
    return square


def peer(cells, power):
    """Return the population 2^power generations on."""
    join.cache_clear()
    future.cache_clear()
    return future(peer_square(cells, power + 2)).population


def timed(work, rounds):
    """Return what some rounds gave and the least seconds."""
    seconds, given = [], None
    for _ in range(rounds):
        start = time.perf_counter()
        given = work()
        seconds.append(time.perf_counter() - start)
    return given, min(seconds)


def run(cells, table, generations):
    """Return the population some generations on."""
    stepper = HashLifeStepper(cells, table)
    stepper.step(generations)
    return stepper.population()


def row(name, generations, population, seconds, note=""):
    """Print a line of the table."""
    print(f"{name:28}{generations:>14}{population:>16}{seconds * 1000:12.1f}{note}")


def main():
    """Print milliseconds and population of each pattern."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--generations", type=int, default=16 * 35328)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    gun = pattern("gosper gun")
    run(gun, LIFE.table, 9)
    print(f"{'pattern':28}{'generations':>14}{'population':>16}{'ms':>12}")
    for power in (10, 20, 30):
        population, seconds = timed(lambda: run(gun, LIFE.table, 2**power), given.rounds)  # noqa: B023
        row("gosper gun", 2**power, population, seconds)
        theirs, slow = timed(lambda: peer(gun, power), 1)  # noqa: B023
        row("  in Python", 2**power, theirs, slow, f"   {slow / seconds:.0f} times ours")
    soup = (np.random.default_rng(1).random((256, 256)) < 0.4).astype(np.uint8)
    row("soup 256 x 256", 4000, *timed(lambda: run(soup, LIFE.table, 4000), given.rounds))
    for path in given.patterns:
        from core.automata.formats.pattern_file import read_world

        world = read_world(Path(path))
        work = lambda: run(world.cells, world.rule.table, given.generations)  # noqa: B023, E731
        row(Path(path).name, given.generations, *timed(work, given.rounds))


if __name__ == "__main__":
    main()
