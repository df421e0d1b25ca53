"""Forward and reverse causal states together: what the past and the future know of each other.

Each belief of the reversed machine's mixed-state presentation is Pr(S+ | S-), so that the joint
distribution of both causal states follows from their weights.

Source: J. P. Crutchfield, C. J. Ellison and J. R. Mahoney, Time's barbed arrow (2009); C. J.
Ellison, J. R. Mahoney and J. P. Crutchfield, Prediction, retrodiction, and the amount of
information stored in the present (2009).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.processes.belief_dynamics import BeliefDynamics, dynamics_of_unifilar
from core.processes.minimisation import minimal
from core.processes.recurrent_beliefs import RecurrentBeliefs, recurrent_beliefs
from core.processes.shannon import entropy
from core.processes.unifilar import Floats, UnifilarMachine
from core.progress import Progress


@dataclass(frozen=True, eq=False)
class Bidirectional:
    """The reverse causal states beside the forward ones.

    Attributes
    ----------
    forward : UnifilarMachine
    found : RecurrentBeliefs
        The beliefs Pr(S+ | future) and whether they are finitely many.
    reverse : UnifilarMachine or None
        The epsilon-machine of the process read backwards, None when it is uncountable.
    joint : float64[n+, n-] or None
        Pr(S+, S-).
    """

    forward: UnifilarMachine
    found: RecurrentBeliefs
    reverse: UnifilarMachine | None
    joint: Floats | None

    @cached_property
    def joint_entropy(self) -> float | None:
        """H[S+, S-] in bits: the bidirectional complexity."""
        return None if self.joint is None else entropy(self.joint)

    @property
    def reverse_complexity(self) -> float | None:
        """H[S-] in bits."""
        return None if self.joint is None else entropy(self.joint.sum(axis=0))

    @property
    def excess_entropy(self) -> float | None:
        """I[S+; S-] in bits."""
        if self.joint is None or self.joint_entropy is None:
            return None
        both = entropy(self.joint.sum(axis=1)) + entropy(self.joint.sum(axis=0))
        return max(0.0, both - self.joint_entropy)


def reversed_dynamics(machine: UnifilarMachine) -> BeliefDynamics:
    """Return the beliefs' movement when the process is read backwards.

    ``R[x][j, i] = pi_i T[x][i, j] / pi_j``.
    """
    forward = dynamics_of_unifilar(machine.following, machine.probability)
    values = forward.values * machine.pi[forward.sources] / machine.pi[forward.targets]
    return BeliefDynamics(
        forward.n,
        forward.k,
        forward.starts,
        forward.targets,
        forward.sources,
        values,
        forward.ones,
        forward.line,
    )


def bidirectional(
    machine: UnifilarMachine, progress: Progress | None = None, *, most: int = 10_000
) -> Bidirectional:
    """Return the reverse causal states of a minimal unifilar machine and the joint distribution."""
    found = recurrent_beliefs(reversed_dynamics(machine), machine.pi, most=most, progress=progress)
    if found.machine is None:
        return Bidirectional(machine, found, None, None)
    reverse, block = found.machine, np.arange(found.machine.n)
    if found.kind == "finite":
        reverse, block = minimal(found.machine)
    joint = np.zeros((reverse.n, machine.n))
    np.add.at(joint, block, found.machine.pi[:, None] * found.beliefs)
    return Bidirectional(machine, found, reverse, np.ascontiguousarray(joint.T))
