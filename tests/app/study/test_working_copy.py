"""What was edited survives the death of the program; what was decided leaves nothing behind."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.study.document import StudyDocument
from app.study.errors import StudyFileError
from app.study.kinds import Kind, KindRegistry
from app.study.store import read_study
from app.study.working_copy import WorkingCopies
from app.study.working_file import SUFFIX, Snapshot, WorkingFile, settle
from tests.app.study.toys import KINDS, TOY, Drawing, sample_study

ROOT = Path(__file__).resolve().parents[3]


def crash(copies):
    """Let the copies' locks go as the end of the process would, without tidying up."""
    for copy in copies._open:
        assert copy.flush()
        if copy._lock is not None:
            copy._last_resort()


def recovered(folder):
    copies = WorkingCopies(folder, KINDS)
    studies = [copies.recover(each) for each in copies.abandoned()]
    copies.close()
    return studies


@pytest.fixture
def followed(copies):
    """A document whose edits go into a working copy."""
    document = StudyDocument(KINDS, copies)
    yield document
    document.close()


def test_every_edit_is_on_the_disk_when_the_program_dies(followed, copies):
    ids = [followed.add("toy", name, Drawing(name)) for name in "abc"]
    followed.replace(ids[0], Drawing("changed", np.ones(4)), "Edit")
    followed.rename(ids[1], "renamed")
    followed.remove(ids[2])
    followed.set_notes("notes")
    followed.set_title("Title")
    followed.set_setting("seed", 3)
    crash(copies)
    assert recovered(copies.folder) == [followed.study]


def test_undo_and_redo_are_followed_too(followed, copies):
    subject = followed.add("toy", "a", Drawing("first"))
    followed.replace(subject, Drawing("second"), "Edit")
    followed.undo()
    crash(copies)
    assert recovered(copies.folder)[0].subjects[0].value.label == "first"


def test_a_macro_is_followed_as_a_whole(followed, copies):
    with followed.macro("Paste"):
        followed.add("toy", "a", Drawing())
        followed.add("toy", "b", Drawing())
    crash(copies)
    assert recovered(copies.folder) == [followed.study]


def test_the_last_tick_of_a_drag_is_kept(followed, copies):
    subject = followed.add("toy", "a", Drawing("start"))
    for tick in range(50):
        followed.replace(subject, Drawing(str(tick)), "Drag", merge_key="drag")
    followed.end_merge()
    crash(copies)
    assert recovered(copies.folder)[0].subjects[0].value.label == "49"


def test_an_abandoned_copy_says_where_it_belongs(followed, copies, tmp_path):
    followed.set_title("Chest clinic")
    followed.save(tmp_path / "clinic.macroscope")
    followed.set_notes("more")
    crash(copies)
    others = WorkingCopies(copies.folder, KINDS)
    (found,) = others.abandoned()
    others.close()
    assert (found.title, found.study_path) == ("Chest clinic", tmp_path / "clinic.macroscope")
    assert abs(found.saved_at.timestamp() - time.time()) < 60


def test_a_living_document_is_not_offered(followed, copies):
    followed.add("toy", "a", Drawing())
    assert copies.abandoned() == []
    others = WorkingCopies(copies.folder, KINDS)
    assert others.abandoned() == []


def test_an_unedited_document_makes_no_file(followed, copies):
    followed.load(sample_study(), None)
    assert not copies.folder.exists()


@pytest.mark.parametrize("way", ["saved", "undone", "new", "loaded"])
def test_a_study_without_unsaved_work_is_not_offered(followed, copies, tmp_path, way):
    followed.add("toy", "a", Drawing())
    if way == "saved":
        followed.save(tmp_path / "a.macroscope")
    elif way == "undone":
        followed.undo()
    elif way == "new":
        followed.new()
    else:
        followed.load(sample_study(), None)
    crash(copies)
    assert recovered(copies.folder) == []
    assert list(copies.folder.iterdir()) == []


def test_edits_after_a_save_are_offered_whole(followed, copies, tmp_path):
    followed.load(sample_study(), None)
    followed.save(tmp_path / "a.macroscope")
    followed.rename("s2", "renamed")
    crash(copies)
    assert recovered(copies.folder) == [followed.study]


def test_another_study_takes_the_place_of_the_first(followed, copies):
    followed.add("toy", "gone", Drawing("gone", np.arange(99.0)))
    followed.load(sample_study(), None)
    followed.set_notes("edited")
    crash(copies)
    assert recovered(copies.folder) == [followed.study]


def test_recovered_work_is_protected_before_the_old_copy_goes(followed, copies):
    followed.add("toy", "a", Drawing())
    study = followed.study
    crash(copies)
    others = WorkingCopies(copies.folder, KINDS)
    heir = StudyDocument(KINDS, others)
    (found,) = others.abandoned()
    heir.load(others.recover(found), found.study_path, modified=True)
    others.discard(found)
    assert heir.is_modified
    crash(others)
    assert recovered(copies.folder) == [study]
    heir.close()


def test_a_discarded_copy_is_not_offered_again(followed, copies):
    followed.add("toy", "a", Drawing())
    crash(copies)
    others = WorkingCopies(copies.folder, KINDS)
    (found,) = others.abandoned()
    others.discard(found)
    assert others.abandoned() == []
    assert list(copies.folder.iterdir()) == []


