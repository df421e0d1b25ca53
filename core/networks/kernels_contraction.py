"""Kernels that send the messages of a large clique without forming its product cell by cell.

The terms of a message are multiplied two at a time, and what nobody needs any more is summed away
at once, as variable elimination does. A product of two tables added up is a product of matrices:
rows are added to rows, several at a time so that what they are added to stays in registers.
All tables are described by strides over the axes of the clique; 0 where they do not vary.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_rows import (
    add_products,
    add_products_with_numbers,
    sum_products,
)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LEFT_OUT, NOT_FORMED = -1, -2
"""Instead of a term to leave out: none; the target is not asked for here."""

MOVE_COST, PRODUCT_COST, BLOCK_COST, START_COST = 1.0, 0.12, 12.0, 1000.0
"""Nanoseconds for each cell moved, for each product, for each four rows, for each step."""

CELL_COST = 0.15
"""Nanoseconds for each cell and table where a clique is worked through row by row."""

LEAST_GAIN, MOST_NANOSECONDS = 0.7, 2e7
"""Contraction is taken where it needs at most this share of that time, and no longer than a user
may wait after giving up."""

LARGEST_FLOAT = np.finfo(np.float64).max
LONGEST_PRODUCT_ROW = 1024
INNER_CELLS = 2**14
"""Cells of the table that is read over and over, at most: they stay in the second cache."""

BATCH, LEFT, RIGHT, SUMMED = 1, 2, 3, 4
"""An axis of a product of two tables: in both and kept; in one and kept; in both and summed."""


@nb.njit(cache=True, nogil=True)
def table_cells(t: int, axes: int, shape: Integers, strides: Integers) -> int:
    """Return how many cells of table `t` are read."""
    cells = 1
    for j in range(axes):
        if strides[j, t] != 0:
            cells *= shape[j]
    return cells


@nb.njit(cache=True, nogil=True)
def write_offsets(
    t: int, picked: Integers, count: int, shape: Integers, strides: Integers
) -> Integers:
    """Return how far the cells of table `t` lie from its first, the first picked axis slowest."""
    total = 1
    for p in range(count):
        total *= shape[picked[p]]
    out = np.empty(total, np.int64)
    out[0] = 0
    filled = 1
    for p in range(count - 1, -1, -1):
        j = picked[p]
        for digit in range(1, shape[j]):
            shift, start = digit * strides[j, t], digit * filled
            for b in range(filled):
                out[start + b] = out[b] + shift
        filled *= shape[j]
    return out


@nb.njit(cache=True, nogil=True)
def move_table(
    axes: int, source: int, target: int, cells: Floats, work: Floats, shape: Integers,
    strides: Integers, base: Integers,
) -> None:  # fmt: skip
    """Add table `source` to table `target` of `work`: lay it out anew, sum it up or spread it.

    cells : the array where the source lies
    """
    picked, count = np.empty(axes, np.int64), 0
    for j in range(axes):  # the axis along which the source is densest comes last
        if strides[j, source] == 0 and strides[j, target] == 0:
            continue
        p = count
        while p > 0 and strides[picked[p - 1], source] < strides[j, source]:
            picked[p] = picked[p - 1]
            p -= 1
        picked[p] = j
        count += 1
    inner, length = count, 1
    while inner > 0 and length < 32:
        inner -= 1
        length *= shape[picked[inner]]
    there = write_offsets(source, picked[inner:], count - inner, shape, strides)
    here = write_offsets(target, picked[inner:], count - inner, shape, strides)
    far_there = write_offsets(source, picked, inner, shape, strides)
    far_here = write_offsets(target, picked, inner, shape, strides)
    for o in range(far_there.size):
        first, place = base[source] + far_there[o], base[target] + far_here[o]
        for b in range(there.size):
            work[place + here[b]] += cells[first + there[b]]


@nb.njit(cache=True, nogil=True)
def lay_out(
    t: int, axes: int, kept: Integers, row: Integers, row_axes: int, room: int, shape: Integers,
    strides: Integers, base: Integers,
) -> int:  # fmt: skip
    """Describe a new table `t` over the kept axes, those of the row last; return its cells.

    row : the axes of the row, the fastest first
    """
    step = 1
    for j in range(axes):
        strides[j, t] = 0
    for r in range(row_axes):
        if kept[row[r]] > 0:
            strides[row[r], t] = step
            step *= shape[row[r]]
    for j in range(axes - 1, -1, -1):
        if kept[j] > 0 and strides[j, t] == 0:
            strides[j, t] = step
            step *= shape[j]
    base[t] = room
    return step


@nb.njit(cache=True, nogil=True)
def find_row(
    t: int, axes: int, kinds: Integers, row: Integers, shape: Integers, strides: Integers
) -> int:
    """Write the axes of one kind along which table `t` is densest; return how many."""
    count, wanted, length = 0, -1, 1
    for j in range(axes):
        if strides[j, t] != 0 and (wanted < 0 or strides[j, t] < wanted):
            wanted = strides[j, t]
    found = True
    while found:
        found = False
        for j in range(axes):
            fits = strides[j, t] == wanted and kinds[j] > 0
            if fits and (count == 0 or kinds[j] == kinds[row[0]]):
                if count > 0 and length * shape[j] > LONGEST_PRODUCT_ROW:
                    break
                row[count] = j
                count += 1
                length *= shape[j]
                wanted *= shape[j]
                found = True
                break
    return count


@nb.njit(cache=True, nogil=True)
def is_direct(t: int, row: Integers, row_axes: int, shape: Integers, strides: Integers) -> bool:
    """Return whether the cells of table `t` along the row are neighbours, or all the same."""
    step, fits, varies = 1, True, False
    for r in range(row_axes):
        fits &= strides[row[r], t] == step
        varies |= strides[row[r], t] != 0
        step *= shape[row[r]]
    return fits or not varies


@nb.njit(cache=True, nogil=True)
def multiply_rows(
    left: int, right: int, target: int, axes: int, kinds: Integers, row: Integers, row_axes: int,
    work: Floats, shape: Integers, strides: Integers, base: Integers,
) -> None:  # fmt: skip
    """Add up the products of two tables, all three of them direct along the row."""
    picked, length = np.empty((3, axes), np.int64), 1
    counts = np.zeros(3, np.int64)
    in_row = np.zeros(axes, np.int64)
    for r in range(row_axes):
        in_row[row[r]] = 1
        length *= shape[row[r]]
    kind = kinds[row[0]] if row_axes > 0 else LEFT
    first_kind, second_kind = LEFT, RIGHT
    rest_left, rest_right = 1, 1
    for j in range(axes):
        rest_left *= shape[j] if kinds[j] == LEFT else 1
        rest_right *= shape[j] if kinds[j] == RIGHT else 1
    if kind == RIGHT or (kind != LEFT and rest_right > rest_left):
        left, right = right, left
        first_kind, second_kind = RIGHT, LEFT
    for wanted in (BATCH, first_kind):
        for j in range(axes):
            if kinds[j] == wanted and in_row[j] == 0:
                picked[0, counts[0]] = j
                counts[0] += 1
    for j in range(axes):
        if in_row[j] == 0 and kinds[j] == second_kind:
            picked[1, counts[1]] = j
            counts[1] += 1
        elif in_row[j] == 0 and kinds[j] == SUMMED:
            picked[2, counts[2]] = j
            counts[2] += 1
    outer_left = write_offsets(left, picked[0], counts[0], shape, strides)
    outer_right = write_offsets(right, picked[0], counts[0], shape, strides)
    outer_target = write_offsets(target, picked[0], counts[0], shape, strides)
    inner_right = write_offsets(right, picked[1], counts[1], shape, strides)
    inner_target = write_offsets(target, picked[1], counts[1], shape, strides)
    summed_left = write_offsets(left, picked[2], counts[2], shape, strides)
    summed_right = write_offsets(right, picked[2], counts[2], shape, strides)
    total = summed_left.size
    block = max(4, INNER_CELLS // (length * inner_right.size) // 4 * 4)
    for first in range(0, total, block):
        last = min(first + block, total)
        for o in range(outer_left.size):
            a = base[left] + outer_left[o]
            for n in range(inner_right.size):
                b = base[right] + outer_right[o] + inner_right[n]
                c = base[target] + outer_target[o] + inner_target[n]
                if kind == BATCH:
                    add_products(work, a, b, c, length, summed_left, summed_right, first, last)
                elif kind == SUMMED:
                    work[c] += sum_products(
                        work, a, b, length, summed_left, summed_right, first, last
                    )
                else:
                    add_products_with_numbers(
                        work, a, b, c, length, summed_left, summed_right, first, last
                    )


@nb.njit(cache=True, nogil=True)
def multiply_pair(
    dry: bool, left: int, right: int, target: int, is_final: bool, free: int, room: int, axes: int,
    kept: Integers, work: Floats, shape: Integers, strides: Integers, base: Integers,
) -> tuple[int, float]:  # fmt: skip
    """Multiply two tables into table `target`; return the room that is free then, and the cost.

    is_final : whether the target is a table that is there, or one to be laid out
    free : the first number free for a table
    kept : int64[axes], 1 where an axis is not to be summed
    """
    kinds, row, best = np.zeros(axes, np.int64), np.empty(axes, np.int64), np.empty(axes, np.int64)
    spread, products = False, 1.0
    for j in range(axes):
        a, b = strides[j, left] != 0, strides[j, right] != 0
        if a and b:
            kinds[j] = BATCH if kept[j] > 0 else SUMMED
        elif a or b:
            kinds[j] = LEFT if a else RIGHT
        elif kept[j] > 0:
            spread |= is_final and strides[j, target] != 0
        if a or b:
            products *= shape[j]
    best_axes, best_cost = 0, np.inf
    for each in range(3 if is_final else 2):
        t = left if each == 0 else (right if each == 1 else target)
        count = find_row(t, axes, kinds, row, shape, strides)
        length, summed = 1, 1
        for r in range(count):
            length *= shape[row[r]]
        for j in range(axes):
            if kinds[j] == SUMMED:
                summed *= shape[j]
        if count > 0 and kinds[row[0]] == SUMMED:
            summed //= length
        cost = (
            products * PRODUCT_COST + products / length / summed * ((summed + 3) // 4) * BLOCK_COST
        )
        for other in (left, right, target):
            if other == target and (not is_final or spread):
                continue
            if not is_direct(other, row, count, shape, strides):
                cost += MOVE_COST * table_cells(other, axes, shape, strides)
        if cost < best_cost:
            best_cost, best_axes = cost, count
            best[:count] = row[:count]
    for side in range(2):
        t = left if side == 0 else right
        if is_direct(t, best, best_axes, shape, strides):
            continue
        own = np.zeros(axes, np.int64)
        for j in range(axes):
            own[j] = 1 if strides[j, t] != 0 else 0
        cells = lay_out(free, axes, own, best, best_axes, room, shape, strides, base)
        room += cells
        if not dry:
            work[base[free] : base[free] + cells] = 0.0
            move_table(axes, t, free, work, work, shape, strides, base)
        if side == 0:
            left = free
        else:
            right = free
        free += 1
    result = target
    if not is_final or spread or not is_direct(target, best, best_axes, shape, strides):
        own = np.zeros(axes, np.int64)
        for j in range(axes):
            own[j] = 1 if 0 < kinds[j] < SUMMED else 0
        result = free if is_final else target
        cells = lay_out(result, axes, own, best, best_axes, room, shape, strides, base)
        room += cells
        best_cost += MOVE_COST * table_cells(target, axes, shape, strides) if spread else 0.0
        if not dry:
            work[base[result] : base[result] + cells] = 0.0
    if not dry:
        multiply_rows(left, right, result, axes, kinds, best, best_axes, work, shape, strides, base)
        if result != target:
            move_table(axes, result, target, work, work, shape, strides, base)
    return room, best_cost + START_COST


@nb.njit(cache=True, nogil=True)
def form_target(
    dry: bool, target: int, left_out: int, terms: int, all_terms: int, room: int, axes: int,
    tables: Floats, work: Floats, shape: Integers, strides: Integers, base: Integers,
    term: Integers,
) -> float:  # fmt: skip
    """Add the product of the first `terms` tables but one to table `target`; return the cost.

    dry : whether only to predict the cost; infinite where there is not enough room
    strides, base : with columns to spare for tables on the way
    """
    free, cost = all_terms, 0.0
    live, count = np.empty(terms, np.int64), 0
    kept = np.empty(axes, np.int64)
    no_row = np.empty(0, np.int64)
    users = np.zeros(axes, np.int64)
    for t in range(terms):
        if t != left_out:
            live[count] = t
            count += 1
            for j in range(axes):
                users[j] += 1 if strides[j, t] != 0 else 0
    for j in range(axes):
        users[j] += 1 if strides[j, target] != 0 else 0
    for i in range(count):  # factors are brought to `work`; what one table alone has is summed
        t, lonely = live[i], False
        for j in range(axes):
            kept[j] = 1 if strides[j, t] != 0 and users[j] > 1 else 0
            lonely |= strides[j, t] != 0 and users[j] == 1
        if term[t, 1] == 1 and not lonely:
            continue
        cells = lay_out(free, axes, kept, no_row, 0, room, shape, strides, base)
        cost += MOVE_COST * table_cells(t, axes, shape, strides)
        room += cells
        if not dry:
            work[base[free] : base[free] + cells] = 0.0
            source = tables if term[t, 1] == 0 else work
            move_table(axes, t, free, source, work, shape, strides, base)
        live[i] = free
        free += 1
    if count == 0:
        for j in range(axes):
            strides[j, free] = 0
        base[free] = room
        if not dry:
            work[room] = 1.0
        live[0], room, count = free, room + 1, 1
        free += 1
    while count > 1:
        best_i, best_j, best_growth = 0, 1, np.inf
        if count > 2:
            for i in range(count):
                for j in range(i + 1, count):
                    result = 1.0
                    for x in range(axes):
                        a, b = strides[x, live[i]] != 0, strides[x, live[j]] != 0
                        left = users[x] - (1 if a else 0) - (1 if b else 0)
                        if (a or b) and left > 0:
                            result *= shape[x]
                    growth = (
                        result
                        - table_cells(live[i], axes, shape, strides)
                        - table_cells(live[j], axes, shape, strides)
                    )
                    if growth < best_growth:
                        best_i, best_j, best_growth = i, j, growth
        one, two = live[best_i], live[best_j]
        for x in range(axes):
            users[x] -= (1 if strides[x, one] != 0 else 0) + (1 if strides[x, two] != 0 else 0)
            kept[x] = 1 if users[x] > 0 else 0
        out = target if count == 2 else free
        room, more = multiply_pair(
            dry, one, two, out, count == 2, free + (0 if count == 2 else 1), room, axes, kept,
            work, shape, strides, base,
        )  # fmt: skip
        cost += more
        if count == 2:
            return cost if room <= work.size else np.inf
        for x in range(axes):
            users[x] += 1 if strides[x, out] != 0 else 0
        free += 4
        live[best_i] = out
        live[best_j] = live[count - 1]
        count -= 1
    cost += MOVE_COST * table_cells(target, axes, shape, strides)
    if not dry:
        move_table(axes, live[0], target, work, work, shape, strides, base)
    return cost if room <= work.size else np.inf


@nb.njit(cache=True, nogil=True)
def spare_room(axes: int, terms: int, all_terms: int, narrow: Integers) -> Integers:
    """Return strides with columns to spare for the tables that `form_target` makes on the way."""
    wide = np.zeros((axes, all_terms + 5 * terms + 8), np.int64)
    wide[:, :all_terms] = narrow[:axes, :all_terms]
    return wide


@nb.njit(cache=True, nogil=True)
def form_targets(
    axes: int, terms: int, all_terms: int, room: int, smallest: int, left_out: Integers,
    tables: Floats, work: Floats, shape: Integers, strides: Integers, base: Integers,
    term: Integers,
) -> bool:  # fmt: skip
    """Add the product of the first `terms` tables to the others, if that is the quicker way.

    smallest : cells of a clique below which it is not worth thinking about; 0 where it is done this
        way if only there is room
    left_out : int64[targets], the term that is left out of the product for each target, LEFT_OUT
        for none, NOT_FORMED where the target is to stay as it is
    Returns whether it was done.
    """
    total = 1.0
    for j in range(axes):
        total *= shape[j]
    if total < smallest:
        return False
    limit = min(total * CELL_COST * all_terms * LEAST_GAIN, MOST_NANOSECONDS)
    if smallest == 0:
        limit = LARGEST_FLOAT
    wide = spare_room(axes, terms, all_terms, strides)
    places = np.zeros(wide.shape[1], np.int64)
    places[:all_terms] = base[:all_terms]
    dry, cost = True, 0.0
    for _ in range(2):
        for t in range(terms, all_terms):
            if left_out[t - terms] != NOT_FORMED:
                cost += form_target(
                    dry, t, left_out[t - terms], terms, all_terms, room, axes, tables, work, shape,
                    wide, places, term,
                )  # fmt: skip
        if dry and cost > limit:
            return False
        dry = False
    return True
