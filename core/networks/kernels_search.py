"""Kernels of the search for elimination orders with few clique cells.

The greedy rules are repeated with random factors on the costs. Three kinds of attempts alternate:
fresh factors on all vertices; the best attempt's factors changed at a few random vertices; and
changed within one of its cliques, chosen with probability proportional to its cells. What the
factors say is decoded by elimination, so every attempt is a triangulation, and one that comes to
more cells than the best is given up at once. The same seed gives the same orders.

Sources: Kjaerulff, Triangulation of graphs (1990); Kask, Gelfand, Otten and Dechter, Pushing the
power of stochastic greedy ordering schemes (2011).
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_clique_tree import build_tree
from core.networks.kernels_elimination import (
    MIN_WEIGHT,
    SWEEP,
    WEIGHTED_MIN_FILL,
    eliminate,
    list_members,
    maximal_cells,
    start_costs,
)
from core.networks.kernels_graph import bit_rows, moral_lists, parts_left, peel

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.uint8]
Search = tuple[
    Integers, Integers, Integers, int, Integers, Integers, Words, Integers, Floats, Floats
]
Tree = tuple[Integers, Integers, Integers, Integers, Floats, Integers, Integers]

PLAIN_RULES = 4
"""Attempts without random factors: weighted minimum fill, a sweep, minimum fill, minimum weight."""

HOPELESS = 1e30
"""An order is given up beyond this many cells; no computer would use it."""

FEW_CELLS = 4000.0
"""A smaller tree is searched for as long as one of this size."""

ATTEMPTS, RULE = 0, 1
"""Columns of `counts`: attempts made on a part, and the rule of the best one."""

CELLS, WORK, IDLE = 0, 1, 2
"""Columns of `sums`: cells of the best order, work done on the part, and since the last gain."""


@nb.njit(cache=True, nogil=True)
def next_word(random: Words) -> np.uint64:
    """Return 64 random bits (splitmix64) and advance the generator's only word."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    z = random[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word: np.uint64 = z ^ (z >> np.uint64(31))
    return word


