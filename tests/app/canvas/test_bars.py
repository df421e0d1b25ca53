"""Bars are clicked to observe a state and dragged to set a likelihood."""

import pytest
from PySide6.QtCore import Qt


def test_a_click_on_a_row_names_the_bar(hand, ear):
    hand.click(*hand.row("C", 1, 0.5))
    assert ear.all("bar_clicked") == [("C", 1)]
    assert ear.all("moved") == []


def test_a_click_on_a_rows_label_names_the_bar_too(canvas, hand, ear):
    x, y = hand.row("C", 0, 0.0)
    hand.click(x - 20, y)
    assert ear.all("bar_clicked") == [("C", 0)]


def test_a_horizontal_drag_sets_the_bar_to_the_pointer(hand, ear):
    hand.drag(hand.row("C", 0, 0.2), hand.row("C", 0, 0.75))
    said = ear.all("bar_dragged")
    assert said[-1][:2] == ("C", 0)
    assert said[-1][2] == pytest.approx(0.75, abs=0.02)
    assert [finished for *_, finished in said].count(True) == 1
    assert ear.all("bar_clicked") == []


def test_a_bar_cannot_be_dragged_past_its_ends(hand, ear):
    hand.drag(hand.row("C", 0, 0.5), hand.row("C", 0, 3.0))
    assert ear.all("bar_dragged")[-1] == ("C", 0, 1.0, True)


def test_a_vertical_drag_on_a_bar_moves_the_node_instead(hand, ear):
    x, y = hand.row("C", 0, 0.5)
    hand.drag((x, y), (x, y + 60), modifiers=Qt.KeyboardModifier.AltModifier)
    assert ear.all("bar_dragged") == []
    assert ear.all("moved")[-1] == ({"C": (0.0, 220.0)}, True)


def test_escape_asks_for_the_value_from_before_the_drag(hand, ear):
    hand.drag_without_release(hand.row("C", 1, 0.2), hand.row("C", 1, 0.8))
    hand.key(Qt.Key.Key_Escape)
    hand.release(*hand.row("C", 1, 0.8))
    assert ear.all("bar_drag_cancelled") == [("C", 1)]
    assert not any(finished for *_, finished in ear.all("bar_dragged"))


def test_a_double_click_on_a_bar_is_two_clicks(hand, ear):
    x, y = hand.row("C", 1, 0.5)
    hand.double_click(x, y)
    hand.release(x, y)
    assert ear.all("bar_clicked") == [("C", 1), ("C", 1)]
    assert ear.all("node_activated") == []


def test_hovering_a_row_marks_it(canvas, hand):
    hand.hover(*hand.row("C", 1, 0.5))
    assert canvas.graph.nodes["C"].marks.hovered_row == 1
    hand.hover(300, -200)
    assert canvas.graph.nodes["C"].marks.hovered_row is None
