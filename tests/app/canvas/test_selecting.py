"""Clicks, the rubber band, Tab and the menu decide what is selected."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_click_on_a_body_selects_the_node_alone(canvas, hand):
    canvas.set_selected(["B"])
    hand.click(0, -140)
    assert canvas.selected() == ["A"]


def test_shift_click_adds_and_takes_away(canvas, hand):
    hand.click(0, -140)
    hand.click(0, 0, modifiers=SHIFT)
    assert canvas.selected() == ["A", "B"]
    hand.click(0, -140, modifiers=SHIFT)
    assert canvas.selected() == ["B"]


def test_a_click_on_one_of_several_selected_nodes_selects_it_alone(canvas, hand):
    canvas.set_selected(["A", "B"])
    hand.click(0, 0)
    assert canvas.selected() == ["B"]


def test_a_click_on_empty_canvas_selects_nothing(canvas, hand):
    canvas.set_selected(["A"])
    hand.click(300, 200)
    assert canvas.selected() == []


def test_a_rubber_band_selects_what_it_touches(canvas, hand):
    hand.drag((-200, -250), (200, 5))
    assert canvas.selected() == ["A", "B"]
    assert not canvas.overlay.band.isVisible()


def test_with_shift_the_rubber_band_adds(canvas, hand):
    canvas.set_selected(["C"])
    hand.drag((-200, -250), (200, -100), modifiers=SHIFT)
    assert canvas.selected() == ["C", "A"]


def test_escape_gives_the_rubber_band_up(canvas, hand):
    canvas.set_selected(["C"])
    hand.drag_without_release((-200, -250), (200, 5))
    hand.key(Qt.Key.Key_Escape)
    assert canvas.selected() == ["C"]
    assert not canvas.overlay.band.isVisible()


def test_a_click_on_an_arc_selects_it(canvas, hand):
    hand.click(0, -70)
    assert [(arc.source, arc.target) for arc in canvas.selected_arcs()] == [("A", "B")]
    assert canvas.selected() == []


def test_select_all_takes_nodes_and_arcs(canvas):
    canvas.select_all()
    assert canvas.selected() == ["A", "B", "C"]
    assert len(canvas.selected_arcs()) == 2


def test_selecting_the_same_again_says_nothing(canvas, ear):
    canvas.set_selected(["A"])
    canvas.set_selected(["A"])
    assert len(ear.all("selection_changed")) == 1


def test_what_leaves_the_graph_leaves_the_selection(canvas, ear):
    canvas.set_selected(["A"])
    canvas.set_graph([canvas.graph.nodes["B"].node], [])
    assert canvas.selected() == []
    assert len(ear.all("selection_changed")) == 2


def test_tab_walks_through_the_nodes_in_reading_order_and_then_on(canvas, hand):
    visited = []
    for _ in range(3):
        canvas.focusNextPrevChild(True)
        visited.append(canvas.current)
    assert visited == ["A", "B", "C"]
    canvas.focusNextPrevChild(True)
    assert canvas.current is None


def test_enter_opens_the_node_that_the_keyboard_is_at(canvas, hand, ear):
    canvas.focusNextPrevChild(True)
    hand.key(Qt.Key.Key_Return)
    assert ear.all("node_activated") == [("A",)]


def test_delete_is_said_and_left_to_the_owner(canvas, hand, ear):
    canvas.set_selected(["A"])
    hand.key(Qt.Key.Key_Delete)
    assert ear.all("delete_requested") == [()]
    assert "A" in canvas.graph.nodes


def open_menu(canvas, where):
    menu = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, canvas.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(canvas.viewport(), menu)


def test_the_menu_of_a_node_selects_it_first(canvas, hand, ear):
    open_menu(canvas, hand.place(0, -140))
    (said,) = ear.all("context_menu_requested")
    assert said[0] == "A"
    assert isinstance(said[1], QPoint)
    assert canvas.selected() == ["A"]


def test_the_menu_of_a_selected_node_keeps_the_others_selected(canvas, hand):
    canvas.set_selected(["A", "B"])
    open_menu(canvas, hand.place(0, -140))
    assert canvas.selected() == ["A", "B"]


def test_the_menu_of_the_empty_canvas_has_no_node(canvas, hand, ear):
    open_menu(canvas, hand.place(300, 200))
    assert ear.all("context_menu_requested")[0][0] is None


def test_the_menu_of_an_arc_names_the_arc(canvas, hand, ear):
    open_menu(canvas, hand.place(0, -70))
    ((arc, _),) = ear.all("arc_context_menu_requested")
    assert (arc.source, arc.target) == ("A", "B")
