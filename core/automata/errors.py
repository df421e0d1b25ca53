"""What can be wrong with a cellular world, as one sentence each."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import MacroscopeError
from core.files.errors import FormatError


class AutomataError(MacroscopeError):
    """A world, or a change asked of one, makes no sense."""


class UnreadableRule(AutomataError):
    """A text is no rule, or a rule by a name that nobody knows."""


class UnreadableTopology(AutomataError):
    """A text is no topology, or one whose sides do not fit together."""


class UnreadablePattern(AutomataError, FormatError):
    """A file is no pattern; line and column are told where there are any."""


class TooLarge(AutomataError):
    """A world needs more memory than may be asked for; nothing was allocated."""


class StepFailed(AutomataError):
    """A step gave a state that cannot be stepped on, such as one with numbers that are none."""


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Have errors tell of which file they are, such as those about a rule that it names."""
    try:
        yield
    except AutomataError as problem:
        if source not in str(problem):
            problem.args = (f"{source}: {problem}",)
        raise
