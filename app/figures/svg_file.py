"""Figures as SVG 1.1: exact size in millimetres, user unit a hundredth of one, text as text."""

import base64
import math
import re

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from app.figures.carried import SVG_MARK, packed
from app.figures.description import Figure
from app.figures.large_pixels import with_large_pixels
from app.figures.lettering import UNITS_PER_MM, printable
from app.figures.painter import draw

_DOTS_PER_INCH = 2540  # one dot a user unit; the header is written in millimetres either way
_HEADER = re.compile(rb'<svg width="[^"]*" height="[^"]*"')
_FAMILY = re.compile(rb'font-family="([^"]*)"')
_GROUP_FONT = re.compile(
    rb'(?: transform="matrix\(1,0,0,1,0,0\)")?\n'
    rb'font-family="[^"]*" font-size="[^"]*" font-weight="[^"]*" font-style="[^"]*" \n>'
)
_EMPTY_GROUP = re.compile(rb"<g [^<>]*>\s*</g>\s*")
_NEAREST = (b'image-rendering="optimizeSpeed"', b'style="image-rendering:pixelated"')
_LINE = 76


def svg_bytes(figure: Figure, *, outlines: bool, study: bytes | None) -> bytes:
    """Return `figure` as an SVG file, with `study` in its metadata if there is one."""
    wide, high = figure.width_mm * UNITS_PER_MM, figure.height_mm * UNITS_PER_MM
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(QSize(math.ceil(wide), math.ceil(high)))
    generator.setViewBox(QRectF(0, 0, wide, high))
    generator.setTitle(printable(figure.title))
    generator.setDescription(printable(figure.description))
    painter = QPainter(generator)
    painter.scale(UNITS_PER_MM, UNITS_PER_MM)
    draw(with_large_pixels(figure), painter, outlines=outlines)
    painter.end()
    return _dressed(bytes(buffer.data().data()), figure, study)


def _dressed(drawn: bytes, figure: Figure, study: bytes | None) -> bytes:
    """Return Qt's SVG with its exact size, fallback fonts, hard pixels and the study inside.

    Qt also names a font for every group, even the application's own where no text is; only the
    texts keep theirs.
    """
    size = f'<svg width="{figure.width_mm:.10g}mm" height="{figure.height_mm:.10g}mm"'
    dressed = _HEADER.sub(size.encode(), drawn, count=1)
    dressed = _EMPTY_GROUP.sub(b"", _GROUP_FONT.sub(b">", dressed))
    dressed = _FAMILY.sub(_with_fallback, dressed).replace(*_NEAREST)
    if study is None:
        return dressed
    return dressed.replace(b"<defs>", _metadata(study) + b"<defs>", 1)


def _with_fallback(match: re.Match[bytes]) -> bytes:
    family = match.group(1)
    return match.group(0) if b"," in family else b"font-family=\"'%s', sans-serif\"" % family


def _metadata(study: bytes) -> bytes:
    text = base64.b64encode(packed(study))
    lines = b"\n".join(text[i : i + _LINE] for i in range(0, len(text), _LINE))
    opening = b'<macroscope:study xmlns:macroscope="urn:macroscope:figure" ' + SVG_MARK
    return (
        b"<metadata>\n"
        + opening
        + b' encoding="zlib-base64">\n'
        + lines
        + b"\n</macroscope:study>\n</metadata>\n"
    )
