"""Every change of a study can be taken back and made again, and is announced."""

import gc
import weakref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.study.document import StudyDocument
from app.study.errors import StudyError, StudyFileError
from app.study.model import Study
from app.study.store import read_study
from app.study.working_copy import WorkingCopies
from tests.app.study.toys import KINDS, Drawing, sample_study


def heard(signal):
    """Collect the arguments of every emission of a signal."""
    calls = []
    signal.connect(lambda *args: calls.append(args[0] if args else None))
    return calls


def test_a_new_document_is_empty_and_unmodified(document):
    assert document.study == Study()
    assert document.path is None
    assert not document.is_modified


def test_adding_announces_and_can_be_undone(document):
    added, removed = heard(document.subject_added), heard(document.subject_removed)
    subject = document.add("toy", "First", Drawing())
    assert document.subject(subject).value == Drawing()
    document.undo()
    assert document.study.subjects == ()
    assert (added, removed) == ([subject], [subject])


def test_a_taken_name_gets_a_number(document):
    names = [document.subject(document.add("toy", "Rain", Drawing())).name for _ in range(3)]
    assert names == ["Rain", "Rain 2", "Rain 3"]


def test_an_id_is_not_given_twice_while_the_study_is_open(document):
    first = document.add("toy", "a", Drawing())
    document.remove(first)
    assert document.add("toy", "b", Drawing()) != first


def test_removing_and_undoing_restores_the_place(document):
    ids = [document.add("toy", name, Drawing(name)) for name in "abc"]
    before = document.study
    document.remove(ids[1])
    assert [entry.name for entry in document.study.subjects] == ["a", "c"]
    document.undo()
    assert document.study == before


def test_renaming_announces_the_id_both_ways(document):
    subject = document.add("toy", "a", Drawing())
    renamed = heard(document.subject_renamed)
    document.rename(subject, "  b\n c ")
    assert document.subject(subject).name == "b c"
    document.undo()
    assert document.subject(subject).name == "a"
    assert renamed == [subject, subject]


def test_a_blank_name_is_refused_in_one_sentence(document):
    subject = document.add("toy", "a", Drawing())
    with pytest.raises(StudyError, match="not blank"):
        document.rename(subject, " ")


def test_an_unknown_kind_is_refused_and_leaves_no_step(document):
    with pytest.raises(StudyError, match="painting"):
        document.add("painting", "a", None)
    assert document.undo_stack.count() == 0


def test_a_subject_that_is_gone_is_refused_in_one_sentence(document):
    with pytest.raises(StudyError, match="may have been removed"):
        document.replace("s9", Drawing(), "Edit")


def test_an_equal_value_makes_no_step(document):
    subject = document.add("toy", "a", Drawing())
    document.replace(subject, Drawing(), "Edit")
    assert document.undo_stack.count() == 1


def test_a_drag_is_one_step(document):
    subject = document.add("toy", "a", Drawing("start"))
    for tick in range(20):
        document.replace(subject, Drawing(f"tick {tick}"), "Drag", merge_key="drag")
    document.end_merge()
    assert document.undo_stack.count() == 2
    document.undo()
    assert document.subject(subject).value.label == "start"
    document.redo()
    assert document.subject(subject).value.label == "tick 19"


def test_two_drags_are_two_steps(document):
    subject = document.add("toy", "a", Drawing("start"))
    document.replace(subject, Drawing("first"), "Drag", merge_key="drag")
    document.end_merge()
    document.replace(subject, Drawing("second"), "Drag", merge_key="drag")
    document.undo()
    assert document.subject(subject).value.label == "first"


@pytest.mark.parametrize("between", ["other key", "other subject", "no key", "undo"])
def test_anything_between_ends_a_drag(document, between):
    subject, other = (document.add("toy", name, Drawing("start")) for name in "ab")
    document.replace(subject, Drawing("first"), "Drag", merge_key="drag")
    if between == "undo":
        document.undo()
        document.redo()
    elif between == "other subject":
        document.replace(other, Drawing("moved"), "Drag", merge_key="drag")
    else:
        key = "slider" if between == "other key" else None
        document.replace(subject, Drawing("between"), "Edit", merge_key=key)
    count = document.undo_stack.count()
    document.replace(subject, Drawing("second"), "Drag", merge_key="drag")
    assert document.undo_stack.count() == count + 1


