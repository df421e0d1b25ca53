"""Arcs are drawn from a node's rim, and refused while they are drawn."""

import pytest
from PySide6.QtCore import QRectF, Qt


def closes_a_cycle(source, target):
    return {("C", "A"): ("A", "B", "C"), ("B", "A"): ("A", "B")}.get((source, target))


def test_dragging_from_the_rim_to_a_node_asks_for_the_arc(hand, ear):
    hand.drag(hand.bottom_rim("A"), (0, 150))
    assert ear.all("arc_requested") == [("A", "C")]


def test_the_node_under_the_pointer_is_lit_while_the_arc_is_drawn(canvas, hand):
    hand.drag_without_release(hand.bottom_rim("A"), (0, 150))
    assert canvas.graph.nodes["C"].marks.lit == "target"
    hand.release(0, 150)
    assert canvas.graph.nodes["C"].marks.lit == ""
    assert not canvas.overlay.draft.isVisible()


def test_an_arc_that_closes_a_cycle_is_refused_while_drawn_with_the_cycle_lit(canvas, hand, ear):
    canvas.set_refusal(closes_a_cycle)
    hand.drag_without_release(hand.bottom_rim("C"), (10, -140))
    lit = {name: item.marks.lit for name, item in canvas.graph.nodes.items()}
    assert lit == {"A": "refused", "B": "refused", "C": "refused"}
    refused = canvas.graph.look.colour["arc_refused"]
    assert canvas.overlay.draft.pen().color() == refused
    assert all(arc.pen().color() == refused for arc in canvas.graph.arcs.values())
    assert canvas.overlay.caption.text == "Closes a cycle: A → B → C → A"
    hand.release(10, -140)
    assert ear.all("arc_requested") == []


def test_after_a_refused_arc_nothing_stays_lit(canvas, hand):
    canvas.set_refusal(closes_a_cycle)
    hand.drag(hand.bottom_rim("C"), (10, -140))
    assert {item.marks.lit for item in canvas.graph.nodes.values()} == {""}
    arc = canvas.graph.look.colour["arc"]
    assert {a.pen().color().name() for a in canvas.graph.arcs.values()} == {arc.name()}


def test_leaving_the_refused_node_puts_the_cycle_out(canvas, hand):
    canvas.set_refusal(closes_a_cycle)
    hand.drag_without_release(hand.bottom_rim("B"), (10, -140))
    hand.move(250, -140)
    assert canvas.graph.nodes["A"].marks.lit == ""
    hand.release(250, -140)


def test_an_arc_that_is_there_already_is_refused_with_a_reason(canvas, hand, ear):
    hand.drag_without_release(hand.bottom_rim("A"), (0, 5))
    assert canvas.overlay.caption.text == "A → B is there already"
    hand.release(0, 5)
    assert ear.all("arc_requested") == []


def test_machines_may_have_parallel_arcs_and_loops(canvas, hand, ear):
    canvas.allows_parallel = canvas.allows_loops = True
    hand.drag(hand.bottom_rim("A"), (0, 5))
    x, y = hand.bottom_rim("A")
    hand.press(x, y)
    hand.move(x + 60, y + 30)
    hand.move(x, y - 18)
    hand.release(x, y - 18)
    assert ear.all("arc_requested") == [("A", "B"), ("A", "A")]


def test_dropping_an_arc_on_empty_canvas_asks_for_a_node_with_the_arc(hand, ear):
    hand.drag(hand.bottom_rim("A"), (200, -60))
    (said,) = ear.all("node_with_arc_requested")
    assert said == ("A", 200.0, -60.0)


def test_escape_gives_the_arc_up(canvas, hand, ear):
    hand.drag_without_release(hand.bottom_rim("A"), (0, 150))
    hand.key(Qt.Key.Key_Escape)
    hand.release(0, 150)
    assert ear.all("arc_requested") == []
    assert canvas.graph.nodes["C"].marks.lit == ""


def test_a_click_on_the_rim_selects_the_node(canvas, hand, ear):
    hand.click(*hand.bottom_rim("A"))
    assert canvas.selected() == ["A"]
    assert ear.all("arc_requested") == ear.all("node_with_arc_requested") == []


def test_hovering_a_node_shows_the_handle_from_which_arcs_are_drawn(canvas, hand):
    hand.hover(0, -140)
    assert canvas.overlay.handle.isVisible()
    hand.hover(300, 200)
    assert not canvas.overlay.handle.isVisible()


def test_an_arc_being_drawn_is_given_up_when_its_source_goes(canvas, hand, ear):
    hand.drag_without_release(hand.bottom_rim("A"), (0, 150))
    canvas.set_graph([canvas.graph.nodes["C"].node], [])
    hand.move(0, 155)
    hand.release(0, 155)
    assert ear.all("arc_requested") == []
    assert not canvas.overlay.draft.isVisible()


@pytest.mark.parametrize("corner", ["topRight", "bottomRight", "bottomLeft"])
def test_the_words_beside_the_pointer_stay_in_sight(canvas, corner):
    room = canvas.viewport().rect()
    caption = canvas.overlay.caption
    at = canvas.mapToScene(getattr(room, corner)())
    canvas.overlay.show_caption("treewidth 2 → 3, 40 → 60 clique cells, 480 bytes", at)
    shown = caption.rect().translated(canvas.mapFromScene(at))
    assert QRectF(room).contains(shown)
