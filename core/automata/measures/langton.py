"""Langton's lambda: which share of all neighbourhoods leads to a state other than 0.

Source: Langton, Computation at the edge of chaos (1990).
"""

import numpy as np

from core.automata.rules.elementary import Elementary
from core.automata.rules.generations import Generations
from core.automata.rules.life_like import NEIGHBOURS, LifeLike
from core.automata.rules.rule import Rule
from core.automata.rules.totalistic import Totalistic


def langton_lambda(rule: Rule) -> float | None:
    """Return lambda from 0 to 1, or None for a rule whose neighbourhoods are not listed.

    State 0 is taken as the quiescent one, and neighbourhoods count alike.
    """
    match rule:
        case Elementary():
            return float(rule.table.mean())
        case LifeLike():
            return float(rule.table.mean())
        case Generations():
            return _of_generations(rule)
        case Totalistic():
            return _of_totalistic(rule)
    return None


def _of_generations(rule: Generations) -> float:
    """Cells of nine neighbourhoods: only whether a neighbour is in state 1 matters."""
    mask = NEIGHBOURS[rule.neighbourhood]
    alive, other = 1 / rule.states, 1 - 1 / rule.states
    table = rule.table
    total = 0.0
    for around in range(512):
        if around & ~(mask | 16):
            continue
        seen = (around & mask).bit_count()
        chance = alive**seen * other ** (mask.bit_count() - seen)
        if around & 16:
            # Alive it stays alive, or begins to die, which is another state than 0 as well.
            total += chance / rule.states
        else:
            total += chance * float(table[around]) / rule.states
    return total + (rule.states - 3) / rule.states  # the oldest dying state leads to 0


def _of_totalistic(rule: Totalistic) -> float | None:
    cells = 2 * rule.radius + (0 if rule.outer else 1)
    ways = np.ones(1)
    for _ in range(cells):
        ways = np.convolve(ways, np.ones(rule.states))
    shares = ways / ways.sum()
    digits = np.array(rule.digits) != 0
    if not rule.outer:
        return float(shares @ digits)
    by_sum = digits.reshape(-1, rule.states)
    return float(shares @ by_sum.mean(axis=1))
