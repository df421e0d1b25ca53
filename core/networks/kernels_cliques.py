"""Kernels that work through one clique: which tables meet in it, and in what loops.

A clique has no table of its own. Each cell of it is the product of one cell of every term: factors,
messages, likelihoods; and it is added to one cell of every target. Axes of one state and observed
axes drop out. The last axes make rows, which stay in the first cache; the first axis turns fastest
from row to row, for most tables do not vary along it, and their product is kept while it turns.
"""

from typing import NamedTuple

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_message_plan import (
    ABOVE,
    AXIS_STARTS,
    BELOW_STARTS,
    HELD_STARTS,
    HOME,
    LAST,
    LONGEST,
    LONGEST_ROW,
    MESSAGE_CELLS,
    MESSAGE_STARTS,
    MOST_AXES,
    MOST_MAPS,
    MOST_TERMS,
    OWN_STARTS,
    SCOPE_STARTS,
    SEPARATOR_STARTS,
    SIZES,
    SMALL_CLIQUE,
    STATE_STARTS,
    STATES,
    TABLE_STARTS,
    VARIABLES,
    at,
)
from core.networks.kernels_rows import (
    TINY,
    add_row,
    add_twice,
    copy_product,
    copy_row,
    fill_row,
    gather_row,
    gather_row_watched,
    multiply_row,
    multiply_row_watched,
    pack_row,
    scatter_row,
    sum_row,
    unpack_row,
)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.uint32]

FINE, IMPOSSIBLE, UNDERFLOW, UNFINISHED = 0, 1, 2, 3
"""How a piece of work ended. After UNDERFLOW the digits are not to be trusted."""

SCALAR, DIRECT, GATHERED = 0, 1, 2
"""How a table meets a row: one cell for the whole row; neighbouring cells; cells by a map."""

VECTOR_COST, GATHER_COST, SCATTER_COST, PACK_COST = 0.12, 0.38, 0.55, 0.7
"""Nanoseconds for each cell."""

ROW_COST, TERM_COST = 25.0, 4.0
"""Nanoseconds for each row, and for each table that meets it."""


HARD, SOFT, WANTED, IS_ONE, SEND_UP, SEND_DOWN, IS_PARTIAL = range(7)
"""Lists of marks, laid out like a plan. Of variables: the observed state or -1; 1 where there is a
likelihood; 1 where the marginal is to be read. Of cliques: 1 where the message upwards is 1
throughout; 1 where the message upwards, or downwards to it, is to be sent, and 2 once it was; 1
where the message downwards lacks the entries that are 0 upwards."""

ORIGIN, SOURCE, KIND, LOW, PACKED = range(5)
"""Columns of `term`: the cell at the first row; 0 where the cells lie in the factors' tables and 1
where in `work`; how it meets a row; where its map of the row starts; its room in `work`, or -1."""


class Bench(NamedTuple):
    """Room to work in, made once for many cliques."""

    position: Integers
    """int64[variables], the axis of each variable of the clique, or -1."""
    shape: Integers
    digits: Integers
    strides: Integers
    """int64[axes, terms]"""
    outer: Integers
    """int64[axes, terms], the strides of packed targets before they were packed."""
    base: Integers
    """int64[terms], the cell at the first row, then at the current one."""
    term: Integers
    """int64[terms, 5], see the columns."""
    lists: Integers
    """int64[6, terms], terms by how they meet the rows."""
    maps: Indices
    rows: Floats
    """float64[3, cells of a row]"""


@nb.njit(cache=True, nogil=True)
def make_bench(plan: Integers) -> Bench:
    """Return room enough for every clique of the plan."""
    terms, axes = plan[MOST_TERMS], plan[MOST_AXES] + 1
    return Bench(
        np.empty(plan[VARIABLES], np.int64),
        np.empty(axes, np.int64),
        np.empty(axes, np.int64),
        np.empty((axes, terms), np.int64),
        np.empty((axes, terms), np.int64),
        np.empty(terms, np.int64),
        np.empty((terms, 5), np.int64),
        np.empty((6, terms), np.int64),
        np.empty(plan[MOST_MAPS], np.uint32),
        np.empty((3, plan[LONGEST])),
    )


