"""What can be wrong with a hidden Markov process, as one sentence each."""

from core.errors import MacroscopeError


class ProcessError(MacroscopeError):
    """A process, or a change asked of one, is not a hidden Markov process."""


class MatrixError(ProcessError):
    """Transition matrices have the wrong shape, or entries that are not probabilities."""


class ImpossibleWord(ProcessError):
    """A word has probability zero, so that nobody can have observed it."""


class NotErgodic(ProcessError):
    """A process has several recurrent classes, so that a measure of all of it says nothing.

    Attributes
    ----------
    classes : tuple of tuple of str
        The states of each recurrent class.
    """

    def __init__(self, reason: str, classes: tuple[tuple[str, ...], ...]) -> None:
        self.classes = classes
        super().__init__(reason)


class NotPossible(ProcessError):
    """What is asked has no meaning for this process, for the reason that the sentence gives."""
