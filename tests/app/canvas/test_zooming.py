"""The wheel zooms at the pointer; drags and fits move what is seen."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.canvas.camera import FARTHEST, NEAREST
from app.canvas.graph import GraphNode
from app.canvas.view import GraphCanvas
from resources import palette

MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


def turn(canvas, where, units, modifiers=NONE):
    wheel = QWheelEvent(
        QPointF(where),
        canvas.viewport().mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, units),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), wheel)


@pytest.mark.parametrize("modifiers", [NONE, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_zooms_and_keeps_the_point_under_the_pointer(canvas, modifiers):
    where = QPoint(530, 170)
    before = canvas.mapToScene(where)
    turn(canvas, where, 240, modifiers)
    after = canvas.mapToScene(where)
    assert canvas.zoom > 1.2
    assert (after - before).manhattanLength() < 2.0


def test_zoom_stops_at_its_limits(canvas):
    for _ in range(80):
        turn(canvas, QPoint(400, 300), 240)
    assert canvas.zoom == pytest.approx(NEAREST)
    for _ in range(80):
        turn(canvas, QPoint(400, 300), -240)
    assert canvas.zoom == pytest.approx(FARTHEST)


def test_shift_and_the_wheel_move_sideways(canvas):
    x, y = canvas.visible_centre()
    turn(canvas, QPoint(400, 300), -120, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.visible_centre()[0] > x
    assert canvas.visible_centre()[1] == pytest.approx(y, abs=1)
    assert canvas.zoom == 1.0


def test_a_middle_drag_moves_the_picture_with_the_pointer(canvas, hand, ear):
    before = canvas.visible_centre()
    start, end = QPoint(100, 100), QPoint(160, 140)
    held = canvas.mapToScene(start)
    x, y = held.x(), held.y()
    hand.press(x, y, MIDDLE)
    hand.move(x + 60, y + 40, MIDDLE)
    hand.release(x, y, MIDDLE)
    after = canvas.visible_centre()
    assert (before[0] - after[0], before[1] - after[1]) == pytest.approx((60, 40), abs=1)
    assert canvas.mapFromScene(held) == end
    assert ear.heard == []


def test_space_and_a_drag_move_the_picture_even_over_a_node(canvas, hand, ear, qtbot):
    before = canvas.visible_centre()
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    hand.press(0, 0)
    hand.move(50, 0)
    hand.release(0, 0)
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert before[0] - canvas.visible_centre()[0] == pytest.approx(50, abs=1)
    assert ear.all("moved") == [] and canvas.selected() == []


def test_fit_shows_every_node(canvas):
    canvas.zoom_about(QPointF(10, 10), 5)
    canvas.fit()
    assert canvas.visible_rect().contains(canvas.graph.node_bounds())


def test_fit_selection_is_nearer_than_fit(canvas):
    canvas.resize(800, 300)
    canvas.fit()
    whole = canvas.zoom
    canvas.set_selected(["A"])
    canvas.fit_selection()
    assert canvas.zoom > whole
    assert canvas.visible_rect().contains(canvas.graph.node_bounds(["A"]))


def test_fitting_an_empty_graph_shows_the_origin(canvas):
    canvas.set_graph([], [])
    canvas.fit()
    assert canvas.visible_rect().contains(0, 0)


def test_zoom_in_and_out_are_inverse(canvas):
    canvas.zoom_in()
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(1.0)


def test_a_graph_fitted_before_it_is_shown_fits_the_size_it_gets(canvas, qtbot):
    late = GraphCanvas(palette("light"))
    qtbot.addWidget(late)
    late.set_graph([item.node for item in canvas.graph.nodes.values()], [])
    late.fit()
    late.resize(900, 700)
    late.show()
    assert late.visible_rect().contains(late.graph.node_bounds())
    assert late.zoom > 1.0


def test_dragging_to_the_edge_moves_the_picture_on(canvas, hand, ear, qtbot):
    before = canvas.visible_centre()[0]
    hand.drag_without_release((0, 0), (395, 0))
    qtbot.waitUntil(lambda: canvas.visible_centre()[0] > before + 40, timeout=3000)
    assert ear.all("moved")[-1][0]["B"][0] > 420
    hand.key(Qt.Key.Key_Escape)


def test_a_large_graph_is_drawn_roughly_while_it_moves_and_finely_again_after(canvas, qtbot):
    fine = QPainter.RenderHint.Antialiasing
    nodes = [GraphNode(str(k), str(k), (k % 20 * 90.0, k // 20 * 60.0)) for k in range(301)]
    canvas.set_graph(nodes, [])
    canvas.pan(5, 5)
    assert not canvas.renderHints() & fine
    qtbot.waitUntil(lambda: bool(canvas.renderHints() & fine), timeout=2000)