@nb.njit(cache=True, nogil=True)
def place_axes(
    k: int, everywhere: bool, plan: Integers, marks: Integers, position: Integers, shape: Integers
) -> int:
    """Number the axes of clique `k` that have more than one state left; return how many.

    everywhere : whether every finding counts, or only those entered at `k` and below it
    """
    count = 0
    for a in range(at(plan, AXIS_STARTS, k), at(plan, AXIS_STARTS, k + 1)):
        v = plan[a]
        seen = at(marks, HARD, v) >= 0 and (
            everywhere or k <= at(plan, HOME, v) < at(plan, LAST, k)
        )
        size = at(plan, SIZES, v)
        if size > 1 and not seen:
            position[v] = count
            shape[count] = size
            count += 1
        else:
            position[v] = -1
    return count


@nb.njit(cache=True, nogil=True)
def place_term(
    t: int, source: int, start: int, first: int, last: int, axes: int, plan: Integers,
    marks: Integers, position: Integers, strides: Integers, base: Integers, term: Integers,
) -> None:  # fmt: skip
    """Note where the cells of a table over the variables ``plan[first:last]`` lie, by axis."""
    for j in range(axes):
        strides[j, t] = 0
    step, cell = 1, start
    for s in range(last - 1, first - 1, -1):
        v = plan[s]
        if position[v] >= 0:
            strides[position[v], t] = step
        else:
            cell += max(at(marks, HARD, v), 0) * step
        step *= at(plan, SIZES, v)
    base[t] = cell
    term[t, SOURCE] = source


@nb.njit(cache=True, nogil=True)
def place_terms(
    k: int, downward: bool, axes: int, plan: Integers, marks: Integers, position: Integers,
    strides: Integers, base: Integers, term: Integers,
) -> int:  # fmt: skip
    """Note the tables whose product clique `k` is; return how many."""
    t, cells = 0, plan[MESSAGE_CELLS]
    for h in range(at(plan, HELD_STARTS, k), at(plan, HELD_STARTS, k + 1)):
        f = plan[h]
        place_term(
            t, 0, at(plan, TABLE_STARTS, f), at(plan, SCOPE_STARTS, f),
            at(plan, SCOPE_STARTS, f + 1), axes, plan, marks, position, strides, base, term,
        )  # fmt: skip
        t += 1
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        if at(marks, IS_ONE, plan[b]) == 0:
            place_term(
                t, 1, at(plan, MESSAGE_STARTS, plan[b]), at(plan, SEPARATOR_STARTS, plan[b]),
                at(plan, SEPARATOR_STARTS, plan[b] + 1), axes, plan, marks, position, strides,
                base, term,
            )  # fmt: skip
            t += 1
    if downward and at(plan, ABOVE, k) >= 0:
        place_term(
            t, 1, cells + at(plan, MESSAGE_STARTS, k), at(plan, SEPARATOR_STARTS, k),
            at(plan, SEPARATOR_STARTS, k + 1), axes, plan, marks, position, strides, base, term,
        )  # fmt: skip
        t += 1
    for a in range(at(plan, AXIS_STARTS, k), at(plan, AXIS_STARTS, k + 1)):
        v = plan[a]
        if at(marks, SOFT, v) == 1 and at(plan, HOME, v) == k:
            place_term(
                t, 1, 2 * cells + at(plan, STATE_STARTS, v), a, a + 1, axes, plan, marks,
                position, strides, base, term,
            )  # fmt: skip
            t += 1
    return t


@nb.njit(cache=True, nogil=True)
def place_targets(
    k: int, downward: bool, terms: int, axes: int, plan: Integers, marks: Integers,
    position: Integers, strides: Integers, base: Integers, term: Integers,
) -> int:  # fmt: skip
    """Note the tables to which clique `k` is added, and return how many terms there are then."""
    t, cells = terms, plan[MESSAGE_CELLS]
    marginals = 2 * cells + plan[STATES]
    if at(plan, ABOVE, k) < 0:
        if at(marks, SEND_UP, k) == 1:
            total = marginals + plan[STATES] + k
            place_term(t, 1, total, 0, 0, axes, plan, marks, position, strides, base, term)
            t += 1
    elif not downward:
        place_term(
            t, 1, at(plan, MESSAGE_STARTS, k), at(plan, SEPARATOR_STARTS, k),
            at(plan, SEPARATOR_STARTS, k + 1), axes, plan, marks, position, strides, base, term,
        )  # fmt: skip
        t += 1
    if not downward:
        return t
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        if at(marks, SEND_DOWN, plan[b]) == 1:
            place_term(
                t, 1, cells + at(plan, MESSAGE_STARTS, plan[b]),
                at(plan, SEPARATOR_STARTS, plan[b]), at(plan, SEPARATOR_STARTS, plan[b] + 1), axes,
                plan, marks, position, strides, base, term,
            )  # fmt: skip
            t += 1
    for o in range(at(plan, OWN_STARTS, k), at(plan, OWN_STARTS, k + 1)):
        v = plan[o]
        if at(marks, WANTED, v) == 1 and at(marks, HARD, v) < 0:
            place_term(
                t, 1, marginals + at(plan, STATE_STARTS, v), o, o + 1, axes, plan, marks, position,
                strides, base, term,
            )  # fmt: skip
            t += 1
    return t


