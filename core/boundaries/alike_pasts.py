"""Pasts put into one state where no test can tell apart what comes after them.

Pasts are taken in the order of their counts. Each joins the state that it is most likely alike,
or begins a state where the test excludes all there are; then states that are alike after all are
joined. What is too rare for a test goes to the state that makes its futures likeliest.

Sources: Shalizi, Haslinger, Rouquier, Klinkner and Moore, Automatic filters for the detection of
coherent structure in spatiotemporal systems (2006); Rupe and Crutchfield, Local causal states and
discrete coherent structures (2018). The level of the tests, divided by their number, is ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.boundaries.alike import Pools
from core.boundaries.errors import BoundaryError
from core.boundaries.light_cones import pieces
from core.progress import Progress

LEAST_COUNT = 5
"""Rarer pasts begin no state."""

MOST_TESTED = 20_000
MOST_STATES = 256
SCORED = 2**19

Counts = npt.NDArray[np.int64]
Sample = tuple[Counts, npt.NDArray[np.float64]]


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """How often each future came after each past, without those that never did.

    Attributes
    ----------
    start : int64[pasts + 1]
        The entries of a past are those from ``start[i]`` to ``start[i + 1]``.
    future : int64[entries]
    times : int64[entries]
    futures : int
        How many there are.
    """

    start: Counts
    future: Counts
    times: Counts
    futures: int

    @property
    def pasts(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    def of(self, past: int) -> Sample:
        """Return the futures of a past, and how often each came."""
        part = slice(self.start[past], self.start[past + 1])
        return self.future[part], self.times[part].astype(np.float64)

    def counts(self) -> Counts:
        """Return how often each past came, int64[pasts]."""
        total = np.concatenate([[0], np.cumsum(self.times)])
        counts: Counts = total[self.start[1:]] - total[self.start[:-1]]
        return counts

    def by_state(self, state: Counts, n: int, progress: Progress | None = None) -> Counts:
        """Return how often each future came after each state, int64[n, futures].

        Parameters
        ----------
        state : int64[pasts]
            Pasts in state -1 do not count.
        """
        found = np.zeros((n, self.futures), dtype=np.int64)
        past_of = np.repeat(np.arange(self.pasts), np.diff(self.start))
        for piece in pieces(len(past_of), progress):
            states = state[past_of[piece]]
            known = states >= 0
            entries = (states[known], self.future[piece][known])
            np.add.at(found, entries, self.times[piece][known])
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Grouping:
    """The states of pasts.

    Attributes
    ----------
    state : int64[pasts]
    n : int
    untested : int64[k]
        Pasts that were too rare, or too many, for a test.
    has_all : bool
        False where more than `MOST_STATES` states would have been needed.
    """

    state: Counts
    n: int
    untested: Counts
    has_all: bool


def grouped(
    seen: Seen, order: Counts, *, alpha: float, progress: Progress | None = None
) -> Grouping:
    """Return the states of pasts.

    Parameters
    ----------
    order : int64[pasts]
        In which pasts are taken, that with the highest count first.
    alpha : float
        The chance that of pasts which are all alike any is told apart: each test is made at this
        level divided by the number of tests.
    """
    if not 0 < alpha < 1:
        raise BoundaryError(f"A level of significance is between 0 and 1, not {alpha:g}.")
    counts = seen.counts()
    tested = order[: min(MOST_TESTED, int(np.count_nonzero(counts >= LEAST_COUNT)))]
    level = alpha / max(len(tested), 1)
    pools = Pools(seen.futures)
    found, has_all = _pooled(pools, map(seen.of, tested.tolist()), len(tested), level, progress)
    while True:  # states that have grown more alike are joined, as pasts were
        by_size = np.argsort(-pools.counts.sum(axis=1), kind="stable")
        merged = Pools(seen.futures)
        rows = (_sample(pools.counts[each]) for each in by_size.tolist())
        joined, _ = _pooled(merged, rows, pools.n, level, progress)
        found = joined[np.argsort(by_size)][found]
        if merged.n == pools.n:
            break
        pools = merged
    state = np.full(seen.pasts, -1, dtype=np.int64)
    state[tested] = found
    untested = np.flatnonzero(state < 0)
    if len(untested):
        state[untested] = _likeliest(seen, untested, state, progress)
    return Grouping(state, int(state.max()) + 1, untested, has_all)


def _pooled(
    pools: Pools, samples: Iterable[Sample], count: int, level: float, progress: Progress | None
) -> tuple[Counts, bool]:
    """Put each sample into the pool it is most likely alike, or into one of its own."""
    found = np.zeros(count, dtype=np.int64)
    has_all = True
    for place, (future, times) in enumerate(samples):
        if progress is not None and place % 16 == 0:
            progress.report(0.5 + 0.5 * place / count, "Comparing what comes after pasts")
        chances = pools.chances(future, times, progress)
        best = _first_best(chances) if pools.n else -1
        if best >= 0 and (chances[best] > level or pools.n == MOST_STATES):
            has_all &= bool(chances[best] > level)
            pools.join(best, future, times)
            found[place] = best
        else:
            found[place] = pools.begin(future, times)
    return found, has_all


def _first_best(chances: npt.NDArray[np.float64]) -> int:
    """Return the first of the highest chances, equal but for rounding."""
    return int(np.argmax(chances >= chances.max() * (1.0 - 1e-9)))


def _sample(row: npt.NDArray[np.float64]) -> Sample:
    future = np.flatnonzero(row)
    return future, row[future]


def _likeliest(seen: Seen, pasts: Counts, state: Counts, progress: Progress | None) -> Counts:
    """Return for pasts without a state that under which their futures are likeliest."""
    n = int(state.max()) + 1
    if n == 0:  # nothing came often enough to be tested
        return np.zeros(len(pasts), dtype=np.int64)
    pooled = seen.by_state(state, n, progress)
    weight = np.log(pooled + 0.5) - np.log(pooled.sum(axis=1) + 0.5 * seen.futures)[:, None]
    found = np.zeros(len(pasts), dtype=np.int64)
    lengths = seen.start[pasts + 1] - seen.start[pasts]
    ends = np.cumsum(lengths)
    begin = 0
    while begin < len(pasts):
        if progress is not None:
            progress.check()
        before = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + SCORED // n, side="right")))
        part = slice(begin, end)
        steps = np.arange(before, ends[end - 1]) - np.repeat(
            ends[part] - lengths[part], lengths[part]
        )
        entries = np.repeat(seen.start[pasts[part]], lengths[part]) + steps
        scores = weight[:, seen.future[entries]] * seen.times[entries]
        each = np.add.reduceat(scores, ends[part] - lengths[part] - before, axis=1)
        found[part] = each.argmax(axis=0)
        begin = end
    return found