def test_a_drag_after_a_save_does_not_join_what_was_saved(document, tmp_path):
    subject = document.add("toy", "a", Drawing("start"))
    document.replace(subject, Drawing("first"), "Drag", merge_key="drag")
    document.save(tmp_path / "a.macroscope")
    document.replace(subject, Drawing("second"), "Drag", merge_key="drag")
    assert document.is_modified
    document.undo()
    assert not document.is_modified


def test_a_macro_is_one_step_with_its_own_text(document):
    with document.macro("Paste"):
        ids = [document.add("toy", name, Drawing()) for name in "abc"]
        document.rename(ids[0], "z")
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Paste"
    document.undo()
    assert document.study == Study()
    document.redo()
    assert [entry.name for entry in document.study.subjects] == ["z", "b", "c"]


def test_macros_within_a_macro_are_part_of_it(document):
    with document.macro("Outer"):
        with document.macro("Inner"):
            document.add("toy", "a", Drawing())
        document.add("toy", "b", Drawing())
    assert document.undo_stack.count() == 1


def test_an_empty_macro_leaves_no_step(document):
    with document.macro("Nothing"):
        document.end_merge()
    assert document.undo_stack.count() == 0
    assert not document.is_modified


def test_a_macro_that_fails_leaves_neither_change_nor_step(document):
    document.add("toy", "kept", Drawing())
    before = document.study
    with pytest.raises(ValueError, match="stop"), document.macro("Paste"):
        document.add("toy", "half", Drawing())
        raise ValueError("stop")
    assert document.study == before
    assert document.undo_stack.count() == 1
    assert not document.undo_stack.canRedo()


def test_notes_title_and_settings_can_be_undone(document):
    notes, title = heard(document.notes_changed), heard(document.title_changed)
    chosen = heard(document.setting_changed)
    document.set_notes("hello")
    document.set_title("Chest clinic")
    document.set_setting("seed", 7)
    document.set_setting("seed", None)
    assert document.study == Study(title="Chest clinic", notes="hello")
    for _ in range(4):
        document.undo()
    assert document.study == Study()
    assert (len(notes), len(title), chosen) == (2, 2, ["seed"] * 4)


def test_typing_notes_with_one_key_is_one_step(document):
    for end in range(1, 6):
        document.set_notes("hello"[:end], merge_key="typing")
    assert document.undo_stack.count() == 1


def test_the_modified_mark_follows_the_saved_state(document, tmp_path):
    marks = heard(document.modified_changed)
    document.add("toy", "a", Drawing())
    document.save(tmp_path / "a.macroscope")
    document.undo()
    document.redo()
    assert marks == [True, False, True, False]
    assert document.path == tmp_path / "a.macroscope"


def test_saving_twice_without_a_path_uses_the_first(document, tmp_path):
    document.add("toy", "a", Drawing())
    document.save(tmp_path / "a.macroscope")
    document.add("toy", "b", Drawing())
    document.save()
    assert read_study(tmp_path / "a.macroscope", KINDS) == document.study


def test_saving_without_any_path_asks_for_one(document):
    with pytest.raises(StudyError, match="choose a name"):
        document.save()


def test_a_failed_save_leaves_the_document_modified_and_without_path(document, tmp_path):
    document.add("toy", "a", Drawing())
    with pytest.raises(StudyFileError):
        document.save(tmp_path / "gone" / "a.macroscope")
    assert document.is_modified
    assert document.path is None


def test_loading_clears_the_steps_and_announces_once(document):
    document.add("toy", "a", Drawing())
    replaced = heard(document.study_replaced)
    document.load(sample_study(), None)
    assert document.study == sample_study()
    assert document.undo_stack.count() == 0
    assert not document.is_modified
    assert len(replaced) == 1


