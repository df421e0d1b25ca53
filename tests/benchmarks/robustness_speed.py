"""Times an ensemble of perturbed runs: 200 runs of a soliton on 128 by 128 cells, 500 steps each.

    python tests/benchmarks/robustness_speed.py [--threads 2] [--runs 200] [--battery noise,...]

Wall time counts; on a machine that is shared the time of the processors, divided by the threads,
says what an idle one would need. The bar is 15 seconds on two cores.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.automata.patterns import pattern_world  # noqa: E402
from core.automata.robustness.ensemble import STEPS, robustness  # noqa: E402
from core.automata.robustness.perturbations import (  # noqa: E402
    PERTURBATIONS,
    perturbations_named,
)


def main() -> None:
    """Print a line for each perturbation and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--world", default="swift-glider")
    parser.add_argument("--battery", default=",".join(each.name for each in PERTURBATIONS))
    given = parser.parse_args()
    world = pattern_world(given.world)
    shape = " by ".join(str(side) for side in world.array.shape[-2:])
    robustness(world, PERTURBATIONS[:1], runs=1, steps=5)
    print(f"{given.runs} runs of {world.title}, {shape} cells, {STEPS} steps each:")
    for perturbation in perturbations_named(given.battery.split(",")):
        runs = -(-given.runs // len(perturbation.levels))
        wall, used = time.perf_counter(), time.process_time()
        found = robustness(world, [perturbation], runs=runs, threads=given.threads)
        wall, used = time.perf_counter() - wall, time.process_time() - used
        total = sum(each.runs for each in found)
        survived = sum(each.survived for each in found)
        print(
            f"  {perturbation.title:18} {wall * given.runs / total:6.1f} s, "
            f"{used / given.threads * given.runs / total:6.1f} s on {given.threads} idle cores; "
            f"survived {survived} of {total}"
        )


if __name__ == "__main__":
    main()
