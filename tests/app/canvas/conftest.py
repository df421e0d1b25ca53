"""A canvas on a small graph, and a hand that presses, drags and types on it."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.graph import Bar, GraphArc, GraphNode
from app.canvas.view import GraphCanvas
from resources import palette

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Acts on the canvas as a user does, in places of the scene."""

    def __init__(self, canvas):
        self.canvas = canvas

    def place(self, x, y):
        return self.canvas.mapFromScene(QPointF(x, y))

    def press(self, x, y, button=LEFT, modifiers=NONE):
        QTest.mousePress(self.canvas.viewport(), button, modifiers, self.place(x, y))

    def move(self, x, y, buttons=LEFT, modifiers=NONE):
        where = QPointF(self.place(x, y))
        viewport = self.canvas.viewport()
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            where,
            viewport.mapToGlobal(where),
            Qt.MouseButton.NoButton,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(viewport, move)

    def hover(self, x, y):
        self.move(x, y, Qt.MouseButton.NoButton)

    def release(self, x, y, button=LEFT, modifiers=NONE):
        QTest.mouseRelease(self.canvas.viewport(), button, modifiers, self.place(x, y))

    def click(self, x, y, button=LEFT, modifiers=NONE):
        self.press(x, y, button, modifiers)
        self.release(x, y, button, modifiers)

    def double_click(self, x, y):
        self.click(x, y)
        QTest.mouseDClick(self.canvas.viewport(), LEFT, NONE, self.place(x, y))

    def drag(self, start, end, button=LEFT, modifiers=NONE):
        self.drag_without_release(start, end, button, modifiers)
        self.release(*end, button, modifiers)

    def drag_without_release(self, start, end, button=LEFT, modifiers=NONE):
        self.press(*start, button, modifiers)
        for share in (0.2, 0.6, 1.0):
            x = start[0] + share * (end[0] - start[0])
            y = start[1] + share * (end[1] - start[1])
            self.move(x, y, button, modifiers)

    def key(self, key, modifiers=NONE):
        QTest.keyClick(self.canvas, key, modifiers)

    def bottom_rim(self, name):
        box = self.canvas.graph.nodes[name].box
        return (box.x, box.y + box.height / 2)

    def row(self, name, index, share):
        item = self.canvas.graph.nodes[name]
        row = item.layout.rows[index]
        x = item.pos().x() + row.track_left + share * row.track_width
        return (x, item.pos().y() + row.middle)


class Ear:
    """Remembers what a canvas said, as (signal name, arguments)."""

    def __init__(self, canvas):
        self.heard = []
        self._slots = []
        for name in (
            "node_requested",
            "arc_requested",
            "node_with_arc_requested",
            "moved",
            "rename_requested",
            "delete_requested",
            "selection_changed",
            "node_activated",
            "bar_clicked",
            "bar_dragged",
            "bar_drag_cancelled",
            "context_menu_requested",
            "arc_context_menu_requested",
            "bar_hovered",
            "bar_left",
            "node_picked",
            "arc_proposed",
            "arc_proposal_ended",
        ):
            self._listen(canvas, name)

    def _listen(self, canvas, name):
        def remember(*arguments):
            self.heard.append((name, *arguments))

        self._slots.append(remember)
        getattr(canvas, name).connect(remember)

    def all(self, name):
        return [said[1:] for said in self.heard if said[0] == name]


def chain(**changes):
    """Return A → B → C as a column, C with two bars."""
    nodes = [
        GraphNode("A", "A", (0.0, -140.0)),
        GraphNode("B", "B", (0.0, 0.0)),
        GraphNode("C", "C", (0.0, 160.0), bars=(Bar("true", 0.3), Bar("false", 0.7))),
    ]
    return nodes, [GraphArc("A", "B"), GraphArc("B", "C")]


@pytest.fixture
def canvas(qtbot):
    canvas = GraphCanvas(palette("light"))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.set_graph(*chain())
    canvas.show()
    canvas.centerOn(0, 0)
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus, timeout=3000)
    return canvas


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


@pytest.fixture
def ear(canvas):
    return Ear(canvas)
