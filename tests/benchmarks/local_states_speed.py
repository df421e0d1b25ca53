"""Times local causal states of a million cells, and the longest time without a look at a cancel.

    python tests/benchmarks/local_states_speed.py [--side 1000]

The bar is 2 seconds for a million cells and depths of 2 and 3, and 100 ms to a cancel. Importing
scipy is no part of either.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

import numpy as np  # noqa: E402

from core.automata.rules.elementary import Elementary  # noqa: E402
from core.automata.space_time_block import space_time_block  # noqa: E402
from core.automata.topology import torus  # noqa: E402
from core.automata.world import World  # noqa: E402
from core.boundaries.light_cones import LightCones  # noqa: E402
from core.boundaries.local_causal_states import local_causal_states  # noqa: E402
from core.progress import Progress  # noqa: E402

CASES = ((90, 2, 1), (110, 2, 1), (54, 2, 2), (110, 3, 2), (30, 3, 3))


class Watch(Progress):
    """Remembers the longest time between two looks."""

    def __init__(self) -> None:
        super().__init__()
        self.last = time.perf_counter()
        self.longest = 0.0

    def check(self) -> None:
        """Take the time."""
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.last)
        self.last = now


def main() -> None:
    """Print a line for each rule and depth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=1000)
    side = parser.parse_args().side
    first = np.random.default_rng(1).integers(0, 2, side).astype(np.uint8)
    local_causal_states(first[:100].reshape(10, 10), 2, LightCones(1, 1))
    for number, past, future in CASES:
        world = World("ring", Elementary(number), torus(side, 1), first)
        block = space_time_block(world, side - 1, skip=200).values
        watch = Watch()
        start = time.perf_counter()
        found = local_causal_states(block, 2, LightCones(past, future), progress=watch)
        seconds = time.perf_counter() - start
        print(
            f"rule {number:3d}, past {past}, future {future}: {found.n:3d} states, "
            f"{seconds:.2f} s, longest without a look {watch.longest * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
