"""A user's hands on a world: real mouse and key events on the field of the bench in front."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.journeys.hands import Hands

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
COMPILING = 300_000
"""Milliseconds to wait where an engine may have to be compiled first."""


class WorldHands(Hands):
    """Works on the current bench of a cellular world; places are cells."""

    @property
    def view(self):
        return self.bench.view

    @property
    def session(self):
        return self.bench.session

    @property
    def subject(self):
        return self.bench.document.subject

    @property
    def done(self):
        return self.subject.interventions

    def settle(self):
        """Wait until the living world did all that it was asked for."""
        session = self.session
        self.qtbot.waitUntil(lambda: session.frame is not None, timeout=COMPILING)
        self.qtbot.waitUntil(lambda: not session._pending, timeout=COMPILING)
        if not session.is_running:
            with self.qtbot.waitSignal(session.rested, timeout=COMPILING):
                session.set_loop(None)

    def place(self, x, y) -> QPoint:
        """Return the point of the view over the middle of a cell."""
        return self.view.to_view(x + 0.5, y + 0.5).toPoint()

    def field_key(self, key, modifiers=NONE):
        QTest.keyClick(self.view, key, modifiers)

    def click_cell(self, x, y, modifiers=NONE):
        QTest.mouseMove(self.view, self.place(x, y))
        QTest.mouseClick(self.view, LEFT, modifiers, self.place(x, y))

    def drag_cells(self, *places, modifiers=NONE):
        QTest.mouseMove(self.view, self.place(*places[0]))
        QTest.mousePress(self.view, LEFT, modifiers, self.place(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(self.view, self.place(*place))
        QTest.mouseRelease(self.view, LEFT, modifiers, self.place(*places[-1]))

    def click_button(self, button):
        QTest.mouseClick(button, LEFT, pos=button.rect().center())

    def take_tool(self, name):
        """Click a tool of the strip beside the field."""
        self.click_button(self.bench.inspector().tab("hands").strip.buttons[name])

    def play(self):
        """Press the space bar on a field at rest."""
        self.view.setFocus()
        self.field_key(Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: self.session.is_running, timeout=COMPILING)

    def pause(self):
        """Press the space bar on a field that runs, and wait until it rests."""
        self.field_key(Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: not self.session.is_running, timeout=COMPILING)
        self.settle()

    def go_to(self, generation):
        """Type a generation into the field of the transport."""
        field = self.bench.transport.generation
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, str(generation))
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait_for(generation)

    def wait_for(self, generation):
        """Wait until the world rests at a generation, and return its frame."""

        def is_there():
            frame = self.session.frame
            return frame.generation == generation and self.subject.at == generation

        self.qtbot.waitUntil(is_there, timeout=COMPILING)
        self.settle()
        return self.session.frame

    def cells(self):
        """Return the cells of the living world."""
        taken = []
        self.bench.inspector().tab("hands").hands.present(taken.append)
        self.qtbot.waitUntil(lambda: bool(taken), timeout=COMPILING)
        return taken[0].array
