"""Mass, place and shape against closed forms, across the seam of a torus as inside."""

from math import hypot, pi, sqrt

import numpy as np
import pytest

from core.automata.measures.board import Board, Setting
from core.automata.measures.moments import moments
from core.automata.measures.motion import heading, turn_between, way_between

SIDE = 96


def setting(wraps=(True, True), family="field", states=0, side=SIDE):
    return Setting(family, wraps, side * side, (float(side), float(side)), states=states)


def away(side=SIDE):
    """Return the places of columns and rows seen from the middle cell."""
    return np.mgrid[:side, :side] - side // 2


def placed(plane, dx, dy):
    return np.roll(plane, (dy, dx), axis=(0, 1))


@pytest.mark.parametrize("shift", [(0, 0), (SIDE // 2, 0), (11, SIDE // 2 - 3)])
def test_a_disc_has_half_its_radius_along_both_axes_wherever_it_lies(shift):
    y, x = away()
    disc = placed((np.hypot(x, y) < 20.2).astype(np.float64), *shift)
    found = moments(Board(disc, (0, 0), setting()), (1.0, 0.0))
    assert found.gyradius == pytest.approx(20.2 / sqrt(2), rel=0.01)
    assert found.axes == (pytest.approx(10.1, rel=0.01), pytest.approx(10.1, rel=0.01))
    assert found.eccentricity == pytest.approx(0.0, abs=0.02)
    assert found.asymmetry == pytest.approx(0.0, abs=1e-12)
    expected = tuple((SIDE // 2 + each) % SIDE for each in shift)
    assert hypot(*way_between(expected, found.centroid, setting())) < 1e-9
    assert found.volume == disc.sum()


@pytest.mark.parametrize("angle", [0, 30, 75, -40])
def test_an_ellipse_tells_its_axes_eccentricity_and_angle(angle):
    y, x = away()
    turn = np.deg2rad(angle)
    u, v = x * np.cos(turn) + y * np.sin(turn), -x * np.sin(turn) + y * np.cos(turn)
    ellipse = placed(((u / 24) ** 2 + (v / 12) ** 2 < 1).astype(np.float32), 40, 40)
    found = moments(Board(ellipse, (0, 0), setting()))
    assert found.axes == (pytest.approx(12, rel=0.02), pytest.approx(6, rel=0.02))
    assert found.eccentricity == pytest.approx(sqrt(3) / 2, rel=0.01)
    assert found.angle == pytest.approx(angle, abs=0.5)


@pytest.mark.parametrize("centre", [(48.0, 48.0), (0.25, 95.5), (95.75, 1.125)])
def test_a_gaussian_has_its_centre_across_the_seam_to_parts_of_a_cell(centre):
    places = np.arange(SIDE)
    dx, dy = ((places - each + SIDE / 2) % SIDE - SIDE / 2 for each in centre)
    plane = np.exp(-(dx[None, :] ** 2 + dy[:, None] ** 2) / (2 * 5.0**2))
    found = moments(Board(plane, (0, 0), setting()))
    assert hypot(*way_between(centre, found.centroid, setting())) < 1e-9
    assert found.mass == pytest.approx(2 * pi * 25, rel=1e-9)
    assert found.gyradius == pytest.approx(5 * sqrt(2), rel=1e-6)


def test_weights_to_the_left_and_right_of_the_flight_are_told_apart():
    plane = np.zeros((SIDE, SIDE))
    plane[40:50, 10:20] = 1.0
    plane[39, 12:18] = 0.5  # above, which is left of a flight to the right
    found = moments(Board(plane, (0, 0), setting((False, False))), (1.0, 0.0))
    y = np.arange(SIDE) - found.centroid[1]
    rows = plane.sum(axis=1)
    assert (found.left, found.right) == (rows[y < 0].sum(), rows[y > 0].sum())
    back = moments(Board(plane, (0, 0), setting((False, False))), (-1.0, 0.0))
    assert back.asymmetry == pytest.approx(-found.asymmetry)


def test_states_count_as_one_each():
    plane = np.zeros((8, 8), dtype=np.uint8)
    plane[2, 3], plane[2, 5] = 7, 1
    found = moments(Board(plane, (-4, 10), setting((False, False), "states", 8, 8)))
    assert (found.mass, found.volume, found.centroid) == (2.0, 2, (0.0, 12.0))


def test_nothing_has_no_place():
    found = moments(Board(np.zeros((4, 4)), (0, 0), setting(side=4)))
    assert found.mass == 0.0
    assert np.isnan(found.centroid).all()


def test_what_is_spread_evenly_round_a_torus_has_no_place():
    found = moments(Board(np.ones((8, 8)), (0, 0), setting(side=8)))
    assert np.isnan(found.centroid).all()


def test_particles_have_the_moments_of_points():
    points = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0], [2.0, 4.0]])
    found = moments(Board(points, (0, 0), setting((False, False), "particles")))
    assert found.centroid == (1.0, 2.0)
    assert found.gyradius == pytest.approx(sqrt(5))
    assert found.axes == (pytest.approx(2.0), pytest.approx(1.0))


def test_the_way_round_a_circle_is_the_shorter_one():
    assert way_between((95.0, 1.0), (1.0, 95.0), setting()) == (2.0, -2.0)
    assert way_between((95.0, 1.0), (1.0, 95.0), setting((False, False))) == (-94.0, 94.0)


def test_headings_turn_by_less_than_half_a_circle():
    assert heading((0.0, 1.0)) == 90.0
    assert turn_between(170.0, -170.0) == pytest.approx(20.0)
    assert turn_between(-170.0, 170.0) == pytest.approx(-20.0)
    assert np.isnan(heading((0.0, 0.0)))
