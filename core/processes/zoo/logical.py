"""Processes whose symbols are free and forced in turn: exclusive or, insertion, slips, wings."""

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry, chance, machine


def random_random_xor(p: float, q: float) -> HiddenMarkovModel:
    """Return two random symbols and then their exclusive or, over and over."""
    edges = """
        S -0-> Z p0
        S -1-> O p
        Z -0-> F q0
        Z -1-> T q
        O -0-> T q0
        O -1-> F q
        T -1-> S 1
        F -0-> S 1
    """
    return machine("rrxor", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


def leaky_rrxor(e: float) -> HiddenMarkovModel:
    """Return the exclusive or in which anything happens with probability `e`."""
    clean = random_random_xor(0.5, 0.5)
    leak = np.full(clean.T.shape, 1.0 / (clean.k * clean.n))
    return clean.with_matrices((1 - e) * clean.T + e * leak).renamed_model("leaky-rrxor")


def random_insertion(p: float, q: float) -> HiddenMarkovModel:
    """Return the random insertion process."""
    edges = "A -0-> B p\nA -1-> C p1\nB -0-> C q\nB -1-> C q1\nC -1-> A 1"
    return machine("random-insertion", edges, "01", p=p, p1=1 - p, q=q, q1=1 - q)


def zero_one_random(p: float) -> HiddenMarkovModel:
    """Return 0, then 1, then a random symbol, over and over."""
    edges = "A -0-> B 1\nB -1-> C 1\nC -0-> A p0\nC -1-> A p"
    return machine("zero-one-random", edges, "01", p=p, p0=1 - p)


def noisy_phase_slip(p: float, q: float) -> HiddenMarkovModel:
    """Return the noisy random phase slip of five states."""
    edges = """
        A -0-> A p0
        A -1-> B p
        B -0-> C 1
        C -1-> D 1
        D -0-> E q0
        D -1-> E q
        E -0-> A 1
    """
    return machine("noisy-phase-slip", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


def butterfly(p: float) -> HiddenMarkovModel:
    """Return the two wings A-B-C and A-D-E that share the symbols 0 and 1."""
    edges = """
        A -2-> B p
        A -3-> D p0
        B -0-> C .5
        B -4-> B .5
        C -1-> A .5
        C -6-> C .5
        D -0-> E .5
        D -5-> D .5
        E -1-> A .5
        E -7-> E .5
    """
    model = machine("butterfly", edges, "01234567", p=p, p0=1 - p)
    order = [model.state_index(state) for state in "ABCDE"]
    T = model.T[:, order][:, :, order]
    return HiddenMarkovModel(model.name, model.alphabet, tuple("ABCDE"), T)


RRXOR = ZooEntry(
    "rrxor",
    "Random-random-xor",
    (chance("p", 0.5, "1 at the first"), chance("q", 0.5, "1 at the second")),
    random_random_xor,
    "J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003).",
    "Five causal states, 31 transient beliefs on the way to them, and pairs of symbols that tell "
    "nothing while triples tell all.",
)

LEAKY_RRXOR = ZooEntry(
    "leaky-rrxor",
    "Leaky random-random-xor",
    (Parameter("e", 0.05, 0.0, 1.0, meaning="share of leaking"),),
    leaky_rrxor,
    "After random-random-xor; a leak as in A. S. Shai and others, Transformers represent belief "
    "state geometry in their residual stream (2024).",
    "The least leak makes 36 beliefs a cloud: no word ever settles the state again.",
)

RANDOM_INSERTION = ZooEntry(
    "random-insertion",
    "Random insertion",
    (chance("p", 0.5, "0 from A"), chance("q", 0.5, "0 from B")),
    random_insertion,
    "C. J. Ellison, J. R. Mahoney and J. P. Crutchfield, Prediction, retrodiction, and the amount "
    "of information stored in the present (2009).",
    "Three causal states forwards and four backwards: time has a direction.",
)

ZERO_ONE_RANDOM = ZooEntry(
    "zero-one-random",
    "Zero-one-random",
    (chance("p", 0.5, "1 at the third"),),
    zero_one_random,
    "A. S. Shai and others, Transformers represent belief state geometry in their residual stream "
    "(2024).",
    "A third of the symbols is free, and Markov order 3 is enough to know which third.",
)

NOISY_PHASE_SLIP = ZooEntry(
    "noisy-phase-slip",
    "Noisy random phase slip",
    (chance("p", 0.5, "slipping"), chance("q", 0.5, "1 in the noise")),
    noisy_phase_slip,
    "J. P. Crutchfield, C. J. Ellison and J. R. Mahoney, Time's barbed arrow (2009).",
    "Its Markov order is 5 and its cryptic order 3; backwards it needs seven states.",
)

BUTTERFLY = ZooEntry(
    "butterfly",
    "Butterfly",
    (chance("p", 0.5, "left wing"),),
    butterfly,
    "J. R. Mahoney, C. J. Ellison, R. G. James and J. P. Crutchfield, How hidden are hidden "
    "processes? (2011).",
    "Two wings with symbols of their own and two shared: the shared ones hide which wing it was.",
)