@nb.njit(cache=True, nogil=True)
def choose_rows(
    axes: int, terms: int, all_terms: int, widest: int, shape: Integers, strides: Integers
) -> int:
    """Return how many of the first axes tell rows apart, by the predicted time."""
    total = 1.0
    for j in range(axes):
        total *= shape[j]
    if total <= SMALL_CLIQUE:
        return 0
    best, best_cost = axes - 1, np.inf
    length = 1.0
    for split in range(axes - 1, -1, -1):
        length *= shape[split]
        if length > widest and split < axes - 1:
            break
        cost = total / length * (ROW_COST + TERM_COST * all_terms) if split > 0 else 0.0
        for t in range(all_terms):
            varies, direct, step, reused = False, True, 1, 1.0
            for j in range(axes - 1, split - 1, -1):
                varies |= strides[j, t] != 0
                direct &= strides[j, t] == step
                step *= shape[j]
            if not varies:
                continue
            work = total
            if split > 0 and strides[0, t] == 0:
                work /= shape[0]
            if direct:
                cost += work * VECTOR_COST
                continue
            for j in range(split):
                if strides[j, t] == 0:
                    reused *= shape[j]
            by_map = GATHER_COST if t < terms else SCATTER_COST
            cost += min(work * by_map, work * VECTOR_COST + total / reused * PACK_COST)
        if cost < best_cost:
            best, best_cost = split, cost
    return best


@nb.njit(cache=True, nogil=True)
def fill_map(
    axes: int, split: int, t: int, low: int, shape: Integers, strides: Integers, maps: Indices
) -> None:
    """Write for each cell of a row how far its cell of term `t` lies from the row's first."""
    filled = 1
    maps[low] = 0
    for j in range(axes - 1, split - 1, -1):
        for digit in range(1, shape[j]):
            shift = np.uint32(digit * strides[j, t])
            start = low + digit * filled
            for b in range(filled):
                maps[start + b] = maps[low + b] + shift
        filled *= shape[j]


@nb.njit(cache=True, nogil=True)
def pack_term(
    length: int, outer: int, split: int, cell: int, place: int, t: int, low: int, source: Floats,
    work: Floats, shape: Integers, digits: Integers, strides: Integers, maps: Indices,
) -> None:  # fmt: skip
    """Write into `work` the rows of term `t`, one after another.

    length, outer : cells of a row, and how many rows of the term differ
    cell, place : its first cell in `source`, and where to write
    """
    for j in range(split):
        digits[j] = 0
    for _ in range(outer):
        pack_row(work, place, length, source, cell, maps, low)
        place += length
        for j in range(split):
            stride = strides[j, t]
            if stride == 0:
                continue
            digits[j] += 1
            cell += stride
            if digits[j] < shape[j]:
                break
            cell -= stride * shape[j]
            digits[j] = 0


@nb.njit(cache=True, nogil=True)
def unpack_target(
    length: int, split: int, cell: int, place: int, t: int, low: int, work: Floats,
    shape: Integers, digits: Integers, strides: Integers, maps: Indices,
) -> None:  # fmt: skip
    """Add what a packed target holds to the table itself.

    strides : int64[axes, terms], those of the tables
    """
    outer = 1
    for j in range(split):
        digits[j] = 0
        if strides[j, t] != 0:
            outer *= shape[j]
    for _ in range(outer):
        unpack_row(work, place, length, cell, maps, low)
        place += length
        for j in range(split):
            stride = strides[j, t]
            if stride == 0:
                continue
            digits[j] += 1
            cell += stride
            if digits[j] < shape[j]:
                break
            cell -= stride * shape[j]
            digits[j] = 0


@nb.njit(cache=True, nogil=True)
def add_to_target(
    kind: int, cell: int, low: int, row: Floats, length: int, work: Floats, maps: Indices
) -> None:
    """Add a row to its cells of a target."""
    if kind == DIRECT:
        add_row(row, length, work, cell)
    elif kind == GATHERED:
        scatter_row(row, length, work, cell, maps, low)
    else:
        work[cell] += sum_row(row, length)


