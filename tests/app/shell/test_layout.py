"""Layout, docks, theme and status of the window."""

import pytest
from PySide6.QtCore import QRect

from app.shell import layout
from app.shell.window_actions import DOCKS

SCREENS = [QRect(0, 0, 1600, 900), QRect(1600, 0, 1280, 1024)]


@pytest.mark.parametrize(
    ("frame", "placed"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(5000, 5000, 800, 600), QRect(800, 300, 800, 600)),
        (QRect(-300, -50, 800, 600), QRect(0, 0, 800, 600)),
        (QRect(2000, 10, 3000, 3000), QRect(1600, 0, 1280, 1024)),
        (QRect(10, 10, 20, 20), QRect(10, 10, 480, 360)),
    ],
)
def test_a_window_always_comes_to_lie_on_a_screen(frame, placed):
    assert layout.clamped(frame, SCREENS) == placed


def test_docks_start_with_the_study_in_front_and_jobs_and_messages_away(window):
    shown = {name for name, *_rest in DOCKS if window.docks.is_shown(name)}
    assert shown == {"study", "gallery", "inspector"}


def test_a_dock_is_toggled_by_its_action(window):
    registry = window.actions_registry
    registry.trigger("view.dock_messages")
    assert window.docks.is_shown("messages")
    registry.refresh()
    assert registry.action("view.dock_messages").isChecked()
    registry.trigger("view.dock_messages")
    assert not window.docks.is_shown("messages")


def test_the_layout_is_remembered_and_can_be_reset(make_window):
    first = make_window()
    first.show()
    first.docks.show("messages")
    first.docks["inspector"].hide()
    first.close()
    second = make_window()
    second.show()
    assert second.docks.is_shown("messages")
    assert not second.docks.is_shown("inspector")
    second.actions_registry.trigger("view.reset_layout")
    assert second.docks.is_shown("inspector")
    assert not second.docks.is_shown("messages")


def test_a_damaged_layout_gives_the_first_one(make_window, preferences):
    preferences.set("window_state", "zz not hex")
    preferences.set("window_geometry", "00ff")
    window = make_window()
    window.show()
    assert window.docks.is_shown("inspector")
    assert window.width() >= layout.LEAST_SIZE[0]


def test_choosing_a_theme_recolours_benches_and_is_remembered(window, preferences):
    window.actions_registry.trigger("subject.new_toy")
    bench = window.workspace.current_bench
    window.actions_registry.trigger("view.theme_dark")
    assert bench.colours["window"] == window.context.palette["window"] == "#1b1e24"
    assert preferences.get("theme") == "dark"
    window.actions_registry.refresh()
    assert window.actions_registry.action("view.theme_dark").isChecked()
    window.actions_registry.trigger("view.theme_light")
    assert bench.colours["window"] == "#f4f5f7"


def test_tabs_can_be_walked_through_by_keys(window):
    window.actions_registry.trigger("subject.new_toy")
    window.actions_registry.trigger("subject.new_toy")
    second = window.workspace.current_bench
    window.actions_registry.trigger("view.next_tab")
    first = window.workspace.current_bench
    assert first is not second
    window.actions_registry.trigger("view.previous_tab")
    assert window.workspace.current_bench is second


def test_the_toolbar_of_a_bench_shows_only_with_it(window):
    assert not window.bench_bars["toy"].isVisible()
    window.actions_registry.trigger("subject.new_toy")
    assert window.bench_bars["toy"].isVisible()


def test_every_dock_and_toolbar_has_a_name_of_its_own(window):
    from PySide6.QtWidgets import QDockWidget, QToolBar

    parts = [*window.findChildren(QDockWidget), *window.findChildren(QToolBar)]
    names = [part.objectName() for part in parts]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_button_without_text_has_a_name_for_screen_readers(window):
    from PySide6.QtWidgets import QLineEdit, QMenuBar, QTabBar, QToolButton

    made_by_qt = (QLineEdit, QMenuBar, QTabBar)
    ours = [
        button
        for button in window.findChildren(QToolButton)
        if not button.text()
        and not isinstance(button.parent(), made_by_qt)
        and not button.objectName().startswith("qt_")
    ]
    assert [str(button.parent()) for button in ours if not button.accessibleName()] == []


def test_thumbnails_of_the_examples_come_after_the_window_is_shown(qtbot, window):
    qtbot.waitUntil(lambda: window.thumbnails.pixmap("toy/ten") is not None, timeout=5000)
    image = window.thumbnails.pixmap("toy/seven").toImage()
    centre = image.pixelColor(image.width() // 2, image.height() // 2)
    assert centre.name() == window.theme.palette["accent"]
