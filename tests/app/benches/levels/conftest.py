"""The panel of the levels over the chest clinic, stepped by hands."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.networks import zoo

LEFT = Qt.MouseButton.LeftButton


class Watching:
    """Hands on the panel of the levels."""

    def __init__(self, bench, qtbot):
        self.bench, self.qtbot = bench, qtbot
        bench.trigger("panel.levels")
        self.panel = bench.deck.panel("levels")
        self.wait()

    @property
    def moment(self):
        return self.panel.moment

    @property
    def player(self):
        return self.panel.player

    @property
    def moments(self):
        return self.panel.programme.moments

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.panel.is_waiting, timeout=20000)

    def level(self, level):
        QTest.mouseClick(self.panel.controls.levels.buttons[level], LEFT)
        self.wait()

    def press(self, action_id):
        QTest.mouseClick(self.panel.controls.transport.buttons[action_id], LEFT)

    def step(self):
        self.press("levels.step")

    def choose(self, box, text):
        box.setCurrentIndex(box.findText(text))
        self.wait()

    def observe(self, name, state):
        document = self.bench.document
        index = document.net.state_index(name, state)
        document.observe(f"Observe {name}", document.evidence.observing(name, index))
        self.wait()

    def retract(self, name):
        self.bench.document.observe("Retract", self.bench.document.evidence.without(name))
        self.wait()

    def drag_chip(self, name, before):
        """Drag a chip to the place of another with the mouse; return the costs seen on the way."""
        chips = self.panel.controls.order.chips
        start, end = chips.place_of(name).center(), chips.place_of(before).center()
        end = end + QPointF(-6.0 if end.x() < start.x() else 6.0, 0.0)
        QTest.mousePress(chips, LEFT, pos=start.toPoint())
        seen = []
        for k in range(1, 9):
            drag(chips, start + (end - start) * k / 8)
            seen.append(self.panel.controls.order_cost.text())
        QTest.mouseRelease(chips, LEFT, pos=end.toPoint())
        self.wait()
        return seen


def drag(widget, point):
    """Move the mouse over a widget with the left button held (QTest's moves carry no button)."""
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        QPointF(widget.mapToGlobal(point.toPoint())),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, move)


@pytest.fixture
def watch(open_bench, qtbot, context):
    """Return a function that opens a bench on an example and shows its levels."""
    context.preferences.set("reduced_motion", True)

    def open_one(name="chest-clinic"):
        bench = open_bench(zoo.example(name).build())
        bench.resize(1000, 900)
        return Watching(bench, qtbot)

    return open_one


@pytest.fixture
def clinic(watch):
    return watch()
