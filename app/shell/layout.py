"""Where the window and its panels are: remembered between runs, never off the screens."""

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.shell.preferences import Preferences

STATE_VERSION = 1
FIRST_SIZE = (1360, 860)
LEAST_SIZE = (480, 360)


def clamped(frame: QRect, screens: list[QRect]) -> QRect:
    """Return a frame moved and cut so that it lies on the screen that shows most of it."""
    if not screens:
        return frame

    def shared(screen: QRect) -> int:
        overlap = screen.intersected(frame)
        return max(overlap.width(), 0) * max(overlap.height(), 0)

    screen = max(screens, key=shared)
    width = min(max(frame.width(), LEAST_SIZE[0]), screen.width())
    height = min(max(frame.height(), LEAST_SIZE[1]), screen.height())
    left = min(max(frame.left(), screen.left()), screen.left() + screen.width() - width)
    top = min(max(frame.top(), screen.top()), screen.top() + screen.height() - height)
    return QRect(left, top, width, height)


def available_screens() -> list[QRect]:
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def first_frame(screens: list[QRect]) -> QRect:
    """Return a comfortable place on the first screen."""
    if not screens:
        return QRect(0, 0, *FIRST_SIZE)
    screen = screens[0]
    width = min(FIRST_SIZE[0], round(screen.width() * 0.94))
    height = min(FIRST_SIZE[1], round(screen.height() * 0.92))
    frame = QRect(0, 0, width, height)
    frame.moveCenter(screen.center())
    return clamped(frame, screens)


def remember(window: QMainWindow, preferences: Preferences) -> None:
    """Write geometry and panels into the preferences."""
    geometry = bytes(window.saveGeometry().toHex().data()).decode()
    state = bytes(window.saveState(STATE_VERSION).toHex().data()).decode()
    preferences.set("window_geometry", geometry)
    preferences.set("window_state", state)


def restore(window: QMainWindow, preferences: Preferences) -> bool:
    """Put window and panels where they were; return whether the panels were known."""
    screens = available_screens()
    geometry = _bytes(preferences.get("window_geometry"))
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.setGeometry(first_frame(screens))
    if not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(clamped(window.geometry(), screens))
    state = _bytes(preferences.get("window_state"))
    return not state.isEmpty() and window.restoreState(state, STATE_VERSION)


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromHex(QByteArray(text.encode("ascii", "ignore")))
