"""The registry of kinds finds readers by suffix and explains what it does not know."""

from pathlib import Path

import pytest

from app.study.errors import UnknownKindError
from tests.app.study.toys import KINDS, TOY, Drawing


def test_a_kind_is_found_by_its_id():
    assert KINDS.get("toy") is TOY
    assert "toy" in KINDS
    assert list(KINDS) == [TOY]


def test_an_unknown_kind_is_named_in_the_sentence():
    with pytest.raises(UnknownKindError, match="'painting'"):
        KINDS.get("painting")


@pytest.mark.parametrize("name", ["a.toy", "A.TOY", "b.toy.gz", "folder.x/a.toy"])
def test_a_file_is_recognised_by_its_suffix(name):
    assert KINDS.for_suffix(name) is TOY


@pytest.mark.parametrize("name", ["a.gz", "toy", "a.toys", ""])
def test_a_file_of_no_known_suffix_belongs_to_no_kind(name):
    assert KINDS.for_suffix(Path(name)) is None


def test_what_a_kind_writes_it_reads(tmp_path):
    path = tmp_path / "a.toy"
    TOY.writer_for(path)(Drawing("x"), path)
    assert TOY.reader_for(path)(path) == Drawing("x")
    assert TOY.writer_for(tmp_path / "a.toy.gz") is None
