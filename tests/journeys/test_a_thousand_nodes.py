"""A network of 1041 nodes, opened and worked on by mouse: nothing is missing, no turn does it all.

How long a turn of the event loop takes depends on the machine; how much is done in one does not.
"""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.benches.networks import presentation
from app.canvas.building import MOST_LOOKS, STEPS_AT_ONCE, STEPS_BETWEEN_LOOKS, Building
from app.canvas.node_item import NodeItem
from app.canvas.scene import GraphScene
from app.canvas.selection import Selection
from app.canvas.view import GraphCanvas
from core.networks.formats import bif
from core.networks.model import BayesNet, Node
from tests.journeys.hands import Hands

COUNT = 1041
GROUP = 40
"""Nodes that hang together: what is observed in one group tells nothing about the others."""

COLUMNS = 36
PATIENCE_MS = 240_000
"""The kernels may have to be compiled first."""

MOST_STEPS = MOST_LOOKS * STEPS_BETWEEN_LOOKS


def large_network():
    """Return 1041 nodes of 2 to 21 states with up to two parents, in places of their own."""
    rng, numbers = random.Random(1), np.random.default_rng(1)
    nodes, sizes = [], []
    for k in range(COUNT):
        near = range(max(k - k % GROUP, k - 6), k)
        parents = sorted(rng.sample(near, min(len(near), rng.randrange(1, 3))))
        sizes.append(21 if k % 97 == 5 else rng.choice((2, 3, 4, 5)))
        shape = [*(sizes[j] for j in parents), sizes[k]]
        table = numbers.random(shape) + 0.05
        nodes.append(
            Node(
                f"N{k}",
                tuple(f"state {j}" for j in range(sizes[k])),
                tuple(f"N{j}" for j in parents),
                table / table.sum(axis=-1, keepdims=True),
                position=(float(k % COLUMNS * 260), float(k // COLUMNS * 260)),
            )
        )
    return BayesNet(nodes, name="large")


class Counting:
    """Counts what is done at once, in a slice or a painting; `most` keeps the largest counts."""

    def __init__(self, monkeypatch):
        self.most = {}
        self._now = {}
        self._wrap(monkeypatch)

    def add(self, kind):
        self._now[kind] = self._now.get(kind, 0) + 1

    def end_turn(self):
        for kind, count in self._now.items():
            self.most[kind] = max(count, self.most.get(kind, 0))
        self._now = {}

    def forget(self):
        self.end_turn()
        self.most = {}

    def _wrap(self, monkeypatch):
        paint, view = NodeItem.paint, presentation.model_node

        def counted(steps):
            def counted_steps(part):
                for _ in steps(part):
                    self.add("steps")
                    yield

            return counted_steps

        def first(act):
            """Begin another turn, then act."""

            def begin(*args):
                self.end_turn()
                return act(*args)

            return begin

        def counted_paint(item, *args):
            self.add("paintings")
            paint(item, *args)

        def counted_view(*args):
            self.add("views")
            return view(*args)

        for part, name in ((GraphScene, "steps"), (Selection, "_steps")):
            monkeypatch.setattr(part, name, counted(getattr(part, name)))
        beginnings = ((Building, "_on_turn"), (Building, "start"), (GraphCanvas, "drawBackground"))
        for part, name in beginnings:
            monkeypatch.setattr(part, name, first(getattr(part, name)))
        monkeypatch.setattr(NodeItem, "paint", counted_paint)
        monkeypatch.setattr(presentation, "model_node", counted_view)


@pytest.fixture
def counting(monkeypatch):
    return Counting(monkeypatch)


@pytest.fixture
def opened(window, qtbot, tmp_path, counting):
    """Hands on the network, dropped on the window as a file."""
    path = tmp_path / "large.bif"
    bif.write(large_network(), path)
    hands = Hands(window, qtbot)
    hands.drop(path)
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=60000)
    wait_until(hands, counting, lambda: len(hands.canvas.graph.nodes) == COUNT)
    wait_until(hands, counting, lambda: not hands.canvas._building.is_running)
    wait_until(hands, counting, lambda: not hands.bench.beliefs.is_waiting)
    return hands


def wait_until(hands, counting, is_done):
    """Let the event loop turn until something is done, and what was counted be of single turns."""
    hands.qtbot.waitUntil(is_done, timeout=PATIENCE_MS)
    counting.end_turn()


def zoom_in_at(hands, name):
    """Turn the wheel over a node until its states can be read."""
    viewport = hands.canvas.viewport()
    for _ in range(60):
        if hands.canvas.zoom >= 0.9:
            return
        at = QPointF(hands.centre(name))
        wheel = QWheelEvent(
            at,
            QPointF(viewport.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, wheel)
    raise AssertionError("the wheel does not bring the node near")


def test_all_of_it_is_shown_and_no_turn_shows_it_all(opened, counting):
    graph = opened.canvas.graph
    net = opened.net
    assert len(graph.nodes) == COUNT
    assert set(graph.arcs) == {(*arc, "") for arc in net.arcs}
    seen = opened.canvas.visible_rect()
    assert all(seen.contains(item.pos()) for item in graph.nodes.values())
    assert counting.most["steps"] <= max(MOST_STEPS, STEPS_AT_ONCE) < COUNT


def test_from_afar_no_node_paints_itself(opened, counting, qtbot):
    counting.forget()
    opened.canvas.viewport().repaint()
    counting.end_turn()
    assert counting.most.get("paintings", 0) == 0


def test_evidence_changes_the_beliefs_it_concerns_and_redraws_those_alone(opened, counting):
    name = f"N{GROUP * 12 + 7}"
    group = {f"N{k}" for k in range(GROUP * 12, GROUP * 13)}
    zoom_in_at(opened, name)
    before = opened.bench.beliefs.beliefs.posteriors.marginals
    wait_until(opened, counting, lambda: not opened.canvas._building.is_running)
    counting.forget()
    opened.click_bar(name, 1)
    wait_until(opened, counting, lambda: not opened.bench.beliefs.is_waiting)
    after = opened.bench.beliefs.beliefs.posteriors.marginals
    assert opened.bench.document.evidence.get(name) == 1
    assert after[name][1] == 1.0
    changed = {each for each in before if np.abs(after[each] - before[each]).max() > 1e-9}
    assert name in changed and len(changed) > 3
    assert changed <= group
    # The finding makes one view anew, the answer those of its group; nothing touches the others.
    assert counting.most["views"] <= GROUP
    visible = opened.canvas.visible_rect()
    near = [
        each
        for each in opened.canvas.graph.nodes.values()
        if visible.intersects(each.sceneBoundingRect())
    ]
    assert len(near) < 60
    assert 0 < counting.most["paintings"] <= 2 * len(near)  # one painting may be in two parts


def test_a_selection_of_everything_is_marked_and_deleted_and_comes_back(opened, counting):
    opened.canvas.setFocus()
    opened.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(opened.canvas.selected()) == COUNT
    nodes = opened.canvas.graph.nodes
    wait_until(opened, counting, lambda: all(item.marks.is_selected for item in nodes.values()))
    counting.forget()
    opened.key(Qt.Key.Key_Delete)
    assert len(opened.net) == 0
    wait_until(opened, counting, lambda: not opened.canvas._building.is_running)
    opened.shortcut("Ctrl+Z")
    wait_until(opened, counting, lambda: len(opened.canvas.graph.nodes) == COUNT)
    wait_until(opened, counting, lambda: not opened.canvas._building.is_running)
    assert len(opened.canvas.graph.arcs) == opened.net.arc_count
    assert counting.most["steps"] <= max(MOST_STEPS, STEPS_AT_ONCE)
