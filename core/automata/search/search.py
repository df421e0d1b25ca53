"""The search itself: batches of drawn and bred candidates, tried in parallel, judged in order.

Candidate number i depends on the seed, on i and on what the batches before it found; so the same
seed finds the same creatures in the same order, however many threads there are and however often
the search is interrupted.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import local

import numpy as np

from core.automata.search.archive import Archive, Found
from core.automata.search.candidate import Candidate, bred_candidate, drawn_candidate
from core.automata.search.goals import goal_named, is_fit, score
from core.automata.search.trial import Outcome, Trials
from core.progress import Progress

BATCH = 32
"""Candidates between two looks at the archive."""

BRED_SHARE = 0.5
"""Of the candidates, once there is something to breed from."""

_Tried = tuple[Candidate, Outcome, float | None, int | None]


def search(
    archive: Archive,
    *,
    minutes: float | None = None,
    trials: int | None = None,
    threads: int = 2,
    progress: Progress | None = None,
    on_batch: Callable[[Archive], None] | None = None,
) -> Archive:
    """Search on from where an archive stands, for a time or a number of trials; return it.

    Parameters
    ----------
    archive : Archive
        Filled in place; only whole batches count.
    minutes : float, optional
    trials : int, optional
        Total number of trials at which to stop, those made before included.
    on_batch : callable, optional
        Called with the archive after each batch, to save or to show it.

    Raises
    ------
    Cancelled
        When `progress` was cancelled; the archive holds all whole batches.
    """
    goal = goal_named(archive.goal)
    mine = local()
    began, first = time.monotonic(), archive.trials

    def tried(number: int) -> _Tried:
        if not hasattr(mine, "trials"):
            mine.trials = Trials(archive.side)
        candidate, parent = _candidate(archive, parents, number)
        outcome = mine.trials.outcome(candidate, progress)
        if is_fit(goal, outcome) and outcome.patch is not None:
            outcome = mine.trials.confirmed(candidate.rule, outcome.patch, number, progress)
        return candidate, outcome, score(goal, outcome, candidate, archive.side, progress), parent

    with ThreadPoolExecutor(max(1, threads)) as pool:
        while not _is_over(archive, began, minutes, trials):
            if progress is not None:
                progress.report(_share(archive, first, began, minutes, trials), _told(archive))
            parents = archive.in_order()
            numbers = range(archive.trials, archive.trials + BATCH)
            whole = list(pool.map(tried, numbers))  # nothing of a batch that is cancelled counts
            for number, each in zip(numbers, whole, strict=True):
                _keep(archive, number, each)
            archive.trials += BATCH
            if on_batch is not None:
                on_batch(archive)
    return archive


def _candidate(archive: Archive, parents: list[Found], number: int) -> tuple[Candidate, int | None]:
    """Return candidate `number` and the trial its parent is from, if it has one."""
    random = np.random.default_rng([archive.seed, number])
    if parents and random.random() < BRED_SHARE:
        rivals = [parents[int(random.integers(len(parents)))] for _ in range(2)]
        parent = max(rivals, key=lambda each: each.score)
        return bred_candidate(random, parent.candidate), parent.trial
    return drawn_candidate(random, archive.radius), None


def _keep(archive: Archive, number: int, each: _Tried) -> None:
    candidate, outcome, value, parent = each
    if value is None or outcome.patch is None:
        return
    body = Candidate(candidate.rule, outcome.patch)
    archive.offer(Found(body, outcome, value, number, parent))


def _is_over(archive: Archive, began: float, minutes: float | None, trials: int | None) -> bool:
    out_of_time = minutes is not None and time.monotonic() - began >= 60.0 * minutes
    return out_of_time or (trials is not None and archive.trials >= trials)


def _share(
    archive: Archive, first: int, began: float, minutes: float | None, trials: int | None
) -> float:
    by_time = (time.monotonic() - began) / (60.0 * minutes) if minutes else 0.0
    by_trials = (archive.trials - first) / max(1, trials - first) if trials else 0.0
    return min(1.0, max(by_time, by_trials))


def _told(archive: Archive) -> str:
    return f"{archive.trials:,} trials, {len(archive.creatures):,} kinds of creatures"
