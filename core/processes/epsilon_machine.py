"""The epsilon-machine as a process of its own: forward, reverse and bidirectional.

Sources: J. P. Crutchfield and K. Young, Inferring statistical complexity (1989); J. P. Crutchfield,
C. J. Ellison and J. R. Mahoney, Time's barbed arrow (2009).
"""

from dataclasses import dataclass

import numpy as np

from core.labels import is_label
from core.processes.bidirectional import Bidirectional, bidirectional
from core.processes.causal_states import CausalStates, causal_states
from core.processes.matrices import MAX_CELLS, MAX_STATES
from core.processes.minimisation import equivalent_states
from core.processes.model import HiddenMarkovModel
from core.processes.unifilar import UnifilarMachine, unifilar_of
from core.progress import Progress


@dataclass(frozen=True, eq=False)
class EpsilonMachine:
    """The minimal unifilar machine of a process, where there is a finite one.

    Attributes
    ----------
    machine : HiddenMarkovModel or None
        None when the causal states are not finitely many, or too many to write down.
    verdict : str
        A sentence that begins with finite, countable or uncountable.
    causal : CausalStates
    """

    machine: HiddenMarkovModel | None
    verdict: str
    causal: CausalStates

    @property
    def is_finite(self) -> bool:
        """Whether the causal states are finitely many at this resolution."""
        return self.causal.kind == "finite"


def epsilon_machine(
    model: HiddenMarkovModel,
    *,
    tolerance: float = 1e-10,
    max_states: int = 10_000,
    progress: Progress | None = None,
) -> EpsilonMachine:
    """Return the epsilon-machine of a process with one recurrent class.

    Raises
    ------
    MatrixError
        When a row does not sum to 1.
    NotErgodic
        When there are several recurrent classes.
    """
    causal = causal_states(model, tolerance=tolerance, most=max_states, progress=progress)
    return epsilon_machine_of(causal)


def epsilon_machine_of(causal: CausalStates) -> EpsilonMachine:
    """Return the same from causal states that are known already."""
    machine = causal.machine
    if causal.kind != "finite" or machine is None:
        return EpsilonMachine(None, causal.verdict, causal)
    written = _as_model(machine, causal.generator, _state_names(causal))
    return EpsilonMachine(written, causal.verdict, causal)


def reverse_machine(
    causal: CausalStates, progress: Progress | None = None
) -> tuple[HiddenMarkovModel | None, Bidirectional | None]:
    """Return the epsilon-machine of the process read backwards, or None when it is not finite."""
    if causal.machine is None or causal.kind != "finite":
        return None, None
    both = bidirectional(causal.machine, progress)
    if both.reverse is None or both.found.kind != "finite":
        return None, both
    names = tuple(f"R{i}" for i in range(both.reverse.n))
    return _as_model(both.reverse, causal.generator, names), both


def bidirectional_machine(
    causal: CausalStates, progress: Progress | None = None
) -> HiddenMarkovModel | None:
    """Return the machine whose states are pairs of forward and reverse causal states.

    It emits forwards: the pair (s, r) goes with symbol x to (s', r') where s' follows s on x, and r
    is what the reverse machine reaches from r' on x.
    """
    _, both = reverse_machine(causal, progress)
    if both is None or both.joint is None or both.reverse is None or both.found.kind != "finite":
        return None
    forward, reverse, J = both.forward, both.reverse, both.joint
    number = np.full(J.shape, -1, dtype=np.int64)
    chosen = J > 1e-13
    number[chosen] = np.arange(int(chosen.sum()))
    if len(number[chosen]) > MAX_STATES or forward.k * int(chosen.sum()) ** 2 > MAX_CELLS:
        return None
    T = np.zeros((forward.k, int(chosen.sum()), int(chosen.sum())))
    for s, x in np.argwhere(forward.following >= 0):
        after = forward.following[s, x]
        for r_after in np.flatnonzero(chosen[after]):
            r = reverse.following[r_after, x]
            if r >= 0 and chosen[s, r]:
                flow = forward.pi[s] * forward.probability[s, x]
                flow *= J[after, r_after] / forward.pi[after]
                T[x, number[s, r], number[after, r_after]] += flow / J[s, r]
    T /= T.sum(axis=(0, 2))[None, :, None]
    forward_names = _state_names(causal)
    names = tuple(f"{forward_names[s]}:R{r}" for s, r in np.argwhere(chosen))
    if len(set(names)) < len(names) or not all(map(is_label, names)):
        names = tuple(f"B{i}" for i in range(len(names)))
    return HiddenMarkovModel(causal.generator.name, causal.generator.alphabet, names, T)


def _as_model(
    machine: UnifilarMachine, generator: HiddenMarkovModel, names: tuple[str, ...]
) -> HiddenMarkovModel | None:
    if machine.n > MAX_STATES or machine.k * machine.n**2 > MAX_CELLS:
        return None
    T = machine.matrices()
    T /= T.sum(axis=(0, 2))[None, :, None]
    return HiddenMarkovModel(generator.name, generator.alphabet, names, T)


def _state_names(causal: CausalStates) -> tuple[str, ...]:
    """Return the name of the first state of each class, or S0, S1, ... for classes of beliefs."""
    assert causal.machine is not None
    generator = causal.generator
    if generator.is_unifilar and not generator.is_generalized:
        block, count = equivalent_states(unifilar_of(generator.T))
        if count == causal.machine.n:
            first = [int(np.flatnonzero(block == b)[0]) for b in range(count)]
            return tuple(generator.states[i] for i in first)
    return tuple(f"S{i}" for i in range(causal.machine.n))
