"""A giant pattern moved by one row on its quadtree, without an array of its cells."""

import numpy as np
import numpy.typing as npt

from core.automata.quadtree import LEAF_LEVEL, Quadtree, _Nodes

Integers = npt.NDArray[np.int64]

NW, NE, SW, SE = range(4)


def moved_up(tree: Quadtree) -> Quadtree:
    """Return a tree of two states whose cells lie one row higher, its root twice as large.

    Of each square and the one below it the square one row lower is made, each pair of them once,
    so that this takes as long as there are nodes.
    """
    children, roots = _doubled(tree)
    pairs: list[Integers] = [roots]
    places: list[Integers] = []
    for _ in range(tree.level + 1, LEAF_LEVEL, -1):
        here, below = children[pairs[-1][:, 0]], children[pairs[-1][:, 1]]
        needed = np.stack(
            [
                np.stack([here[:, NW], here[:, SW]], axis=1),
                np.stack([here[:, NE], here[:, SE]], axis=1),
                np.stack([here[:, SW], below[:, NW]], axis=1),
                np.stack([here[:, SE], below[:, NE]], axis=1),
            ],
            axis=1,
        ).reshape(-1, 2)
        distinct, place = np.unique(needed, axis=0, return_inverse=True)
        pairs.append(distinct)
        places.append(place.ravel())
    words = tree.leaves[pairs[-1]]
    words = words[:, 0] >> np.uint64(8) | words[:, 1] << np.uint64(56)
    nodes = _Nodes()
    distinct_words, place = np.unique(words, return_inverse=True)
    numbers = nodes._extend(distinct_words, None, LEAF_LEVEL, place.ravel())
    for level, place in enumerate(reversed(places), LEAF_LEVEL + 1):
        quads = numbers[place].reshape(-1, 4)
        numbers = nodes._add(quads, level, (len(quads),))
    return nodes.quadtree(int(numbers[0]), tree.level + 1, tree.states)


def _doubled(tree: Quadtree) -> tuple[Integers, Integers]:
    """Return the children with those of a root twice as large, and the pair to begin with."""
    count = len(tree.levels)
    four = np.zeros((5, 4), dtype=np.int64)
    for corner in range(4):
        # the old quarters stand round the middle, so that nothing leaves the square
        four[corner, 3 - corner] = tree.children[tree.root, corner]
    four[4] = np.arange(count, count + 4)
    return np.concatenate((tree.children, four)), np.array([[count + 4, 0]], dtype=np.int64)
