"""Some steps of a process as a Bayes net: a row of hidden states and a row of observed symbols.

``H_t`` is the state before symbol ``X_t``. The process emits along its edges, so that the symbol
depends on the state and the next state on both: ``P(X_t | H_t)`` and ``P(H_t+1 | H_t, X_t)``.
"""

import numpy as np
import numpy.typing as npt

from core.networks.model import BayesNet, Node, check_cells, frozen
from core.processes.errors import ProcessError
from core.processes.generalized import require_states
from core.processes.model import HiddenMarkovModel
from core.processes.word import start_belief

MOST_STEPS = 10_000

COLUMN_WIDTH = 150.0
ROW_HEIGHT = 150.0


def unrolled(
    model: HiddenMarkovModel,
    steps: int,
    *,
    start: npt.ArrayLike | None = None,
    hidden: str = "H",
    observed: str = "X",
    first: int = 0,
) -> BayesNet:
    """Return the net of `steps` hidden and as many observed variables, numbered from `first`.

    Parameters
    ----------
    start : float64[n]
        The belief about the first state; without it the stationary distribution.
    hidden, observed : str
        What the variables are called before their numbers.

    Raises
    ------
    ProcessError
        When there are no steps or too many.
    NotPossible
        For a generalized process, whose states have no probabilities.
    """
    require_states(model, "A hidden variable")
    if not 1 <= steps <= MOST_STEPS:
        raise ProcessError(f"A process is unrolled over 1 to {MOST_STEPS:,} steps, not {steps:,}.")
    if hidden == observed:
        raise ProcessError("Hidden and observed variables need names of their own.")
    check_cells([model.n, model.k, model.n], "each hidden variable")
    belief = start_belief(model, start)
    emission = frozen(model.emission / model.emission.sum(axis=1, keepdims=True))
    following = _next_state(model)
    nodes = []
    for t in range(steps):
        name = f"{hidden}{first + t}"
        x = COLUMN_WIDTH * t
        if t == 0:
            nodes.append(Node(name, model.states, (), frozen(belief), (x, 0.0)))
        else:
            parents = (f"{hidden}{first + t - 1}", f"{observed}{first + t - 1}")
            nodes.append(Node(name, model.states, parents, following, (x, 0.0)))
        symbol = f"{observed}{first + t}"
        nodes.append(Node(symbol, model.alphabet, (name,), emission, (x, ROW_HEIGHT)))
    return BayesNet(nodes, f"{model.name} unrolled" if model.name else "unrolled process")


def _next_state(model: HiddenMarkovModel) -> npt.NDArray[np.float64]:
    """Return P(next state | state, symbol), float64[n, k, n]; uniform where that cannot occur."""
    joint = model.T.transpose(1, 0, 2)
    total = joint.sum(axis=2, keepdims=True)
    possible = np.broadcast_to(total > 0, joint.shape)
    shares = np.divide(joint, total, out=np.full(joint.shape, 1.0 / model.n), where=possible)
    return frozen(shares)
