"""A study file gives back the study it was made from, and saving it can lose nothing."""

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.study import rows, schema, store
from app.study.errors import StudyFileError
from app.study.kinds import Kind, KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.packing import packed, unpacked
from app.study.store import read_study, study_bytes, study_from_bytes, write_study
from tests.app.study.toys import KINDS, TOY, Drawing, sample_study

SAMPLE = Path(__file__).parent / "data" / "format_1.macroscope"


def test_a_saved_study_reads_back_equal(tmp_path):
    write_study(sample_study(), tmp_path / "a.macroscope", KINDS)
    assert read_study(tmp_path / "a.macroscope", KINDS) == sample_study()


@pytest.mark.parametrize("version", [1, 2])
def test_the_sample_of_every_format_still_reads(version):
    sample = SAMPLE.with_name(f"format_{version}.macroscope")
    assert read_study(sample, KINDS) == sample_study()


def test_a_board_that_is_mostly_empty_takes_little_room_and_comes_back_whole(monkeypatch):
    monkeypatch.setattr(rows, "PART_BYTES", 2**16)
    points = np.zeros((400, 500))
    points[100:120, 30:60] = np.random.default_rng(1).random((20, 30))
    study = Study((SubjectEntry("s1", TOY.id, "Board", Drawing("board", points)),))
    data = study_bytes(study, KINDS)
    assert len(data) < points.nbytes / 10
    assert study_from_bytes(data, KINDS) == study


def test_noise_is_not_packed_in_vain():
    noise = np.random.default_rng(2).bytes(2**20)
    assert packed(noise) is noise
    assert unpacked(noise, len(noise)) is noise


def test_an_older_format_is_migrated_and_the_file_left_alone(monkeypatch):
    def shout(connection):
        connection.execute("UPDATE subjects SET name = upper(name)")

    before = SAMPLE.read_bytes()
    monkeypatch.setattr(schema, "FORMAT_VERSION", 3)
    monkeypatch.setattr(schema, "SCHEMAS", {**schema.SCHEMAS, 3: schema.SCHEMAS[2]})
    monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, 2: shout})
    names = [entry.name for entry in read_study(SAMPLE, KINDS).subjects]
    assert names[0] == "FIRST"
    assert SAMPLE.read_bytes() == before


def test_an_older_record_is_upgraded_by_its_kind():
    def rename_label(record, arrays):
        return {"caption": record["label"]}, arrays

    newer = Kind(
        "toy",
        "Drawing",
        2,
        TOY.to_record,
        lambda record, arrays: Drawing(record["caption"], arrays["points"]),
        upgrades={1: rename_label},
    )
    study = study_from_bytes(study_bytes(sample_study(), KINDS), KindRegistry([newer]))
    assert study == sample_study()


def test_a_file_is_a_sqlite_database_that_says_what_it_is(tmp_path):
    path = tmp_path / "a.macroscope"
    write_study(sample_study(), path, KINDS)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4D435350,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        names = connection.execute("SELECT name FROM subjects ORDER BY position").fetchall()
    assert names == [("First",), ("Größe <5",), ("Same numbers",)]


def test_equal_studies_give_equal_bytes():
    again = replace(sample_study(), settings={"view": {"zoom": 1.5}, "seed": 7})
    assert study_bytes(sample_study(), KINDS) == study_bytes(again, KINDS)


def test_the_bytes_are_those_of_the_saved_file(tmp_path):
    write_study(sample_study(), tmp_path / "a.macroscope", KINDS)
    assert (tmp_path / "a.macroscope").read_bytes() == study_bytes(sample_study(), KINDS)


def test_an_array_used_twice_is_stored_once(tmp_path):
    path = tmp_path / "a.macroscope"
    write_study(sample_study(), path, KINDS)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM arrays").fetchone() == (2,)


def test_the_order_of_memory_does_not_change_the_bytes():
    table = np.arange(6.0).reshape(2, 3)
    straight, turned = (
        Study((SubjectEntry("s1", "toy", "a", Drawing("x", points)),))
        for points in (table, np.asfortranarray(table))
    )
    assert study_bytes(straight, KINDS) == study_bytes(turned, KINDS)


@pytest.mark.parametrize(
    "points",
    [
        np.float64(3.5).reshape(()),
        np.zeros((0, 4)),
        np.zeros((3, 0, 2), dtype=np.int16),
        np.array([np.nan, np.inf, -0.0]),
        np.array(["<5", "größer", ""]),
        np.array([b"ab", b"c"]),
        np.arange(4, dtype=">i4"),
        np.array([True, False]),
        np.array([1 + 2j]),
        np.arange(24).reshape(2, 3, 4)[:, ::2, ::-1],
    ],
    ids=lambda points: f"{points.dtype.str}{points.shape}",
)
def test_arrays_of_every_plain_type_and_shape_survive(points):
    study = Study((SubjectEntry("s1", "toy", "a", Drawing("x", points)),))
    back = study_from_bytes(study_bytes(study, KINDS), KINDS).subjects[0].value.points
    assert back.shape == points.shape
    assert back.dtype == points.dtype
    assert back.tobytes() == points.tobytes()
    assert not back.flags.writeable


