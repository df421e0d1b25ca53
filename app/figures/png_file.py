"""Figures as PNG at a chosen resolution, their physical size kept to within a micrometre."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from app.figures.carried import PNG_CHUNK, packed
from app.figures.description import Figure
from app.figures.errors import FigureFileError
from app.figures.lettering import printable
from app.figures.painter import draw
from app.figures.png_chunks import chunk

MM_PER_INCH = 25.4
MOST_PIXELS = 200_000_000


def size_in_pixels(width_mm: float, height_mm: float, dpi: float) -> tuple[int, int]:
    """Return the width and height of a raster of that many dots per inch."""
    wide = max(1, round(width_mm / MM_PER_INCH * dpi))
    return wide, max(1, round(height_mm / MM_PER_INCH * dpi))


def image_of(figure: Figure, dpi: float, *, outlines: bool = False) -> QImage:
    """Return `figure` painted at `dpi` dots per inch."""
    wide, high = size_in_pixels(figure.width_mm, figure.height_mm, dpi)
    if wide * high > MOST_PIXELS:
        raise FigureFileError(
            f"A picture of {wide} by {high} pixels is too large; choose fewer dots per inch."
        )
    image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise FigureFileError(f"There is no memory for a picture of {wide} by {high} pixels.")
    opaque = figure.background is not None
    image.fill(QColor(figure.background) if opaque else QColor(0, 0, 0, 0))
    image.setDotsPerMeterX(round(wide * 1000 / figure.width_mm))
    image.setDotsPerMeterY(round(high * 1000 / figure.height_mm))
    painter = QPainter(image)
    painter.scale(wide / figure.width_mm, high / figure.height_mm)
    draw(figure, painter, outlines=outlines)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_RGB888) if opaque else image


def png_bytes(figure: Figure, *, dpi: float, outlines: bool, study: bytes | None) -> bytes:
    """Return `figure` as a PNG file, with `study` in a chunk of its own if there is one."""
    image = image_of(figure, dpi, outlines=outlines)
    image.setText("Software", "Macroscope")
    if figure.title:
        image.setText("Title", printable(figure.title))
    if figure.description:
        image.setText("Description", printable(figure.description))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise FigureFileError("The picture could not be written as PNG; choose fewer dots.")
    plain = bytes(buffer.data().data())
    if study is None:
        return plain
    return plain[:-12] + chunk(PNG_CHUNK, packed(study)) + plain[-12:]  # before the end chunk
