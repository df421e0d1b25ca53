"""Times elementary automata on rows of bits beside numpy and a plain numba loop over bytes.

    python tests/benchmarks/elementary_speed.py [--rules 30,110,184] [--rounds 5]

One thread, rings. Beside each stands how many times the peer it is, and how fast rows are recorded
and unpacked for a space-time diagram. The best of the rounds is shown. Run it from the project's
folder.
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

from core.automata.elementary_board import ElementaryStepper  # noqa: E402

WIDTHS = (601, 1024, 2**16, 10**6)
CELLS = 2e9


@nb.njit
def plain_loop(cells, table, out):
    """One step, cell by cell, as one would write it down."""
    width = cells.size
    for x in range(width):
        out[x] = table[4 * cells[(x - 1) % width] + 2 * cells[x] + cells[(x + 1) % width]]


def best(work, rounds):
    """Return the least seconds of some rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main():
    """Print cells per second by rule and width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", default="30,110,184")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    head = f"{'rule':>5}{'width':>9}{'cells/s':>12}{'times loop':>12}{'times numpy':>12}"
    print(f"{head}{'recorded/s':>12}")
    for number in (int(rule) for rule in given.rules.split(",")):
        table = np.array([number >> case & 1 for case in range(8)], dtype=np.uint8)
        for width in WIDTHS:
            row = np.random.default_rng(1).integers(0, 2, width).astype(np.uint8)
            out = np.empty_like(row)
            stepper = ElementaryStepper(row, number)
            stepper.step(1000)
            steps = int(CELLS / width)
            speed = steps * width / best(lambda: stepper.step(steps), given.rounds)  # noqa: B023
            rows = int(1e8 / width)
            kept = rows * width / best(lambda: stepper.record(rows), given.rounds)  # noqa: B023
            plain_loop(row, table, out)
            loop = width / best(lambda: plain_loop(row, table, out), given.rounds)  # noqa: B023
            by_numpy = width / best(
                lambda: table[4 * np.roll(row, 1) + 2 * row + np.roll(row, -1)],  # noqa: B023
                given.rounds,
            )
            times = f"{speed / loop:12.0f}{speed / by_numpy:12.0f}{kept:12.3g}"
            print(f"{number:5}{width:9}{speed:12.3g}{times}")


if __name__ == "__main__":
    main()
