"""A field with hands over a world of its own, driven by real mouse and key events."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.tab import HandsTab
from app.benches.automata.kind import WORLD_KIND
from app.benches.automata.panel import PanelContext
from app.benches.automata.session import WorldSession
from app.benches.automata.world_document import WorldDocument
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.rules.life_like import LifeLike
from core.automata.topology import Topology
from core.automata.world import World
from core.automata.world_subject import WorldSubject

SIDE = 40
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Field(SimpleNamespace):
    """The parts of a bench that hands need, and a user's gestures on them in cells."""

    def point(self, x, y) -> QPoint:
        """Return the point of the view over the middle of a cell."""
        return self.view.to_view(x + 0.5, y + 0.5).toPoint()

    def press(self, x, y, modifiers=NONE):
        QTest.mouseMove(self.view, self.point(x, y))
        QTest.mousePress(self.view, LEFT, modifiers, self.point(x, y))

    def move(self, x, y):
        QTest.mouseMove(self.view, self.point(x, y))

    def release(self, x, y, modifiers=NONE):
        QTest.mouseRelease(self.view, LEFT, modifiers, self.point(x, y))
        self.wait()

    def click(self, x, y, modifiers=NONE):
        self.press(x, y, modifiers)
        self.release(x, y, modifiers)

    def drag(self, *places, modifiers=NONE):
        self.press(*places[0], modifiers)
        for place in places[1:]:
            self.move(*place)
        self.release(*places[-1], modifiers)

    def key(self, key, modifiers=NONE):
        QTest.keyClick(self.view, key, modifiers)
        self.wait()

    def wait(self):
        """Wait until the living world has answered everything."""
        self.rest()

    def cells(self) -> np.ndarray:
        """Return the cells of the living world."""
        taken = []
        self.hands.present(taken.append)
        self.qtbot.waitUntil(lambda: bool(taken), timeout=60_000)
        return taken[0].array

    def undo(self):
        self.study.undo()
        self.wait()

    @property
    def done(self):
        return self.document.subject.interventions


@pytest.fixture
def open_field(qtbot, context):
    """Return a function that opens a field over a world, with its tab of tools."""
    opened = []

    def open_one(world):
        context.document = study = StudyDocument(KindRegistry([WORLD_KIND]))
        subject_id = study.add("world", "World", WorldSubject(world))
        study.undo_stack.clear()
        document = WorldDocument(study, subject_id, context.say)
        session = WorldSession(document)
        view = FieldView(world, document.look)
        session.frame_ready.connect(view.show_frame)
        view.viewport_changed.connect(session.set_viewport)
        actions = {}
        surroundings = PanelContext(
            document, session, view, context, lambda name: actions.setdefault(name, QAction())
        )
        tab = HandsTab(surroundings)
        for widget in (view, tab, tab.strip):
            qtbot.addWidget(widget)
        view.resize(480, 480)
        view.show()
        tab.resize(380, 700)
        tab.show()
        qtbot.waitExposed(view)
        qtbot.waitUntil(lambda: session.frame is not None, timeout=120_000)
        view.fit()

        def rest():
            pending = session._pending
            qtbot.waitUntil(lambda: not pending and not tab.hands._waiting, timeout=120_000)
            if not session.is_running:
                with qtbot.waitSignal(session.rested, timeout=120_000):
                    session.set_loop(None)

        field = Field(
            study=study,
            document=document,
            session=session,
            view=view,
            tab=tab,
            hands=tab.hands,
            surroundings=surroundings,
            qtbot=qtbot,
            rest=rest,
        )
        opened.append(field)
        rest()
        return field

    yield open_one
    for field in opened:
        field.tab.close_tab()
        field.session.close()
        field.document.close()


@pytest.fixture
def life(open_field):
    """An empty torus of Life."""
    cells = np.zeros((SIDE, SIDE), dtype=np.uint8)
    return open_field(World("life", LifeLike("3", "23"), Topology("torus", SIDE, SIDE), cells))
