"""Giant patterns are moved and weighed on their quadtree as on an array."""

import numpy as np
import pytest

from core.automata.quadtree import quadtree_of
from core.automata.quadtree_moves import moved_up


@pytest.mark.parametrize("seed", range(12))
def test_all_cells_lie_one_row_higher(seed: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = rng.integers(1, 120, 2)
    x, y = (int(each) for each in rng.integers(-150, 150, 2))
    cells = np.ones((height, width), dtype=np.uint8) & (rng.random((height, width)) < 0.3)
    cells[0, 0] = 1
    tree = quadtree_of(cells, (x, y))
    before, (left, top) = tree.to_dense()
    after, place = moved_up(tree).to_dense()
    assert np.array_equal(before, after)
    assert place == (left, top - 1)


@pytest.mark.parametrize("states", [2, 4])
def test_the_centre_of_mass_is_the_mean_place(states: int) -> None:
    rng = np.random.default_rng(states)
    cells = rng.integers(0, states, (77, 130), dtype=np.uint8)
    rows, columns = np.nonzero(cells)
    found = quadtree_of(cells, (-40, 13), states).centre_of_mass()
    assert found == pytest.approx((columns.mean() - 40, rows.mean() + 13))


def test_nothing_has_no_centre_of_mass() -> None:
    assert quadtree_of(np.zeros((9, 9), dtype=np.uint8)).centre_of_mass() is None
