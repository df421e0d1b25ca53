"""The registry of actions: shortcuts, conflicts, enabled states, what is made from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow

from app.shell.actions import ActionRegistry, ActionSpec, ShortcutConflict
from app.shell.menus import fill_menu_bar, make_toolbar

SAVE = ActionSpec("file.save", "Save", "Write the study.", "File", "Ctrl+S", "save", toolbar=True)
NEW = ActionSpec("file.new", "New", "Start anew.", "File", "Ctrl+N")
THEME = ActionSpec("view.dark", "Dark", "Use dark.", "View/Theme", checkable=True)


@pytest.fixture
def ran():
    return []


@pytest.fixture
def registry(qapp, ran):
    made = ActionRegistry()
    made.register(SAVE, lambda: ran.append("save"))
    made.register(NEW, lambda: ran.append("new"))
    return made


def test_triggering_an_action_runs_its_callback(registry, ran):
    assert registry.trigger("file.save")
    registry.action("file.new").trigger()
    assert ran == ["save", "new"]


def test_an_action_whose_condition_fails_now_does_not_run_though_the_menu_has_not_seen_it(
    qapp, ran
):
    registry, allowed = ActionRegistry(), [True]
    registry.register(SAVE, lambda: ran.append("save"), lambda: allowed[0])
    allowed[0] = False
    assert registry.action("file.save").isEnabled()
    registry.action("file.save").trigger()
    assert ran == []
    assert not registry.action("file.save").isEnabled()


def test_a_shortcut_that_another_action_has_is_refused_with_its_name(registry):
    with pytest.raises(ShortcutConflict, match="Ctrl\\+S already belongs to “Save”"):
        registry.set_shortcut("file.new", "Ctrl+S")
    assert registry.shortcut("file.new") == "Ctrl+N"


def test_a_freed_shortcut_can_be_given_to_another_action(registry):
    registry.set_shortcut("file.save", "")
    registry.set_shortcut("file.new", "Ctrl+S")
    assert registry.shown_shortcut("file.new") == "Ctrl+S"
    assert registry.custom_shortcuts == {"file.save": "", "file.new": "Ctrl+S"}


def test_resetting_gives_every_action_its_first_shortcut(registry):
    registry.set_shortcut("file.new", "Ctrl+J")
    registry.reset_shortcuts()
    assert registry.shortcut("file.new") == "Ctrl+N"
    assert registry.custom_shortcuts == {}


def test_custom_shortcuts_hold_for_actions_registered_later(qapp):
    registry = ActionRegistry({"file.save": "Ctrl+K"})
    registry.register(SAVE, lambda: None)
    assert registry.action("file.save").shortcut().toString() == "Ctrl+K"


def test_a_remembered_shortcut_that_has_become_a_conflict_gives_way(qapp):
    registry = ActionRegistry({"file.new": "Ctrl+S"})
    registry.register(SAVE, lambda: None)
    registry.register(NEW, lambda: None)
    assert registry.action("file.new").shortcut().toString() == "Ctrl+N"


def test_two_benches_may_use_the_same_keys_but_not_the_keys_of_the_window(qapp):
    registry = ActionRegistry()
    registry.register(SAVE, lambda: None)
    run = ActionSpec("a.run", "Run", "Run.", "A", "Space")
    play = ActionSpec("b.play", "Play", "Play.", "B", "Space")
    registry.register(run, lambda: None, kinds={"a"})
    registry.register(play, lambda: None, kinds={"b"})
    assert registry.shown_shortcut("a.run") == registry.shown_shortcut("b.play") == "Space"
    with pytest.raises(ShortcutConflict):
        registry.set_shortcut("b.play", "Ctrl+S")


def test_an_action_may_have_two_shortcuts(qapp):
    registry = ActionRegistry()
    registry.register(
        ActionSpec("edit.redo", "Redo", "Redo.", shortcut="Ctrl+Shift+Z; Ctrl+Y"), lambda: None
    )
    keys = [each.toString() for each in registry.action("edit.redo").shortcuts()]
    assert keys == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_menus_and_toolbars_are_made_from_the_registry(qtbot, registry):
    registry.register(THEME, lambda: None)
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = fill_menu_bar(window.menuBar(), registry)
    titles = [action.text() for action in menus["File"].actions() if not action.isSeparator()]
    assert list(menus) == ["File", "View", "View/Theme"]
    assert titles == ["Save", "New"]
    bar = make_toolbar("main", "Main", registry, registry)
    qtbot.addWidget(bar)
    assert [action.text() for action in bar.actions()] == ["Save"]


def test_typing_in_a_line_keeps_the_keys_that_a_line_understands(qtbot, ran):
    registry = ActionRegistry()
    delete = ActionSpec("edit.delete", "Delete", "Delete.", shortcut="Del")
    window = QMainWindow()
    qtbot.addWidget(window)
    registry.register(delete, lambda: ran.append("delete"))
    window.addAction(registry.action("edit.delete"))
    line = QLineEdit("abc", window)
    window.setCentralWidget(line)
    window.show()
    line.setFocus()
    line.setCursorPosition(0)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert line.text() == "bc"
    assert ran == []
