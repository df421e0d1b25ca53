"""Preferences, shortcuts, About and recovery as dialogs."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QTreeWidget

from app.shell.about import AboutDialog, about_text, versions
from app.shell.dialogs import lost_text
from app.shell.preferences_dialog import PreferencesDialog
from app.shell.recovery import RecoveryDialog
from app.study.working_copy import Abandoned


@pytest.fixture
def dialog(window):
    window.actions_registry.trigger("edit.preferences")
    (made,) = window.findChildren(PreferencesDialog)
    return made


def press(dialog, text):
    next(each for each in dialog.findChildren(QPushButton) if each.text() == text).click()


def test_every_choice_takes_effect_at_once_and_is_kept(window, dialog, preferences):
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.width_mm.setValue(178)
    dialog.reduced_motion.setChecked(True)
    assert window.theme.name == "dark"
    assert preferences.get("figure_width_mm") == 178
    assert preferences.get("reduced_motion") is True
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))


def test_a_shortcut_is_changed_in_the_menus_and_kept(window, dialog, preferences):
    dialog.shortcuts.choose("toy.add_one")
    assert dialog.shortcuts.assign("Ctrl+7")
    assert window.actions_registry.action("toy.add_one").shortcut().toString() == "Ctrl+7"
    assert preferences.get("shortcuts") == {"toy.add_one": "Ctrl+7"}


def test_a_taken_shortcut_is_refused_and_its_holder_named(window, dialog):
    dialog.shortcuts.choose("toy.add_one")
    assert not dialog.shortcuts.assign("Ctrl+S")
    assert "belongs to “Save”" in dialog.shortcuts.refusal.text()
    assert window.actions_registry.shortcut("toy.add_one") == "Ctrl+1"


def test_figure_preferences_are_what_the_export_dialog_starts_with(window, preferences):
    from app.shell.figure_export import first_choices

    preferences.set("figure_width_mm", 120.0)
    preferences.set("figures.export", {"suffix": ".pdf", "width_mm": 50.0})
    assert first_choices(preferences)["width_mm"] == 120.0
    assert first_choices(preferences)["suffix"] == ".pdf"


def test_the_save_prompt_names_what_would_be_stopped():
    assert "running" not in lost_text([])
    assert lost_text(["Search", "Measure"]).endswith(
        "stopped unless you cancel: “Search”, “Measure”."
    )


def test_about_names_every_part_with_its_version_and_the_lgpl(qtbot, window):
    import numpy

    rows = {name: number for name, number, _licence in versions()}
    assert rows["NumPy"] == numpy.__version__
    assert {"Python", "Qt", "Qt for Python", "Numba", "Macroscope"} <= set(rows)
    assert "Lesser General Public License" in about_text()
    shown = AboutDialog(window.theme.icon("macroscope"))
    qtbot.addWidget(shown)


@pytest.fixture
def copies():
    moment = datetime(2026, 3, 4, 5, 6)
    return [
        Abandoned(Path("/a"), None, "Chest clinic", moment),
        Abandoned(Path("/b"), Path("/home/me/alarm.macroscope"), "alarm", moment),
    ]


def test_the_newest_abandoned_copy_is_recovered_by_default(qtbot, copies):
    dialog = RecoveryDialog(copies)
    qtbot.addWidget(dialog)
    press(dialog, "Recover")
    assert dialog.answer().recover is copies[0]
    assert dialog.answer().discard == ()


def test_a_discarded_copy_leaves_the_list_and_the_other_can_be_recovered(qtbot, copies):
    dialog = RecoveryDialog(copies)
    qtbot.addWidget(dialog)
    press(dialog, "Discard")
    press(dialog, "Recover")
    assert dialog.answer().discard == (copies[0],)
    assert dialog.answer().recover is copies[1]


def test_names_and_files_can_be_read_in_the_list(qtbot, copies):
    dialog = RecoveryDialog(copies)
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.findChild(QTreeWidget)
    for row, (title, file) in enumerate(
        (("Chest clinic", "never saved"), ("alarm", "/home/me/alarm.macroscope"))
    ):
        item = tree.topLevelItem(row)
        assert (item.toolTip(0), item.toolTip(2)) == (title, file)
        assert tree.columnWidth(0) >= tree.sizeHintForColumn(0)


def test_later_keeps_every_copy(qtbot, copies):
    dialog = RecoveryDialog(copies)
    qtbot.addWidget(dialog)
    press(dialog, "Later")
    assert dialog.answer().recover is None
    assert dialog.answer().discard == ()


def test_the_page_of_shortcuts_lists_them_as_they_are_now(window):
    window.actions_registry.set_shortcut("toy.add_one", "Ctrl+7")
    window.show_guide("shortcuts.md")
    shown = window.guide.browser.toPlainText()
    assert "Add one" in shown
    assert "Ctrl+7" in shown
