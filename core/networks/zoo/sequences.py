"""A hidden Markov model, unrolled in time."""

from core.networks.model import BayesNet, Node
from core.networks.subject import NetworkSubject
from core.networks.zoo.example import Example, node

STEPS = 8

_DICE = ("fair", "loaded")
_START = (0.5, 0.5)
_TRANSITION = ((0.95, 0.05), (0.1, 0.9))
_FACES = ("1", "2", "3", "4", "5", "6")
_EMISSION = ((1 / 6,) * 6, (0.1, 0.1, 0.1, 0.1, 0.1, 0.5))


def hidden_markov() -> NetworkSubject:
    """Return the occasionally dishonest casino over `STEPS` rolls."""
    nodes: list[Node] = []
    for step in range(1, STEPS + 1):
        across = (step - 1) * 235
        die, before = f"Die_{step}", f"Die_{step - 1}"
        if step == 1:
            nodes.append(node(die, _DICE, [], _START, (across, 0)))
        else:
            nodes.append(node(die, _DICE, [before], _TRANSITION, (across, 0)))
        nodes.append(node(f"Roll_{step}", _FACES, [die], _EMISSION, (across, 160)))
    return NetworkSubject(BayesNet(nodes, "hidden-markov"))


HIDDEN_MARKOV = Example(
    "hidden-markov",
    "Hidden Markov model",
    "R. Durbin, S. Eddy, A. Krogh and G. Mitchison, Biological Sequence Analysis (1998), section "
    "3.1: the occasionally dishonest casino.",
    "Observe a run of sixes in the middle and watch the suspicion spread to the rolls around it.",
    hidden_markov,
)
