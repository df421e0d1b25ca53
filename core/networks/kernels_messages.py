"""Kernels that pass messages over a clique tree, from the leaves to the roots and back.

A message is scaled so that its largest entry is 1. What a clique answers is divided by what had
come from there, 0/0 = 0. The array `work` holds the messages upwards, those downwards, the
likelihoods, the marginals, and for each clique a root's total, the scale of its message upwards
(or the total) and the logarithm of that message's smallest positive entry; the rest of it is room.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_cliques import (
    FINE,
    HARD,
    IMPOSSIBLE,
    IS_ONE,
    IS_PARTIAL,
    SEND_DOWN,
    SEND_UP,
    SOFT,
    UNDERFLOW,
    UNFINISHED,
    WANTED,
    Bench,
    make_bench,
    place_axes,
    place_targets,
    place_terms,
    work_through,
)
from core.networks.kernels_logarithms import add_logarithms, work_through_logarithms
from core.networks.kernels_message_plan import (
    ABOVE,
    AXIS_STARTS,
    BELOW_STARTS,
    CELLS,
    CLIQUES,
    HELD_STARTS,
    HOME,
    MESSAGE_CELLS,
    MESSAGE_STARTS,
    OWN_STARTS,
    READ_AT,
    SEPARATOR_STARTS,
    SIZES,
    STATE_STARTS,
    STATES,
    TABLE_CELLS,
    UNITS,
    VARIABLES,
    at,
)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LINEAR, SUPPORT, LOGARITHMIC = 0, 1, 2
"""What a table holds: probabilities; 1 where they are positive; their natural logarithms."""

MARK, COLLECT, DISTRIBUTE, READ, DONE = range(5)
"""What is done, in this order."""

STAGE, CLIQUE, PART, UNTIL, CONTENT, EVERYWHERE, PART_CELLS, CONTRACTED, FORMED = range(9)
"""Entries of `control`: what to do next; the clique to go on with, -1 at first; the part of it; the
stage to stop before; what tables hold; 1 where every clique may use all evidence, 0 where messages
upwards use what was entered below, so that they outlive changes elsewhere; cells of a clique worked
through before the kernel looks at how much it was to do; cells of the smallest clique whose
messages may be contracted, 0 for every clique and always; 0 where that was not tried for this
clique, 1 where it was done, 2 where it does not pay."""

CONTRACT = 4
"""What is answered where `contract_clique` is to be called before going on."""

FAINT = 1e-250
"""A largest entry below this leaves too little range for the division on the way back."""

SAFE_LOGARITHM = -660.0
"""Products of entries whose logarithms add up to more than this stay clear of underflow."""


@nb.njit(cache=True, nogil=True)
def pass_messages(
    plan: Integers, tables: Floats, work: Floats, marks: Integers, control: Integers, budget: float
) -> int:
    """Do what `control` says until it is done or about so many cells were worked through.

    tables : float64, the factors' tables, at most 1, then the logarithm of the smallest positive
        entry of each factor
    Returns FINE, UNFINISHED (call again), CONTRACT (contract, then call again), IMPOSSIBLE or
    UNDERFLOW.
    """
    if control[STAGE] == MARK:
        mark_ones(plan, marks)
        control[STAGE] += 1
    if control[STAGE] >= control[UNTIL]:
        return FINE
    bench = make_bench(plan)
    downward = control[STAGE] == DISTRIBUTE  # a variable: for constants all is compiled twice
    if control[STAGE] == COLLECT:
        roots = control[UNTIL] == DISTRIBUTE
        k = control[CLIQUE] if control[CLIQUE] >= 0 else plan[CLIQUES] - 1
        while k >= 0:
            if at(marks, SEND_UP, k) == 1 and (roots or at(plan, ABOVE, k) >= 0):
                status = send_message(k, downward, plan, tables, work, marks, control, bench)
                if status != FINE:
                    control[CLIQUE] = k
                    return status
                budget -= at(plan, CELLS, k) / parts_of(k, plan, control)
                if control[PART] > 0 or (budget <= 0.0 and k > 0):
                    control[CLIQUE] = k if control[PART] > 0 else k - 1
                    if budget <= 0.0:
                        return UNFINISHED
                    continue
            k -= 1
        control[STAGE], control[CLIQUE], downward = DISTRIBUTE, 0, True
    if control[STAGE] >= control[UNTIL]:
        return FINE
    if control[STAGE] == DISTRIBUTE:
        k = max(control[CLIQUE], 0)
        while k < plan[CLIQUES]:
            status = send_message(k, downward, plan, tables, work, marks, control, bench)
            if status != FINE:
                control[CLIQUE] = k
                return status
            budget -= at(plan, CELLS, k) / parts_of(k, plan, control)
            if control[PART] == 0:
                k += 1
            if budget <= 0.0:
                control[CLIQUE] = k
                return UNFINISHED
        control[STAGE] = READ
    if control[CONTENT] == LOGARITHMIC:
        read_logarithms(plan, work, marks)
    else:
        read_marginals(plan, work, marks)
    control[STAGE] = DONE
    return FINE


@nb.njit(cache=True, nogil=True)
def mark_ones(plan: Integers, marks: Integers) -> None:
    """Note which messages upwards are 1 throughout, and that no others need be sent."""
    is_one, send_up = marks[IS_ONE], marks[SEND_UP]
    for k in range(plan[CLIQUES]):
        marks[is_one + k] = at(plan, UNITS, k)
    for v in range(plan[VARIABLES]):
        if at(marks, HARD, v) >= 0 or at(marks, SOFT, v) == 1:
            k = at(plan, HOME, v)
            while k >= 0 and marks[is_one + k] == 1:
                marks[is_one + k] = 0
                k = at(plan, ABOVE, k)
    for k in range(plan[CLIQUES]):
        marks[send_up + k] = 1 - marks[is_one + k]


@nb.njit(cache=True, nogil=True)
def parts_of(k: int, plan: Integers, control: Integers) -> int:
    """Return in how many parts clique `k` is worked through."""
    parts: int = 1 + (at(plan, CELLS, k) - 1) // control[PART_CELLS]
    return parts


@nb.njit(cache=True, nogil=True)
def send_message(
    k: int, downward: bool, plan: Integers, tables: Floats, work: Floats, marks: Integers,
    control: Integers, bench: Bench,
) -> int:  # fmt: skip
    """Work through the next part of clique `k`; after the last its messages are ready."""
    everywhere = downward or control[EVERYWHERE] == 1
    axes = place_axes(k, everywhere, plan, marks, bench.position, bench.shape)
    terms = place_terms(
        k, downward, axes, plan, marks, bench.position, bench.strides, bench.base, bench.term
    )
    all_terms = place_targets(
        k, downward, terms, axes, plan, marks, bench.position, bench.strides, bench.base,
        bench.term,
    )  # fmt: skip
    if all_terms == terms:
        return FINE
    content, part, parts = control[CONTENT], control[PART], parts_of(k, plan, control)
    upward_or_root = not downward or at(plan, ABOVE, k) < 0
    watch = False
    if content == LINEAR and upward_or_root and control[FORMED] == 0:
        watch = product_floor(k, plan, tables, work, marks) < SAFE_LOGARITHM
    large = part == 0 and at(plan, CELLS, k) >= control[CONTRACTED]
    if large and content == LINEAR and not watch and control[FORMED] == 0:
        return CONTRACT
    formed = control[FORMED] == 1
    if part == 0 and not formed:
        nothing = -np.inf if content == LOGARITHMIC else 0.0
        clear_targets(k, downward, nothing, plan, work, marks)
    if content == LOGARITHMIC:
        work_through_logarithms(
            axes, terms, all_terms, part, parts, tables, work, bench.shape, bench.digits,
            bench.strides, bench.base, bench.term,
        )  # fmt: skip
    elif not formed:
        room = 2 * plan[MESSAGE_CELLS] + 2 * plan[STATES] + 3 * plan[CLIQUES]
        status = work_through(
            axes, terms, all_terms, room, part, parts, watch, tables, work, bench.shape,
            bench.digits, bench.strides, bench.outer, bench.base, bench.term, bench.lists,
            bench.maps, bench.rows,
        )  # fmt: skip
        if status != FINE:
            return status
    if part < parts - 1 and not formed:
        control[PART] += 1
        return FINE
    control[FORMED] = 0
    control[PART] = 0
    if upward_or_root and at(marks, SEND_UP, k) == 1:
        status = finish_message(k, content, plan, work)
        if status != FINE:
            return status
        marks[marks[SEND_UP] + k] = 2
    return divide_messages(k, content, formed, plan, work, marks) if downward else FINE


@nb.njit(cache=True, nogil=True)
def answered_mass(child: int, plan: Integers, work: Floats, marks: Integers) -> float:
    """Return the sum over a separator of what is said upwards times what is said downwards."""
    total, cells = 0.0, plan[MESSAGE_CELLS]
    first, last = at(plan, MESSAGE_STARTS, child), at(plan, MESSAGE_STARTS, child + 1)
    if at(marks, IS_ONE, child) == 1:
        for s in range(first, last):
            total += work[cells + s]
    else:
        for s in range(first, last):
            total += work[cells + s] * work[s]
    return total


@nb.njit(cache=True, nogil=True)
def clear_targets(
    k: int, downward: bool, nothing: float, plan: Integers, work: Floats, marks: Integers
) -> None:
    """Write what adding starts from into the tables to which clique `k` will be added."""
    cells = plan[MESSAGE_CELLS]
    if at(plan, ABOVE, k) < 0:
        if at(marks, SEND_UP, k) == 1:
            work[2 * cells + 2 * plan[STATES] + k] = nothing
    elif not downward:
        work[at(plan, MESSAGE_STARTS, k) : at(plan, MESSAGE_STARTS, k + 1)] = nothing
    if not downward:
        return
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        if at(marks, SEND_DOWN, plan[b]) == 1:
            first = cells + at(plan, MESSAGE_STARTS, plan[b])
            work[first : cells + at(plan, MESSAGE_STARTS, plan[b] + 1)] = nothing
    for o in range(at(plan, OWN_STARTS, k), at(plan, OWN_STARTS, k + 1)):
        if at(marks, WANTED, plan[o]) == 1:
            first = 2 * cells + plan[STATES] + at(plan, STATE_STARTS, plan[o])
            work[first : first + at(plan, SIZES, plan[o])] = nothing


@nb.njit(cache=True, nogil=True)
def product_floor(k: int, plan: Integers, tables: Floats, work: Floats, marks: Integers) -> float:
    """Return a lower bound of the logarithm of the smallest positive product in clique `k`."""
    floor, likelihoods = 0.0, 2 * plan[MESSAGE_CELLS]
    floors = likelihoods + 2 * plan[STATES] + 2 * plan[CLIQUES]
    for h in range(at(plan, HELD_STARTS, k), at(plan, HELD_STARTS, k + 1)):
        floor += tables[plan[TABLE_CELLS] + plan[h]]
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        if at(marks, IS_ONE, plan[b]) == 0:
            floor += work[floors + plan[b]]
    for a in range(at(plan, AXIS_STARTS, k), at(plan, AXIS_STARTS, k + 1)):
        v = plan[a]
        if at(marks, SOFT, v) == 1 and at(plan, HOME, v) == k:
            least, first = 1.0, likelihoods + at(plan, STATE_STARTS, v)
            for s in range(first, first + at(plan, SIZES, v)):
                if 0.0 < work[s] < least:
                    least = work[s]
            floor += np.log(least)
    return floor


@nb.njit(cache=True, nogil=True)
def finish_message(k: int, content: int, plan: Integers, work: Floats) -> int:
    """Scale the message from clique `k` upwards, or note the total of a root; say how it went."""
    totals = 2 * plan[MESSAGE_CELLS] + 2 * plan[STATES]
    first, last = at(plan, MESSAGE_STARTS, k), at(plan, MESSAGE_STARTS, k + 1)
    if at(plan, ABOVE, k) < 0:
        first, last = totals + k, totals + k + 1
    message = work[first:last]
    largest: float = message[0]
    for s in range(1, message.size):
        largest = max(largest, message[s])
    work[totals + plan[CLIQUES] + k] = largest
    if largest == (-np.inf if content == LOGARITHMIC else 0.0):
        return IMPOSSIBLE
    if at(plan, ABOVE, k) < 0:
        return UNDERFLOW if content == LINEAR and largest < FAINT else FINE
    if content == LOGARITHMIC:
        message -= largest
    elif content == SUPPORT:
        for s in range(message.size):
            message[s] = 1.0 if message[s] > 0.0 else 0.0
    elif largest < FAINT:
        return UNDERFLOW
    else:
        factor, least = 1.0 / largest, 1.0
        for s in range(message.size):
            x = message[s] * factor
            message[s] = x
            least = x if 0.0 < x < least else least
        work[totals + 2 * plan[CLIQUES] + k] = np.log(least)
    return FINE


@nb.njit(cache=True, nogil=True)
def divide_messages(
    k: int, content: int, without_own: bool, plan: Integers, work: Floats, marks: Integers
) -> int:
    """Divide what clique `k` says to those below it by what they had said; return how it went.

    without_own : whether that was left out from the beginning, so that only scaling remains
    """
    cells = plan[MESSAGE_CELLS]
    for b in range(at(plan, BELOW_STARTS, k), at(plan, BELOW_STARTS, k + 1)):
        child = plan[b]
        if at(marks, SEND_DOWN, child) != 1:
            continue
        first, last = at(plan, MESSAGE_STARTS, child), at(plan, MESSAGE_STARTS, child + 1)
        up, down = work[first:last], work[cells + first : cells + last]
        is_one = at(marks, IS_ONE, child) == 1
        if content == LOGARITHMIC:
            total = add_logarithms(down)
            for s in range(down.size):
                down[s] -= total
                if not is_one:
                    down[s] = down[s] - up[s] if up[s] > -np.inf else -np.inf
            marks[marks[SEND_DOWN] + child] = 2
            continue
        total = 0.0
        if without_own:
            total = answered_mass(child, plan, work, marks)
        else:
            for s in range(down.size):
                total += down[s]
        if not 0.0 < total < np.inf:
            return UNDERFLOW
        factor, zeros, finite = 1.0 / total, 0, True
        if is_one or without_own:
            for s in range(down.size):
                y = down[s] * factor
                finite &= y < np.inf
                down[s] = y
        else:
            for s in range(down.size):
                x = up[s]
                y = down[s] * factor / x if x > 0.0 else 0.0
                finite &= y < np.inf
                zeros += 1 if x == 0.0 else 0
                down[s] = y
        marks[marks[IS_PARTIAL] + child] = 1 if zeros > 0 else 0
        if not finite:
            return UNDERFLOW
        marks[marks[SEND_DOWN] + child] = 2
    return FINE


@nb.njit(cache=True, nogil=True)
def steps_of(v: int, k: int, plan: Integers) -> int:
    """Return how far neighbouring states of `v` are apart in the separator above clique `k`."""
    step = 1
    s = at(plan, SEPARATOR_STARTS, k + 1) - 1
    while plan[s] != v:
        step *= at(plan, SIZES, plan[s])
        s -= 1
    return step


@nb.njit(cache=True, nogil=True)
def read_marginals(plan: Integers, work: Floats, marks: Integers) -> None:
    """Write P(state | evidence) of the wanted variables, once the messages they need are there."""
    cells = plan[MESSAGE_CELLS]
    for v in range(plan[VARIABLES]):
        if at(marks, WANTED, v) == 0:
            continue
        size, seen, k = at(plan, SIZES, v), at(marks, HARD, v), at(plan, READ_AT, v)
        first = 2 * cells + plan[STATES] + at(plan, STATE_STARTS, v)
        out = work[first : first + size]
        if seen >= 0:
            out[:] = 0.0
            out[seen] = 1.0
            continue
        if k >= 0:
            out[:] = 0.0
            up, last, step = at(plan, MESSAGE_STARTS, k), at(plan, MESSAGE_STARTS, k + 1), 0
            is_one, step = at(marks, IS_ONE, k) == 1, steps_of(v, k, plan)
            for block in range(up, last, step * size):
                for x in range(size):
                    total, here = 0.0, block + x * step
                    if is_one:
                        for s in range(here, here + step):
                            total += work[cells + s]
                    else:
                        for s in range(here, here + step):
                            total += work[cells + s] * work[s]
                    out[x] += total
        total = 0.0
        for x in range(size):
            total += out[x]
        if total > 0.0:
            for x in range(size):
                out[x] /= total


@nb.njit(cache=True, nogil=True)
def read_logarithms(plan: Integers, work: Floats, marks: Integers) -> None:
    """Write P(state | evidence) of the wanted variables from messages that are logarithms."""
    cells = plan[MESSAGE_CELLS]
    for v in range(plan[VARIABLES]):
        if at(marks, WANTED, v) == 0:
            continue
        size, seen, k = at(plan, SIZES, v), at(marks, HARD, v), at(plan, READ_AT, v)
        first = 2 * cells + plan[STATES] + at(plan, STATE_STARTS, v)
        out = work[first : first + size]
        if seen >= 0:
            out[:] = 0.0
            out[seen] = 1.0
            continue
        if k >= 0:
            up, last = at(plan, MESSAGE_STARTS, k), at(plan, MESSAGE_STARTS, k + 1)
            is_one, step = at(marks, IS_ONE, k) == 1, steps_of(v, k, plan)
            out[:] = -np.inf
            for s in range(last - up):
                x = (s // step) % size
                y = work[cells + up + s] + (0.0 if is_one else work[up + s])
                low, high = min(out[x], y), max(out[x], y)
                out[x] = high + np.log1p(np.exp(low - high)) if low > -np.inf else high
        total = add_logarithms(out)
        for x in range(size):
            out[x] = np.exp(out[x] - total)
