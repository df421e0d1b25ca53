"""A process as the input of a Bayes net: its steps join the net, other nodes can hang from them.

The steps are those of `core.crossings.unroll`, put beside the net under names that are free there.
"""

from dataclasses import replace

from core.crossings.unroll import ROW_HEIGHT, unrolled
from core.networks.model import BayesNet
from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel


def driven_net(net: BayesNet, model: HiddenMarkovModel, steps: int) -> BayesNet:
    """Return the net with `steps` hidden and observed variables of a process more, above it.

    No node of the net changes: which of them depend on the symbols is for arcs to say.

    Raises
    ------
    ProcessError
        When there are no steps, or a process of so many does not fit.
    NotPossible
        For a generalized process, whose states have no probabilities.
    """
    hidden, observed = _free_names(net, steps)
    chain = unrolled(model, steps, hidden=hidden, observed=observed)
    left = min((node.position[0] for node in net), default=0.0)
    top = min((node.position[1] for node in net), default=2 * ROW_HEIGHT)
    up = top - 2 * ROW_HEIGHT
    return net.with_nodes(
        replace(node, position=(node.position[0] + left, node.position[1] + up)) for node in chain
    )


def _free_names(net: BayesNet, steps: int) -> tuple[str, str]:
    """Return what hidden and observed variables are called, such that no name is taken."""
    for number in range(1, len(net) + 2):
        mark = "" if number == 1 else f"{number}_"
        names = (f"H{mark}", f"X{mark}")
        if not any(f"{name}{t}" in net for name in names for t in range(steps)):
            return names
    raise ProcessError("There is no free name for the variables of the process.")
