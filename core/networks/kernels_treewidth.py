"""Kernels of the exact treewidth by a dynamic programme over sets of vertices."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Small = npt.NDArray[np.uint8]

UNREACHED = 255
"""No order that begins with this set is narrow enough to matter."""


@nb.njit(cache=True, nogil=True)
def count_ones(mask: int) -> int:
    """Return the number of ones in a number below 2**63."""
    total = 0
    while mask:
        mask &= mask - 1
        total += 1
    return total


@nb.njit(cache=True, nogil=True)
def neighbours_through(v: int, gone: int, masks: Integers) -> int:
    """Return the vertices that `v` reaches by ways through vertices that are gone.

    masks : int64[n], the neighbours of each vertex as bits
    """
    seen, reached = 1 << v, int(masks[v])
    frontier = reached & gone
    while frontier:
        lowest = frontier & -frontier
        place = 0
        while lowest >> place != 1:
            place += 1
        seen |= lowest
        reached |= int(masks[place])
        frontier = reached & gone & ~seen
    return reached & ~gone & ~(1 << v)


@nb.njit(cache=True, nogil=True)
def extend_sets(
    begin: int, end: int, masks: Integers, bound: int, width: Small, last: Small
) -> None:
    """Eliminate one vertex more after each of the sets numbered from `begin` to `end`.

    width : uint8[2**n], for each set of vertices the least width of an order that begins with it,
        or UNREACHED; sets are numbered by their bits, so a set comes after all of its parts
    last : uint8[2**n], the vertex that this order eliminates last of the set
    bound : orders at least this wide are not followed
    """
    for gone in range(begin, end):
        if width[gone] == UNREACHED:
            continue
        for v in range(masks.size):
            if gone >> v & 1:
                continue
            degree = count_ones(neighbours_through(v, gone, masks))
            wider = max(int(width[gone]), degree)
            after = gone | (1 << v)
            if wider < bound and wider < width[after]:
                width[after] = wider
                last[after] = v
