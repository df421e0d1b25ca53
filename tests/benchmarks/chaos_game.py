"""Times the chaos game beside a plain numpy loop, and the levels of the tree of words.

    python tests/benchmarks/chaos_game.py [--points 40000000] [--rounds 5]

Mess3 (three states, three symbols) into a density of 1024 x 1024 pixels on one thread; the loop
takes the same steps one by one, as one would write them down, and counts into the same picture. The
best of the rounds is shown, in elapsed and in processor time. Run it from the project's folder.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.processes.belief_tree import TreeRoom, belief_tree  # noqa: E402
from core.processes.chaos_game import sample_beliefs  # noqa: E402
from core.processes.density import BeliefDensity  # noqa: E402
from core.processes.polynomial_operator import invariant_integrals  # noqa: E402
from core.processes.zoo import process  # noqa: E402

SIZE = 1024
LOOP_POINTS = 40_000
TREE_DEPTH = 14
LOOP_DEPTH = 8


def numpy_loop(model, density, points: int) -> None:
    """Play the game one belief at a time."""
    rng = np.random.default_rng(0)
    T, eta = model.T, np.full(model.n, 1.0 / model.n)
    for _ in range(points):
        p = (eta @ T).sum(axis=1)
        x = rng.choice(len(p), p=p / p.sum())
        eta = eta @ T[x] / p[x]
        column, row = (eta @ density.plane).astype(int)
        density.counts[row, column] += 1


def numpy_tree(model, depth: int) -> None:
    """Follow the words one by one."""
    level = [(1.0, np.full(model.n, 1.0 / model.n))]
    for _ in range(depth):
        children = []
        for weight, eta in level:
            for matrix in model.T:
                ahead = eta @ matrix
                p = ahead.sum()
                children.append((weight * p, ahead / p))
        level = children


def best(work: Callable[[], None], rounds: int) -> tuple[float, float]:
    """Return the least elapsed and processor seconds of some rounds."""
    elapsed, processor = [], []
    for _ in range(rounds):
        start = time.perf_counter(), time.process_time()
        work()
        elapsed.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return min(elapsed), min(processor)


def show(name: str, count: int, seconds: tuple[float, float]) -> None:
    """Print one row: what was made each second."""
    print(f"{name:42}{count / seconds[0]:14.4g}{count / seconds[1]:14.4g}")


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=40_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    model = process("mess3", x=0.15, a=0.6)
    print(f"{'':42}{'per second':>14}{'per cpu second':>14}")

    density = BeliefDensity(model, size=SIZE)
    density.add(1)
    game = best(lambda: density.add(options.points), options.rounds)
    loop = best(lambda: numpy_loop(model, density, LOOP_POINTS), 3)
    show("Chaos game, beliefs into the density", options.points, game)
    show("Plain numpy loop", LOOP_POINTS, loop)
    ratio = (options.points / game[1]) / (LOOP_POINTS / loop[1])
    print(f"{'Times the loop, in processor time':42}{'':14}{ratio:14.0f}")

    x, y = density.projection.positions(sample_beliefs(model, 8))[0]
    zoomed = BeliefDensity(model, size=SIZE, window=(x - 5e-7, y - 5e-7, x + 5e-7, y + 5e-7))
    zoomed.add(1)
    before = zoomed.inside
    seconds = best(lambda: zoomed.add(2_000_000), options.rounds)
    share = (zoomed.inside - before) / (zoomed.drawn - zoomed.game.chunk)
    show("Beliefs inside a window of 1e-6", round(share * 2_000_000), seconds)

    room = TreeRoom()
    nodes = sum(map(len, belief_tree(model, TREE_DEPTH, room=room)))
    tree = best(lambda: belief_tree(model, TREE_DEPTH, room=room), options.rounds)
    show(f"Nodes of the tree to depth {TREE_DEPTH}", nodes, tree)
    few = sum(3**length for length in range(LOOP_DEPTH + 1))
    loop = best(lambda: numpy_tree(model, LOOP_DEPTH), 1)
    show("Plain numpy loop over words", few, loop)
    print(f"{'Times the loop, in processor time':42}{'':14}{nodes / tree[1] * loop[1] / few:14.0f}")

    for x, a in ((0.15, 0.6), (0.05, 0.85)):
        each = process("mess3", x=x, a=a)
        invariant_integrals(each)
        seconds = best(lambda each=each: invariant_integrals(each), options.rounds)
        name = f"Operator values of mess3 x={x} a={a}"
        print(f"{name:42}" + "".join(f"{1000 * each:11.1f} ms" for each in seconds))


if __name__ == "__main__":
    main()
