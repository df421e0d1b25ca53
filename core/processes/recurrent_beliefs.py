"""The beliefs that an observer keeps coming back to, and whether they are finitely many.

A long word drawn from the process takes a belief to its recurrent set, and only that set is then
explored. The set is called finite when a thousand times finer a tolerance finds as many beliefs;
countable when their number grows along a few chains; uncountable otherwise. A merged set is always
finite, so a count alone is never reported as the truth.

Countable chains are cut where their states have next to no probability; what is cut is bounded by
`RecurrentBeliefs.lost`. A chain whose beliefs converge ends, for every tolerance, in a belief that
seems to stay where it is, although it stands for infinitely many: short tails are taken apart
again, and the entropy inside long ones is known, since their states are geometrically distributed.
"""

from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import (
    BeliefDynamics,
    BeliefGraph,
    closed_part,
    driven,
    grow,
)
from core.processes.shannon import entropy
from core.processes.unifilar import Floats, Integers, UnifilarMachine
from core.progress import Progress

FINER = 1e-3
LEAST_MASS = 1e-18

NEAR = 1e-4
"""A belief that stays where it is ends a chain when its predecessor is this near."""

LEAST_COPY = 1e-17
MOST_COPIES = 300
"""A tail that needs more to hold all but next to nothing of its probability stays one state."""


@dataclass(frozen=True, eq=False)
class RecurrentBeliefs:
    """The recurrent part of a mixed-state presentation.

    Attributes
    ----------
    kind : str
        "finite", "countable" or "uncountable".
    beliefs : float64[m, n]
    machine : UnifilarMachine or None
        Transitions between the beliefs; None when they are uncountable, or too many to be cut off
        where they have next to no probability.
    lost : float
        The stationary probability of leaving a countable chain where it was cut; 0 when finite.
    counts : (int, int)
        How many were found at the tolerance and at a thousandth of it.
    reached_limit : bool
        The limit on their number came first.
    hidden_entropy : float
        What long tails of countable chains that stayed one state would add to the entropy of the
        stationary distribution, in bits.
    """

    kind: str
    beliefs: Floats
    machine: UnifilarMachine | None
    lost: float
    counts: tuple[int, int]
    reached_limit: bool
    hidden_entropy: float = 0.0


def recurrent_beliefs(
    dynamics: BeliefDynamics,
    start: Floats,
    *,
    tolerance: float = 1e-10,
    most: int = 10_000,
    progress: Progress | None = None,
) -> RecurrentBeliefs:
    """Return the recurrent beliefs of a process with one recurrent class."""
    seed = _seed(dynamics, start)
    coarse = grow(dynamics, seed, tolerance=tolerance, most=most, progress=progress)
    fine = coarse
    if coarse.is_complete:
        fine = grow(dynamics, seed, tolerance=tolerance * FINER, most=most, progress=progress)
    parts = [
        closed_part(each.following, 0) if each.is_complete else None for each in (coarse, fine)
    ]
    counts = tuple(
        each.size if part is None else part.size
        for each, part in zip((coarse, fine), parts, strict=True)
    )
    pair = (int(counts[0]), int(counts[1]))
    if parts[0] is not None and parts[1] is not None and pair[0] == pair[1]:
        beliefs, machine, _ = _part(coarse, parts[0])
        return RecurrentBeliefs("finite", beliefs, machine, 0.0, pair, False)
    if grows_along_chains(coarse, fine):
        # merging would close the chain too early; let it end where nothing gets any more
        chain = grow(
            dynamics, seed, tolerance=tolerance * FINER, most=most, least_mass=LEAST_MASS,
            progress=progress,
        )  # fmt: skip
        if chain.is_complete:
            part = closed_part(chain.following, 0)
            beliefs, machine, lost = _part(chain, part)
            beliefs, machine, hidden = _unrolled(beliefs, machine)
            return RecurrentBeliefs("countable", beliefs, machine, lost, pair, False, hidden)
        return RecurrentBeliefs("countable", coarse.beliefs, None, 0.0, pair, True)
    return RecurrentBeliefs("uncountable", coarse.beliefs, None, 0.0, pair, not fine.is_complete)


def grows_along_chains(coarse: BeliefGraph, fine: BeliefGraph) -> bool:
    """Return whether new beliefs appear at a bounded rate, level after level."""
    new = np.bincount(fine.depth)
    if new.size < 12:
        return False
    half = new.size // 2
    if new[half:].max() > 2 * new[:half].max():
        return False
    return not fine.is_complete or fine.size < 2 * coarse.size


def _seed(dynamics: BeliefDynamics, start: Floats) -> Floats:
    sources_once = all(
        np.unique(dynamics.sources[a:b]).size == b - a
        for a, b in zip(dynamics.starts[:-1], dynamics.starts[1:], strict=True)
    )
    if sources_once and (dynamics.ones == 1.0).all() and (dynamics.values > 0).all():
        vertex = np.zeros(dynamics.n)  # a unifilar machine: knowing the state is recurrent
        vertex[int(np.argmax(start))] = 1.0
        return vertex
    return driven(dynamics, start)


def _part(graph: BeliefGraph, part: Integers) -> tuple[Floats, UnifilarMachine, float]:
    number = np.full(graph.size, -1, dtype=np.int64)
    number[part] = np.arange(part.size)
    old = graph.following[part]
    following = np.where(old >= 0, number[old], old)
    # where a chain was cut its last state stands in for all behind it
    cut = old == -2
    following = np.where(cut, np.arange(part.size)[:, None], following)
    probability = np.where(following >= 0, graph.probability[part], 0.0)
    probability = probability / probability.sum(axis=1, keepdims=True)
    machine = UnifilarMachine(np.ascontiguousarray(following), np.ascontiguousarray(probability))
    lost = float(machine.pi @ np.where(cut, probability, 0.0).sum(axis=1)) if cut.any() else 0.0
    return graph.beliefs[part], machine, lost


def _unrolled(beliefs: Floats, machine: UnifilarMachine) -> tuple[Floats, UnifilarMachine, float]:
    """Take ends of converging chains apart into the states that they stand for.

    Returns also the entropy inside those that stay one state.
    """
    following, probability = machine.following, machine.probability
    hidden = 0.0
    for end, x in np.argwhere(following == np.arange(machine.n)[:, None]):
        before = np.flatnonzero(machine.following[:, x] == end)
        before = before[before != end]
        p, mass = float(probability[end, x]), float(machine.pi[end])
        if not before.size or not 0.0 < p < 1.0 or mass <= LEAST_COPY:
            continue
        if np.abs(beliefs[before] - beliefs[end]).max(axis=1).min() > NEAR:
            continue
        copies = int(np.log(LEAST_COPY / mass) / np.log(p)) + 1
        if copies > MOST_COPIES:
            hidden += mass * entropy([p, 1.0 - p]) / (1.0 - p)
            continue
        first = len(following)
        rows = np.tile(following[end], (copies, 1))
        rows[:, x] = np.minimum(np.arange(first + 1, first + copies + 1), first + copies - 1)
        following = np.vstack([following, rows])
        following[end, x] = first
        probability = np.vstack([probability, np.tile(probability[end], (copies, 1))])
        beliefs = np.vstack([beliefs, np.tile(beliefs[end], (copies, 1))])
    return beliefs, UnifilarMachine(following, probability), hidden
