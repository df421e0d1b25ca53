"""Small machines that look different backwards."""

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import ZooEntry, chance, machine


def irreversible(p: float, q: float) -> HiddenMarkovModel:
    """Return two states whose reversal needs three."""
    edges = "A -0-> A p0\nA -1-> B p\nB -1-> B q0\nB -2-> A q"
    return machine("irreversible", edges, "012", p=p, p0=1 - p, q=q, q0=1 - q)


def explosive(p: float, q: float) -> HiddenMarkovModel:
    """Return two states whose reversal needs countably many."""
    edges = "A -0-> A rest\nA -1-> A rest\nA -2-> B p\nB -0-> A q0\nB -1-> B q"
    return machine("explosive", edges, "012", p=p, rest=(1 - p) / 2, q=q, q0=1 - q)


IRREVERSIBLE = ZooEntry(
    "irreversible",
    "Irreversible two-state",
    (chance("p", 0.5, "leaving A"), chance("q", 0.5, "leaving B")),
    irreversible,
    "C. J. Ellison, J. R. Mahoney, R. G. James, J. P. Crutchfield and J. Reichardt, Information "
    "symmetries in irreversible processes (2011).",
    "The same entropy rate both ways, two causal states forwards and three backwards.",
)

EXPLOSIVE = ZooEntry(
    "explosive",
    "Explosive two-state",
    (chance("p", 1 / 3, "leaving A"), chance("q", 0.5, "staying in B")),
    explosive,
    "C. J. Ellison, J. R. Mahoney, R. G. James, J. P. Crutchfield and J. Reichardt, Information "
    "symmetries in irreversible processes (2011).",
    "Two states forwards, countably many backwards: retrodiction is infinitely harder.",
)
