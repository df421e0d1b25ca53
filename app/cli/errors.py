"""What the command line itself can find wrong, and the exit statuses that tell."""

from core.errors import MacroscopeError

GOOD = 0
FAILED = 1
BAD_INPUT = 2
IMPOSSIBLE_EVIDENCE = 3


class UsageError(MacroscopeError):
    """The command line does not say what to do, or a file on it is not what it has to be."""
