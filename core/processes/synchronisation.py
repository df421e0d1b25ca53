"""How an observer comes to know the causal state, and what that costs.

Beliefs about the causal state begin at the stationary distribution and end, with probability one,
at certainty. Every sum over word lengths is a sum over the beliefs in between, weighted with how
often each is visited: ``S`` sums their entropies, and E and T sum what the next symbol still tells
about the state, ``D(eta) = H[X | eta] - sum_i eta_i H[X | S = i] = h(l) - h_mu`` on average. A
finite number of such beliefs asks for the solution of linear equations; otherwise levels are
summed and the rest is bounded by how fast they fall.

Sources: J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003);
E. M. Riechers and J. P. Crutchfield, Spectral simplicity of apparent complexity I (2018).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import (
    BeliefDynamics,
    BeliefGraph,
    carry,
    dynamics_of_unifilar,
    grow,
)
from core.processes.extrapolation import sum_of
from core.processes.shannon import entropy_rows
from core.processes.unifilar import Floats, Integers, UnifilarMachine
from core.progress import Progress

CERTAIN = 1e-12
"""A belief that leaves no more than this to other states counts as certainty."""

MERGED = 1e-13
MOST_BELIEFS = 6_000
MOST_WORK = 600_000

LEVEL_WORK = 20
"""Beliefs that could be followed in the time that one more level takes by itself."""

MOST_SUBSETS = 4096
LEAST_TERM = 1e-15
SMALL = 300


@dataclass(frozen=True, eq=False)
class Synchronisation:
    """Sums over all word lengths.

    Attributes
    ----------
    S : float
        Synchronization information, sum over L >= 0 of H[S_L | X_0:L], in bit-symbols.
    E : float
        Excess entropy, sum over l >= 1 of h(l) - h_mu, in bits.
    T : float
        Transient information, sum over l >= 1 of l (h(l) - h_mu), in bit-symbols.
    expected_time : float
        The mean number of symbols until the state is certain.
    errors : (float, float, float, float)
        Bounds on, or estimates of, the errors of the four.
    is_exact : bool
        From linear equations over finitely many beliefs.
    beliefs : int
        How many uncertain beliefs there are, or were visited.
    """

    S: float
    E: float
    T: float
    expected_time: float
    errors: tuple[float, float, float, float]
    is_exact: bool
    beliefs: int


def synchronisation(
    machine: UnifilarMachine,
    progress: Progress | None = None,
    *,
    most: int = MOST_BELIEFS,
    work: int = MOST_WORK,
) -> Synchronisation:
    """Return the sums of a minimal unifilar machine started from its stationary distribution.

    Parameters
    ----------
    most : int
        More beliefs than this are summed level by level.
    work : int
        Edges followed level by level before the sums are left to their bounds.
    """
    if machine.n == 1:
        return Synchronisation(0.0, 0.0, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0), True, 0)
    dynamics = dynamics_of_unifilar(machine.following, machine.probability)
    graph = grow(dynamics, machine.pi, tolerance=MERGED, most=most, progress=progress)
    if graph.is_complete:
        return _from_graph(machine, graph)
    return _from_levels(machine, dynamics, work, progress)


def _uncertain(beliefs: Floats) -> Integers:
    result: Integers = np.flatnonzero(1.0 - beliefs.max(axis=1) > CERTAIN)
    return result


def _gains(machine: UnifilarMachine, beliefs: Floats) -> Floats:
    """Return what the next symbol tells about the state at each belief, in bits."""
    known = beliefs @ machine.symbol_entropies
    return np.maximum(entropy_rows(beliefs @ machine.probability) - known, 0.0)


def _from_graph(machine: UnifilarMachine, graph: BeliefGraph) -> Synchronisation:
    open_ = _uncertain(graph.beliefs)
    beliefs = graph.beliefs[open_]
    once, twice = _visits(graph, open_)
    gains = _gains(machine, beliefs)
    S = float(once @ entropy_rows(beliefs))
    E, T, time = float(once @ gains), float(twice @ gains), float(once.sum())
    # what the equations round, and what beliefs that were nearly certain would still have added
    left = _left_open(graph, open_, once)
    errors = tuple(
        (1e-14 * (1.0 + abs(each)) + left) * (1.0 + time) ** power
        for each, power in ((S, 1), (E, 1), (T, 2), (time, 1))
    )
    return Synchronisation(
        S, E, T, time, (errors[0], errors[1], errors[2], errors[3]), True, open_.size
    )


def _left_open(graph: BeliefGraph, open_: Integers, once: Floats) -> float:
    """Return the entropy left at the beliefs that were taken for certainty when they are met."""
    following = graph.following[open_]
    target = np.maximum(following, 0)
    remaining = np.where(following >= 0, entropy_rows(graph.beliefs)[target], 0.0)
    is_certain = np.ones(graph.size, dtype=np.bool_)
    is_certain[open_] = False
    remaining = np.where(is_certain[target], remaining, 0.0)
    return float(once @ (graph.probability[open_] * remaining).sum(axis=1))


def _visits(graph: BeliefGraph, open_: Integers) -> tuple[Floats, Floats]:
    """Return d (I - Q)^-1 and d (I - Q)^-2 for the transitions Q among the open beliefs."""
    m = open_.size
    start = np.zeros(m)
    start[0] = 1.0
    number = np.full(graph.size, -1, dtype=np.int64)
    number[open_] = np.arange(m)
    following = graph.following[open_]
    target = np.where(following >= 0, number[following], -1)
    source, symbol = np.nonzero(target >= 0)
    target, value = target[source, symbol], graph.probability[open_][source, symbol]
    if m <= SMALL:
        equations = np.eye(m)
        np.subtract.at(equations, (target, source), value)
        first = np.asarray(np.linalg.solve(equations, start), dtype=np.float64)
        return first, np.asarray(np.linalg.solve(equations, first), dtype=np.float64)
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu

    diagonal = np.arange(m)
    solved = splu(
        csc_array(
            (
                np.append(-value, np.ones(m)),
                (np.append(target, diagonal), np.append(source, diagonal)),
            ),
            shape=(m, m),
        )
    )
    once = solved.solve(start)
    return once, solved.solve(once)


def _from_levels(
    machine: UnifilarMachine, dynamics: BeliefDynamics, most: int, progress: Progress | None
) -> Synchronisation:
    beliefs, weights = machine.pi[None, :], np.ones(1)
    terms: list[tuple[float, float, float, float]] = []
    visited, work = 0, 0
    while True:
        open_ = _uncertain(beliefs)
        beliefs, weights = beliefs[open_], weights[open_]
        gain = float(weights @ _gains(machine, beliefs))
        level = len(terms) + 1
        terms.append(
            (
                float(weights @ entropy_rows(beliefs)),
                gain,
                level * gain,
                float(weights.sum()),
            )
        )
        visited += open_.size
        work += (open_.size + LEVEL_WORK) * (dynamics.values.size + machine.n)
        if max(terms[-1]) < LEAST_TERM or work > most:
            break
        following = carry(
            dynamics, beliefs, weights, tolerance=MERGED, least_weight=1e-20, progress=progress
        )
        if following is None:
            break
        beliefs, weights = following
        if not len(beliefs):
            break
    columns = np.array(terms)
    sums, errors = [], []
    for column in columns.T:
        total, error = sum_of(column)
        sums.append(total)
        errors.append(error + 1e-12)
    return Synchronisation(
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        (errors[0], errors[1], errors[2], errors[3]),
        False,
        visited,
    )


def synchronising_word(machine: UnifilarMachine) -> tuple[int, ...] | None:
    """Return a shortest word after which one state alone is possible, or None if none was found.

    The search goes breadth first through the sets of states that are possible after a word (the
    power automaton); it gives up after `MOST_SUBSETS` sets.
    """
    rows = machine.following.tolist()
    everything = frozenset(range(machine.n))
    before: dict[frozenset[int], tuple[frozenset[int], int] | None] = {everything: None}
    waiting = deque([everything])
    while waiting:
        subset = waiting.popleft()
        if len(subset) == 1:
            return _word_to(subset, before)
        if len(before) > MOST_SUBSETS:
            return None
        for x in range(machine.k):
            reached = frozenset(rows[i][x] for i in subset if rows[i][x] >= 0)
            if reached and reached not in before:
                before[reached] = (subset, x)
                waiting.append(reached)
    return None


def _word_to(
    subset: frozenset[int], before: dict[frozenset[int], tuple[frozenset[int], int] | None]
) -> tuple[int, ...]:
    word: list[int] = []
    step = before[subset]
    while step is not None:
        word.append(step[1])
        step = before[step[0]]
    return tuple(reversed(word))
