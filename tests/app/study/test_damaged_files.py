"""Damaged, foreign and newer study files give one sentence each and change nothing."""

import io
import json
import pickle
import random
import sqlite3
import struct
import zlib
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.study.arrays import digest_of
from app.study.errors import StudyFileError
from app.study.store import read_study, study_bytes
from core.errors import MacroscopeError
from tests.app.study.toys import KINDS, sample_study

SOUND = study_bytes(sample_study(), KINDS)


def patched(offset, replacement):
    return SOUND[:offset] + replacement + SOUND[offset + len(replacement) :]


def another_database():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE books (title TEXT)")
    with closing(connection):
        return connection.serialize()


FOREIGN = {
    "nothing": b"",
    "a letter": b"x",
    "text": b"A letter to the editor.\n" * 50,
    "NUL bytes": bytes(8192),
    "neither UTF-8 nor Latin-1": bytes(range(256)) * 8,
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a ZIP": b"PK\x03\x04" + bytes(200),
    "a pickle": pickle.dumps({"subjects": []}),
    "JSON": json.dumps({"format": "macroscope"}).encode(),
    "the magic alone": SOUND[:16],
    "half a header": SOUND[:60],
    "a header alone": SOUND[:100],
    "a database of another program": another_database(),
    "the wrong application id": patched(68, struct.pack(">i", 42)),
    "no application id": patched(68, bytes(4)),
    "format version 0": patched(60, bytes(4)),
    "a negative format version": patched(60, struct.pack(">i", -3)),
    "another text encoding": patched(56, struct.pack(">i", 2)),
    "an impossible page size": patched(16, b"\x00\x03"),
    "a larger page size": patched(16, b"\x20\x00"),
    "a future schema format": patched(44, struct.pack(">i", 9)),
    "a future read version": patched(19, b"\x09"),
    "a free list that leads nowhere": patched(32, struct.pack(">ii", 7_000_000, 5)),
    "too many pages promised": patched(28, struct.pack(">i", 2**30)) + b"x",
    "an emptied schema page": patched(100, bytes(3996)),
    "an emptied second page": patched(4096, bytes(4096)),
    "a page of ones": patched(8192, b"\xff" * 4096),
    "two studies in a row, pages swapped": SOUND[:4096] + SOUND[8192:] + SOUND[4096:8192],
}
FOREIGN |= {f"cut at {part} of 20": SOUND[: len(SOUND) * part // 20] for part in range(1, 20)}


def edited(*statements, keep_seal=False):
    """Return the sound file after SQL edits, as if written by hand without a seal."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection):
        connection.deserialize(SOUND)
        if not keep_seal:
            connection.execute("DELETE FROM study WHERE key = 'seal'")
        for statement in statements:
            connection.execute(*([statement] if isinstance(statement, str) else statement))
        return connection.serialize()


def with_array(npy):
    digest = digest_of(npy)
    return edited(
        "DELETE FROM subject_arrays WHERE subject = 's1'",
        ("INSERT OR IGNORE INTO arrays VALUES (?, 0, ?, ?)", (digest, npy, len(npy))),
        ("INSERT INTO subject_arrays VALUES ('s1', '\"points\"', ?)", (digest,)),
    )


def npy(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npy_header(text, tail=b"", version=b"\x01\x00"):
    body = text.encode() + b"\n"
    size = struct.pack("<H" if version == b"\x01\x00" else "<I", len(body))
    return b"\x93NUMPY" + version + size + body + tail


def described(shape, descr="'<f8'", order="False"):
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


ARRAYS = {
    "a pickled object": npy(np.array([{"a": 1}, None], dtype=object), allow_pickle=True),
    "an object type without objects": npy_header(described("(1,)", "'|O'"), bytes(8)),
    "a huge header": npy_header(described("(1,)") + " " * 60_000, bytes(8)),
    "a header of gigabytes": b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**32 - 1) + b"{",
    "a huge shape": npy_header(described("(1000000000, 1000000000)"), bytes(8)),
    "a shape beyond 64 bits": npy_header(described(f"({2**70},)"), bytes(8)),
    "a negative shape": npy_header(described("(-1,)"), bytes(8)),
    "two negative sides": npy_header(described("(-1, -1)"), bytes(8)),
    "a shape of texts": npy_header(described("('1',)"), bytes(8)),
    "too few bytes": npy(np.arange(6.0))[:-8],
    "too many bytes": npy(np.arange(6.0)) + bytes(8),
    "no bytes": b"",
    "a wrong magic": b"\x93NUMPX" + npy(np.arange(6.0))[6:],
    "a version of tomorrow": b"\x93NUMPY\x09\x00" + npy(np.arange(6.0))[8:],
    "a header that is code": npy_header("__import__('os').system('true')", bytes(8)),
    "a header that is nested deep": npy_header("(" * 5000, bytes(8)),
    "a structured type": npy(np.zeros(2, dtype=[("a", "<f8"), ("b", "<i4")])),
    "dates": npy(np.array(["2020-01-01"], dtype="datetime64[D]")),
    "entries of no length": npy_header(described("(1000000000,)", "'<U0'")),
    "an empty array of an impossible shape": npy_header(described(f"(0, {2**70})")),
}

EDITS = {
    "a changed number under the seal": edited(
        "UPDATE subjects SET position = 5 WHERE id = 's1'", keep_seal=True
    ),
    "a changed text under the seal": edited(
        "UPDATE study SET json = '\"Other\"' WHERE key = 'title'", keep_seal=True
    ),
    "a lost array under the seal": edited("DELETE FROM arrays", keep_seal=True),
    "a seal that is no text": edited("INSERT INTO study VALUES ('seal', x'00')"),
    "a lost array": edited("DELETE FROM arrays"),
    "a changed array": edited("UPDATE arrays SET npy = zeroblob(length(npy))"),
    "an array of another length": edited("UPDATE arrays SET bytes = bytes + 1"),
    "an array of no length": edited("UPDATE arrays SET bytes = 0"),
    "an array larger than memory": edited("UPDATE arrays SET bytes = 1000000000000"),
    "an array of a length in words": edited("UPDATE arrays SET bytes = 'many'"),
    "an array that unpacks to more than it says": edited(
        ("UPDATE arrays SET npy = ?, bytes = 1000000", (zlib.compress(bytes(2**24)),))
    ),
    "an array that is text": edited("UPDATE arrays SET npy = 'text'"),
    "a lost array name": edited("DELETE FROM subject_arrays WHERE subject = 's1'"),
    "an array name that is not JSON": edited("UPDATE subject_arrays SET name = 'points'"),
    "an array name that is a number": edited("UPDATE subject_arrays SET name = '5'"),
    "an unknown kind": edited("UPDATE subjects SET kind = 'painting' WHERE id = 's2'"),
    "a newer kind": edited("UPDATE subjects SET kind_version = 2"),
    "a kind version before the first": edited("UPDATE subjects SET kind_version = 0"),
    "a kind version that is text": edited("UPDATE subjects SET kind_version = 'one'"),
    "a record that is not JSON": edited("UPDATE subjects SET json = '{' WHERE id = 's1'"),
    "a record that is a list": edited("UPDATE subjects SET json = '[]' WHERE id = 's1'"),
    "a record without its label": edited("UPDATE subjects SET json = '{}' WHERE id = 's1'"),
    "a record that its kind refuses": edited(
        """UPDATE subjects SET json = '{"label":"refused"}' WHERE id = 's1'"""
    ),
    "a record nested deep": edited(
        ("UPDATE subjects SET json = ? WHERE id = 's1'", ('{"label":' + "[" * 100_000,))
    ),
    "a record of bytes": edited("UPDATE subjects SET json = x'ff00' WHERE id = 's1'"),
    "a name of bytes": edited("UPDATE subjects SET name = x'ff00' WHERE id = 's1'"),
    "a name that is not UTF-8": edited("UPDATE subjects SET name = CAST(x'ff' AS TEXT)"),
    "a huge number": edited(("UPDATE study SET json = ? WHERE key = 'title'", ("9" * 9000,))),
    "a title that is a number": edited("UPDATE study SET json = '1' WHERE key = 'title'"),
    "settings that are a list": edited("UPDATE study SET json = '[]' WHERE key = 'settings'"),
    "notes that are null": edited("UPDATE study SET json = 'null' WHERE key = 'notes'"),
    "an unknown entry": edited("INSERT INTO study VALUES ('macro', '1')"),
    "one more table": edited("CREATE TABLE extra (a)"),
    "a missing table": edited("DROP TABLE arrays"),
    "a trigger": edited("CREATE TRIGGER t AFTER INSERT ON study BEGIN DELETE FROM subjects; END"),
    "a view in a table's place": edited(
        "DROP TABLE study", "CREATE VIEW study AS SELECT 'title' AS key, '\"x\"' AS json"
    ),
    "an endless view": edited(
        "DROP TABLE study",
        "CREATE VIEW study AS WITH RECURSIVE n(key) AS (SELECT 'a' UNION ALL SELECT key FROM n) "
        "SELECT key, key AS json FROM n",
    ),
}


def sentence_for(data, folder):
    path = folder / "mine.macroscope"
    path.write_bytes(data)
    with pytest.raises(StudyFileError) as caught:
        read_study(path, KINDS)
    assert path.read_bytes() == data
    assert [each.name for each in folder.iterdir()] == [path.name]
    return str(caught.value)


def assert_one_sentence(text):
    assert text.startswith("mine.macroscope ")
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 300


@pytest.mark.parametrize("case", FOREIGN)
def test_a_foreign_or_broken_file_gives_one_sentence(tmp_path, case):
    assert_one_sentence(sentence_for(FOREIGN[case], tmp_path))


@pytest.mark.parametrize("case", EDITS)
def test_unsound_content_gives_one_sentence(tmp_path, case):
    assert_one_sentence(sentence_for(EDITS[case], tmp_path))


@pytest.mark.parametrize("case", ARRAYS)
def test_an_unsound_array_gives_one_sentence(tmp_path, case):
    assert_one_sentence(sentence_for(with_array(ARRAYS[case]), tmp_path))


def test_the_hand_edited_files_are_sound_before_their_fault(tmp_path):
    path = tmp_path / "mine.macroscope"
    path.write_bytes(with_array(npy(np.arange(6.0).reshape(2, 3))))
    assert read_study(path, KINDS) == sample_study()


def test_a_file_of_a_newer_macroscope_says_so(tmp_path):
    text = sentence_for(patched(60, struct.pack(">i", 9)), tmp_path)
    assert text == (
        "mine.macroscope was saved by a newer Macroscope (format 9; this one reads up to 2), "
        "so open it with that version."
    )


def test_an_unknown_kind_is_named(tmp_path):
    assert "'painting'" in sentence_for(EDITS["an unknown kind"], tmp_path)


def test_the_sentence_of_a_kind_reaches_the_user(tmp_path):
    text = sentence_for(EDITS["a record that its kind refuses"], tmp_path)
    assert text.endswith("in the subject 'First': The label is one that no drawing has.")


@pytest.mark.parametrize("seed", range(4))
def test_no_flipped_bit_is_read_as_other_content(tmp_path, seed):
    choose = random.Random(seed)
    path = tmp_path / "mine.macroscope"
    for _ in range(60):
        place = choose.randrange(len(SOUND))
        flipped = bytes([SOUND[place] ^ (1 << choose.randrange(8))])
        path.write_bytes(patched(place, flipped))
        try:
            assert read_study(path, KINDS) == sample_study()
        except StudyFileError as error:
            assert_one_sentence(str(error))


def test_a_missing_file_gives_one_sentence(tmp_path):
    with pytest.raises(MacroscopeError, match=r"^gone cannot be opened: no such file.*\.$"):
        read_study(tmp_path / "gone", KINDS)


def test_a_folder_gives_one_sentence(tmp_path):
    with pytest.raises(MacroscopeError, match=r"is a folder, not a study\.$"):
        read_study(tmp_path, KINDS)


def test_a_name_no_file_can_have_gives_one_sentence():
    with pytest.raises(StudyFileError):
        read_study(Path("a\0b"), KINDS)
