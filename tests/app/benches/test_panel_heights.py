"""The panels below the net take most of the height when asked to, and remember it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.networks import zoo


@pytest.fixture
def bench(open_bench):
    bench = open_bench(zoo.example("chest-clinic").build())
    bench.trigger("panel.separation")
    return bench


def press(bench):
    QTest.mouseClick(bench.deck.enlarging_button, Qt.MouseButton.LeftButton)


def test_the_panels_take_most_of_the_height_and_give_it_back(bench):
    before = bench.deck.height()
    press(bench)
    assert bench.deck.height() > 0.6 * bench.height() > before
    press(bench)
    assert abs(bench.deck.height() - before) <= 2


def test_the_height_is_remembered_for_the_next_net(bench, open_bench):
    press(bench)
    another = open_bench(zoo.example("sprinkler").build())
    another.trigger("panel.separation")
    assert another.deck.height() > 0.6 * another.height()


def test_the_whole_net_stays_in_sight(bench, qtbot):
    press(bench)
    canvas = bench.canvas
    qtbot.waitUntil(lambda: canvas.visible_rect().contains(canvas.graph.node_bounds()))
