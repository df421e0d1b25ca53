"""Opening: any file becomes a study, or one sentence says why not; without Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.figures.carried import packed
from app.figures.description import FigureOptions
from app.figures.export import export
from app.shell import opening
from app.study.model import Study
from app.study.store import study_bytes, write_study
from core.errors import MacroscopeError
from tests.app.shell.toy import KINDS, Toy, toy_figure


@pytest.fixture
def study():
    return opening.study_around("toy", "four", Toy(4))


def test_a_subject_file_becomes_a_study_titled_like_the_file(tmp_path):
    (tmp_path / "twelve.toy").write_text("12")
    study = opening.open_any(tmp_path / "twelve.toy", KINDS)
    assert study.title == "twelve"
    assert [(entry.kind, entry.name, entry.value) for entry in study.subjects] == [
        ("toy", "twelve", Toy(12))
    ]


def test_a_study_file_opens_as_it_was_saved(tmp_path, study):
    write_study(study, tmp_path / "four.macroscope", KINDS)
    assert opening.open_any(tmp_path / "four.macroscope", KINDS) == study


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_a_figure_opens_the_study_that_made_it(qapp, tmp_path, study, suffix):
    path = tmp_path / f"figure.{suffix}"
    export(toy_figure(Toy(4), FigureOptions()), path, study=study_bytes(study, KINDS))
    assert opening.open_any(path, KINDS) == study


def test_a_figure_without_a_study_says_so(qapp, tmp_path):
    export(toy_figure(Toy(4), FigureOptions()), tmp_path / "bare.png")
    with pytest.raises(opening.OpeningError, match=r"bare\.png carries no study"):
        opening.open_any(tmp_path / "bare.png", KINDS)


def test_a_damaged_study_inside_a_figure_is_named_by_its_figure(tmp_path):
    mark = b'<svg><metadata carried="macroscope-study-1">'
    from base64 import b64encode

    (tmp_path / "odd.svg").write_bytes(mark + b64encode(packed(b"nonsense")) + b"</metadata></svg>")
    with pytest.raises(MacroscopeError, match=r"odd\.svg"):
        opening.open_any(tmp_path / "odd.svg", KINDS)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", "hello", "notes.txt has an ending that is not known here"),
        ("word.toy", "seven", "word.toy, line 1, column 1"),
        ("empty.macroscope", "", "empty.macroscope is empty"),
    ],
)
def test_what_cannot_be_opened_is_told_in_one_sentence(tmp_path, name, content, says):
    (tmp_path / name).write_text(content)
    with pytest.raises(MacroscopeError, match=says) as caught:
        opening.open_any(tmp_path / name, KINDS)
    assert "\n" not in str(caught.value)


def test_an_error_that_does_not_name_the_file_gets_its_name(tmp_path, monkeypatch):
    def refuse(_path):
        raise MacroscopeError("There is no rule 'nosuchrule'.")

    monkeypatch.setitem(KINDS.get("toy").readers, ".toy", refuse)
    (tmp_path / "norule.toy").write_text("1")
    with pytest.raises(opening.OpeningError) as caught:
        opening.open_any(tmp_path / "norule.toy", KINDS)
    assert str(caught.value) == "norule.toy: There is no rule 'nosuchrule'."


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(opening.OpeningError, match="does not exist"):
        opening.open_any(tmp_path / "none.toy", KINDS)
    with pytest.raises(opening.OpeningError, match="is a folder"):
        opening.open_any(tmp_path, KINDS)


def test_a_name_that_no_file_can_have_and_a_device_are_told_in_one_sentence(tmp_path):
    with pytest.raises(opening.OpeningError, match="could not be opened: file name too long"):
        opening.open_any(tmp_path / ("a" * 300 + ".toy"), KINDS)
    with pytest.raises(opening.OpeningError, match="is not a file"):
        opening.open_any(Path(os.devnull), KINDS)


def test_the_first_value_of_a_kind_is_found_in_any_file(tmp_path, study):
    write_study(study, tmp_path / "four.macroscope", KINDS)
    assert opening.subject_from(tmp_path / "four.macroscope", KINDS, "toy") == Toy(4)
    write_study(Study(title="none"), tmp_path / "none.macroscope", KINDS)
    with pytest.raises(opening.OpeningError, match="holds no toy"):
        opening.subject_from(tmp_path / "none.macroscope", KINDS, "toy")


@pytest.mark.parametrize(
    ("file", "name"),
    [("asia.bif", "asia"), ("asia.bif.gz", "asia"), ("a.b.bif", "a.b"), (".bif", ".bif")],
)
def test_a_subject_is_named_for_its_file(file, name):
    assert opening.subject_name(file) == name


def test_titles_become_names_that_every_file_system_takes():
    assert opening.file_name('Asy/Patch: "a|b"?') == "Asy-Patch- -a-b--"
    assert opening.file_name(" . ") == "Untitled"


def test_opening_needs_no_qt():
    code = "import sys, app.shell.opening; print(any('PySide6' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
