"""Times the measures of a living world beside a step of it, at 512 by 512 cells.

    python tests/benchmarks/world_measures.py [--side 512] [--rounds 5]

For each world: a step, a sample of the default set, a sample of everything, and what share of the
time sampling takes once its interval has settled by itself. The best of the rounds is shown; the
share is that of a run, after its first quarter. Run it from the project's folder.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.measures.board import setting_of  # noqa: E402
from core.automata.measures.registry import measures_for  # noqa: E402
from core.automata.measures.tracker import COST_SHARE, Tracker  # noqa: E402
from core.automata.rules.lenia import lenia  # noqa: E402
from core.automata.rules.life_like import LIFE  # noqa: E402
from core.automata.stepper import make_stepper  # noqa: E402
from core.automata.topology import torus  # noqa: E402
from core.automata.world import World  # noqa: E402
from tests.core.automata.lenia_worlds import GLIDING, glider  # noqa: E402


def worlds(side):
    """Return two worlds that are full of life, and one of a single glider."""
    random = np.random.default_rng(1)
    field = random.random((1, side, side)) * (random.random((1, side, side)) < 0.6)
    states = (random.random((side, side)) < 0.35).astype(np.uint8)
    return {
        "Lenia R=13": World("lenia", lenia(13, 10, 0.15, 0.017), torus(side, side), field),
        "Lenia glider": World("glider", GLIDING, torus(side, side), glider(side, side)[None]),
        "Life soup": World("life", LIFE, torus(side, side), states),
    }


def best(work, rounds):
    """Return the least seconds of some rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def settled_share(world, generations):
    """Return which share of the time looking takes in a run, and every how many steps."""
    stepper = make_stepper(world)
    tracker = Tracker(world, cost_share=COST_SHARE)
    tracker._credit = 0.0  # the free looks at the beginning would hide the rest
    tracker.look(stepper)
    looking = stepping = 0.0
    while stepper.generation < generations:
        begun = time.perf_counter()
        steps = tracker.next_look(stepper.generation) - stepper.generation
        stepper.step(steps)
        ended = time.perf_counter()
        tracker.stepped(steps, ended - begun)
        tracker.look(stepper)
        if stepper.generation > generations / 4:
            stepping += ended - begun
            looking += time.perf_counter() - ended
    return looking / (looking + stepping), tracker.interval


def main():
    """Print a line for each world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for name, world in worlds(given.side).items():
        stepper = make_stepper(world)
        stepper.step(4)
        step = best(lambda stepper=stepper: stepper.step(20), given.rounds) / 20
        found = []
        everything = [each.name for each in measures_for(setting_of(world))]
        for names in (None, everything):
            tracker = Tracker(world, names)
            tracker.sample(stepper)
            found.append(
                best(lambda t=tracker, s=stepper: (t.sample(s), s.step()), 4 * given.rounds)
                - best(stepper.step, 4 * given.rounds)
            )
        share, interval = settled_share(world, 3000 if world.is_field else 8000)
        print(
            f"{name:12s} step {step * 1e6:8.1f} us   default set {found[0] * 1e6:8.1f} us "
            f"({100 * found[0] / step:5.1f} % every step)   everything {found[1] * 1e3:7.2f} ms   "
            f"live: every {interval} steps, {100 * share:.1f} %"
        )


if __name__ == "__main__":
    main()
