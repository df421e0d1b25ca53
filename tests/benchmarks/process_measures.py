"""Times the mixed-state graph and the measures of processes beside a plain numpy loop.

    python tests/benchmarks/process_measures.py [--rounds 5] [--beliefs 10000]

The loop follows beliefs breadth first, compares each new one with all known ones and keeps those
that differ by more than the tolerance: the obvious way, in the same process. Every process of the
zoo is measured after a change of its first probability, as in the window. Run it from the project's
folder.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.processes.belief_dynamics import dynamics_of, grow  # noqa: E402
from core.processes.errors import ProcessError  # noqa: E402
from core.processes.measures import measures  # noqa: E402
from core.processes.stationary import stationary_distribution  # noqa: E402
from core.processes.zoo import PROCESSES, process  # noqa: E402


def plain_graph(T, start, most, tolerance=1e-10):
    """The beliefs from `start`, each compared with all others."""
    known, done = np.empty((most, start.size)), 0
    known[0], count = start, 1
    while done < count < most:
        for matrix in T:
            ahead = known[done] @ matrix
            p = ahead.sum()
            if p < 1e-13 or count == most:
                continue
            ahead = ahead / p
            if (np.abs(known[:count] - ahead).max(axis=1) > tolerance).all():
                known[count] = ahead
                count += 1
        done += 1
    return count


def timed(function, rounds):
    """The median time of a call in seconds, and its last answer."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        answer = function()
        times.append(time.perf_counter() - start)
    return statistics.median(times), answer


def show_graphs(beliefs, rounds):
    print(f"{'mixed-state graph':24}{'beliefs':>9}{'ours ms':>10}{'loop ms':>10}{'ratio':>8}")
    for name in ("mess3", "two-state-cantor", "leaky-rrxor", "rrxor"):
        model = process(name)
        pi = stationary_distribution(model)
        dynamics = dynamics_of(model.T)
        grow(dynamics, pi, most=10)
        ours, graph = timed(lambda d=dynamics, p=pi: grow(d, p, most=beliefs), rounds)
        loop, count = timed(lambda t=model.T, p=pi: plain_graph(t, p, beliefs), 1)
        assert count == graph.size
        print(f"{name:24}{graph.size:9}{1e3 * ours:10.2f}{1e3 * loop:10.1f}{loop / ours:8.0f}")


def plain_entropies(model, length):
    """H(1) to H(length) from all words that are possible, the obvious way."""
    beliefs = stationary_distribution(model)[None, :]
    entropies = []
    for _ in range(length):
        ahead = [beliefs[:, None, :] @ matrix for matrix in model.T]
        beliefs = np.concatenate(ahead, axis=0)[:, 0, :]
        words = beliefs.sum(axis=1)
        beliefs, words = beliefs[words > 0], words[words > 0]
        entropies.append(float(-(words * np.log2(words)).sum()))
    return entropies


def show_measures(rounds):
    """All measures as the window shows them first, beside block entropies from words alone."""
    print(
        f"\n{'all measures':24}{'states':>7}{'ms':>8}{'worst ms':>10}{'H of words':>12}"
        f"{'length':>8}{'ratio':>8}"
    )
    slowest = 0.0
    for entry in PROCESSES:
        random = np.random.default_rng(1)
        times = []
        first = entry.build()
        measures(first, is_live=True)
        for _ in range(rounds):
            settings = {
                each.name: each.default
                if each.is_whole
                else float(np.clip(each.default + random.uniform(-0.05, 0.05), each.low, each.high))
                for each in entry.parameters
            }
            try:
                model = entry.build(**settings)
                start = time.perf_counter()
                measures(model, is_live=True)
            except ProcessError:
                continue
            times.append(time.perf_counter() - start)
        middle, worst = statistics.median(times), max(times)
        slowest = max(slowest, middle)
        length = 1 if model.k == 1 else min(16, int(np.log(300_000) / np.log(model.k)))
        words, _ = timed(lambda m=model, to=length: plain_entropies(m, to), 1)
        print(
            f"{entry.name:24}{model.n:7}{1e3 * middle:8.1f}{1e3 * worst:10.1f}{1e3 * words:12.1f}"
            f"{length:8}{words / middle:8.1f}"
        )
    print(f"{'slowest':31}{1e3 * slowest:8.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beliefs", type=int, default=10_000)
    arguments = parser.parse_args()
    show_graphs(arguments.beliefs, arguments.rounds)
    show_measures(arguments.rounds)


if __name__ == "__main__":
    main()
