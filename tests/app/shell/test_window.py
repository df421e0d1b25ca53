"""The main window in actions and outcomes, on a toy bench."""

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QListWidget, QToolButton

from app.shell.opening import study_around
from app.shell.welcome import WelcomePage, featured
from app.shell.workspace import SCROLL_BUTTONS
from app.study.store import read_study, write_study
from tests.app.shell.toy import KINDS, Toy


@pytest.fixture
def with_toy(window):
    """A window on a study with one toy, unmodified."""
    window.document.load(study_around("toy", "four", Toy(4)))
    return window


def values(window):
    return [entry.value.number for entry in window.document.study.subjects]


def tabs(window):
    return [window.workspace.tabText(place) for place in range(window.workspace.count())]


def test_the_window_starts_on_the_welcome_page_with_the_examples(window):
    assert tabs(window) == ["Welcome"]
    assert list(window.examples) == ["toy/seven", "toy/ten"]
    assert window.windowTitle().startswith("Untitled")


def test_the_welcome_page_makes_a_new_subject_of_every_kind(qtbot, window):
    buttons = window.welcome.head_buttons
    assert list(buttons) == ["subject.new_toy", "file.open", "help.guide"]
    qtbot.mouseClick(buttons["subject.new_toy"], Qt.MouseButton.LeftButton)
    assert values(window) == [0]


def test_the_welcome_page_offers_what_a_bench_wants_there(qtbot, window):
    toy = replace(window.benches["toy"], offers={"toy.large": "New large toy"})
    page = WelcomePage([], window.thumbnails, window.theme.icon, blanks=[toy])
    qtbot.addWidget(page)
    chosen = []
    page.action_chosen.connect(chosen.append)
    qtbot.mouseClick(page.head_buttons["toy.large"], Qt.MouseButton.LeftButton)
    assert chosen == ["toy.large"]
    assert page.head_buttons["toy.large"].text() == "New large toy"


def test_the_welcome_page_begins_with_one_example_of_each_kind(window):
    entries = list(window.examples.values())
    assert [entry.id for entry in featured(entries)] == ["toy/seven"]


def test_an_example_opens_as_an_unmodified_study_of_its_own(qtbot, window):
    window.welcome.example_chosen.emit("toy/seven")
    qtbot.waitUntil(lambda: tabs(window) == ["Lucky seven"])
    assert values(window) == [7]
    assert not window.isWindowModified()


def test_a_second_example_joins_the_study_and_can_be_undone(qtbot, with_toy):
    with_toy.gallery.chosen.emit("toy/ten")
    qtbot.waitUntil(lambda: tabs(with_toy) == ["four", "Round ten"])
    assert with_toy.actions_registry.trigger("edit.undo")
    assert tabs(with_toy) == ["four"]


def test_the_actions_of_a_bench_reach_the_subject_in_front(with_toy):
    registry = with_toy.actions_registry
    assert registry.trigger("toy.add_one")
    assert values(with_toy) == [5]
    assert with_toy.isWindowModified()
    assert with_toy.status.state == "number 5"


def test_the_actions_of_a_bench_do_nothing_on_the_welcome_page(window):
    assert not window.actions_registry.trigger("toy.add_one")


def menus_shown(window):
    actions = window.menuBar().actions()
    return [action.text().replace("&", "") for action in actions if action.isVisible()]


def test_the_menus_of_a_bench_are_there_while_it_is_in_front(with_toy):
    assert "Toy" in menus_shown(with_toy)
    with_toy.workspace.show_welcome()
    assert "Toy" not in menus_shown(with_toy)
    assert {"File", "Edit", "View", "Help"} <= set(menus_shown(with_toy))


def test_menus_leave_out_what_only_other_benches_can_do(with_toy):
    action = with_toy.actions_registry.action("toy.add_one")
    with_toy.actions_registry.refresh()
    assert action.isVisible()
    with_toy.workspace.show_welcome()
    with_toy.actions_registry.refresh()
    assert not action.isVisible()


