"""Kernels on moral graphs: who neighbours whom, and which vertices are free to eliminate at once.

A graph is kept as lists of neighbours, one after another in one array: those of vertex v are
``neighbours[starts[v]:starts[v + 1]]``, in increasing order.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def scopes_of_variables(
    count: int, scope_starts: Integers, scope_members: Integers
) -> tuple[Integers, Integers]:
    """Return for each variable the scopes that hold it, as starts and numbers of scopes.

    scope_starts, scope_members : int64[scopes + 1], int64[...], the variables of each scope
    """
    starts = np.zeros(count + 1, np.int64)
    for k in range(scope_members.size):
        starts[scope_members[k] + 1] += 1
    for v in range(count):
        starts[v + 1] += starts[v]
    place, scopes = starts[:count].copy(), np.empty(scope_members.size, np.int64)
    for s in range(scope_starts.size - 1):
        for k in range(scope_starts[s], scope_starts[s + 1]):
            v = scope_members[k]
            scopes[place[v]] = s
            place[v] += 1
    return starts, scopes


@nb.njit(cache=True, nogil=True)
def moral_lists(
    count: int, scope_starts: Integers, scope_members: Integers
) -> tuple[Integers, Integers]:
    """Return the graph in which any two variables of one scope are neighbours.

    scope_starts, scope_members : int64[scopes + 1], int64[...], the variables of each scope
    """
    holder_starts, holders = scopes_of_variables(count, scope_starts, scope_members)
    room = 0
    for s in range(scope_starts.size - 1):
        length = scope_starts[s + 1] - scope_starts[s]
        room += length * (length - 1)
    unsorted, firsts = np.empty(room, np.int64), np.empty(count + 1, np.int64)
    starts = np.zeros(count + 1, np.int64)
    seen_from = np.full(count, -1, np.int64)
    filled = 0
    for v in range(count):
        firsts[v] = filled
        seen_from[v] = v
        for h in range(holder_starts[v], holder_starts[v + 1]):
            s = holders[h]
            for k in range(scope_starts[s], scope_starts[s + 1]):
                other = scope_members[k]
                if seen_from[other] != v:
                    seen_from[other] = v
                    unsorted[filled] = other
                    filled += 1
                    starts[other + 1] += 1
    firsts[count] = filled
    for v in range(count):
        starts[v + 1] += starts[v]
    place, neighbours = starts[:count].copy(), np.empty(filled, np.int64)
    for v in range(count):  # in increasing order, so that every list comes out sorted
        for k in range(firsts[v], firsts[v + 1]):
            other = unsorted[k]
            neighbours[place[other]] = v
            place[other] += 1
    return starts, neighbours


@nb.njit(cache=True, nogil=True)
def are_neighbours(starts: Integers, neighbours: Integers, a: int, b: int) -> bool:
    """Return whether the list of `a` holds `b`."""
    if starts[b + 1] - starts[b] < starts[a + 1] - starts[a]:
        a, b = b, a
    low, high = starts[a], starts[a + 1]
    while low < high:
        middle = (low + high) >> 1
        if neighbours[middle] < b:
            low = middle + 1
        else:
            high = middle
    return bool(low < starts[a + 1] and neighbours[low] == b)


@nb.njit(cache=True, nogil=True)
def peel(
    starts: Integers, neighbours: Integers, order: Integers, is_gone: npt.NDArray[np.uint8]
) -> int:
    """Eliminate vertices whose neighbours are all connected, as long as there are any.

    Such an elimination adds no edge and is the start of some best order, so nothing is lost.

    order : int64[n], filled from the left
    is_gone : uint8[n], 0 at first; 1 is written where a vertex was eliminated
    Returns how many were.
    """
    count = order.size
    waiting = np.empty(count, np.int64)  # a ring of vertices to look at
    is_waiting = np.ones(count, np.uint8)
    for v in range(count):
        waiting[v] = v
    first, length = 0, count
    gap = np.full((count, 2), -1, np.int64)  # two neighbours seen to be apart
    live = np.empty(count, np.int64)
    done = 0
    while length > 0:
        v = waiting[first]
        first = first + 1 if first + 1 < count else 0
        length -= 1
        is_waiting[v] = 0
        if gap[v, 0] >= 0 and not is_gone[gap[v, 0]] and not is_gone[gap[v, 1]]:
            continue
        degree = 0
        for k in range(starts[v], starts[v + 1]):
            if not is_gone[neighbours[k]]:
                live[degree] = neighbours[k]
                degree += 1
        complete = True
        for i in range(degree):
            for j in range(i):
                if not are_neighbours(starts, neighbours, live[i], live[j]):
                    gap[v, 0], gap[v, 1] = live[i], live[j]
                    complete = False
                    break
            if not complete:
                break
        if not complete:
            continue
        is_gone[v] = 1
        order[done] = v
        done += 1
        for k in range(degree):
            if not is_waiting[live[k]]:
                is_waiting[live[k]] = 1
                waiting[(first + length) % count] = live[k]
                length += 1
    return done


@nb.njit(cache=True, nogil=True)
def parts_left(
    starts: Integers, neighbours: Integers, is_gone: npt.NDArray[np.uint8]
) -> tuple[Integers, Integers]:
    """Return the connected parts of what is left, as starts and vertices in increasing order."""
    count = is_gone.size
    part = np.full(count, -1, np.int64)
    stack = np.empty(count, np.int64)
    sizes = np.zeros(count + 1, np.int64)
    parts = 0
    for root in range(count):
        if is_gone[root] or part[root] >= 0:
            continue
        part[root], stack[0], height = parts, root, 1
        while height > 0:
            height -= 1
            v = stack[height]
            sizes[parts + 1] += 1
            for k in range(starts[v], starts[v + 1]):
                other = neighbours[k]
                if not is_gone[other] and part[other] < 0:
                    part[other] = parts
                    stack[height] = other
                    height += 1
        parts += 1
    for p in range(parts):
        sizes[p + 1] += sizes[p]
    place = sizes[:parts].copy()
    vertices = np.empty(sizes[parts], np.int64)
    for v in range(count):
        if part[v] >= 0:
            vertices[place[part[v]]] = v
            place[part[v]] += 1
    return sizes[: parts + 1], vertices


@nb.njit(cache=True, nogil=True)
def bit_rows(
    starts: Integers, neighbours: Integers, vertices: Integers, number: Integers
) -> npt.NDArray[np.uint64]:
    """Return the graph among some vertices as rows of bits: uint64[k, words].

    vertices : int64[k]
    number : int64[n], -1 everywhere, as it is left too
    """
    count = vertices.size
    rows = np.zeros((count, (count + 63) // 64), np.uint64)
    for i in range(count):
        number[vertices[i]] = i
    for i in range(count):
        v = vertices[i]
        for k in range(starts[v], starts[v + 1]):
            j = number[neighbours[k]]
            if j >= 0:
                rows[i, j >> 6] |= np.uint64(1) << np.uint64(j & 63)
    for i in range(count):
        number[vertices[i]] = -1
    return rows


@nb.njit(cache=True, nogil=True)
def sort_by(values: Integers, keys: Floats) -> None:
    """Sort numbers in place by their keys, equal keys by number (Shell sort with Ciura's gaps).

    The sort of numpy would take longer to compile than everything else here.

    keys : float64[...], the key of number x is ``keys[x]``
    """
    for gap in (1750, 701, 301, 132, 57, 23, 10, 4, 1):
        for i in range(gap, values.size):
            x, j = values[i], i
            while j >= gap:
                y = values[j - gap]
                if keys[y] < keys[x] or (keys[y] == keys[x] and y < x):
                    break
                values[j] = y
                j -= gap
            values[j] = x
