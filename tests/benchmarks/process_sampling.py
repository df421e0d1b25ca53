"""Times symbols drawn from processes beside a plain numpy loop.

    python tests/benchmarks/process_sampling.py [--symbols 20000000] [--rounds 5]

One thread. The loop draws one edge at a time from the row of the state, as one would write it down.
The best of the rounds is shown, in elapsed and in processor time. Run it from the project's folder.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.processes.sampling import Sampler  # noqa: E402
from core.processes.zoo import process  # noqa: E402

PROCESSES = ("golden-mean", "rrxor", "mess3", "butterfly")
LOOP_SYMBOLS = 40_000


def numpy_loop(model, count: int) -> None:
    """Draw one edge at a time."""
    rng = np.random.default_rng(0)
    rows, state = model.T.transpose(1, 0, 2).reshape(model.n, -1), 0
    for _ in range(count):
        state = rng.choice(rows.shape[1], p=rows[state]) % model.n


def best(work, rounds: int) -> tuple[float, float]:
    """Return the least elapsed and processor seconds of some rounds."""
    elapsed, processor = [], []
    for _ in range(rounds):
        start = time.perf_counter(), time.process_time()
        work()
        elapsed.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return min(elapsed), min(processor)


def main() -> None:
    """Print a row for each process: symbols per second, and how many times the loop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--symbols", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(f"{'process':16}{'symbols/s':>14}{'per core':>14}{'numpy loop':>14}{'times':>10}")
    for name in PROCESSES:
        model = process(name)
        sampler = Sampler(model)
        sampler.draw(1)
        elapsed, processor = best(lambda s=sampler: s.draw(given.symbols), given.rounds)
        loop = LOOP_SYMBOLS / best(lambda m=model: numpy_loop(m, LOOP_SYMBOLS), 1)[0]
        speed = given.symbols / elapsed
        print(
            f"{name:16}{speed:14.3g}{given.symbols / processor:14.3g}{loop:14.3g}"
            f"{speed / loop:10.0f}"
        )


if __name__ == "__main__":
    main()
