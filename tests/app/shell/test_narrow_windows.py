"""Windows that are too small for everything: what gives way, and what comes back."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.shell.opening import study_around
from app.shell.room import Room
from app.shell.side_widths import LEAST, LEAST_CENTRE, shared
from tests.app.shell.toy import Toy, ToyBench


def wide_panel(width: int) -> QWidget:
    panel = QWidget()
    panel.setMinimumSize(width, 900)
    return panel


@pytest.fixture
def with_wide_panel(window, monkeypatch):
    """A window whose inspector would like 380 by 900 pixels."""
    monkeypatch.setattr(ToyBench, "inspector", lambda bench: bench.panel)
    window.resize(1300, 800)
    window.document.load(study_around("toy", "four", Toy(4)))
    bench = window.workspace.current_bench
    bench.panel = wide_panel(380)
    return window


def test_a_panel_in_a_room_does_not_keep_the_window_large(qtbot):
    room = Room(wide_panel(700), QSize(300, 120))
    qtbot.addWidget(room)
    assert room.minimumSizeHint() == QSize(300, 120)
    room.resize(300, 120)
    room.show()
    assert room.widget().width() == 700
    assert room.horizontalScrollBar().maximum() == 700 - room.viewport().width()


def test_a_small_panel_asks_for_no_more_room_than_it_needs(qtbot):
    panel = QWidget()
    panel.setMinimumSize(80, 40)
    room = Room(panel, QSize(300, 120))
    qtbot.addWidget(room)
    assert room.minimumSizeHint() == QSize(80, 40)


def test_the_sides_give_way_to_the_centre_but_not_wholly():
    assert shared(1400, {"left": 250, "right": 400}) == {"left": 250, "right": 400}
    assert shared(1000, {"left": 190, "right": 386}) == {"left": 184, "right": 386}
    assert shared(900, {"left": 190, "right": 386}) == {"left": 168, "right": 302}
    assert shared(820, {"left": 250, "right": 400}) == LEAST
    assert shared(LEAST_CENTRE + 300, {"right": 400}) == {"right": 300}


def test_the_inspector_is_as_wide_as_its_panel_needs(qtbot, with_wide_panel):
    qtbot.waitUntil(lambda: with_wide_panel.docks["inspector"].width() == 380)


def test_a_window_that_was_narrow_gives_the_sides_their_width_back(qtbot, with_wide_panel):
    window = with_wide_panel
    qtbot.waitUntil(lambda: window.docks["inspector"].width() == 380)
    study = window.docks["study"].width()
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.docks["inspector"].width() < 310)
    assert window.size() == QSize(900, 600)
    window.resize(1300, 800)
    qtbot.waitUntil(lambda: window.docks["inspector"].width() == 380)
    assert window.docks["study"].width() == study
