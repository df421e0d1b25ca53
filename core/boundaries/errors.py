"""What can be wrong with an ensemble or with a question about boundaries, as one sentence each."""

from core.errors import MacroscopeError
from core.files.errors import FormatError


class BoundaryError(MacroscopeError):
    """An ensemble, or something asked of one, makes no sense."""


class UnreadableEnsemble(BoundaryError, FormatError):
    """A file holds no ensemble."""


class TooManyValues(BoundaryError):
    """An ensemble needs more memory than may be asked for; nothing was allocated."""
