"""What an exported file holds: its size, its text, its clip, and the same bytes every time."""

import base64
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage

from app.figures.description import Figure, Group, Image, Rect, Table, Text
from app.figures.errors import FigureFileError
from app.figures.export import export
from tests.app.figures.sample import STUDY, one_of_everything

ROOT = Path(__file__).parents[3]
PICTURES = ("svg", "pdf", "png", "tex")


@pytest.mark.parametrize("suffix", PICTURES)
def test_two_exports_of_one_figure_are_the_same_bytes(qapp, tmp_path, suffix):
    written = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / f"figure.{suffix}"
        export(one_of_everything(), path, study=STUDY)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_picture_of_few_pixels_is_large_and_exact_in_svg(qapp, tmp_path):
    cells = np.random.default_rng(2).integers(0, 256, (6, 10, 4), dtype=np.uint8)
    cells[..., 3] = 255
    inner = Group((Image(0.0, 0.0, 50.0, 30.0, cells),), dx=1.0)
    path = tmp_path / "cells.svg"
    export(Figure(60.0, 40.0, (inner,)), path)
    (coded,) = re.findall(rb"data:image/png;base64,([^\"]+)", path.read_bytes())
    picture = QImage.fromData(base64.b64decode(coded), "PNG")
    assert picture.width() % 10 == 0 and picture.width() >= 50 / 25.4 * 300
    side = picture.width() // 10
    assert picture.height() == 6 * side
    for row, column in ((0, 0), (5, 9), (3, 4)):
        for off in (0, side - 1):
            pixel = picture.pixelColor(column * side + off, row * side + off)
            assert pixel.getRgb() == tuple(cells[row, column])


def test_two_programs_write_the_same_bytes_without_a_window(tmp_path):
    code = (
        "import sys; from app.figures.export import export;"
        "from tests.app.figures.sample import one_of_everything, STUDY;"
        "[export(one_of_everything(), f'{sys.argv[1]}/a.{s}', study=STUDY)"
        " for s in ('svg', 'pdf', 'png', 'tex')]"
    )
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    environment["PYTHONPATH"] = str(ROOT)
    folders = [tmp_path / "one", tmp_path / "two", tmp_path / "three"]
    for folder in folders:
        folder.mkdir()
        command = [sys.executable, "-c", code, str(folder)]
        subprocess.run(command, check=True, env=environment, timeout=60)
    for suffix in PICTURES:
        assert len({(folder / f"a.{suffix}").read_bytes() for folder in folders}) == 1, suffix


@pytest.mark.parametrize("suffix", PICTURES)
def test_the_font_of_the_window_leaves_no_trace_in_a_file(qapp, tmp_path, suffix):
    font = qapp.font()
    export(one_of_everything(), tmp_path / f"plain.{suffix}", study=STUDY)
    try:
        qapp.setFont(QFont("DejaVu Serif", 17))
        export(one_of_everything(), tmp_path / f"large.{suffix}", study=STUDY)
    finally:
        qapp.setFont(font)
    plain, large = (tmp_path / f"{name}.{suffix}" for name in ("plain", "large"))
    assert plain.read_bytes().replace(b"plain-", b"large-") == large.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(86.0, 61.7), (178.0, 20.0), (33.3, 41.27)])
def test_an_svg_is_exactly_as_large_as_asked(qapp, tmp_path, width, height):
    export(one_of_everything(width, height), tmp_path / "a.svg")
    header = (tmp_path / "a.svg").read_text(encoding="utf-8")[:600]
    found = re.search(
        r'<svg width="([\d.]+)mm" height="([\d.]+)mm"\s+viewBox="0 0 (\S+) (\S+)"', header
    )
    assert [float(number) for number in found.groups()] == pytest.approx(
        [width, height, width * 100, height * 100]
    )


@pytest.mark.parametrize(("width", "height"), [(86.0, 61.7), (178.0, 20.0), (33.3, 41.27)])
def test_a_pdf_page_is_exactly_as_large_as_asked(qapp, tmp_path, width, height):
    export(one_of_everything(width, height), tmp_path / "a.pdf")
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "a.pdf").read_bytes())
    assert len(found) == 1
    in_mm = [float(number) / 72 * 25.4 for number in found[0]]
    assert in_mm == pytest.approx([width, height], abs=1e-5)


@pytest.mark.parametrize("dpi", [72, 300, 601])
def test_a_png_has_its_dots_and_its_size_in_millimetres(qapp, tmp_path, dpi):
    export(one_of_everything(), tmp_path / "a.png", dpi=dpi)
    data = (tmp_path / "a.png").read_bytes()
    pixels = struct.unpack_from(">II", data, 16)
    place = data.index(b"pHYs") + 4
    per_metre = struct.unpack_from(">II", data, place)
    assert pixels == (round(86 / 25.4 * dpi), round(61.7 / 25.4 * dpi))
    in_mm = [count / density * 1000 for count, density in zip(pixels, per_metre, strict=True)]
    assert in_mm == pytest.approx([86, 61.7], abs=0.02)


