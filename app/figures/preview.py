"""The sheet as it will be printed, on neutral grey, drawn by the painter of the files."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGradient,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.description import Figure
from app.figures.painter import draw
from app.figures.work import NewestWork, Run, run_here
from core.progress import Progress

_DESK = "#8a8d92"
_CHECK = ("#ffffff", "#dcdcdc")
_MARGIN = 32
_LARGEST_SCALE = 4.0
_MM_PER_INCH = 25.4


class FigurePreview(QWidget):
    """Shows one figure as large as fits, never more than four times its printed size.

    The picture of it is painted by `run`; until it is there, the last one stands in its place.
    """

    def __init__(self, run: Run = run_here, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._shown: Figure | None = None
        self._note = ""
        self._painted: QImage | None = None
        self._pictures = NewestWork(run, self)
        _touch_lazy_types()
        self.setMinimumSize(320, 280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview of the figure")

    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    def show_figure(self, figure: Figure | None, note: str = "") -> None:
        """Show `figure`, or `note` in its place when there is none."""
        self._figure = figure
        self._note = note
        if figure is None:
            self._shown = self._painted = None
        else:
            size = f"{figure.width_mm:.1f} by {figure.height_mm:.1f} millimetres"
            self.setAccessibleDescription(f"{figure.title}, {size}")
        self._paint_anew()
        self.update()

    def stop(self) -> None:
        """Let go of the picture that is being painted."""
        self._pictures.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint_anew()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._paint_anew()
        return super().event(event)

    def _paint_anew(self) -> None:
        """Have the picture painted for the room there is, unless that is what is shown."""
        figure, size = self._figure, self._size_in_dots()
        if figure is None or not self.isVisible():
            return
        if figure is self._shown and self._painted is not None and self._painted.size() == size:
            return

        def work(progress: Progress) -> QImage:
            return picture(figure, size, progress)

        def done(image: QImage) -> None:
            if self._figure is not None:
                self._shown, self._painted = figure, image
                self.update()

        def failed(error: Exception) -> None:
            self.show_figure(None, str(error))

        self._pictures.want("Picture of the figure", work, done, failed)

    def _size_in_dots(self) -> QSize:
        sheet, ratio = self.sheet(), self.devicePixelRatioF()
        return QSize(max(1, round(sheet.width() * ratio)), max(1, round(sheet.height() * ratio)))

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
        if self._figure is None or self._painted is None:
            painter.setPen(QColor("#ffffff"))
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, centred, self._note)
            return
        sheet = self.sheet()
        _draw_shadow(painter, sheet)
        if self._figure.background is None:
            _draw_checks(painter, sheet)
        if self._painted.size() != self._size_in_dots():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, self._painted)
        self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        """Say under the sheet how much larger than printed it is shown."""
        painter.setPen(QColor(255, 255, 255, 200))
        line = self.rect().adjusted(0, 0, 0, -8)
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(line, where, f"Shown at {100 * self.scale:.0f} % of its printed size")


def picture(figure: Figure, size: QSize, progress: Progress) -> QImage:
    """Return `figure` painted on that many dots, on nothing; safe on any thread."""
    progress.check()
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    try:
        painter.scale(size.width() / figure.width_mm, size.height() / figure.height_mm)
        draw(figure, painter)
    finally:
        painter.end()
    return image


def _touch_lazy_types() -> None:
    """Have PySide finish, on this thread, the types that a brush is made with.

    It completes them at their first use; two threads there at once find one half done.
    """
    QBrush(QColor("black"))
    QPen(QBrush(QColor("black")), 1.0)
    assert QGradient.Preset is not None


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
