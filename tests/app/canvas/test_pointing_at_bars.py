"""The canvas says which bar is pointed at, which node is picked, and which arc is being drawn."""

from PySide6.QtCore import Qt

from app.canvas.graph import Bar, GraphNode
from resources import palette


def test_pointing_at_a_bar_and_leaving_it_are_said_once_each(hand, ear):
    hand.hover(*hand.row("C", 1, 0.2))
    hand.hover(*hand.row("C", 1, 0.8))
    hand.hover(300, -200)
    assert ear.all("bar_hovered") == [("C", 1)]
    assert len(ear.all("bar_left")) == 1


def test_a_press_ends_the_pointing(hand, ear):
    hand.hover(*hand.row("C", 1, 0.2))
    hand.press(*hand.row("C", 1, 0.2))
    assert len(ear.all("bar_left")) == 1


def test_while_picking_a_click_on_a_bar_picks_the_node_and_observes_nothing(canvas, hand, ear):
    canvas.is_picking = True
    hand.click(*hand.row("C", 1, 0.5))
    assert ear.all("node_picked") == [("C",)]
    assert ear.all("bar_clicked") == []
    assert canvas.selected() == []


def test_while_picking_a_drag_moves_the_node_as_ever(canvas, hand, ear):
    canvas.is_picking = True
    x, y = hand.row("C", 0, 0.5)
    hand.drag((x, y), (x, y + 60), modifiers=Qt.KeyboardModifier.AltModifier)
    assert ear.all("moved")[-1] == ({"C": (0.0, 220.0)}, True)
    assert ear.all("node_picked") == []


def test_a_welcome_arc_is_proposed_while_it_is_drawn_and_can_be_remarked_upon(canvas, hand, ear):
    said = []
    canvas.said.connect(said.append)
    box = canvas.graph.nodes["C"].box
    hand.drag_without_release(hand.bottom_rim("A"), (box.x, box.y))
    assert ear.all("arc_proposed") == [("A", "C")]
    canvas.remark("treewidth 1 → 2")
    assert canvas.overlay.caption.text == "treewidth 1 → 2"
    assert said[-1] == "treewidth 1 → 2"
    hand.release(box.x, box.y)
    assert len(ear.all("arc_proposal_ended")) == 1


def test_a_mark_is_a_tick_across_the_bar(canvas, hand):
    bar = Bar("true", 0.9, mark=0.4)
    canvas.set_graph([GraphNode("C", "C", (0.0, 0.0), bars=(bar,))], [])
    image = canvas.grab().toImage()
    x, y = hand.row("C", 0, 0.4)
    at = canvas.mapFromScene(x, y)
    near = {image.pixelColor(at.x() + dx, at.y()).name() for dx in (-1, 0, 1)}
    assert palette("light")["node_text"] in near
