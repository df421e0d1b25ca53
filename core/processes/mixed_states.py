"""The mixed-state presentation: all that an observer may believe, as one merged graph.

Sources: D. Blackwell, The entropy of functions of finite-state Markov chains (1957); C. J. Ellison,
J. R. Mahoney and J. P. Crutchfield, Prediction, retrodiction, and the amount of information stored
in the present (2009).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.belief_dynamics import LEAST_PROBABILITY, BeliefDynamics, dynamics_of, grow
from core.processes.causal_states import verdict
from core.processes.model import HiddenMarkovModel
from core.processes.recurrent_beliefs import LEAST_MASS, RecurrentBeliefs, recurrent_beliefs
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import Floats, Integers
from core.processes.word import start_belief
from core.progress import Progress

__all__ = ["LEAST_PROBABILITY", "MixedStates", "mixed_states"]


@dataclass(frozen=True, eq=False)
class MixedStates:
    """Beliefs and the symbols that lead from one to the next.

    Attributes
    ----------
    beliefs : float64[m, n]
        In the order in which words reach them, the first is the start; where there are too many,
        recurrent ones that stand further off come last.
    next : int64[m, k]
        The belief after each symbol, -1 where it is impossible or was not followed.
    probability : float64[m, k]
        Pr(symbol | belief).
    depth : int64[m]
        The length of the shortest word to each belief, -1 where none was followed that far.
    recurrent : bool[m]
        Whether the belief is known to recur.
    verdict : str
        A sentence that begins with finite, countable or uncountable.
    counts : (int, int)
        Recurrent beliefs at the tolerance and at a thousandth of it.
    is_complete : bool
        All beliefs are here and all were followed.
    """

    beliefs: Floats
    next: Integers
    probability: Floats
    depth: Integers
    recurrent: npt.NDArray[np.bool_]
    verdict: str
    counts: tuple[int, int]
    is_complete: bool

    @property
    def size(self) -> int:
        """Number of beliefs."""
        return len(self.beliefs)


def mixed_states(
    model: HiddenMarkovModel,
    *,
    start: npt.ArrayLike | None = None,
    tolerance: float = 1e-10,
    max_states: int = 10_000,
    progress: Progress | None = None,
) -> MixedStates:
    """Return the merged graph of the beliefs reached from `start` (the stationary one by default).

    Beliefs that differ by at most `tolerance` in every entry are one; symbols less probable than
    `LEAST_PROBABILITY` are impossible. Merging makes every set finite in the end, so the verdict
    comes from how the number of recurrent beliefs grows when the tolerance shrinks. Recurrent
    beliefs that are only ever approached are here too, where the approach comes within the
    tolerance. Of more recurrent beliefs than `max_states` half of the room shows as many as fit,
    after the beliefs that short words lead to from the start, which fill the other half.
    """
    first = start_belief(model, start)
    dynamics = dynamics_of(model.T)
    found = recurrent_beliefs(
        dynamics,
        stationary_distribution(model) if start is None else first,
        tolerance=tolerance,
        most=max_states,
        progress=progress,
    )
    is_known = found.machine is not None and len(found.beliefs) < max_states
    if not is_known:
        return _cut(found, dynamics, first, tolerance, max_states, progress)
    known = found.beliefs
    graph = grow(
        dynamics,
        first,
        tolerance=tolerance,
        most=max_states,
        least_mass=LEAST_MASS if found.kind == "countable" else 0.0,
        known=known,
        progress=progress,
    )
    if not graph.is_complete:
        return _cut(found, dynamics, first, tolerance, max_states, progress)
    recurrent = np.zeros(graph.size, dtype=np.bool_)
    recurrent[: len(known)] = True
    origin = int(np.abs(graph.beliefs - first).max(axis=1).argmin())
    order, depth = _reached(graph.following, origin)
    number = np.full(graph.size, -1, dtype=np.int64)
    number[order] = np.arange(order.size)
    following = graph.following[order]
    return MixedStates(
        graph.beliefs[order],
        np.where(following >= 0, number[following], -1),
        graph.probability[order],
        depth,
        recurrent[order],
        verdict(found.kind, found.counts, found.reached_limit),
        found.counts,
        graph.is_complete and found.kind == "finite",
    )


def _cut(
    found: RecurrentBeliefs,
    dynamics: BeliefDynamics,
    first: Floats,
    tolerance: float,
    most: int,
    progress: Progress | None,
) -> MixedStates:
    """Return a part of more beliefs than fit: some after short words, and some that recur."""
    graph = grow(dynamics, first, tolerance=tolerance, most=max(1, most // 2), progress=progress)
    others = grow(
        dynamics, found.beliefs[0], tolerance=tolerance, most=max(1, most - graph.size),
        progress=progress,
    )  # fmt: skip
    number = _places(graph.beliefs, others.beliefs, tolerance)
    new = number < 0
    number[new] = graph.size + np.arange(int(new.sum()))
    following = np.where(others.following >= 0, number[np.maximum(others.following, 0)], -1)[new]
    recurrent = np.zeros(graph.size + int(new.sum()), dtype=np.bool_)
    recurrent[number] = True
    size = max(1, min(most, recurrent.size))
    following = np.vstack([np.maximum(graph.following, -1), following])[:size]
    return MixedStates(
        np.vstack([graph.beliefs, others.beliefs[new]])[:size],
        np.where(following < size, following, -1),
        np.vstack([graph.probability, others.probability[new]])[:size],
        np.concatenate([graph.depth, np.full(int(new.sum()), -1)])[:size],
        recurrent[:size],
        verdict(found.kind, found.counts, found.reached_limit),
        found.counts,
        False,
    )


def _places(points: Floats, others: Floats, tolerance: float) -> Integers:
    """Return where among `points` each of `others` is, -1 where it is none of them."""
    from scipy.spatial import cKDTree

    distance, place = cKDTree(points).query(others, p=np.inf)
    result: Integers = np.where(distance <= tolerance, place, -1).astype(np.int64)
    return result


def _reached(following: Integers, origin: int) -> tuple[Integers, Integers]:
    """Return what is reached from a belief, breadth first, and the distances."""
    distance = np.full(len(following), -1, dtype=np.int64)
    distance[origin] = 0
    level, order = np.array([origin]), [np.array([origin])]
    while level.size:
        ahead = following[level].ravel()
        ahead = ahead[ahead >= 0]
        ahead = ahead[distance[ahead] < 0]
        _, first = np.unique(ahead, return_index=True)
        level = ahead[np.sort(first)]
        distance[level] = distance[order[-1][0]] + 1
        if level.size:
            order.append(level)
    reached = np.concatenate(order)
    return reached, distance[reached]