def test_an_array_longer_than_a_part_is_put_together_again(monkeypatch):
    monkeypatch.setattr(rows, "PART_BYTES", 1000)
    study = Study((SubjectEntry("s1", "toy", "a", Drawing("x", np.arange(5000.0))),))
    assert study_from_bytes(study_bytes(study, KINDS), KINDS) == study


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4),
    st.text(max_size=20),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3),
)
def test_any_names_notes_and_settings_survive(labels, notes, chosen):
    entries = tuple(
        SubjectEntry(f"s{i}", "toy", name, Drawing(label)) for i, (name, label) in enumerate(labels)
    )
    study = Study(entries, notes=notes, settings=chosen)
    assert study_from_bytes(study_bytes(study, KINDS), KINDS) == study


def test_half_a_surrogate_pair_in_a_name_does_not_prevent_saving():
    study = Study((SubjectEntry("s1", "toy", "caf\udce9", Drawing()),), title="\ud800")
    assert study_from_bytes(study_bytes(study, KINDS), KINDS).subjects[0].name == "caf?"


def test_an_array_may_have_any_name():
    names = ["caf\udce9", "a\0b", "", "<5", '"']
    kind = Kind(
        "many",
        "Many arrays",
        1,
        lambda value: ({}, {name: np.zeros(1) for name in names}),
        lambda record, arrays: sorted(arrays),
    )
    kinds = KindRegistry([kind])
    study = Study((SubjectEntry("s1", "many", "a", None),))
    (entry,) = study_from_bytes(study_bytes(study, kinds), kinds).subjects
    assert entry.value == sorted(names)


def test_an_empty_study_survives(tmp_path):
    write_study(Study(), tmp_path / "a.macroscope", KINDS)
    assert read_study(tmp_path / "a.macroscope", KINDS) == Study()


@pytest.mark.parametrize("name", ["a?b#c%41.macroscope", "päper 1.macroscope", "x" * 240])
def test_any_file_name_will_do(tmp_path, name):
    write_study(sample_study(), tmp_path / name, KINDS)
    assert read_study(tmp_path / name, KINDS) == sample_study()


def test_saving_leaves_nothing_else_in_the_folder(tmp_path):
    write_study(sample_study(), tmp_path / "a.macroscope", KINDS)
    write_study(Study(), tmp_path / "a.macroscope", KINDS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.macroscope"]


def test_reading_writes_nothing_beside_the_file(tmp_path):
    path = tmp_path / "a.macroscope"
    write_study(sample_study(), path, KINDS)
    before = path.read_bytes()
    read_study(path, KINDS)
    assert [each.name for each in tmp_path.iterdir()] == ["a.macroscope"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("fault", ["value", "rename", "sync"])
def test_a_save_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, fault):
    path = tmp_path / "a.macroscope"
    write_study(sample_study(), path, KINDS)
    study = Study()
    if fault == "value":
        study = Study((SubjectEntry("s1", "toy", "odd", Drawing(object())),))
    else:
        target = {"rename": "replace", "sync": "fsync"}[fault]

        def fail(*_args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(store.os, target, fail)
    with pytest.raises(StudyFileError, match=r"^a\.macroscope was not saved: .*\.$"):
        write_study(study, path, KINDS)
    monkeypatch.undo()
    assert [each.name for each in tmp_path.iterdir()] == ["a.macroscope"]
    assert read_study(path, KINDS) == sample_study()


def test_saving_into_a_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(StudyFileError, match=r"^a\.macroscope was not saved: no such file"):
        write_study(Study(), tmp_path / "gone" / "a.macroscope", KINDS)


def test_saving_over_a_folder_is_one_sentence(tmp_path):
    with pytest.raises(StudyFileError, match="a folder has that name"):
        write_study(Study(), tmp_path, KINDS)


def test_saving_through_a_link_keeps_the_link(tmp_path):
    real, link = tmp_path / "real.macroscope", tmp_path / "link.macroscope"
    write_study(Study(), real, KINDS)
    try:
        link.symlink_to(real)
    except OSError:
        assert sys.platform == "win32"
        return
    write_study(sample_study(), link, KINDS)
    assert link.is_symlink()
    assert read_study(real, KINDS) == sample_study()


def test_a_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.macroscope"
    write_study(Study(), path, KINDS)
    os.chmod(path, 0o640)
    before = path.stat().st_mode
    write_study(sample_study(), path, KINDS)
    assert path.stat().st_mode == before
