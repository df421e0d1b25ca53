"""A Qt application for programs without a window: fonts need one even where nothing is shown."""

import sys

from PySide6.QtGui import QGuiApplication

_KEPT: list[QGuiApplication] = []  # an application that is collected ends the process


def screenless_application() -> QGuiApplication:
    """Return the running Qt application, or start one that never asks for a display."""
    running = QGuiApplication.instance()
    if running is not None:
        return running
    program = sys.argv[0] if sys.argv else "macroscope"
    _KEPT.append(QGuiApplication([program, "-platform", "offscreen"]))
    return _KEPT[-1]
