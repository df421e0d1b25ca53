"""What a query needs: variables and factors that cannot matter to it are left out beforehand.

A barren variable is neither asked for nor observed and has no descendant that is: the columns of
its table sum to 1, so it sums out to nothing. A variable cut off from the query once the observed
ones are gone contributes a constant factor, which normalising removes; a contradiction among
findings there goes unnoticed.

Source: Koller and Friedman (2009), section 9.3.1.3 and exercise 3.15; Shachter, Bayes-ball (1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.networks.levels.entered_model import ModelScopes


@dataclass(frozen=True, slots=True)
class Requisites:
    """What is left of a model for one query.

    Attributes
    ----------
    kept : tuple of int
        Positions among ``scopes.reduced_scopes`` of the factors that matter.
    barren : tuple of int
        Variables without a descendant that is asked for or observed.
    separated : tuple of int
        Variables that the observed ones cut off from the query.
    is_mass_kept : bool
        Whether the factors left out sum to 1, so that P(evidence) can still be read.
    """

    kept: tuple[int, ...]
    barren: tuple[int, ...]
    separated: tuple[int, ...]
    is_mass_kept: bool


def requisites(scopes: ModelScopes, query: Sequence[int]) -> Requisites:
    """Return what `query` needs; in a Markov network no variable is barren."""
    barren = _barren(scopes, query)
    left = [
        k
        for k, scope in enumerate(scopes.reduced_scopes)
        if k >= len(scopes.scopes) or not scopes.is_bayes or k not in barren
    ]
    reached = _reached([scopes.reduced_scopes[k] for k in left], query)
    kept = tuple(k for k in left if reached.intersection(scopes.reduced_scopes[k]))
    separated = [
        v
        for v in range(len(scopes.sizes))
        if v not in reached and v not in barren and v not in scopes.observed
    ]
    return Requisites(kept, tuple(sorted(barren)), tuple(separated), len(kept) == len(left))


def _barren(scopes: ModelScopes, query: Sequence[int]) -> set[int]:
    if not scopes.is_bayes:
        return set()
    needed: set[int] = set()
    waiting = [*query, *scopes.observed, *scopes.weighed]
    while waiting:
        v = waiting.pop()
        if v not in needed:
            needed.add(v)
            waiting += scopes.scopes[v][:-1]  # factor v of a Bayes net: parents, then v
    return set(range(len(scopes.sizes))) - needed


def _reached(scopes: Sequence[Sequence[int]], query: Sequence[int]) -> set[int]:
    touching: dict[int, list[int]] = {}
    for k, scope in enumerate(scopes):
        for v in scope:
            touching.setdefault(v, []).append(k)
    reached, waiting = set[int](), list(query)
    while waiting:
        v = waiting.pop()
        if v not in reached:
            reached.add(v)
            waiting += [u for k in touching.get(v, ()) for u in scopes[k]]
    return reached
