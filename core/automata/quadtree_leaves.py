"""Quadtrees from and to lists of their living leaves, for engines that keep no tree."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.quadtree import LEAF_LEVEL, Quadtree

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

LEAF_LIMIT = 2**24
PLACE_LEVEL = 60
"""Leaves are up to half of 2^60 cells away from the middle."""


def leaves_of(tree: Quadtree) -> tuple[Integers, Words]:
    """Return the upper left of each living leaf, int64[n, 2] from the centre, and its cells.

    Raises
    ------
    TooLarge
        When there are more than `LEAF_LIMIT`, or they lie too far away.
    """
    box = tree.bounding_box()
    nodes = np.array([tree.root] if tree.root else [], dtype=np.int64)
    corners: Any = np.full((len(nodes), 2), -(1 << (tree.level - 1)), dtype=object)
    if box and max(abs(side) for side in _sides(tree, box)) >= 1 << (PLACE_LEVEL - 1):
        raise TooLarge(f"The pattern reaches further than 2^{PLACE_LEVEL - 1} cells.")
    for level in range(tree.level, LEAF_LEVEL, -1):
        half = 1 << (level - 1)
        steps = np.array([[0, 0], [half, 0], [0, half], [half, half]], dtype=corners.dtype)
        nodes = tree.children[nodes].ravel()
        corners = (corners[:, None, :] + steps).reshape(-1, 2)
        kept = np.flatnonzero(nodes)
        if kept.size > LEAF_LIMIT:
            raise TooLarge(f"The pattern has more than {LEAF_LIMIT:,} squares with life.")
        nodes, corners = nodes[kept], corners[kept]
        if level <= PLACE_LEVEL:
            corners = corners.astype(np.int64)
    return corners.astype(np.int64), tree.leaves[nodes]


def tree_of_leaves(corners: Integers, leaves: Words, centre: tuple[int, int] = (0, 0)) -> Quadtree:
    """Return the tree with these leaves, none of them empty; the reverse of `leaves_of`."""
    distinct, place = np.unique(leaves, return_inverse=True)
    numbers = place.astype(np.int64) + 1
    levels = [np.zeros(1, np.int8), np.full(len(distinct), LEAF_LEVEL, np.int8)]
    children = [np.zeros((1 + len(distinct), 4), np.int64)]
    at = corners >> LEAF_LEVEL
    count, level = 1 + len(distinct), LEAF_LEVEL
    while len(at) and (level < LEAF_LEVEL + 1 or ((at < -1) | (at > 0)).any()):
        at, numbers, squares = _joined(at, numbers, count)
        level += 1
        levels.append(np.full(len(squares), level, np.int8))
        children.append(squares)
        count += len(squares)
    four = np.zeros((1, 4), dtype=np.int64)
    four[0, (at[:, 0] + 1) + 2 * (at[:, 1] + 1)] = numbers
    root = count if len(at) else 0
    levels.append(np.full(1, level + 1, np.int8))
    children.append(four)
    return Quadtree(
        np.concatenate(levels),
        np.concatenate(children),
        np.concatenate(
            (np.zeros(1, np.uint64), distinct, np.zeros(count - len(distinct), np.uint64))
        ),
        root,
        level + 1,
        centre,
    )


def _joined(at: Integers, numbers: Integers, count: int) -> tuple[Integers, Integers, Integers]:
    """Return the places and numbers of the squares of twice the side, and the new nodes."""
    quadrant = (at[:, 0] & 1) + 2 * (at[:, 1] & 1)
    columns, column = np.unique(at[:, 0] >> 1, return_inverse=True)
    rows, row = np.unique(at[:, 1] >> 1, return_inverse=True)
    places, owner = np.unique(row * len(columns) + column, return_inverse=True)
    above = np.stack((columns[places % len(columns)], rows[places // len(columns)]), axis=1)
    quads = np.zeros((len(above), 4), dtype=np.int64)
    quads[owner, quadrant] = numbers
    # a number for each half, then one for each pair of halves: far sooner than sorting rows of four
    _, north_of = np.unique(quads[:, 0] * count + quads[:, 1], return_inverse=True)
    south, south_of = np.unique(quads[:, 2] * count + quads[:, 3], return_inverse=True)
    _, first, place = np.unique(
        north_of * len(south) + south_of, return_index=True, return_inverse=True
    )
    return above, count + place, quads[first]


def _sides(tree: Quadtree, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    x, y = box[0] - tree.centre[0], box[1] - tree.centre[1]
    return x, y, x + box[2], y + box[3]
