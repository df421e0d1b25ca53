"""Nodes are moved by their bodies and by the arrow keys."""

from dataclasses import replace

from PySide6.QtCore import Qt

from app.canvas.arc_geometry import Box
from app.canvas.snapping import snap

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_dragging_a_body_moves_the_node_and_finishes_once(hand, ear):
    hand.drag((0, -140), (91, -95), modifiers=ALT)
    said = ear.all("moved")
    assert [finished for _, finished in said].count(True) == 1
    assert said[-1] == ({"A": (91.0, -95.0)}, True)


def test_dragging_one_of_several_selected_nodes_moves_them_all(canvas, hand, ear):
    canvas.set_selected(["A", "B"])
    hand.drag((0, 0), (50, 30), modifiers=ALT)
    assert ear.all("moved")[-1][0] == {"A": (50.0, -110.0), "B": (50.0, 30.0)}


def test_dragging_an_unselected_node_selects_and_moves_it_alone(canvas, hand, ear):
    canvas.set_selected(["B"])
    hand.drag((0, -140), (60, -140), modifiers=ALT)
    assert canvas.selected() == ["A"]
    assert list(ear.all("moved")[-1][0]) == ["A"]


def test_a_node_snaps_to_its_neighbours_centre(hand, ear):
    hand.drag((0, 0), (4, 40))
    assert ear.all("moved")[-1][0]["B"][0] == 0.0


def test_alt_leaves_the_alignment_out(hand, ear):
    hand.drag((0, 0), (5, 40), modifiers=ALT)
    assert ear.all("moved")[-1][0]["B"] == (5.0, 40.0)


def test_escape_puts_dragged_nodes_back(canvas, hand, ear):
    hand.drag_without_release((0, -140), (90, -90), modifiers=ALT)
    hand.key(Qt.Key.Key_Escape)
    assert ear.all("moved")[-1] == ({"A": (0.0, -140.0)}, True)
    assert canvas.graph.nodes["A"].pos().toTuple() == (0.0, -140.0)


def test_a_graph_set_in_the_middle_of_a_drag_leaves_the_dragged_node_under_the_pointer(
    canvas, hand
):
    hand.drag_without_release((0, -140), (90, -90), modifiers=ALT)
    nodes = [item.node for item in canvas.graph.nodes.values()]
    arcs = [item.arc for item in canvas.graph.arcs.values()]
    canvas.set_graph([replace(node, note="changed") for node in nodes], arcs)
    assert canvas.graph.nodes["A"].pos().toTuple() == (90.0, -90.0)
    hand.release(90, -90)


def test_a_move_that_the_owner_does_not_accept_is_undone_by_the_next_graph(canvas, hand):
    nodes = [item.node for item in canvas.graph.nodes.values()]
    arcs = [item.arc for item in canvas.graph.arcs.values()]
    hand.drag((0, -140), (90, -90), modifiers=ALT)
    canvas.set_graph(nodes, arcs)
    assert canvas.graph.nodes["A"].pos().toTuple() == (0.0, -140.0)


def test_arcs_follow_a_moving_node(canvas, hand):
    hand.drag((0, -140), (200, -140), modifiers=ALT)
    route = canvas.graph.arcs["A", "B", ""].route
    assert route.start[0] > 100


def test_arrow_keys_move_by_one_and_with_shift_by_ten_as_one_move(canvas, hand, ear, qtbot):
    canvas.set_selected(["B"])
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Down, SHIFT)
    with qtbot.waitSignal(canvas.moved, timeout=3000, check_params_cb=lambda _, done: done):
        pass
    said = ear.all("moved")
    assert said[-1] == ({"B": (1.0, 10.0)}, True)
    assert [finished for _, finished in said] == [False, False, True]


def test_another_press_of_the_mouse_ends_a_run_of_arrow_keys(canvas, hand, ear):
    canvas.set_selected(["B"])
    hand.key(Qt.Key.Key_Left)
    hand.click(300, 200)
    assert ear.all("moved")[-1] == ({"B": (-1.0, 0.0)}, True)


def test_without_a_selection_the_arrow_keys_move_the_picture(canvas, hand, ear):
    before = canvas.visible_centre()
    hand.key(Qt.Key.Key_Right)
    assert canvas.visible_centre()[0] > before[0]
    assert ear.all("moved") == []


def test_a_click_moves_nothing(hand, ear):
    hand.click(0, -140)
    assert ear.all("moved") == []


def test_snapping_prefers_centres_and_draws_the_line_through_both():
    found = snap(Box(3, 100, 80, 36), [Box(0, 0, 80, 36)], 6.0)
    assert (found.dx, found.dy) == (-3, 0)
    assert found.guides == ((0, -18.0, 0, 118.0),)


def test_nothing_near_snaps_to_nothing():
    found = snap(Box(300, 100, 80, 36), [Box(0, 0, 80, 36)], 6.0)
    assert (found.dx, found.dy, found.guides) == (0.0, 0.0, ())
