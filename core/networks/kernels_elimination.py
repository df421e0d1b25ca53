"""Kernels of elimination: which vertex of a graph goes next, and the tree that an order leaves.

Sets of vertices are rows of 64-bit words.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.uint8]

MIN_WEIGHT, MIN_FILL, WEIGHTED_MIN_FILL = 0, 1, 2
"""Rules of elimination."""

FRESH, STALE, BOUNDED, GONE = 0, 1, 2, 3
"""What is known of a vertex's cost."""


@nb.njit(cache=True, nogil=True)
def count_bits(word: np.uint64) -> np.int64:
    """Return the number of ones in a 64-bit word."""
    x = np.uint64(word)
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@nb.njit(cache=True, nogil=True)
def list_members(row: Words, members: Integers) -> int:
    """Write the vertices of a set in increasing order and return how many there are.

    row : uint64[words], one bit for each vertex
    members : int64[n], filled from the left
    """
    count = 0
    one = np.uint64(1)
    for w in range(row.size):
        word = row[w]
        while word != np.uint64(0):
            lowest = word & (~word + one)
            members[count] = 64 * w + count_bits(lowest - one)
            count += 1
            word ^= lowest
    return count


@nb.njit(cache=True, nogil=True)
def fill_cost(
    v: int, graph: Words, sizes: Floats, members: Integers, weighted: bool, limit: float
) -> float:
    """Return the number, or the weight, of the edges missing among the neighbours of `v`.

    graph : uint64[n, words], symmetric, no loops
    sizes : float64[n], numbers of states; a missing edge (a, b) weighs sizes[a] * sizes[b]
    members : int64[n], scratch
    limit : beyond it counting stops, and what is returned is a lower bound
    """
    degree = list_members(graph[v], members)
    cost = 0.0
    one = np.uint64(1)
    for k in range(degree):
        a = members[k]
        for w in range(a >> 6, graph.shape[1]):
            missing = graph[v, w] & ~graph[a, w]
            if w == a >> 6:
                missing &= ~((one << np.uint64(a & 63)) | ((one << np.uint64(a & 63)) - one))
            if not weighted:
                cost += count_bits(missing)
                continue
            while missing != np.uint64(0):
                lowest = missing & (~missing + one)
                cost += sizes[a] * sizes[64 * w + count_bits(lowest - one)]
                missing ^= lowest
        if cost > limit:
            return cost
    return cost


@nb.njit(cache=True, nogil=True)
def weight_cost(v: int, graph: Words, log_sizes: Floats, members: Integers) -> float:
    """Return the natural logarithm of the cells of the table on `v` and its neighbours."""
    degree = list_members(graph[v], members)
    weight: float = log_sizes[v]
    for k in range(degree):
        weight += log_sizes[members[k]]
    return weight


@nb.njit(cache=True, nogil=True)
def precedes(v: int, other: int, cost: Floats, weight: Floats) -> bool:
    """Return whether `v` is to be eliminated before `other`, which is n while there is none."""
    if other == cost.size or cost[v] != cost[other]:
        return bool(other == cost.size or cost[v] < cost[other])
    if abs(weight[v] - weight[other]) > 1e-9:
        return bool(weight[v] < weight[other])
    return bool(v < other)


@nb.njit(cache=True, nogil=True)
def choose(
    graph: Words, sizes: Floats, rule: int, noise: Floats, state: Flags, cost: Floats,
    weight: Floats, members: Integers,
) -> int:  # fmt: skip
    """Return the vertex to eliminate next, counting again only where that may matter.

    state : uint8[n]: FRESH, STALE, BOUNDED (`cost` is a lower bound) or GONE
    cost, weight : float64[n], changed where they were stale
    """
    none = state.size
    best = none
    for v in range(state.size):
        if state[v] == FRESH and precedes(v, best, cost, weight):
            best = v
    if rule != MIN_WEIGHT and best < none and cost[best] == 0.0:
        return best  # its neighbours are complete: eliminating it first costs nothing
    for v in range(state.size):
        if state[v] != STALE and (state[v] != BOUNDED or (best < none and cost[v] > cost[best])):
            continue
        if rule == MIN_WEIGHT:
            cost[v] = weight[v] * noise[v]
            state[v] = FRESH
        else:
            limit = np.inf if best == none else cost[best] / noise[v]
            raw = fill_cost(v, graph, sizes, members, rule == WEIGHTED_MIN_FILL, limit)
            cost[v] = raw * noise[v]
            state[v] = BOUNDED if raw > limit else FRESH
        if state[v] == FRESH and precedes(v, best, cost, weight):
            best = v
    return best


