"""A ring around what the keyboard has gone to, whatever sort of widget that is."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

WIDTH = 2.0


class FocusRing(QWidget):
    """Lies over a widget until the keyboard leaves it or the mouse is used on it.

    A style sheet can give only some widgets a ring, and none to those that paint themselves.
    """

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        if isinstance(around, QAbstractScrollArea):
            around.viewport().installEventFilter(self)
        self.resize(around.size())
        self.show()

    def eventFilter(self, watched: QObject, what: QEvent) -> bool:
        if what.type() in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.hide()
            self.deleteLater()
        elif what.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.resize(self.parentWidget().size())
        return False

    def paintEvent(self, _what: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), WIDTH))
        inset = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
