"""The command palette with real keys."""

import pytest
from PySide6.QtCore import Qt

from app.shell import palette_commands
from app.shell.actions import ActionSpec
from app.shell.palette import Command, ranked


@pytest.fixture
def palette(qtbot, window):
    window.activateWindow()
    window.actions_registry.trigger("help.palette")
    return window.palette_panel


def titles(rows):
    return [row.command.title for row in rows]


def command(title, *, enabled=True, category="Edit"):
    return Command(
        title.lower(), title, category, lambda: None, enabled=enabled, is_action=category == "Edit"
    )


def test_recent_commands_come_first_while_nothing_is_typed():
    commands = [command("Alpha"), command("Beta"), command("Gamma")]
    assert titles(ranked(commands, "", ["gamma", "beta"])) == ["Gamma", "Beta", "Alpha"]


def test_commands_that_cannot_run_come_last():
    commands = [command("Fit all", enabled=False), command("Find it")]
    assert titles(ranked(commands, "fi", [])) == ["Find it", "Fit all"]


def test_a_category_lists_what_is_in_it():
    commands = [command("Sprinkler", category="Example"), command("Save")]
    assert titles(ranked(commands, "exam", [])) == ["Sprinkler"]


def test_actions_come_before_examples_that_are_found_as_well():
    commands = [command("Theme: light"), command("Lightweight spaceship", category="Example")]
    assert titles(ranked(commands, "light", []))[0] == "Theme: light"
    assert titles(ranked(reversed(commands), "light", ["lightweight spaceship"]))[0] == (
        "Theme: light"
    )


def test_the_whole_name_of_an_example_comes_before_the_beginning_of_an_action():
    commands = [command("Distribute evenly"), command("Even", category="Example")]
    assert titles(ranked(commands, "even", [])) == ["Even", "Distribute evenly"]


def test_light_and_return_take_the_light_theme(qtbot, window, palette):
    window.choose_theme("dark")
    qtbot.keyClicks(palette._line, "light")
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert window.theme.choice == "light"


def test_it_lists_actions_examples_and_pages_of_the_guide(palette):
    listed = palette.titles()
    assert {"Save as", "Lucky seven", "Getting started", "Theme: dark"} <= set(listed)


def test_typing_and_enter_runs_the_first_find(qtbot, window, palette):
    qtbot.keyClicks(palette._line, "newtoy")
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert len(window.document.study.subjects) == 1
    assert not palette.isVisible()
    assert window.preferences.get("recent_commands")[0] == "subject.new_toy"


def test_up_and_down_move_round_the_ends(qtbot, palette):
    last = len(palette.titles()) - 1
    qtbot.keyClick(palette._line, Qt.Key.Key_Up)
    assert palette._view.currentIndex().row() == last
    qtbot.keyClick(palette._line, Qt.Key.Key_Down)
    assert palette._view.currentIndex().row() == 0


def test_escape_closes_it_and_runs_nothing(qtbot, window, palette):
    qtbot.keyClicks(palette._line, "newtoy")
    qtbot.keyClick(palette._line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.document.study.subjects == ()


def test_a_command_that_cannot_run_now_stays_where_it_is(qtbot, palette):
    qtbot.keyClicks(palette._line, "addone")
    assert palette.titles()[0] == "Add one"
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_the_letters_found_are_told_to_the_painter(qtbot, palette):
    from app.shell.palette_delegate import MATCH_ROLE

    qtbot.keyClicks(palette._line, "abmac")
    assert palette.titles()[0] == "About Macroscope"
    assert palette._model.item(0).data(MATCH_ROLE) == (0, 1, 6, 7, 8)


def test_what_a_submenu_makes_is_named_whole(window):
    spec = ActionSpec("toy.new_large", "Large", "Add a large toy.", "Study/New toy of size")
    window.actions_registry.register(spec, lambda: None)
    assert "New toy of size Large" in [each.title for each in palette_commands.commands(window)]
