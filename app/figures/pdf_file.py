"""Figures as PDF: one page of the exact size, lossless rasters, no dates, the study attached."""

import math
from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from app.figures.description import MM_PER_PT, Figure
from app.figures.lettering import printable
from app.figures.painter import draw
from app.figures.pdf_objects import PdfObjects

_DOTS_PER_INCH = 1200
_DOTS_PER_MM = _DOTS_PER_INCH / 25.4


def pdf_bytes(figure: Figure, *, outlines: bool, study: bytes | None) -> bytes:
    """Return `figure` as a PDF file, with `study` as an attached file if there is one.

    Qt knows page sizes in whole points only, so it is given a page that is a little larger and
    the figure is drawn in its bottom left corner; the page is then cut to the exact size.
    """
    width_pt, height_pt = figure.width_mm / MM_PER_PT, figure.height_mm / MM_PER_PT
    page = QSizeF(math.ceil(width_pt) + 1, math.ceil(height_pt) + 1)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    size = QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(printable(figure.title))
    writer.setCreator("Macroscope")
    writer.setDocumentXmpMetadata(_xmp(figure))
    painter = QPainter(writer)
    painter.scale(_DOTS_PER_MM, _DOTS_PER_MM)
    painter.translate(0, (page.height() - height_pt) * MM_PER_PT)
    draw(figure, painter, outlines=outlines)
    painter.end()
    objects = PdfObjects.parse(bytes(buffer.data().data()))
    objects.cut_pages(width_pt, height_pt)
    objects.forget_dates()
    objects.set_subject(printable(figure.description))
    if study is not None:
        objects.attach(study)
    return objects.written()


def _in_xml(text: str) -> str:
    """Return `text` escaped for XML, without the stroke with which every name in a PDF begins.

    The packet stands uncompressed in the file, where a title must not look like an object.
    """
    return escape(printable(text)).replace("/", "&#47;")


def _xmp(figure: Figure) -> bytes:
    """Return the document's metadata packet; unlike Qt's own it holds no date and no random id."""
    title, description = (
        f'<rdf:Alt><rdf:li xml:lang="x-default">{_in_xml(text)}</rdf:li></rdf:Alt>'
        for text in (figure.title, figure.description)
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f"<dc:title>{title}</dc:title><dc:description>{description}</dc:description>"
        "<xmp:CreatorTool>Macroscope</xmp:CreatorTool>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()
