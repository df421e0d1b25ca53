"""The registry of kinds finds readers by suffix and explains what it does not know."""

from pathlib import Path

import pytest

from app.study.errors import UnknownKindError
from app.study.kinds import Kind, KindRegistry
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


def test_a_value_of_another_kind_than_its_ending_says_finds_its_own():
    numbers = Kind("numbers", "Numbers", 1, None, None, holds=int)
    words = Kind("words", "Words", 1, None, None, holds=str)
    kinds = KindRegistry([numbers, words])
    assert kinds.of_value(3, numbers) is numbers
    assert kinds.of_value("three", numbers) is words
    assert kinds.of_value([], TOY) is TOY
    with pytest.raises(UnknownKindError, match="list"):
        kinds.of_value([], numbers)


def test_formats_are_gathered_by_what_they_are_called():
    kind = Kind("k", "K", 1, None, None, titles={".xml": "Tree", ".tree": "Tree"})
    assert kind.formats([".xml", ".txt", ".tree"]) == {"Tree": [".xml", ".tree"], "TXT": [".txt"]}
