"""Kernels of elimination: which vertex goes next, by greedy rules, and the search for good orders.

Sets of vertices are rows of 64-bit words. The cost of eliminating a vertex is kept up to date edge
by edge, so that a step pays for what it changes and not for the size of the graph.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_graph import bit_rows, sort_by

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

MIN_WEIGHT, MIN_FILL, WEIGHTED_MIN_FILL, MIN_DEGREE, SWEEP = 0, 1, 2, 3, 4
"""Rules of elimination. To sweep is to go through the graph from one end to the other, which is
best for long strips such as lattices and the slices of a process in time."""


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
def sum_sizes(word: np.uint64, first: int, sizes: Floats) -> float:
    """Return the sum of the sizes of the vertices in a word of a row that starts at `first`."""
    total, one = 0.0, np.uint64(1)
    while word != np.uint64(0):
        lowest = word & (~word + one)
        total += sizes[first + count_bits(lowest - one)]
        word ^= lowest
    return total


@nb.njit(cache=True, nogil=True)
def walk(graph: Words, first: int, place: Floats) -> int:
    """Number the vertices breadth first, those of few neighbours before others; return the last.

    graph : uint64[n, words], connected
    place : float64[n], filled with the numbers from 1
    Source: Cuthill and McKee, Reducing the bandwidth of sparse symmetric matrices (1969).
    """
    count = place.size
    queue, members, degrees = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count)
    for v in range(count):
        degrees[v] = list_members(graph[v], members)
        place[v] = 0.0
    queue[0], place[first], filled = first, 1.0, 1
    for k in range(count):
        if k == filled:
            break  # only where the graph is not connected
        number, begin = list_members(graph[queue[k]], members), filled
        for i in range(number):
            v = members[i]
            if place[v] == 0.0:
                place[v] = 1.0
                queue[filled] = v
                filled += 1
        sort_by(queue[begin:filled], degrees)
    for k in range(filled):
        place[queue[k]] = k + 1.0
    return int(queue[filled - 1])


@nb.njit(cache=True, nogil=True)
def sweep(graph: Words, place: Floats) -> None:
    """Number the vertices of a connected graph from one end to the other."""
    end = walk(graph, 0, place)
    walk(graph, walk(graph, end, place), place)


@nb.njit(cache=True, nogil=True)
def start_costs(
    graph: Words, sizes: Floats, log_sizes: Floats, rule: int, cost: Floats, weight: Floats
) -> None:
    """Write what eliminating each vertex would cost.

    graph : uint64[n, words], symmetric, no loops
    sizes, log_sizes : float64[n], numbers of states
    cost : float64[n], by the rule: the logarithm of the cells of the new table; the edges missing
        among the neighbours; their weights (the product of both sizes); the number of neighbours
    weight : float64[n], the logarithm of the cells of the table on the vertex and its neighbours
    """
    count, words = graph.shape
    members = np.empty(count, np.int64)
    for v in range(count):
        degree = list_members(graph[v], members)
        weight[v], total = log_sizes[v], 0.0
        for k in range(degree):
            a = members[k]
            weight[v] += log_sizes[a]
            if rule == MIN_FILL:
                for w in range(words):
                    total += count_bits(graph[v, w] & ~graph[a, w])
                total -= 1.0  # the neighbour itself
            elif rule == WEIGHTED_MIN_FILL:
                for w in range(words):
                    missing = graph[v, w] & ~graph[a, w]
                    total += sizes[a] * sum_sizes(missing, 64 * w, sizes)
                total -= sizes[a] * sizes[a]
        if rule == MIN_WEIGHT:
            cost[v] = weight[v]
        elif rule == MIN_DEGREE:
            cost[v] = degree
        else:
            cost[v] = total / 2  # every missing edge was seen from both ends
    if rule == SWEEP:
        sweep(graph, cost)


@nb.njit(cache=True, nogil=True)
def choose(live: Integers, noise: Floats, cost: Floats, weight: Floats) -> int:
    """Return the place in `live` of the vertex that costs least; ties by weight, then by number."""
    best = 0
    v = live[0]
    least = cost[v] * noise[v]
    for k in range(1, live.size):
        u = live[k]
        key = cost[u] * noise[u]
        if key > least + 1e-9:
            continue
        if key >= least - 1e-9:
            if weight[u] > weight[v] + 1e-9 or (weight[u] >= weight[v] - 1e-9 and u > v):
                continue
        best, v, least = k, u, key
    return best


@nb.njit(cache=True, nogil=True)
def join(a: int, b: int, graph: Words, sizes: Floats, rule: int, cost: Floats) -> None:
    """Add an edge where there is none, and bring the numbers of missing edges up to date."""
    one = np.uint64(1)
    weighted = rule == WEIGHTED_MIN_FILL
    edge = sizes[a] * sizes[b] if weighted else 1.0
    only_a, only_b = 0.0, 0.0
    for w in range(graph.shape[1]):
        row_a, row_b = graph[a, w], graph[b, w]
        both = row_a & row_b
        while both != np.uint64(0):
            lowest = both & (~both + one)
            cost[64 * w + count_bits(lowest - one)] -= edge
            both ^= lowest
        if weighted:
            only_a += sum_sizes(row_a & ~row_b, 64 * w, sizes)
            only_b += sum_sizes(row_b & ~row_a, 64 * w, sizes)
        else:
            only_a += count_bits(row_a & ~row_b)
            only_b += count_bits(row_b & ~row_a)
    if weighted:
        cost[a] += sizes[b] * only_a
        cost[b] += sizes[a] * only_b
    else:
        cost[a] += only_a
        cost[b] += only_b
    graph[a, b >> 6] |= one << np.uint64(b & 63)
    graph[b, a >> 6] |= one << np.uint64(a & 63)


@nb.njit(cache=True, nogil=True)
def eliminate(
    graph: Words, sizes: Floats, log_sizes: Floats, rule: int, noise: Floats, bound: float,
    cost: Floats, weight: Floats, live: Integers, early: int, order: Integers,
) -> tuple[float, float]:  # fmt: skip
    """Eliminate all vertices, the cheapest first.

    graph : uint64[n, words], changed: row v becomes the neighbours v had when it was eliminated
    noise : float64[n], positive factors on the costs
    bound : given up once the cells of the elimination cliques together are more
    cost, weight : as `start_costs` wrote them, changed
    live : int64[n], all vertices, changed; the first `early` of them go before any other
    order : int64[n], filled
    Returns the cells of the elimination cliques, without those that may be part of others, and the
    work done, in something like nanoseconds.
    """
    count, words = graph.shape
    one = np.uint64(1)
    counts_fill = rule == MIN_FILL or rule == WEIGHTED_MIN_FILL
    members = np.empty(count, np.int64)
    left_in = np.zeros(count, np.uint64)  # sizes of the cliques that each vertex was left in
    cells, work = 0.0, 0.0
    low, high = 0, early
    for step in range(count):
        if low == high:
            low, high = early, count
        place = low + choose(live[low:high], noise, cost, weight)
        v = live[place]
        high -= 1
        live[place] = live[high]
        order[step] = v
        degree = list_members(graph[v], members)
        if not (left_in[v] >> np.uint64(min(degree + 1, 63))) & one:  # else it may be part of one
            cells += np.exp(weight[v])
            if cells > bound:
                return cells, work
        fills = 0
        for i in range(degree):
            a = members[i]
            for w in range(a >> 6, words):
                added = graph[v, w] & ~graph[a, w]
                if w == a >> 6:
                    below = one << np.uint64(a & 63)
                    added &= ~(below | (below - one))
                while added != np.uint64(0):
                    lowest = added & (~added + one)
                    b = 64 * w + int(count_bits(lowest - one))
                    added ^= lowest
                    fills += 1
                    if counts_fill:
                        join(a, b, graph, sizes, rule, cost)
                    else:
                        graph[a, b >> 6] |= one << np.uint64(b & 63)
                        graph[b, a >> 6] |= one << np.uint64(a & 63)
                    weight[a] += log_sizes[b]
                    weight[b] += log_sizes[a]
                    if rule == MIN_DEGREE:
                        cost[a] += 1.0
                        cost[b] += 1.0
        for i in range(degree):
            a = members[i]
            graph[a, v >> 6] &= ~(one << np.uint64(v & 63))
            weight[a] -= log_sizes[v]
            left_in[a] |= one << np.uint64(min(degree, 63))
            if rule == MIN_FILL:
                for w in range(words):
                    cost[a] -= count_bits(graph[a, w] & ~graph[v, w])
            elif rule == WEIGHTED_MIN_FILL:
                for w in range(words):
                    missing = graph[a, w] & ~graph[v, w]
                    cost[a] -= sizes[v] * sum_sizes(missing, 64 * w, sizes)
            elif rule == MIN_DEGREE:
                cost[a] -= 1.0
            elif rule == MIN_WEIGHT:
                cost[a] = weight[a]
        work += 20 + (high - low) + degree * (4 + 2 * words) + fills * (10 + 6 * words)
    return cells, work


@nb.njit(cache=True, nogil=True)
def maximal_cells(graph: Words, order: Integers, sizes: Floats) -> float:
    """Return the cells of the maximal cliques together.

    graph, order : as `eliminate` left them
    """
    count = order.size
    rank, degrees = np.empty(count, np.int64), np.empty(count, np.int64)
    members, is_kept = np.empty(count, np.int64), np.ones(count, np.uint8)
    for step in range(count):
        rank[order[step]] = step
    total = 0.0
    for step in range(count):
        v = order[step]
        degrees[v] = list_members(graph[v], members)
    # A clique is within another one exactly when a vertex below it has exactly one neighbour more.
    for step in range(count):
        v = order[step]
        degree = list_members(graph[v], members)
        cells, up = sizes[v], -1
        for k in range(degree):
            u = members[k]
            cells *= sizes[u]
            if up < 0 or rank[u] < rank[up]:
                up = u
        if is_kept[v]:
            total += cells
        if up >= 0 and degree == degrees[up] + 1:
            is_kept[up] = 0
    return total


@nb.njit(cache=True, nogil=True)
def order_by_rule(
    sizes: Integers, starts: Integers, neighbours: Integers, rule: int, live: Integers, early: int,
    bound: float,
) -> tuple[Integers, float]:  # fmt: skip
    """Return the order in which a rule eliminates a whole graph, and the cells of its cliques.

    starts, neighbours : the graph, see `kernels_graph`
    live, early : int64[n], all vertices, changed; the first `early` of them go before any other
    bound : given up beyond this many cells
    """
    count = sizes.size
    vertices = np.arange(count)
    graph = bit_rows(starts, neighbours, vertices, np.full(count, -1, np.int64))
    cost, weight, states = np.empty(count), np.empty(count), sizes.astype(np.float64)
    log_sizes, order = np.log(states), vertices
    start_costs(graph, states, log_sizes, rule, cost, weight)
    cells, _ = eliminate(
        graph, states, log_sizes, rule, np.ones(count), bound, cost, weight, live, early, order
    )
    return order, cells
