"""The study inside a figure comes out as it went in, and a hostile file is only a sentence."""

import base64
import random
import struct
import sys
import zlib

import pytest

from app.figures import carried
from app.figures.carried import carried_study, carries_study
from app.figures.errors import FigureFileError
from app.figures.export import export
from tests.app.figures.sample import STUDY, one_of_everything

CARRIERS = ("svg", "pdf", "png")


@pytest.fixture(params=CARRIERS)
def carrier(request, qapp, tmp_path):
    path = tmp_path / f"figure.{request.param}"
    export(one_of_everything(), path, study=STUDY)
    return path


def test_the_study_comes_out_as_it_went_in(carrier):
    assert carried_study(carrier) == STUDY


def test_the_suffix_does_not_matter(carrier, tmp_path):
    renamed = tmp_path / "renamed.bin"
    carrier.rename(renamed)
    assert carried_study(str(renamed)) == STUDY


@pytest.mark.parametrize("study", [b"", b"\0", random.Random(1).randbytes(300_000)])
@pytest.mark.parametrize("suffix", CARRIERS)
def test_any_bytes_can_be_carried(qapp, tmp_path, suffix, study):
    export(one_of_everything(), tmp_path / f"a.{suffix}", study=study)
    assert carried_study(tmp_path / f"a.{suffix}") == study


@pytest.mark.parametrize("suffix", CARRIERS)
def test_a_figure_without_a_study_carries_none(qapp, tmp_path, suffix):
    export(one_of_everything(), tmp_path / f"a.{suffix}")
    assert carried_study(tmp_path / f"a.{suffix}") is None


def test_a_png_tells_at_a_glance_whether_a_study_is_inside(qapp, tmp_path):
    for suffix, study in ((".png", STUDY), (".png", None), (".svg", STUDY)):
        path = tmp_path / f"figure{suffix}"
        export(one_of_everything(), path, study=study)
        assert carries_study(path) is (suffix == ".png" and study is not None)
    whole = path.with_suffix(".cut")
    whole.write_bytes(carried.PNG_SIGNATURE + b"\0\0")
    assert not carries_study(whole)
    assert not carries_study(tmp_path / "missing.png")


@pytest.mark.parametrize("suffix", CARRIERS)
def test_a_title_that_looks_like_our_mark_is_not_taken_for_a_study(qapp, tmp_path, suffix):
    from dataclasses import replace

    words = 'carried="macroscope-study-1"> /MacroscopeStudy stream msTy'
    figure = replace(one_of_everything(), title=words, description=words)
    export(figure, tmp_path / f"a.{suffix}")
    assert carried_study(tmp_path / f"a.{suffix}") is None
    export(figure, tmp_path / f"a.{suffix}", study=STUDY)
    assert carried_study(tmp_path / f"a.{suffix}") == STUDY


def test_a_file_cut_anywhere_is_a_sentence_or_still_whole(carrier):
    data = carrier.read_bytes()
    for part in range(1, 40):
        carrier.write_bytes(data[: len(data) * part // 40])
        try:
            found = carried_study(carrier)
        except FigureFileError as error:
            assert str(error).endswith(".") and carrier.name in str(error)
        else:
            assert found == STUDY  # only what follows the study was cut off


def test_flipped_bytes_never_give_another_study(carrier):
    data = carrier.read_bytes()
    generator = random.Random(7)
    for _ in range(200):
        broken = bytearray(data)
        broken[generator.randrange(len(data))] ^= 1 << generator.randrange(8)
        carrier.write_bytes(broken)
        try:
            assert carried_study(carrier) in (STUDY, None)
        except FigureFileError as error:
            assert str(error).endswith(".")


def test_a_study_that_inflates_without_end_is_refused_early(carrier, monkeypatch):
    monkeypatch.setattr(carried, "LARGEST_STUDY", len(STUDY) - 1)
    with pytest.raises(FigureFileError, match="larger than"):
        carried_study(carrier)


def test_a_file_too_large_for_a_figure_is_refused_before_it_is_read_whole(carrier, monkeypatch):
    monkeypatch.setattr(carried, "LARGEST_FILE", 100)
    with pytest.raises(FigureFileError, match="too large for a figure"):
        carried_study(carrier)


def test_entities_in_an_svg_are_never_expanded(tmp_path):
    bomb = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    text = b'<svg><m:study carried="macroscope-study-1">&b;</m:study></svg>'
    (tmp_path / "bomb.svg").write_bytes(bomb + text)
    with pytest.raises(FigureFileError, match="damaged"):
        carried_study(tmp_path / "bomb.svg")


def test_an_svg_rewritten_by_another_program_still_carries_its_study(tmp_path):
    packed = base64.b64encode(zlib.compress(STUDY)).decode()
    text = f"<svg><x:study  carried=\"macroscope-study-1\"\n e='1' >\n {packed}\n</x:study></svg>"
    (tmp_path / "a.svg").write_text(text, encoding="utf-8")
    assert carried_study(tmp_path / "a.svg") == STUDY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2**31, b"msTy"),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s4sI", 4, b"msTy", b"abcd", 0),
        b"%PDF-1.4\n",
        b"%PDF-1.4\n/MacroscopeStudy true >>",
        b"%PDF-1.4\n/MacroscopeStudy true >>\nstream",
        b"%PDF-1.4\n/MacroscopeStudy true >>\nstream\nabc%%EOF",
        b"<svg>",
        b'<svg carried="macroscope-study-1"',
        b'<svg carried="macroscope-study-1">',
        b'<svg carried="macroscope-study-1">ab!</svg>',
        b'<svg carried="macroscope-study-1">abcd</svg>',
    ],
)
def test_a_file_that_is_no_whole_figure_is_one_sentence(tmp_path, data):
    path = tmp_path / "odd.figure"
    path.write_bytes(data)
    with pytest.raises(FigureFileError) as caught:
        carried_study(path)
    assert str(caught.value).endswith(".") and "odd.figure" in str(caught.value)


def test_a_missing_file_and_a_folder_are_one_sentence_each(tmp_path):
    for path in (tmp_path / "none.svg", tmp_path):
        with pytest.raises(FigureFileError, match="could not be opened"):
            carried_study(path)


def test_reading_a_carried_study_needs_no_qt(tmp_path):
    import subprocess

    code = (
        "import sys, app.figures.carried, app.figures.description, app.figures.tikz;"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
