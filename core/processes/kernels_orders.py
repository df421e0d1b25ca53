"""The kernels of the graph of pairs of states, from which the orders of a machine are read."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int32]


@nb.njit(cache=True, nogil=True)
def pair_edges(following: Integers, merges: Flags, sources: Small, targets: Small) -> int:
    """Write the edges of the pair graph and return their number.

    following : int64[n, k], the next state on each symbol or -1
    merges : bool[n * n], set for pairs a * n + b, a < b, that some symbol takes to one state
    sources, targets : int32[n * (n - 1) / 2 * k], filled
    """
    n, k = following.shape
    count = 0
    for a in range(n):
        for b in range(a + 1, n):
            for x in range(k):
                i, j = following[a, x], following[b, x]
                if i < 0 or j < 0:
                    continue
                if i == j:
                    merges[a * n + b] = True
                    continue
                sources[count] = a * n + b
                targets[count] = min(i, j) * n + max(i, j)
                count += 1
    return count


@nb.njit(cache=True, nogil=True)
def reaching(starts: Integers, before: Small, chosen: Flags) -> None:
    """Choose all pairs from which a chosen one can be reached, in place.

    starts, before : the edges by target: the sources of target t lie from starts[t] on
    """
    stack = np.empty(chosen.size, np.int32)
    depth = 0
    for v in range(chosen.size):
        if chosen[v]:
            stack[depth] = v
            depth += 1
    while depth > 0:
        depth -= 1
        v = stack[depth]
        for e in range(starts[v], starts[v + 1]):
            u = before[e]
            if not chosen[u]:
                chosen[u] = True
                stack[depth] = u
                depth += 1


@nb.njit(cache=True, nogil=True)
def longest_path(starts: Integers, before: Small, chosen: Flags) -> int:
    """Return the edges of the longest path among chosen pairs, -1 with a cycle, -2 if none is."""
    left = np.zeros(chosen.size, np.int32)
    total = 0
    for v in range(chosen.size):
        if chosen[v]:
            total += 1
            for e in range(starts[v], starts[v + 1]):
                left[before[e]] += 1
    if total == 0:
        return -2
    queue = np.empty(total, np.int32)
    length = np.zeros(chosen.size, np.int32)
    head, tail = 0, 0
    for v in range(chosen.size):
        if chosen[v] and left[v] == 0:
            queue[tail] = v
            tail += 1
    longest = 0
    while head < tail:
        v = queue[head]
        head += 1
        longest = max(longest, length[v])
        for e in range(starts[v], starts[v + 1]):
            u = before[e]
            if not chosen[u]:
                continue
            length[u] = max(length[u], length[v] + 1)
            left[u] -= 1
            if left[u] == 0:
                queue[tail] = u
                tail += 1
    return longest if tail == total else -1
