"""The smallest unifilar machine: states with the same future become one.

States are parted first by the probabilities of the next symbol, then by the parts that their
successors lie in, until nothing changes.

Source: J. E. Hopcroft, An n log n algorithm for minimizing states in a finite automaton (1971).
"""

import numpy as np

from core.processes.unifilar import Floats, Integers, UnifilarMachine

SAME_PROBABILITY = 1e-9
"""Next-symbol probabilities closer than this are equal."""


def equivalent_states(machine: UnifilarMachine) -> tuple[Integers, int]:
    """Return the class of each state, int64[n], and the number of classes.

    Classes are numbered in the order of their first states.
    """
    from core.processes.kernels_minimisation import refine

    block = _by_next_symbol(machine.probability, machine.following)
    n, k = machine.following.shape
    source, symbol = np.nonzero(machine.following >= 0)
    entry = symbol * n + machine.following[source, symbol]
    order = np.argsort(entry, kind="stable")
    starts = np.searchsorted(entry[order], np.arange(k * n + 1)).astype(np.int64)
    refine(k, starts, source[order].astype(np.int64), block, int(block.max()) + 1)
    return _in_order(block)


def minimal(machine: UnifilarMachine) -> tuple[UnifilarMachine, Integers]:
    """Return the machine of the classes and the class of each state."""
    block, count = equivalent_states(machine)
    if count == machine.n:
        return machine, block
    first = np.full(count, -1, dtype=np.int64)
    for i in range(machine.n - 1, -1, -1):
        first[block[i]] = i
    weight = machine.pi + 1e-300
    mass = np.bincount(block, weights=weight, minlength=count)
    probability = np.zeros((count, machine.k))
    np.add.at(probability, block, machine.probability * weight[:, None])
    probability /= mass[:, None]
    following = machine.following[first]
    following = np.where(following >= 0, block[following], -1)
    return UnifilarMachine(np.ascontiguousarray(following), probability), block


def _by_next_symbol(probability: Floats, following: Integers) -> Integers:
    """Return classes of states whose next symbols have the same probabilities.

    Sorted values are cut where they jump, so that no two nearly equal ones fall apart on the
    border of a rounding cell.
    """
    block = np.zeros(len(probability), dtype=np.int64)
    for x in range(probability.shape[1]):
        column = np.where(following[:, x] >= 0, probability[:, x], -1.0)
        order = np.argsort(column)
        jumps = np.diff(column[order], prepend=column[order[0]]) > SAME_PROBABILITY
        part = np.empty_like(block)
        part[order] = np.cumsum(jumps)
        _, block = np.unique(block * (int(part.max()) + 1) + part, return_inverse=True)
    return block.astype(np.int64)


def _in_order(block: Integers) -> tuple[Integers, int]:
    _, first, inverse = np.unique(block, return_index=True, return_inverse=True)
    rank = np.empty(first.size, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    result: Integers = rank[inverse]
    return result, first.size
