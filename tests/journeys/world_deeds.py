"""Everything that restless hands do to a running world, in an order drawn from a seed."""

import random

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.automata.rules.lenia import lenia
from core.automata.topology import torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
PANELS = ("measures", "slices", "robustness", "map", "search")
LASTS = 240
"""Steps for which what lasts stays, so that there are never many at once."""


def random_lenia(side, seed=3):
    """Return patches of random values on a torus, which Lenia shapes into bodies."""
    rng = np.random.default_rng(seed)
    cells = np.zeros((1, side, side))
    for _ in range(max(2, side * side // 2700)):
        y, x = rng.integers(0, side - 30, 2)
        cells[0, y : y + 30, x : x + 30] = rng.random((30, 30))
    return WorldSubject(World("lenia", lenia(13, 10, 0.15, 0.017), torus(side, side), cells))


class RestlessHands:
    """Does one thing after another to the world of a bench, with mouse and keys."""

    def __init__(self, window, bench, seed=1):
        self.window, self.bench = window, bench
        self.random = random.Random(seed)
        self.hands = bench.inspector().tab("hands").hands
        self.hands.settings.set("lasts", LASTS)
        self.deeds = (
            *(self.paint,) * 5,
            *(self.play,) * 3,
            *(self.undo,) * 3,
            *(self.change_rule,) * 2,
            *(self.rewind,) * 2,
            *(self.stamp,) * 2,
            *(self.put_down,) * 4,
            self.erase,
            self.redo,
            self.patch,
            self.fill,
            self.copy,
            self.open_panel,
            self.remove_one,
            self.look,
        )
        self.order = []

    def do_one(self):
        """Do the next thing and return its name."""
        if not self.order:
            self.order = list(self.deeds)
            self.random.shuffle(self.order)
        deed = self.order.pop()
        deed()
        return deed.__name__

    # -- on the field ------------------------------------------------------------------------------

    def place(self):
        """Return a point of the field over the world."""
        board = self.bench.view.board
        x = self.random.uniform(board[0] + 20, board[2] - 20)
        y = self.random.uniform(board[1] + 20, board[3] - 20)
        return self.bench.view.to_view(x, y).toPoint()

    def drag(self, tool, moves=1):
        self.bench.trigger(f"hands.{tool}")
        view, at = self.bench.view, self.place()
        QTest.mouseMove(view, at)
        QTest.mousePress(view, LEFT, pos=at)
        for _ in range(moves):
            way = self.random.randrange(-30, 31), self.random.randrange(-30, 31)
            at.setX(at.x() + way[0])
            at.setY(at.y() + way[1])
            QTest.mouseMove(view, at)
            QApplication.processEvents()
        QTest.mouseRelease(view, LEFT, pos=at)

    def paint(self):
        self.drag("brush", 6)

    def erase(self):
        self.drag("erase", 4)

    def fill(self):
        self.drag("fill")

    def patch(self):
        self.drag("random")

    def put_down(self):
        self.drag(self.random.choice(("obstacle", "gun", "food", "noise")))

    def stamp(self):
        rng = np.random.default_rng(self.random.randrange(10**6))
        self.hands.take_stamp(rng.random((1, 24, 24)), "a patch")
        QTest.mouseClick(self.bench.view, LEFT, pos=self.place())

    def copy(self):
        """Cut a rectangle and paste it elsewhere."""
        self.drag("select")
        QTest.keyClick(self.bench.view, Qt.Key.Key_X, CTRL)
        QTest.keyClick(self.bench.view, Qt.Key.Key_V, CTRL)
        QTest.mouseClick(self.bench.view, LEFT, pos=self.place())
        QTest.keyClick(self.bench.view, Qt.Key.Key_Escape)

    # -- time and rule -----------------------------------------------------------------------------

    def play(self):
        """Play; every third time let it rest first."""
        if self.bench.session.is_running and self.random.randrange(3) == 0:
            self.bench.trigger("world.play")
        elif not self.bench.session.is_running:
            self.bench.trigger("world.play")

    def rewind(self):
        """Move the slider of time a little back, and play on."""
        slider = self.bench.transport.slider
        QTest.keyClick(slider, Qt.Key.Key_PageDown)
        self.bench.trigger("world.play")

    def change_rule(self):
        """Move mu or sigma by keys,."""
        rows = self.bench.inspector().tab("world").rows
        row = rows[self.random.choice([name for name in ("μ", "σ") if name in rows])]
        middle = {"μ": 0.15, "σ": 0.017}[row.parameter.name]
        row.field.setFocus()
        row.field.selectAll()
        QTest.keyClicks(row.field, f"{middle * self.random.uniform(0.97, 1.03):.5f}")
        QTest.keyClick(row.field, Qt.Key.Key_Return)

    # -- the study ---------------------------------------------------------------------------------

    def undo(self):
        self.window.document.undo()

    def redo(self):
        self.window.document.redo()

    def remove_one(self):
        """Take the newest intervention out of the list, or all of many."""
        count = len(self.bench.document.subject.interventions)
        if count:
            self.hands.remove([count - 1], "Remove one")

    def open_panel(self):
        """Open a panel, or put the deck away."""
        self.bench.trigger(f"panel.{self.random.choice(PANELS)}")

    def look(self):
        """See it in other colours, and zoom."""
        self.bench.trigger(
            self.random.choice(("world.palette.usual", "world.palette.viridis", "world.trail"))
        )
        self.bench.trigger(self.random.choice(("world.zoom_in", "world.zoom_out", "world.fit")))
        self.bench.trigger("world.fit")
