"""What can be wrong with a Bayes net, as one sentence each."""

from collections.abc import Sequence

from core.errors import MacroscopeError
from core.labels import quoted

__all__ = ["CycleError", "EvidenceError", "NetworkError", "TableError", "quoted"]


class NetworkError(MacroscopeError):
    """A network, or a change asked of one, is not a Bayes net."""


class CycleError(NetworkError):
    """An arc would close a directed cycle.

    Attributes
    ----------
    cycle : tuple of str
        The nodes along the cycle; the last has an arc to the first.
    """

    def __init__(self, cycle: Sequence[str]) -> None:
        self.cycle = tuple(cycle)
        shown = list(self.cycle)
        if len(shown) > 9:
            shown[6:-2] = [f"… {len(shown) - 8} more …"]
        path = " → ".join([*shown, shown[0]])
        super().__init__(f"A Bayes net has no directed cycles, and this would close {path}.")


class TableError(NetworkError):
    """A conditional probability table has the wrong shape or columns that are not distributions."""


class EvidenceError(NetworkError):
    """Evidence names an unknown node or state, or has an unusable likelihood."""
