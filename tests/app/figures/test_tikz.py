"""The TikZ back end: literal text, centimetres with y up, fixed digits, images beside it."""

import re
import zlib

import pytest

from app.figures.description import Clip, Figure, Group, Line, Rect, Text
from app.figures.tex_text import tex_text
from app.figures.tikz import tikz_files
from tests.app.figures.sample import one_of_everything


def source(*items, height_mm: float = 40.0) -> str:
    return tikz_files(Figure(60.0, height_mm, items), "figure")[""].decode()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words", "plain words"),
        ("50 %", r"50 \%"),
        ("a_b & c#d$", r"a\_b \& c\#d\$"),
        ("{x}", r"\{x\}"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("<5 ~^|", r"\textless{}5 \textasciitilde{}\textasciicircum{}\textbar{}"),
        ("12--14", "12{-}{-}14"),
        ("αΩ", r"\ensuremath{\alpha}\ensuremath{\Omega}"),
        ("A → B", r"A \ensuremath{\rightarrow} B"),
        ("x₂", r"x\ensuremath{_{2}}"),
        ("two\nlines\x07", "two lines?"),
        ("Größe", "Größe"),
    ],
)
def test_text_is_set_literally(text, escaped):
    assert tex_text(text) == escaped


def test_no_text_can_end_the_picture_or_start_a_command():
    hostile = r"}\end{tikzpicture}\input{/etc/passwd}%"
    lines = source(Text(5, 5, hostile))
    assert lines.count(r"\end{tikzpicture}") == 1 and r"\input" not in lines
    assert lines.count("{") - lines.count(r"\{") == lines.count("}") - lines.count(r"\}")


def test_coordinates_are_centimetres_with_y_up_and_four_digits():
    assert "(1.0000,3.8000) -- (2.5000,0.0000)" in source(Line(10, 2, 25, 40))


def test_numbers_have_fixed_digits_throughout():
    text = tikz_files(one_of_everything(), "a")[""].decode()
    lengths = re.findall(r"-?\d+\.\d+(?=cm|[,)])", text.split(r"\begin{tikzpicture}")[1])
    assert lengths and all(len(number.split(".")[1]) == 4 for number in lengths)
    assert "-0.0000" not in text


def test_colours_are_defined_before_they_are_used():
    text = source(Rect(1, 1, 5, 5, colour="#0072b2", fill="#80e69f00"))
    head, picture = text.split(r"\begin{document}")
    assert r"\definecolor{figure0072B2}{HTML}{0072B2}" in head
    assert r"\definecolor{figureE69F00}{HTML}{E69F00}" in head
    assert "fill=figureE69F00, fill opacity=0.50" in picture
    used = set(re.findall(r"figure[0-9A-F]{6}", picture))
    assert used == set(re.findall(r"definecolor\{(figure[0-9A-F]{6})", head))


def test_a_clip_is_a_scope():
    group = Group((Rect(0, 0, 9, 9),), clip=Clip(1, 1, 4, 4), dx=10, dy=10)
    text = source(group)
    assert "\\begin{scope}\n\\clip (1.1000,2.9000) rectangle (1.5000,2.5000);\n" in text
    assert text.count(r"\begin{scope}") == text.count(r"\end{scope}") == 1


def test_a_text_with_a_greatest_width_is_fitted_by_tex():
    assert r"\figurefit{2.0000cm}{\figuretext{8.00bp}{9.60bp}{name}}" in source(
        Text(5, 5, "name", max_width_mm=20)
    )


def test_images_lie_beside_the_source_under_its_own_name():
    files = tikz_files(one_of_everything(), "belief")
    assert set(files) == {"", "belief-image-1.png"}
    assert b"{belief-image-1.png}" in files[""]
    png = files["belief-image-1.png"]
    start = png.index(b"IDAT") + 4
    rows = zlib.decompress(png[start : start + int.from_bytes(png[start - 8 : start - 4], "big")])
    assert len(rows) == 3 * (1 + 4 * 4) and rows[1:5] == bytes([0, 0, 0, 255])


def test_the_title_cannot_leave_its_comment():
    figure = Figure(20, 20, title="one\n\\input{x}")
    assert tikz_files(figure, "a")[""].startswith(b"% one \\input{x}\n\\documentclass")
