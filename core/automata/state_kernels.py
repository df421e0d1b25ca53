"""The kernel of a discrete rule, with the arrays it needs made once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.rules.generations import Generations
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.life_like import LifeLike
from core.automata.rules.rule import Rule
from core.automata.rules.rule_table import RuleTable, bits_of_state, lookup
from core.automata.rules.totalistic import Totalistic

Cells = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class StateKernel:
    """How one rule steps.

    Attributes
    ----------
    reach : int
        Width of the rim that a padded board needs.
    step : function
        ``step(padded, out)``: the new states of uint8[h + 2 reach, w + 2 reach] into uint8[h, w].
    """

    reach: int
    step: Callable[[Cells, Cells], None]

    @property
    def keeps_empty(self) -> bool:
        """Whether a cell among cells in state 0 stays in state 0."""
        side = 2 * self.reach + 1
        out = np.ones((1, 1), dtype=np.uint8)
        self.step(np.zeros((side, side), dtype=np.uint8), out)
        return int(out[0, 0]) == 0


def state_kernel(rule: Rule) -> StateKernel | None:
    """Return the kernel of a rule, None of a family that is stepped otherwise."""
    from core.automata import kernels_states as kernels

    if isinstance(rule, LifeLike | Generations):
        table, states = rule.table, rule.states
        return StateKernel(1, lambda padded, out: kernels.step_shapes(padded, table, states, out))
    if isinstance(rule, LargerThanLife):
        widths = np.array(rule.half_widths, dtype=np.int32)
        intervals = np.array([*rule.survive, *rule.born, rule.counts_itself], dtype=np.int32)
        states = rule.states
        return StateKernel(
            rule.radius,
            lambda padded, out: kernels.step_intervals(padded, widths, intervals, states, out),
        )
    if isinstance(rule, RuleTable):
        return _table_kernel(rule)
    if isinstance(rule, Totalistic):
        digits = np.array(rule.digits, dtype=np.uint8)
        reach, states, outer = rule.radius, rule.states, rule.outer
        return StateKernel(
            reach,
            lambda padded, out: kernels.step_sums(padded, reach, digits, states, outer, out),
        )
    return None


def _table_kernel(rule: RuleTable) -> StateKernel:
    from core.automata import kernels_states as kernels

    offsets = np.array(rule.offsets, dtype=np.int32)
    reach = int(np.abs(offsets).max())
    table = lookup(rule)
    if table is not None:
        bits = bits_of_state(rule.states)
        return StateKernel(
            reach,
            lambda padded, out: kernels.step_lookup(padded, reach, offsets, bits, table, out),
        )
    tree = rule.rows.astype(np.int32)
    return StateKernel(
        reach, lambda padded, out: kernels.step_tree(padded, reach, offsets, tree, out)
    )