def test_text_stays_text_in_svg_unless_outlines_are_asked_for(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "text.svg")
    export(one_of_everything(), tmp_path / "shapes.svg", outlines=True)
    text = (tmp_path / "text.svg").read_text(encoding="utf-8")
    shapes = (tmp_path / "shapes.svg").read_text(encoding="utf-8")
    assert "<text" in text and "Wet grass &lt;5 &amp; " in text
    assert "<text" not in shapes and shapes.count("<path") > text.count("<path")


def test_a_pdf_embeds_its_letters_unless_outlines_are_asked_for(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "text.pdf")
    export(one_of_everything(), tmp_path / "shapes.pdf", outlines=True)
    assert b"/FontFile2" in (tmp_path / "text.pdf").read_bytes()
    assert b"/Font " in (tmp_path / "text.pdf").read_bytes()
    assert b"/FontFile2" not in (tmp_path / "shapes.pdf").read_bytes()


def test_an_svg_names_a_family_to_fall_back_on(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "a.svg")
    families = set(re.findall(r'font-family="([^"]*)"', (tmp_path / "a.svg").read_text("utf-8")))
    assert "'DejaVu Sans', sans-serif" in families
    assert all(family.endswith(", sans-serif") for family in families)


def test_a_pdf_holds_no_date(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert not re.search(rb"Date\b|D:20\d\d|/Metadata \d+ 0 R.*uuid:", data)
    assert "Sprinkler & <rain>".encode("utf-16-be") in data


def test_rasters_in_a_pdf_are_lossless(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"/Subtype /Image" in data and b"DCTDecode" not in data


def test_every_pdf_object_lies_where_the_table_says(qapp, tmp_path):
    export(one_of_everything(), tmp_path / "a.pdf", study=STUDY)
    data = (tmp_path / "a.pdf").read_bytes()
    table = int(data[data.rindex(b"startxref") :].split()[1])
    assert data[table : table + 4] == b"xref"
    rows = re.findall(rb"(\d{10}) 00000 n \n", data[table:])
    for number, offset in enumerate(rows, start=1):
        assert data[int(offset) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Size %d\n" % (len(rows) + 1) in data[table:]


def test_control_characters_never_reach_a_file(qapp, tmp_path):
    import xml.etree.ElementTree as ElementTree

    figure = Figure(40, 20, (Text(2, 9, "a\x00b\x0bc\ud800d\ne"),), title="t\x01\ud800")
    for suffix in PICTURES:
        export(figure, tmp_path / f"a.{suffix}")
    root = ElementTree.fromstring((tmp_path / "a.svg").read_bytes())
    words = "".join(root.itertext())
    assert "a\ufffdb\ufffdc\ufffdd e" in words


def test_a_figure_without_background_is_transparent_in_png(qapp, tmp_path):
    export(
        Figure(20, 10, (Rect(0, 0, 5, 10, fill="#ff0000"),), background=None), tmp_path / "a.png"
    )
    image = QImage(str(tmp_path / "a.png"))
    assert image.pixelColor(image.width() - 3, 50).alpha() == 0
    assert image.pixelColor(20, 50).getRgb() == (255, 0, 0, 255)


def test_a_table_is_written_with_every_digit(tmp_path):
    table = Table(("state", "probability"), (("wet, very", 1 / 3), ("dry", None), ("<5", 2)))
    export(Figure(20, 20), tmp_path / "a.csv", table=table)
    assert (tmp_path / "a.csv").read_bytes() == (
        b'state,probability\n"wet, very",0.3333333333333333\ndry,\n<5,2\n'
    )


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("a.gif", {}, "suffix"),
        ("a.csv", {}, "numbers"),
        ("a.png", {"dpi": 5}, "dots per inch"),
        ("a.png", {"dpi": float("nan")}, "dots per inch"),
        ("missing/a.svg", {}, "could not be written"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(qapp, tmp_path, name, options, word):
    with pytest.raises(FigureFileError, match=word) as caught:
        export(one_of_everything(), tmp_path / name, **options)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("width", [0.0, -3.0, 5000.0, float("nan")])
def test_a_figure_of_an_absurd_size_is_refused(qapp, tmp_path, width):
    with pytest.raises(FigureFileError, match="mm"):
        export(Figure(width, 20.0), tmp_path / "a.svg")


def test_a_picture_of_too_many_pixels_is_refused(qapp, tmp_path):
    with pytest.raises(FigureFileError, match="too large"):
        export(Figure(1500.0, 1500.0), tmp_path / "a.png", dpi=1200)


def test_a_failed_export_leaves_the_old_file_and_nothing_beside_it(qapp, tmp_path, monkeypatch):
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")

    def refuse(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.figures.writing.os.replace", refuse)
    with pytest.raises(FigureFileError, match="Permission denied"):
        export(one_of_everything(), path)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_an_export_keeps_the_permissions_of_the_file_it_replaces(qapp, tmp_path):
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")
    path.chmod(0o640)
    export(one_of_everything(), path)
    assert path.stat().st_mode & 0o777 == 0o640