def test_two_windows_are_not_offered_the_same_work(followed, copies):
    followed.add("toy", "a", Drawing())
    crash(copies)
    first, second = (WorkingCopies(copies.folder, KINDS) for _ in range(2))
    assert len(first.abandoned()) == 1
    assert second.abandoned() == []
    first.close()
    assert len(second.abandoned()) == 1
    second.close()


def test_a_clean_close_leaves_no_file_and_no_thread(copies):
    document = StudyDocument(KINDS, copies)
    document.add("toy", "a", Drawing())
    document.close()
    assert list(copies.folder.iterdir()) == []
    assert "working copy" not in [thread.name for thread in threading.enumerate()]


def test_a_damaged_copy_is_offered_and_explained(followed, copies):
    followed.add("toy", "a", Drawing())
    crash(copies)
    followed.close()
    copies.folder.mkdir(exist_ok=True)
    (copies.folder / "bad.working").write_bytes(b"SQLite format 3\0" + bytes(500))
    others = WorkingCopies(copies.folder, KINDS)
    (found,) = others.abandoned()
    assert found.title == "Damaged working copy"
    with pytest.raises(StudyFileError):
        others.recover(found)
    others.discard(found)
    others.close()


def test_only_what_changed_is_written(qapp, tmp_path):
    written = []

    def to_record(value):
        written.append(value.label)
        return TOY.to_record(value)

    kinds = KindRegistry([Kind("toy", "Drawing", 1, to_record, TOY.from_record)])
    copies = WorkingCopies(tmp_path, kinds)
    document = StudyDocument(kinds, copies)
    ids = [document.add("toy", name, Drawing(name)) for name in "abc"]
    assert copies._open[0].flush()
    written.clear()
    document.replace(ids[1], Drawing("changed"), "Edit")
    assert copies._open[0].flush()
    assert written == ["changed"]
    copies.close()


def test_arrays_that_nothing_uses_any_more_leave_the_file(followed, copies):
    subject = followed.add("toy", "a", Drawing())
    for number in range(10):
        followed.replace(subject, Drawing("x", np.full(10, float(number))), "Edit")
    crash(copies)
    (path,) = copies.folder.glob("*.working")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM arrays").fetchone() == (1,)


def test_a_folder_that_cannot_be_written_is_reported_once_and_work_goes_on(qapp, tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    copies = WorkingCopies(tmp_path / "state", KINDS)
    document = StudyDocument(KINDS, copies)
    sentences = []
    copies.trouble.connect(sentences.append)
    document.add("toy", "a", Drawing())
    document.add("toy", "b", Drawing())
    assert len(document.study.subjects) == 2
    assert len(sentences) == 1
    assert "so save the study soon." in sentences[0]
    copies.close()


def test_a_write_that_fails_is_reported_and_the_next_edit_writes_all(followed, copies, qtbot):
    followed.add("toy", "a", Drawing())
    assert copies._open[0].flush()
    file = copies._open[0]._file
    file._connection.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
    with qtbot.waitSignal(copies.trouble, timeout=2000):
        followed.add("toy", "b", Drawing())
    followed.add("toy", "c", Drawing())
    crash(copies)
    assert recovered(copies.folder) == [followed.study]


def test_a_small_edit_is_written_when_it_returns(followed, copies):
    subject = followed.add("toy", "a", Drawing())
    late = 0
    for number in range(50):
        followed.replace(subject, Drawing(str(number)), "Edit")
        late += not copies._open[0].flush(wait=0)
    assert late < 25


def test_a_slow_write_does_not_hold_up_the_edits(qapp, tmp_path):
    may_write = threading.Event()
    was_in_time = []

    def to_record(value):
        was_in_time.append(may_write.wait(10))
        return TOY.to_record(value)

    kinds = KindRegistry([Kind("toy", "Drawing", 1, to_record, TOY.from_record)])
    copies = WorkingCopies(tmp_path, kinds)
    document = StudyDocument(kinds, copies)
    subject = document.add("toy", "a", Drawing())
    for number in range(10):
        document.replace(subject, Drawing(str(number)), "Edit")
    may_write.set()
    crash(copies)
    assert all(was_in_time)  # an edit that waited for the writing would have let it time out
    assert recovered(tmp_path)[0].subjects[0].value.label == "9"
    copies.close()


@pytest.mark.parametrize("delay", [0.0, 0.004])
def test_a_killed_process_loses_no_edit(tmp_path, delay):
    folder, study_path = tmp_path / "state", tmp_path / "a.macroscope"
    script = Path(__file__).with_name("edit_until_killed.py")
    command = [sys.executable, str(script), str(ROOT), str(folder), str(study_path), "400"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if int(line) == 60:
                break
        time.sleep(delay)
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        said = [int(line) for line in process.stdout if line.endswith("\n")]
    last = max([60, *said])
    (study,) = recovered(folder)
    assert int(study.subjects[0].value.label) in (last, last + 1)


def test_a_working_file_of_an_older_format_is_written_anew(tmp_path):
    path = tmp_path / f"old{SUFFIX}"
    sample = Path(__file__).parent / "data" / "format_1.macroscope"
    path.write_bytes(sample.read_bytes())
    working = WorkingFile(path, KINDS)
    working.write(Snapshot(sample_study(), None, True))
    working.close()
    settle(path)
    assert read_study(path, KINDS) == sample_study()
