"""Kernels of HashLife on flat arrays: shared squares, their futures, and the freeing of memory.

A node is eight int32 in `nodes`, from 8 i on: its children north-west, north-east, south-west and
south-east, its full future, its partial future, the stamp of the partial one, and a mark. Node 0
is the empty square of every size, which stays empty. A leaf has 8 by 8 cells: its first two
entries are the low and the high half of a word with bit 8 y + x, its third is -1.

The future of a node of level k is the square of half its side in its middle. The full one is
2^(k-2) generations later. The partial one is n mod 2^(k-2) generations later when n steps are
asked for, so that any number of steps is made in one descent: by the bit 2^(k-3) of n the first
half of the way is full or none, and the second is the partial future one level below. Its stamp
tells for which remainder it holds, so different n share what they have in common.

`state` is int64[8]: nodes ever used, first of the freed, how many are available, depth of the
stack, the hash's mask. `stack` holds a line of 20 for each square that is being stepped.

Sources: Gosper, Exploiting regularities in large cellular spaces (1984); Rokicki, An algorithm for
compressing space and time (2006).
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]

USED, FREED, AVAILABLE, DEPTH, HASH_MASK = 0, 1, 2, 3, 4
FULL_FUTURE, PART_FUTURE, STAMP, MARK = 4, 5, 6, 7
NODE, LEVEL, IS_PART, PLACE, SLOTS = 0, 1, 2, 3, 4
LINE = 20
LEAF: Any = np.int64(-1)
NONE: Any = np.int64(0)
"""Typed, or numba would compile what is called with them once more for these numbers alone."""

ROOM = 32
"""More nodes than one turn of `advance` can make."""
DONE, OUT_OF_TURNS, OUT_OF_MEMORY = 0, 1, 2

ONE = np.uint64(1)
LOW_HALF = np.uint64(0xFFFFFFFF)


@nb.njit(cache=True, nogil=True)
def entry(numbers: npt.NDArray[np.integer[Any]], at: int) -> int:
    """Return an entry as a wide number, so that each kernel is compiled for those only."""
    return np.int64(numbers[at])  # type: ignore[return-value]


@nb.njit(cache=True, nogil=True)
def hash_of(a: int, b: int, c: int, d: int) -> int:
    """Return 62 mixed bits of four numbers."""
    x = np.uint64(a) & LOW_HALF | (np.uint64(b) & LOW_HALF) << np.uint64(32)
    y = np.uint64(c) & LOW_HALF | (np.uint64(d) & LOW_HALF) << np.uint64(32)
    x = (x ^ (x >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    y = (y ^ (y >> np.uint64(29))) * np.uint64(0xC2B2AE3D27D4EB4F)
    z = (x ^ (x >> np.uint64(32))) + (y ^ (y >> np.uint64(30)))
    z = (z ^ (z >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return np.int64(z >> np.uint64(33))  # type: ignore[return-value]


@nb.njit(cache=True, nogil=True)
def find(nodes: Numbers, table: Numbers, state: Integers, a: int, b: int, c: int, d: int) -> int:
    """Return the node with these children, made if there is none; room for it must be there.

    table : int32[2^k], open addressing, 0 where free
    """
    if a == 0 and b == 0 and (c == 0 or c == -1) and d == 0:
        return 0
    place = hash_of(a, b, c, d) & state[HASH_MASK]
    node: int
    while True:
        node = entry(table, place)
        if node == 0:
            break
        at = node << 3
        if nodes[at] == a and nodes[at + 1] == b and nodes[at + 2] == c and nodes[at + 3] == d:
            return node
        place = (place + 1) & state[HASH_MASK]
    node = state[FREED]
    if node != 0:
        state[FREED] = nodes[node << 3]
    else:
        node = state[USED]
        state[USED] += 1
    state[AVAILABLE] -= 1
    table[place] = node
    at = node << 3
    nodes[at], nodes[at + 1], nodes[at + 2], nodes[at + 3] = a, b, c, d
    nodes[at + FULL_FUTURE], nodes[at + PART_FUTURE] = -1, -1
    nodes[at + STAMP], nodes[at + MARK] = -1, 0
    return node


@nb.njit(cache=True, nogil=True)
def find_leaf(nodes: Numbers, table: Numbers, state: Integers, cells: np.uint64) -> int:
    """Return the leaf with these cells."""
    low, high = np.int32(cells & LOW_HALF), np.int32(cells >> np.uint64(32))
    return find(nodes, table, state, np.int64(low), np.int64(high), LEAF, NONE)  # type: ignore[arg-type]


@nb.njit(cache=True, nogil=True)
def leaf_cells(nodes: Numbers, node: int) -> np.uint64:
    """Return the cells of a leaf."""
    at = node << 3
    return np.uint64(nodes[at]) & LOW_HALF | np.uint64(nodes[at + 1]) << np.uint64(32)


@nb.njit(cache=True, nogil=True)
def middle(nodes: Numbers, table: Numbers, state: Integers, node: int, level: int) -> int:
    """Return the middle of a node, half as wide."""
    at = node << 3
    nw, ne = entry(nodes, at), entry(nodes, at + 1)
    sw, se = entry(nodes, at + 2), entry(nodes, at + 3)
    if level > 4:
        a, b = entry(nodes, (nw << 3) + 3), entry(nodes, (ne << 3) + 2)
        c, d = entry(nodes, (sw << 3) + 1), entry(nodes, se << 3)
        return find(nodes, table, state, a, b, c, d)
    east, west = np.uint64(0xF0F0F0F0), np.uint64(0x0F0F0F0F)
    four, half = np.uint64(4), np.uint64(32)
    upper = ((leaf_cells(nodes, nw) >> half) & east) >> four
    upper |= ((leaf_cells(nodes, ne) >> half) & west) << four
    lower = (leaf_cells(nodes, sw) & east) >> four
    lower |= (leaf_cells(nodes, se) & west) << four
    return find_leaf(nodes, table, state, upper | lower << half)


@nb.njit(cache=True, nogil=True)
def rows_of(left: np.uint64, right: np.uint64, lower: int) -> np.uint64:
    """Return four rows of 16 cells, 16 bits each, of the upper or lower halves of two leaves."""
    shift = np.uint64(32 * lower)
    a, b = left >> shift, right >> shift
    word = np.uint64(0)
    for row in range(4):
        octet = np.uint64(8 * row)
        both = (a >> octet) & np.uint64(0xFF) | ((b >> octet) & np.uint64(0xFF)) << np.uint64(8)
        word |= both << np.uint64(16 * row)
    return word


@nb.njit(cache=True, nogil=True)
def step_by_number(blocks: Words, which: int, leaves: Words) -> None:
    """Make one generation of a rule on numbers of neighbours; the outer ring comes out wrong.

    blocks : uint64[4, 6], at `which` (0 or 1) the rows of 16 by 16 cells in the middle four, 4
        rows a word; the next generation is written to the other. The rest is scratch.
    leaves : uint64[20], as for `totalistic_tile` of the bit board
    """
    up, down = np.uint64(16), np.uint64(48)
    block, out, low, high = blocks[which], blocks[1 - which], blocks[2], blocks[3]
    for w in range(1, 5):
        c = block[w]
        west, east = c << ONE, c >> ONE
        x = west ^ east
        low[w] = x ^ c
        high[w] = (west & east) | (x & c)
    for w in range(1, 5):
        a, b = (low[w] << up) | (low[w - 1] >> down), low[w]
        c = (low[w] >> up) | (low[w + 1] << down)
        d, e = (high[w] << up) | (high[w - 1] >> down), high[w]
        f = (high[w] >> up) | (high[w + 1] << down)
        ab = a ^ b
        odd = ab ^ c
        carry = (a & b) | (ab & c)
        p, q = d ^ e, d & e
        r, s = f ^ carry, f & carry
        two = p ^ r
        t = p & r
        four = t ^ q ^ s
        eight = q & s
        x = block[w]
        v0, v1 = leaves[0] ^ (leaves[1] & x), leaves[2] ^ (leaves[3] & x)
        v2, v3 = leaves[4] ^ (leaves[5] & x), leaves[6] ^ (leaves[7] & x)
        v4, v5 = leaves[8] ^ (leaves[9] & x), leaves[10] ^ (leaves[11] & x)
        v6, v7 = leaves[12] ^ (leaves[13] & x), leaves[14] ^ (leaves[15] & x)
        v8, v9 = leaves[16] ^ (leaves[17] & x), leaves[18] ^ (leaves[19] & x)
        v0 ^= odd & (v0 ^ v1)
        v2 ^= odd & (v2 ^ v3)
        v4 ^= odd & (v4 ^ v5)
        v6 ^= odd & (v6 ^ v7)
        v8 ^= odd & (v8 ^ v9)
        v0 ^= two & (v0 ^ v2)
        v4 ^= two & (v4 ^ v6)
        v0 ^= four & (v0 ^ v4)
        out[w] = v0 ^ (eight & (v0 ^ v8))


@nb.njit(cache=True, nogil=True)
def step_by_table(block: Words, out: Words, rule: Bytes) -> None:
    """Make one generation of any rule on nine cells; the outer ring comes out wrong.

    rule : uint8[65536], the four middle cells of each square of 4 by 4, bit 4 y + x of the index
        for its cells and bit 2 y + x of the value for the middle ones
    """
    for w in range(1, 5):
        out[w] = 0
    nibble = np.uint64(15)
    for y in range(0, 14, 2):
        for x in range(0, 14, 2):
            index = np.uint64(0)
            for row in range(4):
                at = y + row
                word = block[1 + at // 4] >> np.uint64(16 * (at % 4) + x)
                index |= (word & nibble) << np.uint64(4 * row)
            two = np.uint64(rule[np.int64(index)])
            for row in range(2):
                at = y + row + 1
                bits = (two >> np.uint64(2 * row)) & np.uint64(3)
                out[1 + at // 4] |= bits << np.uint64(16 * (at % 4) + x + 1)


@nb.njit(cache=True, nogil=True)
def step_leaves(
    nodes: Numbers,
    node: int,
    steps: int,
    parity: int,
    by_number: bool,
    leaves: Words,
    rules: Bytes,
    block: Words,
) -> np.uint64:
    """Return the middle 8 by 8 cells of a node of four leaves after up to 4 generations.

    parity : 0 or 1, of the first generation; even and odd ones may have different rules
    leaves, rules : uint64[2, 20] and uint8[2, 65536], for even and odd generations
    block : uint64[4, 6], scratch, its rim zero
    """
    at = node << 3
    nw, ne = leaf_cells(nodes, entry(nodes, at)), leaf_cells(nodes, entry(nodes, at + 1))
    sw, se = leaf_cells(nodes, entry(nodes, at + 2)), leaf_cells(nodes, entry(nodes, at + 3))
    for lower in range(2):
        block[0, 1 + lower] = rows_of(nw, ne, lower)
        block[0, 3 + lower] = rows_of(sw, se, lower)
    which = NONE
    for step in range(steps):
        kind = (parity + step) & 1
        if by_number:
            step_by_number(block, which, leaves[kind])
        else:
            step_by_table(block[which], block[1 - which], rules[kind])
        which = 1 - which
    cells = np.uint64(0)
    for row in range(8):
        word = block[which, 2 + row // 4] >> np.uint64(16 * (row % 4) + 4)
        cells |= (word & np.uint64(0xFF)) << np.uint64(8 * row)
    return cells


@nb.njit(cache=True, nogil=True)
def advance(
    nodes: Numbers,
    table: Numbers,
    state: Integers,
    stack: Integers,
    bits: Bytes,
    stamps: Integers,
    parity: int,
    by_number: bool,
    leaves: Words,
    rules: Bytes,
    turns: int,
) -> int:
    """Go on with the square at the bottom of the stack; return why it stopped.

    stack : int64[depth, 20], changed: node, level, whether its partial future is wanted, place in
        the work, and 13 squares it works with. The result is left in the node.
    bits : uint8[levels], for level k bit k - 3 of the number of steps
    stamps : int64[levels], of the partial futures of a level; -1 where the remainder is none
    turns : stop with `OUT_OF_TURNS` after so many squares
    """
    block = np.zeros((4, 6), np.uint64)
    inner = np.empty((4, 4), np.int64)
    while state[DEPTH] > 0:
        if turns == 0:
            return OUT_OF_TURNS
        turns -= 1
        if state[AVAILABLE] < ROOM:
            return OUT_OF_MEMORY
        line = stack[state[DEPTH] - 1]
        node, level, part, place = line[NODE], line[LEVEL], line[IS_PART], line[PLACE]
        at = node << 3
        if level == 4:
            steps: Any = np.int64(4)
            if part:
                steps = np.int64(bits[4]) * 2 + np.int64(bits[3])
            cells = step_leaves(nodes, node, steps, parity, by_number, leaves, rules, block)
            store(nodes, at, part, find_leaf(nodes, table, state, cells), stamps[4])
            state[DEPTH] -= 1
            continue
        slots = line[SLOTS:]
        if place == 0:
            for child in range(4):
                square = entry(nodes, at + child)
                for grandchild in range(4):
                    inner[child, grandchild] = entry(nodes, (square << 3) + grandchild)
                slots[2 * child + 2 * (child // 2)] = square
            nw, ne, sw, se = inner[0], inner[1], inner[2], inner[3]
            slots[1] = find(nodes, table, state, nw[1], ne[0], nw[3], ne[2])
            slots[3] = find(nodes, table, state, nw[2], nw[3], sw[0], sw[1])
            slots[4] = find(nodes, table, state, nw[3], ne[2], sw[1], se[0])
            slots[5] = find(nodes, table, state, ne[2], ne[3], se[0], se[1])
            slots[7] = find(nodes, table, state, sw[1], se[0], sw[3], se[2])
            place = 1
        waiting = False
        while place < 10:
            square = slots[place - 1]
            if square != 0:
                if part and not bits[level]:
                    square = middle(nodes, table, state, square, level - 1)
                else:
                    future = entry(nodes, (square << 3) + FULL_FUTURE)
                    if future < 0:
                        push(state, stack, square, level - 1, NONE)
                        waiting = True
                        break
                    square = future
                slots[place - 1] = square
            place += 1
        if place == 10:
            for j in range(4):
                first = j + j // 2
                a, b, c = slots[first], slots[first + 1], slots[first + 3]
                slots[9 + j] = find(nodes, table, state, a, b, c, slots[first + 4])
            place = 11
        while not waiting and place < 15:
            square = slots[place - 2]
            if square != 0:
                if part and stamps[level - 1] < 0:
                    square = middle(nodes, table, state, square, level - 1)
                else:
                    future = known_future(nodes, square << 3, part, stamps[level - 1])
                    if future < 0:
                        push(state, stack, square, level - 1, part)
                        waiting = True
                        break
                    square = future
                slots[place - 2] = square
            place += 1
        line[PLACE] = place
        if not waiting:
            result = find(nodes, table, state, slots[9], slots[10], slots[11], slots[12])
            store(nodes, at, part, result, stamps[level])
            state[DEPTH] -= 1
    return DONE


@nb.njit(cache=True, nogil=True)
def known_future(nodes: Numbers, at: int, part: int, stamp: int) -> int:
    """Return the full or partial future of the node at 8 i, or -1."""
    if not part:
        return entry(nodes, at + FULL_FUTURE)
    if nodes[at + STAMP] == stamp:
        return entry(nodes, at + PART_FUTURE)
    return -1


@nb.njit(cache=True, nogil=True)
def store(nodes: Numbers, at: int, part: int, future: int, stamp: int) -> None:
    """Remember the full or partial future of the node at 8 i."""
    if part:
        nodes[at + PART_FUTURE] = future
        nodes[at + STAMP] = stamp
    else:
        nodes[at + FULL_FUTURE] = future


@nb.njit(cache=True, nogil=True)
def push(state: Integers, stack: Integers, node: int, level: int, part: int) -> None:
    """Put a square on the stack."""
    line = stack[state[DEPTH]]
    for i in range(line.size):
        line[i] = 0
    line[NODE], line[LEVEL], line[IS_PART] = node, level, part
    state[DEPTH] += 1


@nb.njit(cache=True, nogil=True)
def collect(
    nodes: Numbers, table: Numbers, state: Integers, roots: Integers, keep_futures: bool
) -> None:
    """Free what cannot be reached from the roots.

    roots : int64[any], nodes; zeros are fine
    keep_futures : whether futures of what is reached are reached too; futures that stay for
        another reason are kept in any case
    """
    pending = np.empty(roots.size + 8 * 160, np.int64)
    count = 0
    for root in roots:
        pending[0] = root
        count = 1
        while count > 0:
            count -= 1
            node = pending[count]
            at = node << 3
            if node == 0 or nodes[at + MARK]:
                continue
            nodes[at + MARK] = 1
            if nodes[at + 2] != -1:
                for child in range(4):
                    pending[count] = nodes[at + child]
                    count += 1
            if keep_futures:
                for future in (FULL_FUTURE, PART_FUTURE):
                    if nodes[at + future] > 0:
                        pending[count] = nodes[at + future]
                        count += 1
    # futures of what stays are forgotten where they go
    for node in range(1, state[USED]):
        at = node << 3
        if nodes[at + MARK] == 1:
            for future in (FULL_FUTURE, PART_FUTURE):
                if nodes[at + future] > 0 and nodes[(nodes[at + future] << 3) + MARK] != 1:
                    nodes[at + future] = -1
                    if future == PART_FUTURE:
                        nodes[at + STAMP] = -1
    state[FREED] = 0
    for place in range(table.size):
        table[place] = 0
    kept = 0
    for node in range(1, state[USED]):
        at = node << 3
        if nodes[at + MARK] == 1:
            nodes[at + MARK] = 0
            kept += 1
            enter(nodes, table, state, node)
        else:
            nodes[at + MARK] = -1
            nodes[at] = state[FREED]
            state[FREED] = node
    state[AVAILABLE] = nodes.size // 8 - 1 - kept


@nb.njit(cache=True, nogil=True)
def enter(nodes: Numbers, table: Numbers, state: Integers, node: int) -> None:
    """Put a node into the hash."""
    at = node << 3
    a, b, c, d = (
        entry(nodes, at),
        entry(nodes, at + 1),
        entry(nodes, at + 2),
        entry(nodes, at + 3),
    )
    place = hash_of(a, b, c, d) & state[HASH_MASK]
    while table[place] != 0:
        place = (place + 1) & state[HASH_MASK]
    table[place] = node


@nb.njit(cache=True, nogil=True)
def enter_all(nodes: Numbers, table: Numbers, state: Integers) -> None:
    """Put all nodes in use into an empty hash."""
    for node in range(1, state[USED]):
        if nodes[(node << 3) + MARK] == 0:
            enter(nodes, table, state, node)