@nb.njit(cache=True, nogil=True)
def join_neighbours(v: int, graph: Words, state: Flags, members: Integers, others: Integers) -> int:
    """Connect the neighbours of `v`, take `v` away from them, and return how many there are.

    state : uint8[n], STALE is written where a number of missing edges may have changed
    members, others : int64[n], scratch; `members` holds the neighbours on return
    """
    degree = list_members(graph[v], members)
    one, filled = np.uint64(1), False
    for k in range(degree):
        a = members[k]
        for w in range(graph.shape[1]):
            added = graph[v, w] & ~graph[a, w]
            if w == a >> 6:
                added &= ~(one << np.uint64(a & 63))
            if added != np.uint64(0):
                graph[a, w] |= added
                filled = True
        graph[a, v >> 6] &= ~(one << np.uint64(v & 63))
        state[a] = STALE
    if filled:
        for k in range(degree):
            count = list_members(graph[members[k]], others)
            for j in range(count):
                state[others[j]] = STALE
    return degree


@nb.njit(cache=True, nogil=True)
def eliminate(
    graph: Words, sizes: Floats, rule: int, noise: Floats, bound: float, order: Integers
) -> float:
    """Eliminate all vertices greedily; return the cells of all elimination cliques together.

    graph : uint64[n, words], symmetric, no loops. On return row v holds the neighbours that v had
        when it was eliminated, all of which come later in `order`.
    sizes : float64[n], numbers of states
    rule : MIN_WEIGHT, MIN_FILL or WEIGHTED_MIN_FILL; ties go to the smaller weight, then index
    noise : float64[n], positive factors on the costs, all 1 for the plain rule
    bound : infinity is returned as soon as the total exceeds it
    order : int64[n], the vertices in the order of elimination
    """
    n = order.size
    log_sizes = np.log(sizes)
    cost, weight = np.empty(n), np.empty(n)
    state = np.full(n, STALE, np.uint8)
    members, others = np.empty(n, np.int64), np.empty(n, np.int64)
    total = 0.0
    for v in range(n):
        weight[v] = weight_cost(v, graph, log_sizes, members)
    for step in range(n):
        v = choose(graph, sizes, rule, noise, state, cost, weight, others)
        order[step] = v
        state[v] = GONE
        total += np.exp(weight[v])
        if total > bound:
            return np.inf
        degree = join_neighbours(v, graph, state, members, others)
        for k in range(degree):
            weight[members[k]] = weight_cost(members[k], graph, log_sizes, others)
    return total


@nb.njit(cache=True, nogil=True)
def elimination_tree(
    graph: Words, order: Integers, sizes: Floats, above: Integers, keeper: Integers
) -> float:
    """Link the elimination cliques; return the cells of the maximal ones together.

    graph, order : as `eliminate` left them
    above : int64[n], for each vertex the earliest eliminated of its later neighbours, or -1
    keeper : int64[n], for each vertex the vertex whose maximal clique holds its clique: itself, or
        the keeper of the first vertex below it whose clique has exactly one member more
    """
    n = order.size
    rank, degree = np.empty(n, np.int64), np.empty(n, np.int64)
    members = np.empty(n, np.int64)
    for step in range(n):
        rank[order[step]] = step
        keeper[step] = step
    cells, total = np.empty(n), 0.0
    for v in range(n):
        degree[v] = list_members(graph[v], members)
        above[v] = -1
        cells[v] = sizes[v]
        for k in range(degree[v]):
            cells[v] *= sizes[members[k]]
            if above[v] < 0 or rank[members[k]] < rank[above[v]]:
                above[v] = members[k]
    for step in range(n):
        v = order[step]
        up = above[v]
        if keeper[v] == v:
            total += cells[v]
        if up >= 0 and keeper[up] == up and degree[v] == degree[up] + 1:
            keeper[up] = keeper[v]
    return total
