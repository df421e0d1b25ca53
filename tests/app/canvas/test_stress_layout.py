"""Layout of undirected graphs by their distances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.canvas.stress_layout import stress_positions

UNIT = (150.0, 110.0)


def layout(count, edges, size=(60.0, 40.0)):
    names = [str(i) for i in range(count)]
    pairs = [(str(a), str(b)) for a, b in edges]
    places = stress_positions(names, pairs, dict.fromkeys(names, size), unit=UNIT)
    return np.array([places[name] for name in names]).reshape(-1, 2)


def overlaps(places, size=(60.0, 40.0)):
    apart = np.abs(places[:, None] - places[None])
    return int(np.triu((apart < np.array(size)).all(axis=2), 1).sum())


def grid(side):
    right = [(r * side + c, r * side + c + 1) for r in range(side) for c in range(side - 1)]
    down = [(r * side + c, (r + 1) * side + c) for r in range(side - 1) for c in range(side)]
    return side * side, [*right, *down]


@pytest.mark.parametrize(
    ("count", "edges"),
    [
        (0, []),
        (1, []),
        (2, [(0, 1)]),
        (3, []),
        (3, [(0, 1), (1, 2), (2, 0)]),
        (5, [(0, 1), (0, 2), (0, 3), (0, 4)]),
        grid(6),
    ],
    ids=["none", "one", "pair", "apart", "triangle", "star", "grid"],
)
def test_nothing_overlaps_and_neighbours_are_near(count, edges):
    places = layout(count, edges)
    assert np.isfinite(places).all()
    assert overlaps(places) == 0
    lengths = [np.hypot(*(places[a] - places[b])) for a, b in edges]
    assert all(length < 2.5 * max(UNIT) for length in lengths)


def test_nodes_far_apart_in_the_graph_are_far_apart_on_the_sheet():
    places = layout(12, [(k, k + 1) for k in range(11)])
    ends = np.hypot(*(places[0] - places[-1]))
    assert ends > 8 * 0.6 * min(UNIT)


def test_the_same_graph_gets_the_same_picture():
    count, edges = grid(5)
    np.testing.assert_array_equal(layout(count, edges), layout(count, edges))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_graph_is_laid_out_without_overlaps(data):
    count = data.draw(st.integers(1, 14))
    ends = st.integers(0, count - 1)
    edges = data.draw(st.lists(st.tuples(ends, ends), max_size=25))
    places = layout(count, edges)
    assert np.isfinite(places).all()
    assert overlaps(places) == 0
