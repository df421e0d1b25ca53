"""Everything that is measured about a process, each value with how it was obtained.

Sources: J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003); J. P.
Crutchfield, C. J. Ellison and J. R. Mahoney, Time's barbed arrow (2009); R. G. James, C. J. Ellison
and J. P. Crutchfield, Anatomy of a bit (2011).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from core.processes.bidirectional import Bidirectional
from core.processes.block_entropies import BlockEntropies, block_entropies
from core.processes.causal_states import CausalStates, causal_states
from core.processes.effort import LIVE, THOROUGH
from core.processes.measure import Measure
from core.processes.measures_of_beliefs import belief_measures
from core.processes.measures_of_machine import machine_measures
from core.processes.measures_of_presentation import presentation_measures
from core.processes.model import HiddenMarkovModel
from core.processes.two_sided import both_sides
from core.processes.two_sided_operator import measured_sides
from core.progress import Progress

__all__ = ["Measure", "Measures", "measures"]

EXACT = 1e-9
"""Errors below this are not worth a second look."""


@dataclass(frozen=True, eq=False)
class Measures(Mapping[str, Measure]):
    """The measures of a process by name, and the curves and machines behind them.

    Names: h_mu, C_mu, E, chi, markov_order, cryptic_order, S, T, r_mu, b_mu, q_mu, w_mu, rho_mu,
    sigma_mu, G, C_mu_reverse, chi_reverse, causal_irreversibility, C_bidirectional, causal_states,
    reverse_causal_states, synchronisation_time, synchronising_word, gauge, oracular,
    presentation_crypticity.

    Attributes
    ----------
    by_name : mapping of str to Measure
    curves : BlockEntropies
        H(L), h(L) and the uncertainty about the generator's state.
    causal : CausalStates
    both : Bidirectional or None
        The reverse causal states and the joint distribution, where causal states are countable.
    is_thorough : bool
        Whether more time would not make any error smaller.
    """

    by_name: Mapping[str, Measure]
    curves: BlockEntropies
    causal: CausalStates
    both: Bidirectional | None
    is_thorough: bool = True

    def __getitem__(self, name: str) -> Measure:
        return self.by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)

    @property
    def H(self) -> tuple[float, ...]:
        """H(1) to H(max_length) in bits, as far as it was computed."""
        return tuple(float(each) for each in self.curves.H[1:])


def measures(
    model: HiddenMarkovModel,
    *,
    max_length: int = 10,
    tolerance: float = 1e-10,
    max_states: int = 10_000,
    is_live: bool = False,
    progress: Progress | None = None,
) -> Measures:
    """Return all measures of a process with one recurrent class.

    Parameters
    ----------
    max_length : int
        How far the entropy curves go.
    is_live : bool
        Whether to take no longer than a probability that is being dragged allows, some tens of
        milliseconds. Estimates of their error say what that costs in digits.

    Raises
    ------
    MatrixError
        When a row does not sum to 1.
    NotErgodic
        When there are several recurrent classes: a mixture's measures say nothing about any of
        them. Measure each with `recurrent_part`.
    """
    effort = LIVE if is_live else THOROUGH
    effort = effort.for_edges(max(1, int(np.count_nonzero(model.T))))
    causal = causal_states(model, tolerance=tolerance, most=max_states, progress=progress)
    curves = block_entropies(
        causal.generator, max_length, start=causal.pi, most=effort.words, progress=progress
    )
    both = None
    sides = None
    if not (causal.generator.is_generalized or causal.has_given_states):
        sides = both_sides(causal.generator.T, causal.pi, progress, cells=effort.pairs)
    measured = None
    if sides is not None and not (sides[0].is_exact or sides[1].is_exact):
        measured = measured_sides(causal.generator, effort.points, progress)
    if causal.machine is None:
        values = belief_measures(causal, curves, sides, measured, effort, progress)
    else:
        values, both = machine_measures(causal, effort, progress)
    values |= presentation_measures(causal, values, sides, measured)
    values = {name: _settled(each) for name, each in values.items()}
    is_thorough = not is_live or all(map(_is_exact, values.values()))
    return Measures(values, curves, causal, both, is_thorough)


def _settled(measure: Measure) -> Measure:
    """Return a measure without its value when nothing bounds how far off that is."""
    if measure.error is None or math.isfinite(measure.error):
        return measure
    reason = f"Not known: it does not settle in the work allowed. {measure.method}"
    return Measure(measure.name, None, reason, unit=measure.unit)


def _is_exact(measure: Measure) -> bool:
    unknown = measure.value is None and measure.method.startswith("Not known")
    return not unknown and (measure.error or 0.0) < EXACT
