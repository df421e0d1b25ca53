"""The value of observing: how much less uncertain a target would be, on the average.

The expected drop in entropy is the mutual information of the target and what is observed, given
the evidence. With the target in each of its states in turn, one propagation gives the conditional
distributions of all variables at once.

Source: Lindley (1956); Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 6.4.
"""

from dataclasses import dataclass

import numpy as np

from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork
from core.networks.questions.belief_shift import divergence_nats, entropy_nats
from core.progress import Progress


@dataclass(frozen=True, slots=True)
class ObservationValue:
    """What observing one variable would be worth: an expected drop in entropy, in nats."""

    name: str
    entropy_drop: float


@dataclass(frozen=True, slots=True)
class ValueOfObserving:
    """What observing each variable would be worth for one target.

    Attributes
    ----------
    target : str
    entropy : float
        The entropy of the target given the evidence, in nats.
    values : tuple of ObservationValue
        The largest first, ties in the model's order; neither the target nor what is observed in
        one state is among them.
    """

    target: str
    entropy: float
    values: tuple[ObservationValue, ...]


def value_of_observing(
    compiled: CompiledNetwork,
    target: str,
    evidence: Evidence | None = None,
    progress: Progress | None = None,
) -> ValueOfObserving:
    """Return the expected drop in the entropy of `target` for every variable not yet observed.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    """
    evidence = evidence or Evidence()
    now = compiled.propagate(evidence).marginals
    belief = now[target]
    drops = {
        name: 0.0 for name in now if name != target and not isinstance(evidence.get(name), int)
    }
    for state in np.flatnonzero(belief):
        if progress is not None:
            progress.report(state / belief.size, "Observing each state of the target")
        # the likelihood of the target, if there is one, is the same for all else in this state
        after = compiled.propagate(evidence.observing(target, int(state))).marginals
        for name in drops:
            drops[name] += float(belief[state]) * divergence_nats(after[name], now[name])
    values = [ObservationValue(name, drop) for name, drop in drops.items()]
    values.sort(key=lambda value: -value.entropy_drop)
    return ValueOfObserving(target, entropy_nats(belief), tuple(values))
