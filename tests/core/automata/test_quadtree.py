"""Quadtrees hold the patterns they were made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.automata.errors import AutomataError, TooLarge
from core.automata.quadtree import Quadtree, quadtree_of

places = st.integers(-70, 70)


def patterns(states: int):
    shapes = hnp.array_shapes(min_dims=2, max_dims=2, max_side=40)
    return shapes.flatmap(
        lambda shape: hnp.arrays(np.uint8, shape, elements=st.integers(0, states - 1))
    )


@pytest.mark.parametrize("states", [2, 5])
@given(data=st.data(), x=places, y=places)
def test_a_region_of_the_tree_is_the_pattern(states, data, x, y):
    cells = data.draw(patterns(states))
    tree = quadtree_of(cells, (x, y), states)
    height, width = cells.shape
    expected = np.pad(cells, 3)
    assert np.array_equal(tree.region(x - 3, y - 3, width + 6, height + 6), expected)
    assert tree.population() == np.count_nonzero(cells)


@given(cells=patterns(2), x=places, y=places)
def test_the_dense_form_is_the_bounding_box_of_the_living(cells, x, y):
    tree = quadtree_of(cells, (x, y))
    ys, xs = np.nonzero(cells)
    if not len(ys):
        assert tree.bounding_box() is None
        assert tree.to_dense()[0].size == 0
        return
    left, top, right, bottom = xs.min(), ys.min(), xs.max(), ys.max()
    assert tree.bounding_box() == (x + left, y + top, right - left + 1, bottom - top + 1)
    dense, origin = tree.to_dense()
    assert origin == (x + left, y + top)
    assert np.array_equal(dense, cells[top : bottom + 1, left : right + 1])


def doubled(levels_above: int) -> Quadtree:
    """A full leaf, four of it in a square, four of those and so on."""
    n = levels_above + 2
    children = np.zeros((n, 4), dtype=np.int64)
    children[2:] = np.arange(1, n - 1)[:, None]
    leaves = np.zeros(n, dtype=np.uint64)
    leaves[1] = 2**64 - 1
    levels = [0, *range(3, 3 + levels_above + 1)]
    return Quadtree(levels, children, leaves, n - 1, 3 + levels_above)


def test_counts_and_places_are_exact_beyond_64_bits():
    tree = doubled(97)
    assert tree.population() == 4**100
    assert tree.bounding_box() == (-(2**99), -(2**99), 2**100, 2**100)
    assert tree.region(2**99 - 2, -(2**99), 4, 2).tolist() == [[1, 1, 0, 0]] * 2
    with pytest.raises(TooLarge, match="by"):
        tree.to_dense()


def test_an_empty_pattern_is_the_empty_node():
    tree = quadtree_of(np.zeros((5, 9), dtype=np.uint8))
    assert (tree.root, tree.population(), tree.bounding_box()) == (0, 0, None)
    assert quadtree_of(np.zeros((0, 0), dtype=np.uint8)).population() == 0


@pytest.mark.parametrize(
    ("levels", "children", "root"),
    [
        ([0, 3, 4], [[0] * 4, [0] * 4, [1, 2, 0, 0]], 2),
        ([0, 3, 5], [[0] * 4, [0] * 4, [1, 1, 0, 0]], 2),
        ([0, 3, 4], [[0] * 4, [0] * 4, [1, 1, 0, 0]], 7),
    ],
)
def test_a_damaged_tree_is_refused(levels, children, root):
    with pytest.raises(AutomataError, match="quadtree"):
        Quadtree(levels, children, np.zeros(3, np.uint64), root, 4)