@nb.njit(cache=True, nogil=True)
def multiply_term(
    kind: int, cell: int, low: int, watch: bool, row: Floats, length: int, cells: Floats,
    maps: Indices,
) -> int:  # fmt: skip
    """Multiply a row by its cells of a term; return how many came near underflow, if watched."""
    if watch:
        if kind == DIRECT:
            return multiply_row_watched(row, length, cells, cell)
        return gather_row_watched(row, length, cells, cell, maps, low)
    if kind == DIRECT:
        multiply_row(row, length, cells, cell)
    else:
        gather_row(row, length, cells, cell, maps, low)
    return 0


@nb.njit(cache=True, nogil=True)
def scalar_product(
    which: int, count: int, turn: int, watch: bool, tables: Floats, work: Floats, strides: Integers,
    base: Integers, term: Integers, lists: Integers,
) -> float:  # fmt: skip
    """Return the product of the listed terms at the current row; -1 where it came near underflow.

    turn : the digit of the first axis
    """
    product = 1.0
    for s in range(count):
        t = lists[which, s]
        cell = base[t] + turn * strides[0, t]
        x = tables[cell] if term[t, SOURCE] == 0 else work[cell]
        product *= x
        if product == 0.0:
            return -1.0 if watch and x > 0 else 0.0
        if watch and product < TINY:
            return -1.0
    return product