def test_an_action_that_the_bench_refuses_is_disabled(with_toy):
    with_toy.document.load(study_around("toy", "none", Toy(0)))
    with_toy.actions_registry.refresh()
    assert not with_toy.actions_registry.action("toy.take_one").isEnabled()
    assert with_toy.actions_registry.action("toy.add_one").isEnabled()


def test_undo_names_what_it_takes_back(with_toy):
    with_toy.actions_registry.trigger("toy.add_one")
    with_toy.actions_registry.refresh()
    assert with_toy.actions_registry.action("edit.undo").text() == "Undo Change the toy"


def test_undo_brings_the_subject_that_it_changes_to_the_front(with_toy):
    with_toy.actions_registry.trigger("toy.add_one")
    with_toy.document.add("toy", "other", Toy(1))
    with_toy.document.undo_stack.setIndex(1)
    with_toy.workspace.show_welcome()
    with_toy.actions_registry.trigger("edit.undo")
    assert values(with_toy) == [4]
    assert with_toy.workspace.current_bench.subject_id == with_toy.document.study.subjects[0].id


def test_a_new_subject_opens_in_its_bench(window):
    window.actions_registry.trigger("subject.new_toy")
    assert tabs(window) == ["Toy"]
    assert values(window) == [0]


def test_the_inspector_shows_the_panel_of_the_bench_in_front(with_toy):
    bench = with_toy.workspace.current_bench
    assert with_toy.inspector.panel is bench.panel
    with_toy.workspace.show_welcome()
    assert with_toy.inspector.panel is None


def test_closing_a_tab_stops_the_bench_and_keeps_the_subject(with_toy):
    bench = with_toy.workspace.current_bench
    with_toy.actions_registry.trigger("file.close_tab")
    assert bench.is_closed
    assert tabs(with_toy) == ["Welcome"]
    assert values(with_toy) == [4]
    with_toy.outline.opened.emit(with_toy.document.study.subjects[0].id)
    assert tabs(with_toy) == ["four"]


def test_renaming_in_the_outline_renames_the_tab(with_toy):
    with_toy.outline.list.item(0).setText("R & D")
    assert tabs(with_toy) == ["R && D"]
    assert with_toy.document.study.subjects[0].name == "R & D"


def test_a_blank_name_is_refused_in_a_sentence_and_the_old_one_stays(qtbot, with_toy):
    with_toy.outline.list.item(0).setText("  ")
    assert "needs a name" in with_toy.banner.text
    qtbot.waitUntil(lambda: with_toy.outline.list.item(0).text() == "four")


def test_duplicate_and_remove_act_on_the_subject_in_front(with_toy):
    with_toy.actions_registry.trigger("subject.duplicate")
    assert [entry.name for entry in with_toy.document.study.subjects] == ["four", "four 2"]
    with_toy.actions_registry.trigger("subject.remove")
    assert tabs(with_toy) == ["four"]


def test_notes_are_one_undo_step_for_one_visit(qtbot, window):
    qtbot.keyClicks(window.outline.notes, "Numbers from 1988")
    assert window.document.study.notes == "Numbers from 1988"
    assert window.document.undo_stack.count() == 1
    window.actions_registry.trigger("edit.undo")
    assert window.outline.notes.toPlainText() == ""


# -- files -----------------------------------------------------------------------------------------


def test_opening_a_file_replaces_the_study_and_remembers_the_file(qtbot, window, dialogs, tmp_path):
    dialogs.path = tmp_path / "twelve.toy"
    dialogs.path.write_text("12")
    window.actions_registry.trigger("file.open")
    qtbot.waitUntil(lambda: values(window) == [12])
    assert window.preferences.recent_files() == [dialogs.path]
    assert window.windowTitle().startswith("twelve")


def test_a_file_that_cannot_be_read_is_told_once_and_changes_nothing(qtbot, with_toy, tmp_path):
    (tmp_path / "word.toy").write_text("seven")
    with_toy.actions_registry.trigger("toy.add_one")
    before = with_toy.document.study
    with_toy.files.open_path(tmp_path / "word.toy")
    qtbot.waitUntil(lambda: with_toy.banner.isVisible())
    assert with_toy.banner.text == "word.toy, line 1, column 1: 'seven' is not a number."
    assert [message.level for message in with_toy.messages.messages] == ["error"]
    assert with_toy.document.study is before
    assert with_toy.document.undo_stack.count() == 1


