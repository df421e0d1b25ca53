"""A figure on the clipboard: as SVG for drawing programs and as a picture for all others."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from app.figures.description import Figure
from app.figures.export import figure_bytes

SVG_MIME = "image/svg+xml"
PNG_MIME = "image/png"


def figure_mime(
    figure: Figure, *, dpi: float, outlines: bool = False, study: bytes | None = None
) -> QMimeData:
    """Return `figure` in both forms, each carrying `study` if there is one."""
    mime = QMimeData()
    picture = figure_bytes(figure, ".png", dpi=dpi, study=study)
    drawing = figure_bytes(figure, ".svg", outlines=outlines, study=study)
    mime.setImageData(QImage.fromData(picture, "PNG"))
    mime.setData(PNG_MIME, picture)
    mime.setData(SVG_MIME, drawing)
    return mime


def copy_figure(
    figure: Figure, *, dpi: float, outlines: bool = False, study: bytes | None = None
) -> None:
    """Put `figure` on the clipboard."""
    mime = figure_mime(figure, dpi=dpi, outlines=outlines, study=study)
    QGuiApplication.clipboard().setMimeData(mime)
