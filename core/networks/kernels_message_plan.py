"""Kernels that lay out the messages of a clique tree: its root, its axes, its separators.

Cliques are numbered anew, from the root outwards, so that a subtree is a stretch of numbers. A plan
is one array of int64, so that a kernel is called quickly: first what `CLIQUES` and its neighbours
name, then lists, each beginning where its name says. ``at(plan, ABOVE, k)`` is one entry. Where
a list is made of lists, ``at(plan, AXIS_STARTS, k)`` is the place in the plan where list k begins.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SMALL_CLIQUE = 64
"""Cells of a table that is read in one go, whatever the order of its axes."""

LONGEST_ROW = 1024
"""Cells of a row at most, unless a single variable has more states."""

CHEAP_REUSE = 8.0
"""A table so many times smaller than the clique is read often enough to be laid out anew for it."""

SHARES = 64.0
"""Steps in which that is weighed, so that rounding never decides."""


(
    CLIQUES, VARIABLES, FACTORS, MESSAGE_CELLS, STATES, TABLE_CELLS, MOST_TERMS, MOST_AXES,
    LONGEST, MOST_MAPS, LARGEST,
) = range(11)  # fmt: skip
"""Numbers: of cliques, variables and factors; cells of all messages one way, states of all
variables, cells of all factors; of a clique, at most: terms, axes, cells of a row, entries of maps,
cells."""

(
    SIZES, STATE_STARTS, CLIQUE, ABOVE, LAST, CELLS, AXIS_STARTS, AXES, BELOW_STARTS, BELOW,
    HELD_STARTS, HELD, SEPARATOR_STARTS, SEPARATORS, MESSAGE_STARTS, UNITS, HOME, READ_AT,
    OWN_STARTS, OWN, SCOPE_STARTS, SCOPES, TABLE_STARTS, END,
) = range(11, 35)  # fmt: skip
"""Lists. Of variables: numbers of states; where its states start; HOME, the clique nearest the root
that contains it, where its evidence is entered; READ_AT, the clique below the smallest separator
that contains it, or -1. Of cliques: their number in the clique tree; the clique above or -1; one
past the last of the subtree; cells; axes (variables, rows are made of the last); cliques below;
factors; variables shared with the clique above in the order of that one's axes; where their table
starts; UNITS, 1 where the message upwards is 1 unless there is evidence below; variables that no
other clique contains. Of factors: their variables in the order of the table; where it starts."""


@nb.njit(cache=True, nogil=True)
def at(lists: Integers, name: int, k: int) -> int:
    """Return entry `k` of a list of a plan, or of marks."""
    entry: int = lists[lists[name] + k]
    return entry


@nb.njit(cache=True, nogil=True)
def starts_of(keys: Integers, count: int) -> Integers:
    """Return where the items of each key start once they are sorted by key."""
    starts = np.zeros(count + 1, np.int64)
    for i in range(keys.size):
        if keys[i] >= 0:
            starts[keys[i] + 1] += 1
    for k in range(count):
        starts[k + 1] += starts[k]
    return starts


@nb.njit(cache=True, nogil=True)
def sorted_by(keys: Integers, starts: Integers) -> Integers:
    """Return the items sorted by key, those of one key in increasing order; -1 is left out."""
    place = starts.copy()
    result = np.empty(starts[-1], np.int64)
    for i in range(keys.size):
        if keys[i] >= 0:
            result[place[keys[i]]] = i
            place[keys[i]] += 1
    return result


@nb.njit(cache=True, nogil=True)
def root_heaviest(above: Integers, cells: Floats) -> tuple[Integers, Integers]:
    """Return the cliques outwards from the largest of each part, and the one above each.

    The message to the root of everything is never needed, so the largest clique is worked through
    once and not twice.
    """
    count = above.size
    starts = starts_of(above, count)
    below = sorted_by(above, starts)
    top, heaviest = np.empty(count, np.int64), np.empty(count, np.int64)
    for i in range(count):  # cliques above come first
        top[i] = top[above[i]] if above[i] >= 0 else i
        heaviest[i] = i
        if cells[i] > cells[heaviest[top[i]]]:
            heaviest[top[i]] = i
    order, toward = np.empty(count, np.int64), np.full(count, -1, np.int64)
    stack, done = np.empty(count + 1, np.int64), 0
    for part in range(count):
        if above[part] >= 0:
            continue
        stack[0] = heaviest[part]
        height = 1
        while height > 0:
            height -= 1
            i = stack[height]
            order[done] = i
            done += 1
            for k in range(starts[i + 1] - 1, starts[i] - 1, -1):
                if below[k] != toward[i]:
                    toward[below[k]] = i
                    stack[height] = below[k]
                    height += 1
            if above[i] >= 0 and above[i] != toward[i]:
                toward[above[i]] = i
                stack[height] = above[i]
                height += 1
    return order, toward


@nb.njit(cache=True, nogil=True)
def order_axes(axes: Integers, missing: Floats) -> None:
    """Sort axes so that those that the fewest tables miss come last; ties keep their order."""
    for i in range(1, axes.size):
        v, j = axes[i], i
        while j > 0 and missing[axes[j - 1]] < missing[v]:
            axes[j] = axes[j - 1]
            j -= 1
        axes[j] = v


@nb.njit(cache=True, nogil=True)
def packed_plan(
    room: Integers, sizes: Integers, state_starts: Integers, order: Integers, above: Integers,
    last: Integers, cells: Floats, axis_starts: Integers, axes: Integers, below_starts: Integers,
    below: Integers, held_starts: Integers, held: Integers, separator_starts: Integers,
    separators: Integers, message_starts: Integers, units: Integers, home: Integers,
    read_at: Integers, own_starts: Integers, own: Integers, factor_starts: Integers,
    factor_scopes: Integers, table_starts: Integers,
) -> Integers:  # fmt: skip
    """Return all of it in one array, the starts of lists of lists as places in that array."""
    count = above.size
    lists = (
        sizes, state_starts, order, above, last, cells.astype(np.int64), axis_starts, axes,
        below_starts, below, held_starts, held, separator_starts,
        separators[: separator_starts[count]], message_starts, units, home, read_at, own_starts,
        own, factor_starts, factor_scopes, table_starts,
    )  # fmt: skip
    total = END + 1
    for each in lists:
        total += each.size
    plan = np.empty(total, np.int64)
    plan[:SIZES] = room
    filled, name = END + 1, SIZES
    for each in lists:
        plan[name] = filled
        plan[filled : filled + each.size] = each
        filled += each.size
        name += 1
    plan[END] = filled
    for starts in (AXIS_STARTS, BELOW_STARTS, HELD_STARTS, SEPARATOR_STARTS, OWN_STARTS):
        for k in range(count + 1):
            plan[plan[starts] + k] += plan[starts + 1]
    for f in range(factor_starts.size):
        plan[plan[SCOPE_STARTS] + f] += plan[SCOPES]
    return plan


@nb.njit(cache=True, nogil=True)
def plan_messages(
    sizes: Integers, scope_starts: Integers, scopes: Integers, tree_above: Integers,
    clique_of_factor: Integers, factor_starts: Integers, factor_scopes: Integers,
    table_starts: Integers, is_bayes: bool,
) -> Integers:  # fmt: skip
    """Return the plan of the messages.

    scope_starts, scopes, tree_above : the clique tree, cliques above first
    clique_of_factor, factor_starts, factor_scopes, table_starts : the factors
    is_bayes : whether factor i is P(variable i | parents), its columns summing to 1
    """
    variables, count = sizes.size, tree_above.size
    state_starts = np.zeros(variables + 1, np.int64)
    for v in range(variables):
        state_starts[v + 1] = state_starts[v] + sizes[v]
    raw_cells = np.ones(count)
    for i in range(count):
        for k in range(scope_starts[i], scope_starts[i + 1]):
            raw_cells[i] *= sizes[scopes[k]]
    order, toward = root_heaviest(tree_above, raw_cells)
    place = np.empty(count, np.int64)
    for k in range(count):
        place[order[k]] = k
    above, last, cells = np.empty(count, np.int64), np.arange(1, count + 1), np.empty(count)
    axis_starts = np.zeros(count + 1, np.int64)
    for k in range(count):
        i = order[k]
        above[k] = place[toward[i]] if toward[i] >= 0 else -1
        cells[k] = raw_cells[i]
        axis_starts[k + 1] = axis_starts[k] + scope_starts[i + 1] - scope_starts[i]
    for k in range(count - 1, 0, -1):
        if above[k] >= 0:
            last[above[k]] = max(last[above[k]], last[k])
    below_starts = starts_of(above, count)
    below = sorted_by(above, below_starts)
    holder = np.empty(clique_of_factor.size, np.int64)
    for f in range(holder.size):
        holder[f] = place[clique_of_factor[f]] if count > 0 else -1
    held_starts = starts_of(holder, count)
    held = sorted_by(holder, held_starts)

    axes = np.empty(axis_starts[count], np.int64)
    mark = np.full(variables, -1, np.int64)
    # separators in any order first; they are counted, and later put in the order of axes above
    separator_starts = np.zeros(count + 1, np.int64)
    separators = np.empty(axis_starts[count], np.int64)
    message_starts = np.zeros(count + 1, np.int64)
    home = np.full(variables, -1, np.int64)
    for k in range(count):
        i, first = order[k], axis_starts[k]
        for a in range(scope_starts[i], scope_starts[i + 1]):
            axes[first + a - scope_starts[i]] = scopes[a]
    for k in range(count):
        filled, message = separator_starts[k], 1
        if above[k] >= 0:
            up = above[k]
            for a in range(axis_starts[up], axis_starts[up + 1]):
                mark[axes[a]] = k
            for a in range(axis_starts[k], axis_starts[k + 1]):
                if mark[axes[a]] == k:
                    separators[filled] = axes[a]
                    message *= sizes[axes[a]]
                    filled += 1
        for a in range(axis_starts[k], axis_starts[k + 1]):
            if home[axes[a]] < 0:
                home[axes[a]] = k
        separator_starts[k + 1] = filled
        message_starts[k + 1] = message_starts[k] + message

    missing = np.empty(variables)
    for k in range(count):
        if cells[k] <= SMALL_CLIQUE:
            continue
        first, up = axis_starts[k], above[k]
        if up >= 0:  # start from the order of the separator in the clique above
            for s in range(separator_starts[k], separator_starts[k + 1]):
                mark[separators[s]] = count + k
            filled = first
            for a in range(first, axis_starts[k + 1]):
                if mark[axes[a]] != count + k:
                    axes[filled], axes[a] = axes[a], axes[filled]
                    filled += 1
            for a in range(axis_starts[up], axis_starts[up + 1]):
                if mark[axes[a]] == count + k:
                    axes[filled] = axes[a]
                    filled += 1
        for a in range(first, axis_starts[k + 1]):
            missing[axes[a]] = 0.0
        for b in range(below_starts[k] - 1, below_starts[k + 1]):
            child = k if b < below_starts[k] else below[b]
            if above[child] < 0:
                continue
            message = message_starts[child + 1] - message_starts[child]
            share = np.floor(SHARES * min(1.0, message * CHEAP_REUSE / cells[k]))
            for s in range(separator_starts[child], separator_starts[child + 1]):
                missing[separators[s]] -= share
        for h in range(held_starts[k], held_starts[k + 1]):
            f = held[h]
            table = table_starts[f + 1] - table_starts[f]
            share = np.floor(SHARES * min(1.0, table * CHEAP_REUSE / cells[k]))
            for s in range(factor_starts[f], factor_starts[f + 1]):
                missing[factor_scopes[s]] -= share
        order_axes(axes[first : axis_starts[k + 1]], missing)

    units = np.ones(count, np.int64)
    read_at, read_cells = np.full(variables, -1, np.int64), np.zeros(variables, np.int64)
    for k in range(count - 1, -1, -1):
        if above[k] < 0:
            units[k] = 0
            continue
        up, filled = above[k], separator_starts[k]
        message = message_starts[k + 1] - message_starts[k]
        for s in range(separator_starts[k], separator_starts[k + 1]):
            v = separators[s]
            mark[v] = 2 * count + k
            if read_at[v] < 0 or message < read_cells[v]:
                read_at[v], read_cells[v] = k, message
        for a in range(axis_starts[up], axis_starts[up + 1]):
            if mark[axes[a]] == 2 * count + k:
                separators[filled] = axes[a]
                filled += 1
        if not is_bayes:
            units[k] = 0
        for h in range(held_starts[k], held_starts[k + 1]):
            if units[k] == 1 and mark[held[h]] == 2 * count + k:
                units[k] = 0
        if units[k] == 0:
            units[up] = 0
    alone = np.full(variables, -1, np.int64)
    for v in range(variables):
        if read_at[v] < 0:
            alone[v] = home[v]
    own_starts = starts_of(alone, count)
    own = sorted_by(alone, own_starts)

    widest = LONGEST_ROW
    for v in range(variables):
        widest = max(widest, sizes[v])
    room = np.zeros(11, np.int64)
    room[CLIQUES], room[VARIABLES], room[FACTORS] = count, variables, factor_starts.size - 1
    room[MESSAGE_CELLS], room[STATES] = message_starts[count], state_starts[variables]
    room[TABLE_CELLS] = table_starts[-1]
    for k in range(count):
        members = axis_starts[k + 1] - axis_starts[k]
        terms = 2 * members + 4 + 2 * (below_starts[k + 1] - below_starts[k])
        terms += held_starts[k + 1] - held_starts[k]
        row = min(np.float64(widest), cells[k])
        room[MOST_TERMS] = max(room[MOST_TERMS], terms)
        room[MOST_AXES] = max(room[MOST_AXES], members)
        room[LONGEST] = max(room[LONGEST], np.int64(row))
        room[MOST_MAPS] = max(room[MOST_MAPS], np.int64(terms * row))
        room[LARGEST] = max(room[LARGEST], np.int64(cells[k]))
    return packed_plan(
        room, sizes, state_starts, order, above, last, cells, axis_starts, axes, below_starts,
        below, held_starts, held, separator_starts, separators, message_starts, units, home,
        read_at, own_starts, own, factor_starts, factor_scopes, table_starts,
    )  # fmt: skip
