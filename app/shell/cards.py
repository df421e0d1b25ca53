"""The pieces of the welcome page that can be clicked: examples, recent files, things to try."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.shell.opening import FIGURE_SUFFIXES, STUDY_SUFFIX
from app.shell.thumbnails import GalleryEntry

PICTURE_HEIGHT = 132
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ClickableFrame(QFrame):
    """A frame that answers to the mouse and to Enter and Space like a button."""

    clicked = Signal()

    def __init__(self, role: str, name: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, what: QMouseEvent) -> None:
        inside = self.rect().contains(what.position().toPoint())
        if what.button() == Qt.MouseButton.LeftButton and inside:
            self.clicked.emit()

    def keyPressEvent(self, what: QKeyEvent) -> None:
        if what.key() in KEYS:
            self.clicked.emit()
        else:
            super().keyPressEvent(what)


class Picture(QWidget):
    """The upper part of a card: a thumbnail on the canvas colour, or an icon until it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(PICTURE_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pixmap = QPixmap()

    def show_pixmap(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, _what: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, 12), 7, 7)
        painter.setClipRect(self.rect())
        painter.fillPath(ground, self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._pixmap.isNull():
            return
        room = QRectF(self.rect()).adjusted(12, 10, -12, -10)
        shown = self._pixmap.deviceIndependentSize()
        ratio = min(room.width() / shown.width(), room.height() / shown.height(), 1.0)
        where = QRectF(0, 0, shown.width() * ratio, shown.height() * ratio)
        where.moveCenter(room.center())
        painter.drawPixmap(where, self._pixmap, QRectF(self._pixmap.rect()))


class ExampleCard(ClickableFrame):
    """An example: picture, title and what to try."""

    chosen = Signal(str)

    def __init__(self, entry: GalleryEntry, icon: Callable[[str, str], QIcon]) -> None:
        super().__init__("card", f"Example: {entry.example.title}")
        self._entry, self._icon = entry, icon
        self.setToolTip(f"Source: {entry.example.source}")
        self._picture = Picture()
        title = QLabel(entry.example.title)
        title.setWordWrap(True)
        font = title.font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        hint = QLabel(entry.example.hint)
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(12, 8, 12, 12)
        words.setSpacing(4)
        words.addWidget(title)
        words.addWidget(hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._picture)
        column.addLayout(words, 1)
        self.clicked.connect(lambda: self.chosen.emit(self._entry.id))

    def restyle(self, pixmap: QPixmap | None) -> None:
        """Show the picture, or the bench's icon while there is none."""
        if pixmap is None:
            pixmap = self._icon(self._entry.bench.icon, "muted_text").pixmap(48, 48)
        self._picture.show_pixmap(pixmap)


class RecentRow(ClickableFrame):
    """A file opened before: its name and its folder."""

    chosen = Signal(object)

    def __init__(self, path: Path, icon: Callable[[str, str], QIcon]) -> None:
        super().__init__("row", f"Open {path.name}")
        self._path, self._icon = path, icon
        self.setToolTip(str(path))
        self._sign = QLabel()
        name = QLabel(path.name)
        folder = QLabel(shown_folder(path))
        folder.setProperty("role", "muted")
        folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(name)
        row.addWidget(folder, 1)
        self.clicked.connect(lambda: self.chosen.emit(self._path))
        self.restyle()

    def restyle(self) -> None:
        suffix = self._path.suffix.lower()
        known = {STUDY_SUFFIX: "study"} | dict.fromkeys(FIGURE_SUFFIXES, "figure")
        name = known.get(suffix, "file")
        self._sign.setPixmap(self._icon(name, "muted_text").pixmap(QSize(16, 16)))


class TryCard(ClickableFrame):
    """One thing to try, with an icon."""

    def __init__(
        self, icon_name: str, title: str, text: str, icon: Callable[[str, str], QIcon]
    ) -> None:
        super().__init__("card", title)
        self._icon_name, self._icon = icon_name, icon
        self._sign = QLabel()
        heading = QLabel(title)
        font = heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        body = QLabel(text)
        body.setWordWrap(True)
        body.setProperty("role", "muted")
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(heading)
        words.addWidget(body, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.restyle()

    def restyle(self) -> None:
        self._sign.setPixmap(self._icon(self._icon_name, "accent").pixmap(24, 24))


def shown_folder(path: Path) -> str:
    """Return the file's folder with the home folder shortened."""
    try:
        return str(Path("~") / path.parent.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path.parent)