def test_a_recent_file_that_is_gone_leaves_the_list(qtbot, window, tmp_path):
    window.preferences.add_recent_file(tmp_path / "gone.toy")
    window.files.open_path(tmp_path / "gone.toy")
    qtbot.waitUntil(lambda: window.banner.isVisible())
    assert window.preferences.recent_files() == []


def test_unsaved_changes_are_asked_about_and_cancel_keeps_them(qtbot, with_toy, dialogs, tmp_path):
    (tmp_path / "twelve.toy").write_text("12")
    with_toy.actions_registry.trigger("toy.add_one")
    dialogs.save = "cancel"
    with_toy.files.open_path(tmp_path / "twelve.toy")
    qtbot.waitUntil(lambda: dialogs.asked == ["changes four"])
    assert values(with_toy) == [5]


@pytest.fixture
def with_file(qtbot, window, tmp_path):
    """A window on a study from a file, changed since."""
    path = tmp_path / "mine.macroscope"
    write_study(study_around("toy", "four", Toy(4)), path, KINDS)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: values(window) == [4])
    window.actions_registry.trigger("toy.add_one")
    return window


@pytest.mark.parametrize("answer", ["cancel", "discard"])
def test_a_new_study_writes_nothing_unless_that_is_the_answer(qtbot, with_file, dialogs, answer):
    path = with_file.document.path
    before = path.read_bytes()
    dialogs.save = answer
    qtbot.keyClick(with_file, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert dialogs.asked == ["changes mine"]
    assert values(with_file) == ([5] if answer == "cancel" else [])
    with_file.jobs.shutdown()
    assert path.read_bytes() == before


def test_a_new_study_writes_the_old_one_when_that_is_the_answer(qtbot, with_file, dialogs):
    path = with_file.document.path
    dialogs.save = "save"
    qtbot.keyClick(with_file, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert values(with_file) == []
    assert read_study(path, KINDS).subjects[0].value == Toy(5)


def test_the_question_about_changes_names_the_jobs_that_would_stop(with_file, dialogs):
    held = Event()
    with_file.jobs.run("Search", lambda _progress: held.wait(10), lambda _found: None)
    with_file.jobs.run("Live", lambda _progress: held.wait(10), lambda _found: None, quiet=True)
    dialogs.save = "cancel"
    with_file.actions_registry.trigger("file.new")
    held.set()
    assert dialogs.asked == ["changes mine while Search"]


def test_the_question_about_changes_counts_the_subjects_of_a_study_without_a_file(
    with_toy, dialogs
):
    with_toy.document.add("toy", "five", Toy(5))
    dialogs.save = "cancel"
    with_toy.actions_registry.trigger("file.new")
    assert dialogs.asked == ["changes four and 1 more"]


def test_tabs_scroll_rather_than_shrink(qtbot, window):
    window.resize(900, 600)
    for number in range(9):
        window.document.add("toy", f"A name that is read {number}", Toy(number))
    bar = window.workspace.tabBar()
    room = bar.tabRect(3).width()
    assert room >= bar.fontMetrics().horizontalAdvance("A name that is read 3")
    arrows = [bar.findChild(QToolButton, name) for name in SCROLL_BUTTONS]
    crosses = bar.findChildren(QToolButton, "tab-close")
    assert all(arrow.isVisible() for arrow in arrows)
    above = bar.children()
    assert min(map(above.index, arrows)) > max(map(above.index, crosses))


def test_a_long_name_is_cut_in_its_tab_and_whole_in_its_tip(window):
    name = "The " + "very " * 20 + "long name"
    window.document.add("toy", name, Toy(1))
    (text,) = [text for text in tabs(window) if text.startswith("The")]
    assert text.endswith("…") and len(text) <= 32
    assert window.workspace.tabToolTip(window.workspace.currentIndex()) == name


def test_f1_opens_the_page_of_the_bench_in_front(qtbot, window, monkeypatch):
    window.show_guide("figures.md")
    window.actions_registry.trigger("help.guide")
    assert window.guide.current_page == "figures.md"
    window.document.load(study_around("toy", "four", Toy(4)))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.guide.current_page == "networks.md"


def test_messages_open_at_the_newest(qtbot, window):
    for number in range(200):
        window.say(f"Message {number}")
    window.docks.show("messages")
    bar = window.messages.findChild(QListWidget).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())


def test_adding_a_file_keeps_what_is_open_and_is_one_undo_step(qtbot, with_toy, dialogs, tmp_path):
    dialogs.path = tmp_path / "twelve.toy"
    dialogs.path.write_text("12")
    with_toy.actions_registry.trigger("file.add")
    qtbot.waitUntil(lambda: values(with_toy) == [4, 12])
    with_toy.actions_registry.trigger("edit.undo")
    assert values(with_toy) == [4]


def saved(qtbot, window):
    """Save and wait until it is done."""
    window.actions_registry.refresh()
    assert window.actions_registry.trigger("file.save")
    qtbot.waitUntil(lambda: not window.document.is_modified)


def test_saving_asks_for_a_name_once_and_clears_the_mark(qtbot, with_toy, dialogs, tmp_path):
    with_toy.actions_registry.trigger("toy.add_one")
    dialogs.path = tmp_path / "mine"
    saved(qtbot, with_toy)
    assert read_study(tmp_path / "mine.macroscope", KINDS).subjects[0].value == Toy(5)
    assert not with_toy.isWindowModified()
    assert with_toy.windowTitle().startswith("mine")
    with_toy.actions_registry.trigger("toy.add_one")
    saved(qtbot, with_toy)
    assert dialogs.asked == ["save four.macroscope"]
    assert read_study(tmp_path / "mine.macroscope", KINDS).subjects[0].value == Toy(6)


def test_an_edit_made_while_the_study_is_written_stays_unsaved(qtbot, with_toy, dialogs, tmp_path):
    with_toy.actions_registry.trigger("toy.add_one")
    dialogs.path = tmp_path / "mine.macroscope"
    with_toy.actions_registry.trigger("file.save")
    with_toy.actions_registry.trigger("toy.add_one")
    qtbot.waitUntil(lambda: with_toy.document.path is not None)
    assert read_study(dialogs.path, KINDS).subjects[0].value == Toy(5)
    assert with_toy.document.is_modified
    with_toy.actions_registry.trigger("edit.undo")
    assert with_toy.document.is_modified


def test_a_failed_save_is_told_and_the_study_stays_modified(qtbot, with_toy, dialogs, tmp_path):
    with_toy.actions_registry.trigger("toy.add_one")
    (tmp_path / "folder.macroscope").mkdir()
    dialogs.path = tmp_path / "folder.macroscope"
    with_toy.actions_registry.trigger("file.save")
    qtbot.waitUntil(lambda: "was not saved" in with_toy.banner.text)
    assert with_toy.document.is_modified


def test_exporting_a_subject_writes_the_format_of_its_ending(qtbot, with_toy, dialogs, tmp_path):
    dialogs.path = tmp_path / "out.toy"
    with_toy.actions_registry.trigger("file.export_subject")
    qtbot.waitUntil(lambda: bool(with_toy.messages.messages))
    assert dialogs.path.read_text() == "4\n"


def test_exporting_a_subject_to_an_unknown_ending_names_the_known_ones(with_toy, dialogs, tmp_path):
    dialogs.path = tmp_path / "out.xyz"
    with_toy.actions_registry.trigger("file.export_subject")
    assert with_toy.banner.text.endswith("use one of .toy.")


def test_the_export_dialog_writes_a_figure_that_reopens_the_study(
    qtbot, with_toy, dialogs, tmp_path
):
    from app.figures.dialog import ExportDialog

    dialogs.path = tmp_path / "figure.svg"
    with_toy.actions_registry.trigger("file.export_figure")
    (dialog,) = with_toy.findChildren(ExportDialog)
    with qtbot.waitSignal(dialog.exported, timeout=10000):
        dialog.export_button.click()
    qtbot.waitUntil(dialogs.path.exists)
    with_toy.document.new()
    with_toy.files.open_path(dialogs.path)
    qtbot.waitUntil(lambda: values(with_toy) == [4])


def test_closing_with_changes_asks_and_cancel_keeps_the_window(with_toy, dialogs):
    with_toy.actions_registry.trigger("toy.add_one")
    dialogs.save = "cancel"
    assert not with_toy.close()
    assert with_toy.isVisible()
    dialogs.save = "discard"
    assert with_toy.close()


# -- dropping --------------------------------------------------------------------------------------


def drop(window, path, x):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.overlay.begin([path], can_add=True, colours=window.theme.palette)
    what = QDropEvent(
        QPointF(x, 100),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.overlay.dropEvent(what)


def test_dropping_a_file_on_the_left_opens_it_and_on_the_right_adds_it(qtbot, with_toy, tmp_path):
    (tmp_path / "one.toy").write_text("1")
    (tmp_path / "two.toy").write_text("2")
    drop(with_toy, tmp_path / "one.toy", 50)
    qtbot.waitUntil(lambda: values(with_toy) == [1])
    drop(with_toy, tmp_path / "two.toy", with_toy.overlay.width() - 50)
    qtbot.waitUntil(lambda: values(with_toy) == [1, 2])
    assert not with_toy.overlay.isVisible()


def test_the_command_line_opens_the_first_file_and_adds_the_others(qtbot, window, tmp_path):
    for number in (1, 2, 3):
        (tmp_path / f"{number}.toy").write_text(str(number))
    window.open_files([tmp_path / f"{number}.toy" for number in (1, 2, 3)])
    qtbot.waitUntil(lambda: values(window) == [1, 2, 3])


# -- recovery and faults ---------------------------------------------------------------------------


class FakeCopies:
    """Stands in for the folder of working copies."""

    def __init__(self, study):
        self.study, self.thrown = study, []

    def abandoned(self):
        return ["one", "two"]

    def recover(self, _copy):
        return self.study

    def discard(self, copy):
        self.thrown.append(copy)


@pytest.mark.parametrize(("recover", "left"), [("one", ["two", "one"]), (None, ["two"])])
def test_recovered_work_opens_as_modified_and_the_rest_is_left(window, dialogs, recover, left):
    from types import SimpleNamespace

    from app.shell.dialogs import RecoveryAnswer

    copy = SimpleNamespace(study_path=None) if recover else None
    window.working_copies = FakeCopies(study_around("toy", "lost", Toy(9)))
    dialogs.recovery = RecoveryAnswer(copy, ("two",))
    window.offer_recovery()
    assert dialogs.asked == ["recover 2"]
    assert values(window) == ([9] if recover else [])
    assert window.document.is_modified == bool(recover)
    assert len(window.working_copies.thrown) == len(left)
    window.working_copies = None


def test_an_unexpected_error_is_told_in_one_sentence_and_offers_to_save(
    qtbot, with_toy, dialogs, tmp_path
):
    try:
        raise ValueError("shapes (3,) and (4,)\nnot aligned")
    except ValueError as error:
        with_toy.faults.handle(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: with_toy.banner.isVisible())
    assert "ValueError: shapes (3,) and (4,) not aligned" in with_toy.banner.text
    dialogs.path = tmp_path / "safe.macroscope"
    with_toy.banner._buttons[0].click()
    qtbot.waitUntil(dialogs.path.exists)


def test_studies_of_any_kind_survive_the_window(qtbot, with_toy, tmp_path):
    path = tmp_path / "four.macroscope"
    write_study(with_toy.document.study, path, KINDS)
    with_toy.files.open_path(path)
    qtbot.waitUntil(lambda: with_toy.document.path == path)
    assert not with_toy.document.is_modified


def test_the_help_of_the_inspector_is_about_the_bench_in_front(with_toy):
    with_toy.show_guide("figures.md")
    bar = with_toy.docks["inspector"].title_bar
    button = next(
        each
        for each in bar.findChildren(QToolButton)
        if each.accessibleName() == "Guide: Inspector"
    )
    button.click()
    assert with_toy.guide.current_page == "networks.md"
