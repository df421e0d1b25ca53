"""Monochrome icons, recoloured for the theme when they are loaded."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader, QPixmap

import resources

SIZES = (16, 20, 24, 32, 48, 64)


def icon(name: str, colours: Mapping[str, str], role: str = "text") -> QIcon:
    """Return resources/icons/`name`.svg drawn in the colour of `role`, faded when disabled."""
    drawing = resources.text(f"icons/{name}.svg")
    made = QIcon()
    normal = QColor(colours[role])
    faded = QColor(colours["muted_text"])
    faded.setAlphaF(0.45)
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(render(drawing, normal, size)), QIcon.Mode.Normal)
    for size in (16, 24, 48):
        made.addPixmap(QPixmap.fromImage(render(drawing, faded, size)), QIcon.Mode.Disabled)
    return made


def render(drawing: str, colour: QColor, size: int) -> QImage:
    """Draw an SVG text at `size` pixels with "currentColor" replaced."""
    coloured = drawing.replace("currentColor", colour.name())
    if colour.alphaF() < 1:
        coloured = coloured.replace("<svg ", f'<svg opacity="{colour.alphaF():.2f}" ', 1)
    buffer = QBuffer()
    buffer.setData(QByteArray(coloured.encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size))
    return reader.read()
