"""Times life-like worlds on boards of bits beside numpy and a plain numba loop over bytes.

    python tests/benchmarks/life_speed.py [--sizes 512,1024,2048,4096] [--rounds 5]

One thread. Dense soups are held dense by a few generations only, so no tile comes to rest; the last
table is a soup that settles, where tiles at rest are skipped. Beside each stands how many times the
peer it is. The best of the rounds is shown. Run it from the project's folder.
"""

import argparse
import sys
import time
from pathlib import Path

import numba as nb  # noqa: TID253
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.bit_board import BitBoardStepper  # noqa: E402
from core.automata.bit_tiles import BitTilesStepper  # noqa: E402
from core.automata.rules.life_like import LIFE, LifeLike  # noqa: E402

RULES = (
    LIFE,
    LifeLike("3678", "34678"),
    LifeLike("1357", "1357"),
    LifeLike("0123478", "01234678"),
    LifeLike("2", "34", "H"),
    LifeLike("13", "23", "V"),
    LifeLike("2ce3", "23-a"),
    LifeLike("2-ak3cejqr4city5-aeq6cn", "1c2aek3-ijkn4ainqz5cky6-ek7e"),
)
DENSE_CELLS = 4e8


@nb.njit
def plain_loop(cells, table, out):
    """One step, cell by cell, as one would write it down."""
    height, width = cells.shape
    for y in range(height):
        for x in range(width):
            index = 0
            for down in range(-1, 2):
                for right in range(-1, 2):
                    index = 2 * index + cells[(y + down) % height, (x + right) % width]
            out[y, x] = table[index]


def numpy_step(cells, table):
    """One step by shifted copies."""
    index = np.zeros(cells.shape, dtype=np.uint16)
    for place in range(9):
        down, right = divmod(place, 3)
        index |= np.roll(cells, (1 - down, 1 - right), (0, 1)).astype(np.uint16) << (8 - place)
    return table[index]


def best(work, rounds):
    """Return the least seconds of some rounds; `work` is made anew each time."""
    seconds = []
    for _ in range(rounds):
        run = work()
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def soup(size, density=0.5):
    """Return a random board."""
    return (np.random.default_rng(1).random((size, size)) < density).astype(np.uint8)


def dense(rule, size, rounds):
    """Return cells per second of the board of bits on a dense soup."""
    steps = max(2, int(DENSE_CELLS / size**2) // 8 * 2)

    def work():
        stepper = BitBoardStepper(soup(size), rule.table)
        stepper.step(1)
        return lambda: stepper._advance(steps)

    return steps * size**2 / best(work, rounds)


def main():
    """Print cells per second by rule and size, and generations per second of a settling soup."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="512,1024,2048,4096")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    BitBoardStepper(soup(64), LIFE.table).step(2)
    small, out = soup(512), np.empty((512, 512), np.uint8)
    plain_loop(small, LIFE.table, out)
    loop = small.size / best(lambda: lambda: plain_loop(small, LIFE.table, out), given.rounds)
    plain = small.size / best(lambda: lambda: numpy_step(small, LIFE.table), given.rounds)
    print(f"peers on 512 x 512: numba loop {loop:.3g} cells/s, numpy {plain:.3g} cells/s")
    print(f"{'rule':22}{'size':>6}{'cells/s':>12}{'times loop':>12}{'times numpy':>12}")
    for rule in RULES:
        for size in sizes:
            speed = dense(rule, size, given.rounds)
            times = f"{speed / loop:12.0f}{speed / plain:12.0f}"
            print(f"{rule.text[:21]:22}{size:6}{speed:12.3g}{times}")
    for size in sizes[:2] if len(sizes) > 1 else sizes:
        for name, engine in (("torus", BitBoardStepper), ("plane without end", BitTilesStepper)):

            def settle(size=size, engine=engine):
                stepper = engine(soup(size), LIFE.table)
                stepper.step(100)
                return lambda: stepper.step(8000)

            settle()()  # compiles what growing needs
            speed = 8000 / best(settle, max(1, given.rounds // 2))
            print(f"settling soup {size:5}, generations 100 to 8100, {name:18}{speed:10.0f} /s")


if __name__ == "__main__":
    main()
