"""Aligning and distributing move centres along one axis only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas import arrange
from app.canvas.arc_geometry import Box

BOXES = {
    "a": Box(0, 0, 100, 40),
    "b": Box(200, 30, 60, 80),
    "c": Box(90, 300, 20, 20),
}


@pytest.mark.parametrize(
    ("align", "expected"),
    [
        (arrange.align_left, {"a": (0, 0), "b": (-20, 30), "c": (-40, 300)}),
        (arrange.align_right, {"a": (180, 0), "b": (200, 30), "c": (220, 300)}),
        (arrange.align_centre, {"a": (90, 0), "b": (90, 30), "c": (90, 300)}),
        (arrange.align_top, {"a": (0, 0), "b": (200, 20), "c": (90, -10)}),
        (arrange.align_bottom, {"a": (0, 290), "b": (200, 270), "c": (90, 300)}),
        (arrange.align_middle, {"a": (0, 145), "b": (200, 145), "c": (90, 145)}),
    ],
)
def test_aligning_puts_edges_or_centres_on_one_line(align, expected):
    assert align(BOXES) == expected


def test_distributing_horizontally_makes_the_gaps_equal():
    """The ends' inner edges are 50 and 170; c is 20 wide, so both gaps are 50."""
    assert arrange.distribute_horizontally(BOXES) == {"a": (0, 0), "b": (200, 30), "c": (110, 300)}


def test_distributing_vertically_makes_the_gaps_equal():
    """The ends' inner edges are 20 and 290; b is 80 high, so both gaps are 95."""
    assert arrange.distribute_vertically(BOXES) == {"a": (0, 0), "b": (200, 155), "c": (90, 300)}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_boxes_are_not_distributed(count):
    boxes = dict(list(BOXES.items())[:count])
    expected = {name: (box.x, box.y) for name, box in boxes.items()}
    assert arrange.distribute_horizontally(boxes) == expected


@given(st.lists(st.tuples(*[st.integers(1, 400)] * 4), min_size=1, max_size=8))
def test_aligning_twice_changes_nothing_more(numbers):
    boxes = {str(k): Box(*values) for k, values in enumerate(numbers)}
    once = arrange.align_left(boxes)
    moved = {n: Box(*once[n], boxes[n].width, boxes[n].height) for n in boxes}
    assert arrange.align_left(moved) == once
