"""The sheet as it will be printed, on neutral grey, drawn by the painter of the files."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.description import Figure
from app.figures.painter import draw

_DESK = "#8a8d92"
_CHECK = ("#ffffff", "#dcdcdc")
_MARGIN = 32
_LARGEST_SCALE = 4.0
_MM_PER_INCH = 25.4


class FigurePreview(QWidget):
    """Shows one figure as large as fits, never more than four times its printed size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._note = ""
        self._painted: QImage | None = None
        self.setMinimumSize(320, 280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview of the figure")

    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    def show_figure(self, figure: Figure | None, note: str = "") -> None:
        """Show `figure`, or `note` in its place when there is none."""
        self._figure = figure
        self._note = note
        self._painted = None
        if figure is not None:
            size = f"{figure.width_mm:.1f} by {figure.height_mm:.1f} millimetres"
            self.setAccessibleDescription(f"{figure.title}, {size}")
        self.update()

    @property
    def scale(self) -> float:
        """How many times its printed size the figure is shown."""
        return self._pixels_per_mm() * _MM_PER_INCH / self.logicalDpiX()

    def _pixels_per_mm(self) -> float:
        if self._figure is None:
            return self.logicalDpiX() / _MM_PER_INCH
        across = (self.width() - 2 * _MARGIN) / self._figure.width_mm
        down = (self.height() - 2 * _MARGIN) / self._figure.height_mm
        largest = _LARGEST_SCALE * self.logicalDpiX() / _MM_PER_INCH
        return max(min(across, down, largest), 0.05)

    def sheet(self) -> QRectF:
        """Where on the widget the figure's sheet lies."""
        if self._figure is None:
            return QRectF()
        scale = self._pixels_per_mm()
        wide, high = self._figure.width_mm * scale, self._figure.height_mm * scale
        left, top = round((self.width() - wide) / 2), round((self.height() - high) / 2)
        return QRectF(left, top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_DESK))
        if self._figure is None:
            painter.setPen(QColor("#ffffff"))
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, centred, self._note)
            return
        sheet = self.sheet()
        _draw_shadow(painter, sheet)
        if self._figure.background is None:
            _draw_checks(painter, sheet)
        painter.drawImage(sheet.topLeft(), self._image(sheet))
        self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        """Say under the sheet how much larger than printed it is shown."""
        painter.setPen(QColor(255, 255, 255, 200))
        line = self.rect().adjusted(0, 0, 0, -8)
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(line, where, f"Shown at {100 * self.scale:.0f} % of its printed size")

    def _image(self, sheet: QRectF) -> QImage:
        """Return the figure painted for the screen, kept until it or the widget changes."""
        ratio = self.devicePixelRatioF()
        size = QSize(max(1, round(sheet.width() * ratio)), max(1, round(sheet.height() * ratio)))
        if self._painted is None or self._painted.size() != size:
            image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(QColor(0, 0, 0, 0))
            painter = QPainter(image)
            painter.scale(
                size.width() / self._figure.width_mm, size.height() / self._figure.height_mm
            )
            draw(self._figure, painter)
            painter.end()
            image.setDevicePixelRatio(ratio)
            self._painted = image
        return self._painted


def _draw_shadow(painter: QPainter, sheet: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 6))
    for reach in range(11, 0, -1):
        edge = sheet.adjusted(-reach, -reach, reach, reach).translated(QPointF(0, 4))
        painter.drawRoundedRect(edge, reach, reach)
    painter.restore()


def _draw_checks(painter: QPainter, sheet: QRectF) -> None:
    """Draw the chequered ground that stands for transparency."""
    painter.save()
    painter.setClipRect(sheet)
    painter.fillRect(sheet, QColor(_CHECK[0]))
    side = 8
    for row in range(int(sheet.height() // side) + 1):
        for column in range(row % 2, int(sheet.width() // side) + 1, 2):
            corner = sheet.topLeft() + QPointF(column * side, row * side)
            painter.fillRect(QRectF(corner.x(), corner.y(), side, side), QColor(_CHECK[1]))
    painter.restore()
