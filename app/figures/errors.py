"""The error of figures that cannot be written or read."""

from core.errors import MacroscopeError


class FigureFileError(MacroscopeError):
    """A figure file that could not be written, or that is damaged, in one sentence."""
