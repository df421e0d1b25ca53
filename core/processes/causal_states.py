"""The causal states of a process: from any presentation to the machine that all measures use.

Sources: J. P. Crutchfield and K. Young, Inferring statistical complexity (1989); C. R. Shalizi and
J. P. Crutchfield, Computational mechanics: pattern and prediction, structure and simplicity (2001).
"""

from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import dynamics_of
from core.processes.minimisation import minimal
from core.processes.model import HiddenMarkovModel
from core.processes.observable_space import observable_basis, reduced
from core.processes.recurrence import recurrent_part, require_one_recurrent_class
from core.processes.recurrent_beliefs import recurrent_beliefs
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import Floats, UnifilarMachine, unifilar_of
from core.progress import Progress


@dataclass(frozen=True, eq=False)
class CausalStates:
    """The recurrent causal states of a process.

    Attributes
    ----------
    generator : HiddenMarkovModel
        The recurrent part of the model that was given.
    pi : float64[n]
        Its stationary distribution.
    kind : str
        "finite", "countable" or "uncountable".
    machine : UnifilarMachine or None
        The epsilon-machine; of a countable one the states that have any probability to speak of;
        None when the causal states are uncountable.
    lost : float
        The stationary probability of leaving those states.
    counts : (int, int)
        States found at the tolerance and at a thousandth of it.
    reached_limit : bool
    hidden_entropy : float
        What long tails of countable chains, one state each in the machine, add to H[S] in bits.
    """

    generator: HiddenMarkovModel
    pi: Floats
    kind: str
    machine: UnifilarMachine | None
    lost: float
    counts: tuple[int, int]
    reached_limit: bool
    hidden_entropy: float = 0.0

    @property
    def has_given_states(self) -> bool:
        """Whether the generator's states are the causal states themselves."""
        return (
            self.machine is not None
            and self.machine.n == self.generator.n
            and self.generator.is_unifilar
            and not self.generator.is_generalized
        )

    @property
    def verdict(self) -> str:
        """A sentence that begins with finite, countable or uncountable."""
        return verdict(self.kind, self.counts, self.reached_limit)


def verdict(kind: str, counts: tuple[int, int], reached_limit: bool = False) -> str:
    """Return what can honestly be said about a number of states found at two tolerances."""
    coarse, fine = counts
    if kind == "finite":
        noun = "state" if coarse == 1 else "states"
        return f"finite: {coarse:,} {noun} at the tolerance and at a thousandth of it"
    grown = (
        f"more than {fine:,} states"
        if reached_limit or coarse == fine
        else f"{coarse:,} states at the tolerance, {fine:,} at a thousandth of it"
    )
    if kind == "countable":
        return f"countable, not finite: {grown}, new ones along a few chains"
    return f"uncountable at this resolution: {grown}, multiplying from level to level"


def causal_states(
    model: HiddenMarkovModel,
    *,
    tolerance: float = 1e-10,
    most: int = 10_000,
    progress: Progress | None = None,
) -> CausalStates:
    """Return the causal states of a process with one recurrent class.

    Raises
    ------
    MatrixError
        When a row does not sum to 1.
    NotErgodic
        When there are several recurrent classes.
    """
    require_one_recurrent_class(model)
    part = recurrent_part(model)
    pi = stationary_distribution(part)
    if part.is_unifilar and not part.is_generalized:
        machine, _ = minimal(unifilar_of(part.T))
        return CausalStates(part, pi, "finite", machine, 0.0, (machine.n, machine.n), False)
    T, start, ones = part.T, pi, np.ones(part.n)
    basis = observable_basis(part.T)
    if basis.shape[1] < part.n:
        T, start, ones = reduced(part.T, pi, basis)
    found = recurrent_beliefs(
        dynamics_of(T, ones), start, tolerance=tolerance, most=most, progress=progress
    )
    if found.machine is None:
        return CausalStates(part, pi, found.kind, None, 0.0, found.counts, found.reached_limit)
    if found.kind == "countable":  # its states are different points, however near they come
        return CausalStates(
            part, pi, "countable", found.machine, found.lost, found.counts, False,
            found.hidden_entropy,
        )  # fmt: skip
    machine, _ = minimal(found.machine)
    return CausalStates(part, pi, "finite", machine, 0.0, (machine.n, machine.n), False)
