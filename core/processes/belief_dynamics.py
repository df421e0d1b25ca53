"""How beliefs move: the matrices of a process as edge lists, and the graphs grown from them.

A mixed state is ``eta(w) = pi T[w] / Pr(w)``. Following all symbols from one belief and merging
what agrees gives a graph; `grow` makes it, `carry` takes weights one level further without it.

Source: E. M. Riechers and J. P. Crutchfield, Spectral simplicity of apparent complexity I (2018).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.progress import Progress

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LEAST_PROBABILITY = 1e-13
"""Symbols less probable than this after a belief count as impossible: rounding leaves such dust."""

MOST_CELLS = 2**26
"""Numbers held in the beliefs of one graph or level (half a gibibyte)."""

CHUNK = 4096
DRIVEN_STEPS = 3000
LEAST_DRIVEN, MOST_DRIVEN_EDGES = 300, 5 * 10**7


@dataclass(frozen=True, eq=False)
class BeliefDynamics:
    """The matrices of a process, ready for the kernels.

    Attributes
    ----------
    n, k : int
    starts : int64[k + 1]
    sources, targets : int64[edges]
    values : float64[edges]
    ones : float64[n]
        A belief's product with it is its total mass; all ones unless coordinates were changed.
    line : float64[n]
        The generic direction on which points are told apart first.
    """

    n: int
    k: int
    starts: Integers
    sources: Integers
    targets: Integers
    values: Floats
    ones: Floats
    line: Floats


@dataclass(frozen=True, eq=False)
class BeliefGraph:
    """Beliefs reached from one start, merged within a tolerance.

    Attributes
    ----------
    beliefs : float64[m, n]
        In the order in which they were reached, the start first unless others were given.
    following : int64[m, k]
        Successors: -1 where the symbol is impossible, -2 where the way on was cut off.
    probability : float64[m, k]
    depth : int64[m]
        The length of the shortest word to each belief.
    is_complete : bool
        Every belief was followed; otherwise the limit came first.
    """

    beliefs: Floats
    following: Integers
    probability: Floats
    depth: Integers
    is_complete: bool

    @property
    def size(self) -> int:
        """Number of beliefs."""
        return len(self.beliefs)


def dynamics_of(T: Floats, ones: Floats | None = None) -> BeliefDynamics:
    """Return the edges of ``T[x, i, j]`` sorted by symbol."""
    k, n, _ = T.shape
    x, i, j = np.nonzero(T)
    starts = np.searchsorted(x, np.arange(k + 1)).astype(np.int64)
    return _dynamics(n, k, starts, i.astype(np.int64), j.astype(np.int64), T[x, i, j], ones)


def dynamics_of_unifilar(following: Integers, probability: Floats) -> BeliefDynamics:
    """Return the same for a unifilar machine given by successors int64[n, k] (-1 none)."""
    n, k = following.shape
    x, i = np.nonzero(following.T >= 0)
    starts = np.searchsorted(x, np.arange(k + 1)).astype(np.int64)
    return _dynamics(n, k, starts, i.astype(np.int64), following[i, x], probability[i, x], None)


def _dynamics(
    n: int,
    k: int,
    starts: Integers,
    sources: Integers,
    targets: Integers,
    values: Floats,
    ones: Floats | None,
) -> BeliefDynamics:
    random = np.random.default_rng(20)
    line = random.uniform(0.3, 1.0, n) * random.choice([-1.0, 1.0], n)
    line /= np.abs(line).sum()
    return BeliefDynamics(
        n,
        k,
        starts,
        sources,
        targets,
        np.ascontiguousarray(values, dtype=np.float64),
        np.ones(n) if ones is None else np.ascontiguousarray(ones),
        line,
    )


def grow(
    dynamics: BeliefDynamics,
    start: Floats,
    *,
    tolerance: float = 1e-10,
    most: int = 10_000,
    least_mass: float = 0.0,
    known: Floats | None = None,
    progress: Progress | None = None,
) -> BeliefGraph:
    """Return the graph of the beliefs reached from `start`, breadth first.

    Parameters
    ----------
    known : float64[m, n], optional
        Beliefs that are there already; they come first, and then the start unless it is one.
    tolerance : float
        Beliefs that differ by no more in any entry are one.
    most : int
        Where to stop; also a bound on memory stops, see `MOST_CELLS`.
    least_mass : float
        A new belief whose first path has a smaller probability is cut off.
    """
    from core.processes.kernels_mixed_states import expand_beliefs, rehash

    n, k = dynamics.n, dynamics.k
    most = max(1, min(most, MOST_CELLS // max(n, 2 * k)))
    given = np.atleast_2d(start) if known is None else np.vstack([known, start])
    most = max(most, len(given))
    capacity = min(most, max(256, len(given)))
    points: Floats = np.empty((capacity, n))
    mass: Floats = np.empty(capacity)
    depth: Integers
    links: Integers
    cells: Integers
    depth, links, cells = (np.empty(capacity, dtype=np.int64) for _ in range(3))
    following: Integers = np.full((capacity, k), -2, dtype=np.int64)
    probability: Floats = np.zeros((capacity, k))
    heads = _heads(capacity)
    count = _enter(given, dynamics.line, tolerance, points, heads, links, cells)
    mass[:count], depth[:count] = 1.0, 0
    done = 0
    chunk = max(16, min(CHUNK, 2_000_000 // max(1, dynamics.values.size + n * k)))
    while done < count:
        if progress is not None:
            progress.report(min(1.0, count / most), "Following beliefs")
        begin = done
        done, count = expand_beliefs(
            done, chunk, count, capacity, dynamics.starts, dynamics.sources, dynamics.targets,
            dynamics.values, dynamics.ones, dynamics.line, tolerance, LEAST_PROBABILITY,
            least_mass, points, mass, depth, following, probability, heads, links, cells,
        )  # fmt: skip
        if done == count or done == begin + chunk:
            continue
        if capacity == most:
            break
        capacity = min(most, capacity * 4)
        points, mass, depth, links, cells, following, probability = (
            _grown(each, capacity)
            for each in (points, mass, depth, links, cells, following, probability)
        )
        heads = _heads(capacity)
        rehash(count, heads, links, cells)
    following[done:count] = -2
    probability[done:count] = 0.0
    return BeliefGraph(
        points[:count], following[:count], probability[:count], depth[:count], done == count
    )


def carry(
    dynamics: BeliefDynamics,
    beliefs: Floats,
    weights: Floats,
    *,
    tolerance: float = 1e-13,
    most: int = 2**20,
    least_weight: float = 0.0,
    merges: bool = True,
    progress: Progress | None = None,
) -> tuple[Floats, Floats] | None:
    """Return the beliefs and weights one symbol later, or None when there are more than `most`.

    Without `merges` beliefs that agree stay apart, which is quicker where hardly any do.
    """
    from core.processes.kernels_mixed_states import carry_beliefs, rehash

    n, k = dynamics.n, dynamics.k
    most = min(most, MOST_CELLS // n)
    capacity = min(most, max(256, (2 if merges else k) * len(beliefs)))
    points: Floats = np.empty((capacity, n))
    point_weights: Floats = np.empty(capacity)
    links: Integers
    cells: Integers
    links, cells = (np.empty(capacity, dtype=np.int64) for _ in range(2))
    heads = _heads(capacity if merges else 1)
    done, count = 0, 0
    while done < len(beliefs):
        if progress is not None:
            progress.check()
        end = min(len(beliefs), done + CHUNK)
        done, count = carry_beliefs(
            done, end, count, capacity, dynamics.starts, dynamics.sources, dynamics.targets,
            dynamics.values, dynamics.ones, dynamics.line, tolerance, LEAST_PROBABILITY,
            least_weight, merges, beliefs, weights, points, point_weights, heads, links, cells,
        )  # fmt: skip
        if done < end:
            if capacity == most:
                return None
            capacity = min(most, max(4 * capacity, 2 * k))
            points, point_weights, links, cells = (
                _grown(each, capacity) for each in (points, point_weights, links, cells)
            )
            if merges:
                heads = _heads(capacity)
                rehash(count, heads, links, cells)
    return points[:count], point_weights[:count]


def driven(dynamics: BeliefDynamics, start: Floats, steps: int = DRIVEN_STEPS) -> Floats:
    """Return the belief after a long word that the process itself drew, always the same one."""
    from core.processes.kernels_mixed_states import drive_belief

    point = np.array(start)
    steps = min(steps, max(LEAST_DRIVEN, MOST_DRIVEN_EDGES // max(1, dynamics.values.size)))
    drive_belief(
        point, np.random.default_rng(7).random(steps), dynamics.starts, dynamics.sources,
        dynamics.targets, dynamics.values, dynamics.ones,
    )  # fmt: skip
    return point


def closed_part(following: Integers, root: int) -> Integers:
    """Return the beliefs of the closed class that `root` leads to, sorted.

    Ways that were cut off do not count. Where several classes are closed it is the one that the
    start of the graph reaches first.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    m = len(following)
    source, symbol = np.nonzero(following >= 0)
    target = following[source, symbol]
    ones = np.ones(source.size, dtype=np.int8)
    count, component = connected_components(
        csr_array((ones, (source, target)), shape=(m, m)), directed=True, connection="strong"
    )
    is_closed = np.ones(count, dtype=bool)
    leaves = component[source] != component[target]
    is_closed[component[source[leaves]]] = False
    if is_closed[component[root]]:
        chosen = component[root]
    else:
        # a belief that was never followed looks closed; prefer those that were
        sizes = np.bincount(component, minlength=count) * is_closed
        chosen = int(sizes.argmax())
    result: Integers = np.flatnonzero(component == chosen)
    return result


def _heads(capacity: int) -> Integers:
    return np.full(1 << max(4, int(2 * capacity - 1).bit_length()), -1, dtype=np.int64)


def _enter(
    given: Floats,
    line: Floats,
    tolerance: float,
    points: Floats,
    heads: Integers,
    links: Integers,
    cells: Integers,
) -> int:
    from core.processes.kernels_mixed_states import find_point, store_point

    count = 0
    for row in given:
        point = np.array(row, dtype=np.float64)
        found, cell = find_point(point, line, tolerance, points, heads, links, cells)
        if found < 0:
            store_point(count, point, cell, points, heads, links, cells)
            count += 1
    return count


def _grown(array: npt.NDArray[Any], capacity: int) -> npt.NDArray[Any]:
    result = np.empty((capacity, *array.shape[1:]), dtype=array.dtype)
    result[: len(array)] = array
    return result
