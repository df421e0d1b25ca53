"""The window without a mouse: menus, the order of Tab, the ring, the space bar."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.shell.focus_ring import FocusRing
from app.shell.mnemonics import with_mnemonics
from app.shell.opening import study_around
from app.shell.tab_order import stops
from tests.app.shell.toy import Toy, ToyBench


@pytest.fixture
def active(qtbot, window):
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def rings(window):
    return [ring.parentWidget() for ring in window.findChildren(FocusRing) if ring.isVisible()]


def test_every_menu_has_a_letter_of_its_own():
    marked = with_mnemonics(["File", "Edit", "Simulate", "Simplex", "S", "Study"])
    assert list(marked.values()) == ["&File", "&Edit", "&Simulate", "S&implex", "S", "S&tudy"]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_f10_opens_the_first_menu(qtbot, active):
    qtbot.keyClick(active, Qt.Key.Key_F10)
    menu = active.menuBar().actions()[0].menu()
    qtbot.waitUntil(menu.isVisible)
    menu.close()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_alt_and_its_letter_open_a_menu(qtbot, active):
    qtbot.keyClick(active, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    menu = active.menuBar().actions()[1].menu()
    qtbot.waitUntil(menu.isVisible)
    menu.close()


def test_tab_reads_rows_from_left_to_right_however_they_were_made(qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    parts = {name: QPushButton(name) for name in "dbac"}
    column = QVBoxLayout(over)
    for names in ("ab", "cd"):
        row = QHBoxLayout()
        for name in names:
            row.addWidget(parts[name])
        column.addLayout(row)
    over.show()
    assert [part.text() for part in stops(over)] == list("abcd")


def test_tab_goes_through_the_window_from_left_to_right_and_round(qtbot, active):
    active.document.load(study_around("toy", "four", Toy(4)))
    active.docks.show("gallery")
    active.gallery.filter.setFocus()
    visited = []
    for _ in range(len(list(stops(active)))):
        visited.append(QApplication.focusWidget())
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is active.gallery.filter
    assert len(set(visited)) == len(visited)
    places = [part.mapTo(active, QPoint(0, 0)) for part in visited]
    assert [place for place in places if not active.rect().contains(place)] == []
    assert visited.index(active.gallery.list) < visited.index(active.workspace.tabBar())


def test_a_ring_shows_where_tab_has_come_to_and_goes_with_the_keyboard(qtbot, active):
    active.gallery.filter.setFocus()
    assert rings(active) == []
    qtbot.keyClick(active.gallery.filter, Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    assert rings(active) == [first]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert rings(active) == [QApplication.focusWidget()]
    active.gallery.filter.setFocus()
    assert rings(active) == []


def test_space_does_what_the_focused_button_says_and_otherwise_plays(qtbot, active, monkeypatch):
    monkeypatch.setattr(ToyBench, "space_action", "toy.add_one")
    active.document.load(study_around("toy", "four", Toy(4)))
    bench = active.workspace.current_bench
    button = QPushButton("Other", bench)
    button.show()
    pressed = []
    button.clicked.connect(lambda: pressed.append(bench.toy.number))
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (pressed, bench.toy.number) == ([4], 4)
    qtbot.keyClick(active.workspace.tabBar(), Qt.Key.Key_Space)
    assert bench.toy.number == 5
