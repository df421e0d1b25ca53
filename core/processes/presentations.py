"""What the states of any presentation hold beyond the causal states.

``H[R] = E + chi_R + zeta + phi``: crypticity ``chi_R = I[past; R | future]``, oracular information
``zeta = I[R; future | past]``, which no past could have told, and gauge information
``phi = H[R | past, future]``, which neither side ever tells. Both vanish for the epsilon-machine.

Source: C. J. Ellison, J. R. Mahoney, R. G. James, J. P. Crutchfield and J. Reichardt, Information
symmetries in irreversible processes (2011); J. P. Crutchfield, C. J. Ellison, J. R. Mahoney and
R. G. James, Synchronization and control in intrinsic and designed computation (2010).
"""

from dataclasses import dataclass

from core.processes.shannon import entropy
from core.processes.two_sided import Side, state_entropy_between, state_entropy_given
from core.processes.unifilar import Floats


@dataclass(frozen=True, slots=True)
class PresentationInformation:
    """The parts of a generator's state information, in bits.

    Attributes
    ----------
    state_entropy : float
        H[R], exact.
    excess, crypticity, oracular, gauge : float
        They add up to `state_entropy`.
    error : float
        A bound on what each of them may be off by.
    is_exact : bool
        Both sides' beliefs are finitely or countably many; otherwise words stand for them.
    """

    state_entropy: float
    excess: float
    crypticity: float
    oracular: float
    gauge: float
    error: float
    is_exact: bool


def presentation_information(past: Side, future: Side, pi: Floats) -> PresentationInformation:
    """Return how the state information of a generator divides."""
    ends = []
    for left, right in ((past.outer, future.outer), (past.inner, future.inner)):
        by_past, by_future = state_entropy_given(left), state_entropy_given(right)
        ends.append((by_past, by_future, state_entropy_between(left, right, pi)))
    # words alone leave too much open and words from known states too little
    middle = [0.5 * (above + below) for above, below in zip(*ends, strict=True)]
    spread = [0.5 * abs(above - below) for above, below in zip(*ends, strict=True)]
    by_past, by_future, gauge = middle
    whole = entropy(pi)
    crypticity, oracular = max(0.0, by_future - gauge), max(0.0, by_past - gauge)
    return PresentationInformation(
        whole,
        whole - crypticity - oracular - gauge,
        crypticity,
        oracular,
        gauge,
        sum(spread) + 1e-12,
        past.is_exact and future.is_exact,
    )