@nb.njit(cache=True, nogil=True)
def work_through(
    axes: int, terms: int, all_terms: int, room: int, part: int, parts: int, watch: bool,
    tables: Floats, work: Floats, shape: Integers, digits: Integers, strides: Integers,
    outer_strides: Integers, base: Integers, term: Integers, lists: Integers, maps: Indices,
    rows_room: Floats,
) -> int:  # fmt: skip
    """Add the products of the first `terms` placed tables to the others, for a part of the rows.

    room : the first free cell of `work`
    part, parts : which share of the rows
    watch : whether to look out for products near underflow
    """
    row, kept, added = rows_room[0], rows_room[1], rows_room[2]
    split = choose_rows(axes, terms, all_terms, min(row.size, LONGEST_ROW), shape, strides)
    length, rows = 1, 1
    for j in range(split, axes):
        length *= shape[j]
    for j in range(split):
        rows *= shape[j]
    # how each table meets the rows
    low, any_packed = 0, False
    slow_scalars, slow_vectors, fast_scalars, fast_vectors, slow_targets, fast_targets = (
        0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    for t in range(all_terms):
        term[t, ORIGIN], term[t, PACKED], term[t, LOW] = base[t], -1, low
        varies, direct, step = False, True, 1
        for j in range(axes - 1, split - 1, -1):
            varies |= strides[j, t] != 0
            direct &= strides[j, t] == step
            step *= shape[j]
        kind = SCALAR if not varies else (DIRECT if direct else GATHERED)
        if kind == GATHERED:
            fill_map(axes, split, t, low, shape, strides, maps)
            reused, outer = 1, 1
            for j in range(split):
                if strides[j, t] == 0:
                    reused *= shape[j]
                else:
                    outer *= shape[j]
            share = 1.0 / shape[0] if split > 0 and strides[0, t] == 0 else 1.0
            by_map = GATHER_COST if t < terms else SCATTER_COST
            pays = share * VECTOR_COST + PACK_COST / reused < share * by_map
            if reused > 1 and pays and room + outer * length <= work.size:
                if t >= terms:
                    any_packed = True
                    for j in range(split):
                        outer_strides[j, t] = strides[j, t]
                    work[room : room + outer * length] = 0.0
                elif term[t, SOURCE] == 0:
                    pack_term(
                        length, outer, split, base[t], room, t, low, tables, work, shape, digits,
                        strides, maps,
                    )  # fmt: skip
                else:
                    pack_term(
                        length, outer, split, base[t], room, t, low, work, work, shape, digits,
                        strides, maps,
                    )  # fmt: skip
                term[t, PACKED], term[t, SOURCE], base[t], kind = room, 1, room, DIRECT
                stride = length
                for j in range(split):
                    if strides[j, t] != 0:
                        strides[j, t] = stride
                        stride *= shape[j]
                room += outer * length
            low += length
        term[t, KIND] = kind
        fast = split > 0 and strides[0, t] != 0
        if t >= terms:
            if fast:
                lists[5, fast_targets] = t
                fast_targets += 1
            else:
                lists[4, slow_targets] = t
                slow_targets += 1
        elif kind == SCALAR:
            if fast:
                lists[2, fast_scalars] = t
                fast_scalars += 1
            else:
                lists[0, slow_scalars] = t
                slow_scalars += 1
        elif fast:
            lists[3, fast_vectors] = t
            fast_vectors += 1
        else:
            lists[1, slow_vectors] = t
            slow_vectors += 1
    # the rows, the first axis turning fastest
    turns = shape[0] if split > 0 else 1
    at, end = rows * part // parts, rows * (part + 1) // parts
    rest = at
    for j in range(split):
        digits[j] = rest % shape[j]
        rest //= shape[j]
        if j > 0:
            for t in range(all_terms):
                base[t] += digits[j] * strides[j, t]
    first_turn = digits[0] if split > 0 else 0
    tiny = 0
    while at < end:
        last_turn = min(turns, first_turn + end - at)
        at += last_turn - first_turn
        factor = scalar_product(0, slow_scalars, 0, watch, tables, work, strides, base, term, lists)
        if factor < 0.0:
            return UNDERFLOW
        if factor > 0.0:
            first = 0
            if slow_vectors > 0 and not watch and term[lists[1, 0], KIND] == DIRECT:
                first, t = 1, lists[1, 0]
                if term[t, SOURCE] == 0:
                    copy_row(kept, length, factor, tables, base[t])
                else:
                    copy_row(kept, length, factor, work, base[t])
            else:
                fill_row(kept, length, factor)
            for s in range(first, slow_vectors):
                t = lists[1, s]
                kind, cell, below = term[t, KIND], base[t], term[t, LOW]
                if term[t, SOURCE] == 0:
                    tiny += multiply_term(kind, cell, below, watch, kept, length, tables, maps)
                else:
                    tiny += multiply_term(kind, cell, below, watch, kept, length, work, maps)
            if split == 0:
                for s in range(slow_targets):
                    t = lists[4, s]
                    add_to_target(term[t, KIND], base[t], term[t, LOW], kept, length, work, maps)
            else:
                if slow_targets > 0:
                    fill_row(added, length, 0.0)
                for turn in range(first_turn, last_turn):
                    factor = scalar_product(
                        2, fast_scalars, turn, watch, tables, work, strides, base, term, lists
                    )
                    if factor < 0.0:
                        return UNDERFLOW
                    if factor == 0.0:
                        continue
                    first = 0
                    if fast_vectors > 0 and not watch and term[lists[3, 0], KIND] == DIRECT:
                        first, t = 1, lists[3, 0]
                        cell = base[t] + turn * strides[0, t]
                        if term[t, SOURCE] == 0:
                            copy_product(row, length, factor, kept, tables, cell)
                        else:
                            copy_product(row, length, factor, kept, work, cell)
                    else:
                        copy_row(row, length, factor, kept, 0)
                    if watch and factor < 1.0:
                        for b in range(length):
                            tiny += 1 if (row[b] < TINY) & (kept[b] > 0) else 0
                    for s in range(first, fast_vectors):
                        t = lists[3, s]
                        kind, below = term[t, KIND], term[t, LOW]
                        cell = base[t] + turn * strides[0, t]
                        if term[t, SOURCE] == 0:
                            tiny += multiply_term(
                                kind, cell, below, watch, row, length, tables, maps
                            )
                        else:
                            tiny += multiply_term(kind, cell, below, watch, row, length, work, maps)
                    first = 0
                    if slow_targets > 0:
                        t = lists[5, 0] if fast_targets > 0 else 0
                        if fast_targets > 0 and term[t, KIND] == DIRECT:
                            first = 1
                            add_twice(row, length, added, work, base[t] + turn * strides[0, t])
                        else:
                            add_row(row, length, added, 0)
                    for s in range(first, fast_targets):
                        t = lists[5, s]
                        cell = base[t] + turn * strides[0, t]
                        add_to_target(term[t, KIND], cell, term[t, LOW], row, length, work, maps)
                for s in range(slow_targets):
                    t = lists[4, s]
                    add_to_target(term[t, KIND], base[t], term[t, LOW], added, length, work, maps)
            if tiny > 0:
                return UNDERFLOW
        first_turn = 0
        for j in range(1, split):
            digits[j] += 1
            for t in range(all_terms):
                base[t] += strides[j, t]
            if digits[j] < shape[j]:
                break
            for t in range(all_terms):
                base[t] -= strides[j, t] * shape[j]
            digits[j] = 0
    if any_packed:
        for t in range(terms, all_terms):
            if term[t, PACKED] >= 0:
                unpack_target(
                    length, split, term[t, ORIGIN], term[t, PACKED], t, term[t, LOW], work, shape,
                    digits, outer_strides, maps,
                )  # fmt: skip
    return FINE
