"""Kernels that turn an elimination order into a clique tree, on flat arrays from end to end."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_graph import sort_by

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def later_neighbours(
    starts: Integers, neighbours: Integers, order: Integers
) -> tuple[Integers, Integers, Integers]:
    """Return the neighbours that each vertex has when it is eliminated.

    A vertex inherits those of the vertices whose first such neighbour it is.

    starts, neighbours : the graph, see `kernels_graph`
    order : int64[n]
    Returns, by place in the order: starts and lists of places, increasing; and the first of each
    list, or -1 (the vertex above in the elimination tree).
    """
    count = order.size
    rank = np.empty(count, np.int64)
    for step in range(count):
        rank[order[step]] = step
    firsts = np.empty(count + 1, np.int64)
    later = np.empty(2 * neighbours.size + count, np.int64)
    above = np.full(count, -1, np.int64)
    youngest, elder = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
    seen_from = np.full(count, -1, np.int64)
    ranks = np.arange(count).astype(np.float64)
    filled = 0
    for step in range(count):
        v = order[step]
        firsts[step] = filled
        if filled + count > later.size:
            longer = np.empty(2 * later.size + count, np.int64)
            for k in range(filled):
                longer[k] = later[k]
            later = longer
        for k in range(starts[v], starts[v + 1]):
            other = rank[neighbours[k]]
            if other > step:
                seen_from[other] = step
                later[filled] = other
                filled += 1
        child = youngest[step]
        while child >= 0:
            for k in range(firsts[child], firsts[child + 1]):
                other = later[k]
                if other > step and seen_from[other] != step:
                    seen_from[other] = step
                    later[filled] = other
                    filled += 1
            child = elder[child]
        mine = later[firsts[step] : filled]
        sort_by(mine, ranks)
        firsts[step + 1] = filled
        if mine.size > 0:
            up = mine[0]
            above[step] = up
            elder[step] = youngest[up]
            youngest[up] = step
    return firsts, later[:filled], above


@nb.njit(cache=True, nogil=True)
def keepers(firsts: Integers, above: Integers) -> Integers:
    """Return for each place in the order the place whose maximal clique holds its clique.

    That is itself, or the keeper of a vertex below it whose clique has exactly one member more.
    """
    count = above.size
    keeper = np.arange(count)
    for step in range(count):
        up = above[step]
        if up < 0 or keeper[up] != up:
            continue
        if firsts[step + 1] - firsts[step] == firsts[up + 1] - firsts[up] + 1:
            keeper[up] = keeper[step]
    return keeper


@nb.njit(cache=True, nogil=True)
def light_links(
    cells: Floats, scope_starts: Integers, scope_members: Integers, shared: Integers,
    above: Integers, variables: int,
) -> None:  # fmt: skip
    """Hang each clique below the smallest one that holds its separator.

    Any clique outside the subtree that holds the whole separator may take the place of the one
    above: the tree keeps its weight, so it stays a clique tree. A message then costs a pass over
    a small table in place of a large one.

    cells : float64[cliques]; shared : int64[cliques], members of the separators, which come first
    above : int64[cliques], changed
    """
    count = cells.size
    by_cells = np.arange(count)
    sort_by(by_cells, cells)
    starts = np.zeros(variables + 1, np.int64)
    for k in range(scope_members.size):
        starts[scope_members[k] + 1] += 1
    for v in range(variables):
        starts[v + 1] += starts[v]
    place, holders = starts[:variables].copy(), np.empty(scope_members.size, np.int64)
    for r in range(count):
        i = by_cells[r]
        for k in range(scope_starts[i], scope_starts[i + 1]):
            v = scope_members[k]
            holders[place[v]] = i
            place[v] += 1
    wanted = np.full(variables, -1, np.int64)
    for i in range(count):
        first = scope_starts[i]
        if shared[i] == 0 or above[i] < 0:
            continue
        rarest = scope_members[first]
        for k in range(first, first + shared[i]):
            v = scope_members[k]
            wanted[v] = i
            if starts[v + 1] - starts[v] < starts[rarest + 1] - starts[rarest]:
                rarest = v
        for h in range(starts[rarest], starts[rarest + 1]):
            j = holders[h]
            if cells[j] >= cells[above[i]]:
                break
            if scope_starts[j + 1] - scope_starts[j] <= shared[i]:
                continue
            held = 0
            for k in range(scope_starts[j], scope_starts[j + 1]):
                held += wanted[scope_members[k]] == i
            if held == shared[i]:
                up = j
                while up >= 0 and up != i:
                    up = above[up]
                if up != i:
                    above[i] = j
                    break


@nb.njit(cache=True, nogil=True)
def parents_first(above: Integers) -> Integers:
    """Return the cliques depth first, so that neighbours in the tree are near in memory."""
    count = above.size
    youngest, elder = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
    stack, outward = np.empty(count, np.int64), np.empty(count, np.int64)
    for i in range(count):
        if above[i] >= 0:
            elder[i] = youngest[above[i]]
            youngest[above[i]] = i
    height, done = 0, 0
    for i in range(count - 1, -1, -1):
        if above[i] < 0:
            stack[height] = i
            height += 1
    while height > 0:
        height -= 1
        i = stack[height]
        outward[done] = i
        done += 1
        below = youngest[i]
        while below >= 0:  # youngest first, so that the eldest is taken from the stack next
            stack[height] = below
            height += 1
            below = elder[below]
    return outward


@nb.njit(cache=True, nogil=True)
def build_tree(
    sizes: Integers, factor_starts: Integers, factor_members: Integers, starts: Integers,
    neighbours: Integers, order: Integers,
) -> tuple[Integers, Integers, Integers, Integers, Floats, Integers, Integers]:  # fmt: skip
    """Return the clique tree that an elimination order leaves.

    sizes : int64[n]; factor_starts, factor_members : the variables of each factor
    starts, neighbours, order : the moral graph and the order
    Returns the starts of the cliques' scopes and their members (the separator first, the first
    eliminated last); members of each separator; the clique above or -1; cells of the cliques;
    for each factor a clique that holds it; for each variable the smallest clique that does.
    Cliques above come first.
    """
    variables = sizes.size
    firsts, later, elimination_above = later_neighbours(starts, neighbours, order)
    keeper = keepers(firsts, elimination_above)
    last = np.empty(variables, np.int64)  # for each keeper the latest place whose clique it holds
    rank = np.empty(variables, np.int64)
    for step in range(variables):
        last[keeper[step]] = step
        rank[order[step]] = step
    count, entries = 0, 0
    number = np.full(variables, -1, np.int64)
    for step in range(variables - 1, -1, -1):
        kept = keeper[step]
        if last[kept] == step:  # cliques in the order of their last members, latest first
            number[kept] = count
            count += 1
            entries += 1 + firsts[kept + 1] - firsts[kept]
    above, shared, cells = np.empty(count, np.int64), np.empty(count, np.int64), np.ones(count)
    scope_starts, scope_members = np.empty(count + 1, np.int64), np.empty(entries, np.int64)
    filled = 0
    for step in range(variables - 1, -1, -1):
        kept = keeper[step]
        if last[kept] != step:
            continue
        i = number[kept]
        up = elimination_above[step]
        above[i] = number[keeper[up]] if up >= 0 else -1
        scope_starts[i] = filled
        shared[i] = firsts[step + 1] - firsts[step]
        for k in range(firsts[kept + 1] - 1, firsts[kept] - 1, -1):
            scope_members[filled] = order[later[k]]
            filled += 1
        scope_members[filled] = order[kept]
        filled += 1
        for k in range(scope_starts[i], filled):
            cells[i] *= sizes[scope_members[k]]
    scope_starts[count] = filled
    light_links(cells, scope_starts, scope_members, shared, above, variables)
    outward = parents_first(above)
    place = np.empty(count, np.int64)
    out_starts, out_members = np.empty(count + 1, np.int64), np.empty(entries, np.int64)
    out_shared, out_above = np.empty(count, np.int64), np.empty(count, np.int64)
    out_cells, home = np.empty(count), np.full(variables, -1, np.int64)
    filled = 0
    for k in range(count):
        i = outward[k]
        place[i] = k
        out_starts[k], out_shared[k], out_cells[k] = filled, shared[i], cells[i]
        out_above[k] = place[above[i]] if above[i] >= 0 else -1
        for m in range(scope_starts[i], scope_starts[i + 1]):
            v = scope_members[m]
            out_members[filled] = v
            filled += 1
            if home[v] < 0 or cells[i] < out_cells[home[v]]:
                home[v] = k
    out_starts[count] = filled
    clique_of_factor = np.zeros(factor_starts.size - 1, np.int64)
    for f in range(factor_starts.size - 1):
        earliest = variables
        for k in range(factor_starts[f], factor_starts[f + 1]):
            earliest = min(earliest, rank[factor_members[k]])
        if earliest < variables:
            clique_of_factor[f] = place[number[keeper[earliest]]]
    return out_starts, out_members, out_shared, out_above, out_cells, clique_of_factor, home