def test_recovered_work_counts_as_modified(document):
    document.load(sample_study(), None, modified=True)
    assert document.is_modified


def test_new_ids_follow_those_of_a_loaded_study(document):
    document.load(sample_study(), None)
    assert document.add("toy", "x", Drawing()) == "s4"


def test_a_damaged_file_leaves_the_open_study_as_it_is(document, tmp_path):
    document.add("toy", "a", Drawing())
    before = document.study
    (tmp_path / "bad.macroscope").write_bytes(b"no study")
    with pytest.raises(StudyFileError):
        document.read(tmp_path / "bad.macroscope")
    assert document.study is before
    assert document.undo_stack.count() == 1
    assert document.is_modified


def test_a_closed_document_goes_without_the_collectors_help(qapp, tmp_path):
    copies = WorkingCopies(tmp_path, KINDS)
    document = StudyDocument(KINDS, copies)
    subject = document.add("toy", "a", Drawing())
    for tick in range(5):
        document.replace(subject, Drawing(str(tick)), "Drag", merge_key="drag")
    document.undo()
    reference = weakref.ref(document)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        document.close()
        del document
        assert reference() is None
    finally:
        if was_enabled:
            gc.enable()


def test_many_dropped_documents_do_not_crash_the_collector(qapp):
    for _ in range(60):
        document = StudyDocument(KINDS)
        heard(document.subject_changed)
        subject = document.add("toy", "a", Drawing())
        for tick in range(10):
            document.replace(subject, Drawing(str(tick)), "Drag", merge_key="drag")
    dropped = weakref.ref(document)
    del document
    gc.collect()
    assert dropped() is None


COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "remove", "rename", "edit", "drag", "end", "notes", "set", "macro", "undo"]
        ),
        st.integers(0, 5),
    ),
    max_size=30,
)


def perform(document, command, number):
    """Carry out one random command on some subject."""
    entries = document.study.subjects
    if command == "add" or (not entries and command in ("remove", "rename", "edit", "drag")):
        document.add("toy", "abcdef"[number], Drawing(str(number)))
    elif command == "remove":
        document.remove(entries[number % len(entries)].id)
    elif command == "rename":
        document.rename(entries[number % len(entries)].id, "uvwxyz"[number])
    elif command in ("edit", "drag"):
        key = "drag" if command == "drag" else None
        document.replace(entries[number % 2 % len(entries)].id, Drawing(str(number)), "E", key)
    elif command == "end":
        document.end_merge()
    elif command == "notes":
        document.set_notes("x" * number, merge_key="typing")
    elif command == "set":
        document.set_setting("seed", number or None)
    elif command == "macro":
        with document.macro("Several"):
            perform(document, "edit", number)
            perform(document, "notes", number)
    else:
        document.undo()


@settings(max_examples=60, deadline=None)
@given(COMMANDS)
def test_undoing_all_gives_the_start_and_redoing_all_the_end(qapp, commands):
    document = StudyDocument(KINDS)
    document.load(sample_study())
    for command, number in commands:
        perform(document, command, number)
    while document.undo_stack.canRedo():
        document.redo()
    end, steps = document.study, []
    while document.undo_stack.canUndo():
        steps.append(document.study)
        document.undo()
    assert document.study == sample_study()
    for expected in reversed(steps):
        document.redo()
        assert document.study == expected
    assert document.study == end


@settings(max_examples=15, deadline=None)
@given(COMMANDS)
def test_whatever_was_done_the_working_copy_has_it(qapp, tmp_path_factory, commands):
    copies = WorkingCopies(tmp_path_factory.mktemp("state"), KINDS)
    document = StudyDocument(KINDS, copies)
    document.load(sample_study(), modified=True)
    for command, number in commands:
        perform(document, command, number)
    assert document._working_copy.flush()
    document._working_copy._last_resort()
    others = WorkingCopies(copies.folder, KINDS)
    assert [others.recover(each) for each in others.abandoned()] == [document.study]
    others.close()
    document.close()
