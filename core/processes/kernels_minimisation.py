"""The kernel of partition refinement."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def refine(
    symbols: int,
    starts: Integers,
    before: Integers,
    block: Integers,
    blocks: int,
) -> int:
    """Split blocks until all states of each go on to the same blocks; return the number of blocks.

    starts : int64[symbols * n + 1], where the predecessors of each state on each symbol begin; the
        entry of symbol x and state j is x * n + j
    before : int64[edges], predecessors
    block : int64[n], numbers from 0 to `blocks` - 1, changed in place
    """
    n = block.size
    # the states of each block lie together in `order`
    order, place = np.empty(n, np.int64), np.empty(n, np.int64)
    first, size = np.zeros(n + 1, np.int64), np.zeros(n, np.int64)
    for i in range(n):
        size[block[i]] += 1
    for b in range(blocks):
        first[b + 1] = first[b] + size[b]
    fill = first.copy()
    for i in range(n):
        place[i] = fill[block[i]]
        order[place[i]] = i
        fill[block[i]] += 1
    moved = np.zeros(n, np.int64)
    touched = np.empty(n, np.int64)
    waiting = np.empty(n, np.int64)
    splitter = np.empty(n, np.int64)
    depth = 0
    for b in range(blocks):
        waiting[depth] = b
        depth += 1
    while depth > 0:
        depth -= 1
        chosen = waiting[depth]
        members = size[chosen]
        for position in range(members):
            splitter[position] = order[first[chosen] + position]
        for x in range(symbols):
            count = 0
            for position in range(members):
                entry = x * n + splitter[position]
                for e in range(starts[entry], starts[entry + 1]):
                    i = before[e]
                    b = block[i]
                    if moved[b] == 0:
                        touched[count] = b
                        count += 1
                    # a state has one successor on x, so it is met once
                    other_place = first[b] + moved[b]
                    other, mine = order[other_place], place[i]
                    order[other_place], order[mine] = i, other
                    place[i], place[other] = other_place, mine
                    moved[b] += 1
            for t in range(count):
                b = touched[t]
                part = moved[b]
                moved[b] = 0
                if part == size[b]:
                    continue
                # the smaller half gets the new number; an old one that waits stays waiting
                if part <= size[b] - part:
                    begin, length = first[b], part
                    first[b] += part
                else:
                    begin, length = first[b] + part, size[b] - part
                size[b] -= length
                first[blocks] = begin
                size[blocks] = length
                for position in range(begin, begin + length):
                    block[order[position]] = blocks
                # Without the old one waiting, the smaller half is enough (Hopcroft); and with it
                # waiting both have to be looked at.
                waiting[depth] = blocks
                depth += 1
                blocks += 1
    return blocks
