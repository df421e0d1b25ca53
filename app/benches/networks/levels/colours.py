"""The palette as Qt colours, made once for a widget that paints itself."""

from collections.abc import Mapping

from PySide6.QtGui import QColor


def colours(palette: Mapping[str, str]) -> dict[str, QColor]:
    """Return the colours of a palette by role."""
    return {role: QColor(value) for role, value in palette.items()}
