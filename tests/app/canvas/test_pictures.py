"""What is painted has the colours that it stands for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.canvas.contrast import contrast, legible_on, mixed
from app.canvas.graph import Bar, GraphNode
from resources import palette

CATEGORIES = [f"category_{k}" for k in range(8)]


def colour_at(canvas, x, y):
    return canvas.grab().toImage().pixelColor(canvas.mapFromScene(QPointF(x, y))).name()


def test_a_node_has_the_palettes_fill(canvas):
    assert colour_at(canvas, -25, -150) == palette("light")["node_fill"]


def test_another_palette_is_applied_live(canvas):
    canvas.apply_palette(palette("dark"))
    assert colour_at(canvas, -25, -150) == palette("dark")["node_fill"]
    assert colour_at(canvas, 303, 187) in (palette("dark")["canvas"], palette("dark")["grid"])


def test_an_observed_node_looks_observed(canvas):
    node = canvas.graph.nodes["A"].node
    canvas.set_graph([replace(node, observed=True)], [])
    assert colour_at(canvas, -25, -150) == palette("light")["node_observed"]


def test_a_users_colour_fills_a_name_and_the_title_above_bars(canvas):
    bars = (Bar("true", 0.5), Bar("false", 0.5))
    canvas.set_graph(
        [
            GraphNode("A", "A", (0.0, -140.0), colour="#0072b2"),
            GraphNode("C", "C", (0.0, 160.0), colour="#0072b2", bars=bars),
        ],
        [],
    )
    top = canvas.graph.nodes["C"].box.y - canvas.graph.nodes["C"].box.height / 2
    assert colour_at(canvas, -25, -150) == "#0072b2"
    assert colour_at(canvas, -70, top + 8) == "#0072b2"


def test_bars_are_as_long_as_their_values(canvas, hand):
    filled, empty = hand.row("C", 0, 0.2), hand.row("C", 0, 0.6)
    assert colour_at(canvas, *filled) == palette("light")["bar"]
    assert colour_at(canvas, *empty) == palette("light")["bar_track"]


@pytest.mark.parametrize("role", ["bar_observed", "bar_likelihood", "bar_stale"])
def test_bars_are_drawn_in_their_role(canvas, hand, role):
    canvas.set_graph([GraphNode("C", "C", (0.0, 0.0), bars=(Bar("true", 1.0, role),))], [])
    assert colour_at(canvas, *hand.row("C", 0, 0.5)) == palette("light")[role]


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.4, 0.7, 1.0, 5.0])
def test_a_node_is_seen_at_every_zoom(canvas, zoom):
    canvas.zoom_about(QPointF(canvas.viewport().rect().center()), zoom)
    canvas.centerOn(canvas.graph.nodes["B"].pos())
    image = canvas.grab().toImage()
    around = {image.pixelColor(x, y).name() for x in range(360, 440, 1) for y in range(280, 320, 1)}
    assert len(around) > 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", CATEGORIES)
def test_text_on_every_category_is_legible(theme, role):
    colours = palette(theme)
    text = legible_on(colours[role], colours["node_text"], colours["canvas"])
    assert contrast(colours[role], text) >= 4.0


def test_contrast_of_black_and_white_is_twenty_one():
    """WCAG 2.2 gives 21:1 as the largest ratio."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


def test_a_mixture_lies_between():
    assert mixed("#000000", "#ffffff", 0.5) == QColor(128, 128, 128).name()
