import numpy as np
import pytest

from core.processes.planar_hull import planar_hull, recurrent_hull
from core.processes.projection import interval, triangle
from core.processes.zoo import process


def test_the_hull_of_a_square_is_its_corners_counterclockwise():
    places = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0.5, 0.5], [0.5, 0.0]], float)
    assert planar_hull(places).tolist() == [0, 1, 2, 3]


def test_places_on_one_line_have_two_ends_and_one_place_is_its_own_hull():
    assert sorted(planar_hull(np.array([[0, 0], [2, 0], [1, 0.0]])).tolist()) == [0, 1]
    assert planar_hull(np.zeros((3, 2))).tolist() in ([0], [1], [2])


def test_no_place_lies_outside_the_hull():
    places = np.random.default_rng(1).normal(size=(500, 2))
    corners = places[planar_hull(places)]
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        (x, y), offset = b - a, places - a
        assert (x * offset[:, 1] - y * offset[:, 0] >= -1e-12).all()


def test_the_hull_of_mess3_is_the_triangle_of_what_endless_repeats_make_believe():
    corners = recurrent_hull(process("mess3"), triangle())
    model = process("mess3")
    for x in range(3):
        eta = np.full(3, 1 / 3)
        for _ in range(200):
            eta = eta @ model.T[x]
            eta /= eta.sum()
        fixed = triangle().positions(eta)
        assert np.hypot(*(corners - fixed).T).min() == pytest.approx(0.0, abs=1e-9)


def test_the_hull_of_two_states_is_an_interval():
    corners = recurrent_hull(process("middle-third-cantor"), interval())
    assert len(corners) == 2 and np.ptp(corners[:, 1]) == 0.0
