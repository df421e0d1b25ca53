"""The one painter: every device shows the same, to the same scale."""

import re

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.figures.arrowheads import shaft_and_head
from app.figures.description import (
    Arrow,
    Clip,
    Figure,
    Group,
    Move,
    Rect,
    Text,
    To,
    smallest_text_pt,
    straight,
)
from app.figures.export import figure_bytes
from app.figures.lettering import ELLIPSIS, UNITS_PER_MM, set_text, text_width_mm
from app.figures.painter import draw
from app.figures.png_file import image_of
from tests.app.figures.sample import one_of_everything


def ink(image: QImage) -> tuple[int, int]:
    """Return the first and last column that is not white."""
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]
    return columns[0], columns[-1]


def rendered(svg: bytes, wide: int, high: int) -> QImage:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, wide, high))
    painter.end()
    return image


@pytest.mark.parametrize("dpi", [96, 150, 600])
def test_text_has_the_same_share_of_the_width_at_every_resolution(qapp, dpi):
    text = Text(2, 6, "Wet grass and a wide window HHHH", size_pt=8)
    figure = Figure(60, 10, (text,))
    image = image_of(figure, dpi)
    first, last = ink(image)
    millimetres = (last - first + 1) / image.width() * 60
    assert millimetres == pytest.approx(text_width_mm(text), abs=0.35 + 25.4 / dpi)


def test_text_is_as_wide_in_svg_and_pdf_as_the_measure_says(qapp):
    text = Text(2, 6, "Window", size_pt=8)
    svg = figure_bytes(Figure(60, 10, (text, Text(2, 9, "Window", size_pt=16))), ".svg").decode()
    sizes = re.findall(r'<text [^>]*font-size="(\d+)"', svg)
    assert sizes == ["282", "564"]  # hundredths of a millimetre
    assert "matrix" not in svg and "scale" not in svg
    first, last = ink(rendered(svg.encode(), 1200, 200))
    outlined = figure_bytes(
        Figure(60, 10, (text, Text(2, 9, "Window", size_pt=16))), ".svg", outlines=True
    )
    assert (first, last) == pytest.approx(ink(rendered(outlined, 1200, 200)), abs=2)


def test_the_svg_shows_what_the_png_shows(qapp):
    figure = one_of_everything()
    raster = image_of(figure, 150)
    vector = rendered(figure_bytes(figure, ".svg"), raster.width(), raster.height())
    differing = sum(
        abs(raster.pixelColor(x, y).lightness() - vector.pixelColor(x, y).lightness()) > 100
        for x in range(0, raster.width(), 2)
        for y in range(0, raster.height(), 2)
    )
    assert differing < 0.005 * raster.width() * raster.height() / 4


def clipped_figure() -> Figure:
    inner = Rect(0, 0, 40, 40, colour=None, fill="#ff0000")
    return Figure(40, 40, (Group((inner,), clip=Clip(5, 5, 10, 10), dx=10, dy=4),))


def test_a_clip_cuts_and_moves_with_its_group(qapp):
    image = image_of(clipped_figure(), 254)
    red, white = QColor("#ff0000").rgb(), QColor("#ffffff").rgb()
    assert image.pixel(200, 140) == red and image.pixel(152, 92) == red
    assert image.pixel(147, 140) == white and image.pixel(200, 192) == white


def test_a_clip_is_kept_in_an_svg_at_its_moved_place(qapp):
    svg = figure_bytes(clipped_figure(), ".svg").decode()
    outline = re.search(r'<clipPath id="(\w+)">\s*<path [^>]*d="([^"]*)"', svg)
    assert f'<g clip-path="url(#{outline[1]})">' in svg
    corners = {
        tuple(map(float, pair.split(","))) for pair in re.findall(r"[\d.]+,[\d.]+", outline[2])
    }
    assert corners == {(1500, 900), (2500, 900), (2500, 1900), (1500, 1900)}


def test_drawing_leaves_the_painter_as_it_was(qapp):
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = painter.transform(), painter.pen(), painter.font(), painter.renderHints()
    draw(one_of_everything(), painter)
    assert before == (painter.transform(), painter.pen(), painter.font(), painter.renderHints())
    painter.end()


def test_a_pixel_in_the_middle_of_a_shape_has_its_colour(qapp):
    image = image_of(one_of_everything(), 254)
    assert image.pixelColor(300, 160).name() == "#56b4e9"
    assert image.pixelColor(100, 60).name() == "#e4e4e4"
    assert image.pixelColor(800, 550).name() == "#ffffff"


def test_image_cells_stay_hard_squares(qapp):
    image = image_of(one_of_everything(), 508)
    row = {image.pixelColor(x, 620).red() for x in range(1203, 1437)}
    assert row == {0, 20, 40, 60}


def test_a_wide_text_is_elided_or_shrunk_to_its_room(qapp):
    long = "A name that is far too long for its box"
    elided = set_text(Text(0, 0, long, max_width_mm=20), "DejaVu Sans")
    shrunk = set_text(Text(0, 0, long, max_width_mm=40, fit="shrink"), "DejaVu Sans")
    assert elided.string.endswith(ELLIPSIS) and elided.width <= 20 * UNITS_PER_MM
    assert shrunk.string == long and shrunk.width <= 40.4 * UNITS_PER_MM
    kept = set_text(Text(0, 0, "short", max_width_mm=20), "DejaVu Sans")
    assert kept.string == "short"


def test_a_text_with_hardly_any_room_is_an_ellipsis(qapp):
    for room in (0.0, 0.1, 1.0):
        assert set_text(Text(0, 0, "word", max_width_mm=room), "DejaVu Sans").string == ELLIPSIS


def test_anchors_place_the_same_width_left_around_and_right(qapp):
    starts = [
        set_text(Text(0, 0, "word", anchor=a), "DejaVu Sans") for a in ("start", "middle", "end")
    ]
    width = starts[0].width
    assert [s.left for s in starts] == pytest.approx([0, -width / 2, -width])


def test_an_arrow_ends_at_its_tip_and_its_shaft_inside_the_head():
    arrow = Arrow(straight(0, 0, 10, 0), head_length_mm=2, head_width_mm=1)
    shaft, head = shaft_and_head(arrow)
    assert head[0] == (10, 0) and {head[1], head[3]} == {(8, 0.5), (8, -0.5)}
    assert 8 < shaft[-1].x < 10 and shaft[-1].y == 0


def test_an_arrow_of_no_length_has_no_head():
    assert shaft_and_head(Arrow((Move(3, 3), To(3, 3))))[1] == ()


def test_the_smallest_text_is_found_inside_groups():
    items = (Text(0, 0, "a", size_pt=8), Group((Group((Text(0, 0, "b", size_pt=5),)),)))
    assert smallest_text_pt(items) == 5
    assert smallest_text_pt((Rect(0, 0, 1, 1),)) is None
