"""Times worlds with chance beside numpy.

    python tests/benchmarks/stochastic_speed.py [--side 1024] [--rounds 5]

One thread. The peers draw with numpy's generator and step whole arrays. The best of the rounds is
shown, in cells per second. Run it from the project's folder.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.rules.asynchronous import Asynchronous  # noqa: E402
from core.automata.rules.cyclic import Cyclic  # noqa: E402
from core.automata.rules.ising import Ising  # noqa: E402
from core.automata.rules.life_like import LIFE  # noqa: E402
from core.automata.rules.margolus import NAMED, Margolus  # noqa: E402
from core.automata.rules.noisy import Noisy  # noqa: E402
from core.automata.rules.sir import Sir  # noqa: E402
from core.automata.stepper import make_stepper  # noqa: E402
from core.automata.topology import torus  # noqa: E402
from core.automata.world import World  # noqa: E402

RNG = np.random.default_rng(0)


def around(cells):
    """Return the sum of the four cells that share a side."""
    return sum(np.roll(cells, shift, axis) for axis in (0, 1) for shift in (1, -1))


def life(cells):
    """Return a step of Life."""
    rows = cells + np.roll(cells, 1, 0) + np.roll(cells, -1, 0)
    total = rows + np.roll(rows, 1, 1) + np.roll(rows, -1, 1)
    return ((total == 3) | ((total == 4) & (cells == 1))).astype(np.uint8)


def noisy(cells):
    """Return a step of Life with noise 0.01."""
    return life(cells) ^ (RNG.random(cells.shape, np.float32) < 0.01)


def asynchronous(cells):
    """Return an asynchronous step of Life."""
    return np.where(RNG.random(cells.shape, np.float32) < 0.3, life(cells), cells)


def ising(cells):
    """Return a step of the heat bath."""
    colour = np.add.outer(np.arange(cells.shape[0]), np.arange(cells.shape[1])) % 2
    spins = 2 * cells.astype(np.float32) - 1
    for part in (0, 1):
        up = 1 / (1 + np.exp(-2 * around(spins) / np.float32(2.269)))
        drawn = np.where(RNG.random(cells.shape, np.float32) < up, np.float32(1), np.float32(-1))
        spins = np.where(colour == part, drawn, spins)
    return (spins > 0).astype(np.uint8)


def sir(cells):
    """Return a step of an epidemic."""
    drawn = RNG.random(cells.shape, np.float32)
    caught = (cells == 0) & (drawn < 1 - 0.5 ** around((cells == 1).astype(np.float32)))
    moved = caught | ((cells == 1) & (drawn < 0.3)) | ((cells == 2) & (drawn < 0.1))
    return (cells + moved) % 3


def cyclic(cells):
    """Return a step of a cyclic automaton."""
    wanted, count = (cells + 1) % 3, np.zeros(cells.shape, np.uint8)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            count += np.roll(cells, (dy, dx), (0, 1)) == wanted
    return np.where(count >= 3, wanted, cells).astype(np.uint8)


def critters(cells):
    """Return a step of Critters on the blocks that begin at even places."""
    a, b, c, d = cells[::2, ::2], cells[::2, 1::2], cells[1::2, ::2], cells[1::2, 1::2]
    block = np.array(NAMED["critters"], np.uint8)[a | b << 1 | c << 2 | d << 3]
    out = np.empty_like(cells)
    out[::2, ::2], out[::2, 1::2] = block & 1, block >> 1 & 1
    out[1::2, ::2], out[1::2, 1::2] = block >> 2 & 1, block >> 3
    return out


CASES = (
    (Noisy(LIFE, 0.01), noisy),
    (Asynchronous(LIFE, 0.3), asynchronous),
    (Ising(), ising),
    (Sir(0.5, 0.3, 0.1), sir),
    (Cyclic(), cyclic),
    (Margolus(NAMED["critters"]), critters),
)


def best(work, rounds):
    """Return the least seconds of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def main():
    """Print a row for each rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(f"{'rule':34}{'cells/s':>12}{'numpy':>12}{'times':>8}")
    for rule, peer in CASES:
        cells = RNG.integers(0, rule.states, (given.side, given.side), dtype=np.uint8)
        stepper = make_stepper(World("chance", rule, torus(given.side, given.side), cells))
        stepper.step()
        ours = 10 * cells.size / best(lambda s=stepper: s.step(10), given.rounds)
        plain = cells.size / best(lambda p=peer, c=cells: p(c), 2)
        print(f"{rule.text[:33]:34}{ours:12.3g}{plain:12.3g}{ours / plain:8.1f}")


if __name__ == "__main__":
    main()
