"""Which rule and world local causal states were found of, and whether those are still there."""

import numpy as np

from core.automata.rules.rule import Rule
from core.automata.world import World


class Source:
    """A rule in force and the first state of a world."""

    def __init__(self, rule: Rule, first: World) -> None:
        self._rule, self._first = rule, first
        self._compared, self._is_other = first, False

    def told_beside(self, rule: Rule, first: World) -> str:
        """Return a sentence on what is another by now; nothing where all is the same."""
        if first is not self._compared:  # once for each world, for there is one at every frame
            self._compared, self._is_other = first, _is_other(first, self._first)
        if self._is_other:
            return "Of an earlier world. "
        if rule is not self._rule and rule != self._rule:
            return "Of an earlier rule. "
        return ""


def _is_other(one: World, other: World) -> bool:
    if one.topology != other.topology or one.origin != other.origin:
        return True
    if isinstance(one.cells, np.ndarray) and isinstance(other.cells, np.ndarray):
        return not np.array_equal(one.cells, other.cells)
    return one.cells is not other.cells
