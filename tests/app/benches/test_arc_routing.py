import numpy as np
import pytest

from app.benches.networks.figure import network_figure
from app.canvas.arc_geometry import Box
from app.figures.description import Arrow, Cubic, FigureOptions, Rect
from app.graphical.arc_routing import routed
from core.networks import zoo
from core.networks.inference import infer

WIDTH = 400.0
TOP, BOTTOM = Box(200, 30, 80, 40), Box(200, 270, 80, 40)


def along(curve):
    """Return 99 points of a cubic between its ends."""
    t = np.linspace(0.01, 0.99, 99)[:, None]
    start, one, two, tip = map(np.array, curve)
    return (1 - t) ** 3 * start + 3 * t * (1 - t) ** 2 * one + 3 * t**2 * (1 - t) * two + t**3 * tip


def is_hidden(points, x, y, half_width, half_height):
    inside = (abs(points[:, 0] - x) < half_width) & (abs(points[:, 1] - y) < half_height)
    return bool(inside.any())


def test_an_arc_with_a_clear_way_is_straight():
    assert routed(TOP, BOTTOM, [Box(60, 150, 80, 40)], WIDTH) is None


@pytest.mark.parametrize("x", [170, 200, 230])
@pytest.mark.parametrize("shape", ["box", "ellipse"])
def test_an_arc_is_led_round_a_node_in_its_way(x, shape):
    points = along(routed(TOP, BOTTOM, [Box(x, 150, 80, 40, shape)], WIDTH))
    assert not is_hidden(points, x, 150, 30, 18)


def test_an_arc_led_round_runs_from_rim_to_rim():
    start, _, _, tip = routed(TOP, BOTTOM, [Box(200, 150, 80, 40)], WIDTH)
    assert start[1] == pytest.approx(50, abs=1)
    assert tip[1] == pytest.approx(250, abs=1)


def test_an_arc_stays_on_the_sheet():
    obstacle = Box(100, 150, 190, 40)
    points = along(routed(Box(60, 30, 80, 40), Box(60, 270, 80, 40), [obstacle], WIDTH))
    assert points[:, 0].min() > 0
    assert points[:, 0].max() < WIDTH


def test_an_arc_that_cannot_be_cleared_stays_straight():
    assert routed(TOP, BOTTOM, [Box(200, 150, 400, 40)], WIDTH) is None


def test_two_nodes_on_one_spot_have_no_curve_between_them():
    assert routed(TOP, TOP, [BOTTOM], WIDTH) is None


def test_no_arc_of_the_chest_clinic_hides_behind_a_node_it_does_not_join():
    subject = zoo.example("chest-clinic").build()
    figure = network_figure(subject, infer(subject.net), FigureOptions(), "posteriors")
    outlines = [item for item in figure.items if isinstance(item, Rect) and item.radius]
    for arrow in (item for item in figure.items if isinstance(item, Arrow)):
        move, step = arrow.steps
        start, tip = (move.x, move.y), (step.x, step.y)
        inner = [start, tip]
        if isinstance(step, Cubic):
            inner = [(step.x1, step.y1), (step.x2, step.y2)]
        points = along((start, *inner, tip))
        for box in outlines:
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            assert not is_hidden(points, *middle, box.width / 2 - 0.2, box.height / 2 - 0.2)