@nb.njit(cache=True, nogil=True)
def next_uniform(random: Words) -> float:
    """Return a random number, at least 0 and less than 1."""
    return np.float64(next_word(random) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@nb.njit(cache=True, nogil=True)
def next_factor(random: Words, spread: float) -> float:
    """Return a positive factor whose logarithm has mean 0 and about this standard deviation.

    Four uniform numbers of 16 bits make a sum that is nearly normal.
    """
    word = next_word(random)
    total = 0.0
    for _ in range(4):
        total += np.float64(word & np.uint64(0xFFFF))
        word >>= np.uint64(16)
    return float(np.exp(spread * 1.7320508075688772 * (total / 65536.0 - 2.0)))


@nb.njit(cache=True, nogil=True)
def draw_all(random: Words, noise: Floats) -> int:
    """Draw fresh factors for all vertices and return the rule to use them with."""
    u = next_uniform(random)
    rule = MIN_WEIGHT if u < 0.1 else (WEIGHTED_MIN_FILL if u < 0.55 else 1)
    u = next_uniform(random)
    spread = 0.05 if u < 0.2 else (0.1 if u < 0.5 else (0.3 if u < 0.8 else 0.6))
    if rule == MIN_WEIGHT:
        spread = 0.1
    for v in range(noise.size):
        noise[v] = next_factor(random, spread)
    return rule


@nb.njit(cache=True, nogil=True)
def change_some(random: Words, noise: Floats) -> None:
    """Multiply the factors of a few vertices, seldom of many."""
    most = next_uniform(random) ** 2 * noise.size * 0.3
    spread = 0.1 + 0.6 * next_uniform(random)
    for _ in range(1 + int(most)):
        noise[int(next_uniform(random) * noise.size)] *= next_factor(random, spread)


@nb.njit(cache=True, nogil=True)
def change_clique(
    random: Words, noise: Floats, best_rows: Words, running: Floats, members: Integers
) -> None:
    """Change factors in a clique of the best order, chosen by its cells.

    best_rows : uint64[k, words], as `eliminate` left them
    running : float64[k], cells of the elimination cliques of the vertices up to each one
    """
    chosen = np.searchsorted(running, next_uniform(random) * running[-1])
    chosen = min(chosen, noise.size - 1)
    degree = list_members(best_rows[chosen], members)
    spread, share = 0.1 + 1.5 * next_uniform(random) ** 2, next_uniform(random)
    for k in range(degree + 1):
        v = members[k] if k < degree else chosen
        if next_uniform(random) < share:
            keeps = next_uniform(random) < 0.5
            noise[v] = next_factor(random, spread) * (noise[v] if keeps else 1.0)


@nb.njit(cache=True, nogil=True)
def sum_cliques(rows: Words, log_sizes: Floats, members: Integers, running: Floats) -> None:
    """Write the running sum of the cells of the elimination cliques, by vertex."""
    total = 0.0
    for v in range(log_sizes.size):
        degree = list_members(rows[v], members)
        weight = log_sizes[v]
        for k in range(degree):
            weight += log_sizes[members[k]]
        total += np.exp(weight)
        running[v] = total


@nb.njit(cache=True, nogil=True)
def copy_rows(source: Words, target: Words) -> None:
    """Copy a matrix; a loop compiles ten times faster than an assignment to a slice."""
    for v in range(source.shape[0]):
        for w in range(source.shape[1]):
            target[v, w] = source[v, w]


@nb.njit(cache=True, nogil=True)
def copy_numbers(source: Floats, target: Floats) -> None:
    """Copy numbers."""
    for v in range(source.size):
        target[v] = source[v]


@nb.njit(cache=True, nogil=True)
def is_enough(sums: Floats, patience: float, greed: float, most: float) -> bool:
    """Return whether to end the search in a part, by the work done in it.

    patience, greed : nanoseconds for each cell of the best order, since the last gain and
        altogether; what further attempts would save is a share of that
    most : nanoseconds altogether
    """
    cells = max(sums[CELLS], FEW_CELLS)
    return bool(
        sums[CELLS] > HOPELESS
        or sums[IDLE] > patience * cells
        or sums[WORK] > min(greed * cells, most)
    )


@nb.njit(cache=True, nogil=True)
def search_part(
    rows: Words, sizes: Floats, work_limit: float, patience: float, greed: float, most: float,
    random: Words, counts: Integers, sums: Floats, best_noise: Floats, best_order: Integers,
) -> None:  # fmt: skip
    """Try to eliminate one connected part better than before.

    rows, sizes : uint64[k, words], float64[k]
    work_limit : nanoseconds (counted, not measured) to spend in this call, one attempt at least
    patience, greed, most : see `is_enough`
    random : uint64[1], the state of the random numbers
    counts, sums, best_noise, best_order : int64[2], float64[3], float64[k], int64[k]; what was
        found so far, kept up to date
    """
    count, words = rows.shape
    log_sizes = np.log(sizes)
    start_cost, start_weight = np.empty((SWEEP + 1, count)), np.empty(count)
    has_cost = np.zeros(SWEEP + 1, np.uint8)
    graph, best_rows = np.empty_like(rows), np.empty_like(rows)
    cost, weight, noise = np.empty(count), np.empty(count), np.ones(count)
    order, members = np.empty(count, np.int64), np.empty(count + 1, np.int64)
    running, knows_best = np.empty(count), False
    spent = 0.0
    while True:
        attempt = counts[ATTEMPTS]
        if attempt > 0:
            if spent >= work_limit or is_enough(sums, patience, greed, most):
                return
        redo = attempt >= PLAIN_RULES and not knows_best
        if redo:  # a new call: find the cliques of the best order again
            rule = counts[RULE]
            copy_numbers(best_noise, noise)
        elif attempt < PLAIN_RULES:
            rule = SWEEP if attempt == 1 else WEIGHTED_MIN_FILL - max(0, attempt - 1)
            for v in range(count):
                noise[v] = 1.0
        else:
            u = next_uniform(random)
            if u < 0.25:
                rule = draw_all(random, noise)
            else:
                rule = counts[RULE]
                copy_numbers(best_noise, noise)
                if u < 0.6:
                    change_some(random, noise)
                else:
                    change_clique(random, noise, best_rows, running, members)
                    if u > 0.95:
                        rule = int(3 * next_uniform(random))
        if not has_cost[rule]:
            start_costs(rows, sizes, log_sizes, rule, start_cost[rule], start_weight)
            has_cost[rule] = 1
        copy_rows(rows, graph)
        copy_numbers(start_cost[rule], cost)
        copy_numbers(start_weight, weight)
        bound = HOPELESS if attempt == 0 or redo else sums[CELLS]
        cells, work = eliminate(
            graph,
            sizes,
            log_sizes,
            rule,
            noise,
            bound,
            cost,
            weight,
            np.arange(count),
            count,
            order,
        )
        work += 100 + count * (8 + words)
        spent += work
        if redo:
            copy_rows(graph, best_rows)
            sum_cliques(best_rows, log_sizes, members, running)
            knows_best = True
            continue
        counts[ATTEMPTS] += 1
        sums[WORK] += work
        sums[IDLE] += work
        if cells > bound:
            if attempt == 0:
                sums[CELLS] = cells
                best_order[0] = -1
                return
            continue
        cells = maximal_cells(graph, order, sizes)
        if attempt == 0 or cells <= sums[CELLS]:  # wandering among equals leads further
            if attempt > 0 and cells < 0.998 * sums[CELLS]:
                sums[IDLE] = 0.0
            sums[CELLS] = cells
            counts[RULE] = rule
            copy_numbers(noise, best_noise)
            for k in range(count):
                best_order[k] = order[k]
            copy_rows(graph, best_rows)
            sum_cliques(best_rows, log_sizes, members, running)
            knows_best = True


@nb.njit(cache=True, nogil=True)
def search_parts(
    sizes: Integers, starts: Integers, neighbours: Integers, part_starts: Integers,
    vertices: Integers, work_limit: float, patience: float, greed: float, most: float,
    random: Words, counts: Integers, sums: Floats, noise: Floats, order: Integers,
) -> bool:  # fmt: skip
    """Search in all parts in turn, in proportion to their cells; return whether all came to an end.

    sizes, starts, neighbours : the graph, see `kernels_graph`
    part_starts, vertices : as `parts_left` returned them
    random, counts, sums : uint64[parts, 1], int64[parts, 2], float64[parts, 3]
    noise, order : float64[k], int64[k] for all parts together; the orders number the vertices of
        the whole graph
    The rest is as in `search_part`.
    """
    number = np.full(sizes.size, -1, np.int64)
    parts = part_starts.size - 1
    total = 0.0
    for p in range(parts):
        total += sums[p, CELLS]
    is_done = True
    for p in range(parts):
        mine = vertices[part_starts[p] : part_starts[p + 1]]
        if counts[p, ATTEMPTS] > 0 and is_enough(sums[p], patience, greed, most):
            continue
        share = work_limit * sums[p, CELLS] / total if counts[p, ATTEMPTS] > 0 else work_limit
        rows = bit_rows(starts, neighbours, mine, number)
        mine_sizes, local = np.empty(mine.size), np.empty(mine.size, np.int64)
        for k in range(mine.size):
            mine_sizes[k] = sizes[mine[k]]
        local[0] = -1
        search_part(
            rows, mine_sizes, share, patience, greed, most, random[p], counts[p], sums[p],
            noise[part_starts[p] : part_starts[p + 1]], local,
        )  # fmt: skip
        if local[0] >= 0:
            for k in range(mine.size):
                order[part_starts[p] + k] = mine[local[k]]
        is_done = is_done and is_enough(sums[p], patience, greed, most)
    return is_done


@nb.njit(cache=True, nogil=True)
def start_search(
    sizes: Integers, scope_starts: Integers, scope_members: Integers, seed: int
) -> Search:
    """Return all that `search_parts` needs, for a model's scopes.

    The graph; an order with what was peeled off in front, and how many those are; the parts left;
    and the empty records of a search.
    """
    count = sizes.size
    starts, neighbours = moral_lists(count, scope_starts, scope_members)
    order, is_gone = np.empty(count, np.int64), np.zeros(count, np.uint8)
    done = peel(starts, neighbours, order, is_gone)
    part_starts, vertices = parts_left(starts, neighbours, is_gone)
    for k in range(vertices.size):
        order[done + k] = vertices[k]
    parts = part_starts.size - 1
    random = np.empty((parts, 1), np.uint64)
    for p in range(parts):
        random[p, 0] = np.uint64(seed) + np.uint64(p) * np.uint64(0xD1342543DE82EF95)
    counts, sums = np.zeros((parts, 2), np.int64), np.zeros((parts, 3))
    noise = np.ones(vertices.size)
    return (
        starts, neighbours, order, done, part_starts, vertices, random, counts, sums, noise,
    )  # fmt: skip


@nb.njit(cache=True, nogil=True)
def first_tree(
    sizes: Integers, scope_starts: Integers, scope_members: Integers, seed: int, widest: int,
    work_limit: float, patience: float, greed: float, most: float,
) -> tuple[int, Search, bool, Tree]:  # fmt: skip
    """Plan a clique tree in one call.

    Returns the vertices of the largest part to search; the records of the search; whether it has
    ended; and the tree. Where there is a part of more than `widest` vertices nothing is searched,
    and the tree is empty where the search has not ended or the best order is hopeless.
    """
    search = start_search(sizes, scope_starts, scope_members, seed)
    starts, neighbours, order, done, part_starts, vertices, random, counts, sums, noise = search
    none, nothing = np.empty(0, np.int64), np.empty(0)
    tree = (np.zeros(1, np.int64), none, none, none, nothing, none, none)
    largest, is_hopeless = 0, False
    for p in range(part_starts.size - 1):
        largest = max(largest, part_starts[p + 1] - part_starts[p])
    if largest > widest:
        return largest, search, False, tree
    is_done = search_parts(
        sizes, starts, neighbours, part_starts, vertices, work_limit, patience, greed, most,
        random, counts, sums, noise, order[done:],
    )  # fmt: skip
    for p in range(sums.shape[0]):
        is_hopeless = is_hopeless or sums[p, CELLS] > HOPELESS
    if is_done and not is_hopeless:
        tree = build_tree(sizes, scope_starts, scope_members, starts, neighbours, order)
    return largest, search, is_done, tree
