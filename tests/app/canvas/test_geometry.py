"""Nodes have room for their texts, and arcs end on rims."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF

from app.canvas.arc_geometry import (
    HEAD_LENGTH,
    Box,
    arc_path,
    bends,
    loop_path,
    loop_places,
    rim_point,
)
from app.canvas.geometry import ROWS_SHOWN, node_layout, node_size, percent
from app.canvas.graph import Bar
from app.canvas.text_width import approximate_width, elided

places = st.floats(-400, 400)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.5, "50.0%"),
        (1e-9, "<0.1%"),
        (0.99999, ">99.9%"),
        (1 / 3, "33.3%"),
    ],
)
def test_percentages_never_round_to_certainty(value, text):
    assert percent(value) == text


def test_a_node_is_as_wide_as_its_name_and_as_high_as_its_bars():
    narrow, wide = node_size("A"), node_size("A much longer name")
    two, four = node_size("A", [Bar("x", 0.5)] * 2), node_size("A", [Bar("x", 0.25)] * 4)
    assert wide[0] > narrow[0] and wide[1] == narrow[1]
    assert four[0] == two[0] and four[1] > two[1]


def test_rows_lie_inside_the_node_one_below_the_other():
    layout = node_layout("Weather", [Bar("sunny", 0.6), Bar("rain", 0.4)])
    edges = [row.top for row in layout.rows]
    assert edges == sorted(edges)
    assert edges[0] > -layout.height / 2 and edges[-1] + 18 < layout.height / 2
    for row in layout.rows:
        assert row.label_left < row.track_left < row.track_left + row.track_width
        assert row.track_left + row.track_width < row.percent_right <= layout.width / 2


def test_a_node_with_many_states_counts_those_it_does_not_show():
    layout = node_layout("Big", [Bar(str(k), 0.01) for k in range(100)])
    assert len(layout.rows) == ROWS_SHOWN
    assert layout.rows[-1].index is None
    assert layout.rows[-1].label == f"{100 - ROWS_SHOWN + 1} more"


def test_widths_agree_with_the_font_they_were_taken_from(qapp):
    font = QFont("DejaVu Sans")
    font.setPixelSize(1000)
    metrics = QFontMetricsF(font)
    for text in ("Sprinkler", "Wet grass", "Asy/Patch", "<5", "12+", "P(x) = 0.25"):
        exact = metrics.horizontalAdvance(text) / 1000
        assert approximate_width(text, 1.0) == pytest.approx(exact, rel=0.04)


def test_long_text_is_cut_with_an_ellipsis_that_fits():
    text = elided("A very long name for a node indeed", 13.0, 100.0)
    assert text.endswith("…")
    assert approximate_width(text, 13.0) <= 100.0


@given(places, places, st.sampled_from(["box", "ellipse"]))
def test_rim_points_lie_on_the_rim(x, y, shape):
    box = Box(0, 0, 120, 50, shape)
    rx, ry = rim_point(box, (x, y))
    if shape == "ellipse":
        assert (rx / 60) ** 2 + (ry / 25) ** 2 == pytest.approx(1.0)
    else:
        assert abs(rx) <= 60 + 1e-9 and abs(ry) <= 25 + 1e-9
        outer = max(abs(rx) - 51, 0.0), max(abs(ry) - 16, 0.0)
        assert max(outer) > 0 and hypot(*outer) == pytest.approx(9.0, abs=1e-6)


def test_a_straight_arc_runs_from_rim_to_rim():
    route = arc_path(Box(0, 0, 80, 40), Box(0, 200, 80, 40))
    assert route.is_straight
    assert route.start == pytest.approx((0, 20))
    assert route.tip == pytest.approx((0, 180))
    assert route.end[1] < route.tip[1] - HEAD_LENGTH / 2


def test_lone_arcs_are_straight_and_parallel_ones_bend_apart():
    assert bends([("a", "b"), ("b", "c")]) == [0.0, 0.0]
    first, second = bends([("a", "b"), ("a", "b")])
    assert first == -second != 0.0


def test_arcs_there_and_back_bow_to_different_sides():
    bow, back = bends([("a", "b"), ("b", "a")])
    there = arc_path(Box(0, 0, 40, 40), Box(200, 0, 40, 40), bow)
    home = arc_path(Box(200, 0, 40, 40), Box(0, 0, 40, 40), back)
    assert there.label_at[1] * home.label_at[1] < 0


@pytest.mark.parametrize("place", range(5))
def test_a_loop_leaves_its_node_and_comes_back(place):
    box = Box(0, 0, 80, 40)
    route = loop_path(box, place)
    assert hypot(*route.label_at) > 25
    for point in (route.start, route.tip):
        assert rim_point(box, point) == pytest.approx(point, abs=1e-6)


def test_nodes_in_the_same_place_still_have_an_arc():
    route = arc_path(Box(0, 0, 80, 40), Box(0, 0, 80, 40))
    assert route.start != route.tip


def test_a_loop_takes_the_side_away_from_the_other_arcs():
    box = Box(0, 0, 80, 40)
    above, right, below, left = range(4)
    assert loop_places(box, [(0, -100)], 1) == [below]
    assert loop_places(box, [(0, -100), (0, 100), (-100, 0)], 1) == [right]
    assert loop_places(box, [], 5) == [above, right, below, left, above + 4]


@pytest.mark.parametrize("shift", [-60.0, -30.0, 0.0, 30.0, 60.0])
@pytest.mark.parametrize("bend", [-17.0, 17.0])
def test_parallel_arcs_between_near_nodes_point_into_their_target(shift, bend):
    source, target = Box(0, 0, 126, 34), Box(shift, 64, 98, 34)
    for one, other in ((source, target), (target, source)):
        path = arc_path(one, other, bend)
        base = path.end
        assert not (
            abs(base[0] - other.x) < other.width / 2 and abs(base[1] - other.y) < other.height / 2
        )
