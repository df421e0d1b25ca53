"""Processes of two or three states whose support forbids some words."""

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry, chance, machine


def golden_mean(p: float) -> HiddenMarkovModel:
    """Return the process without two 1s in a row."""
    return machine("golden-mean", "A -0-> A q\nA -1-> B p\nB -0-> A 1", "01", p=p, q=1 - p)


def even(p: float) -> HiddenMarkovModel:
    """Return the process whose blocks of 1s have even length."""
    return machine("even", "A -0-> A q\nA -1-> B p\nB -1-> A 1", "01", p=p, q=1 - p)


def odd(p: float, q: float) -> HiddenMarkovModel:
    """Return the process whose blocks of 1s have odd length."""
    edges = "A -0-> A p0\nA -1-> B p\nB -0-> A q0\nB -1-> C q\nC -1-> B 1"
    return machine("odd", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


def rk_golden_mean(r: int, k: int, p: float) -> HiddenMarkovModel:
    """Return the process in which `r` 1s in all and then `k` 0s in all follow a first 1."""
    states = [f"s{i}" for i in range(r + k)]
    edges = [(states[0], "0", states[0], 1 - p), (states[0], "1", states[1], p)]
    for i in range(1, r + k):
        edges.append((states[i], "1" if i < r else "0", states[(i + 1) % (r + k)], 1.0))
    return HiddenMarkovModel.from_edges("rk-golden-mean", edges, alphabet="01")


def restricted_golden_mean(k: int, p: float) -> HiddenMarkovModel:
    """Return the process in which at least `k` 1s follow each 0."""
    states = [f"s{i}" for i in range(k + 1)]
    edges = [(states[0], "0", states[1], p), (states[0], "1", states[0], 1 - p)]
    for i in range(1, k + 1):
        edges.append((states[i], "1", states[(i + 1) % (k + 1)], 1.0))
    return HiddenMarkovModel.from_edges("restricted-golden-mean", edges, alphabet="01")


def nemo(p: float, q: float) -> HiddenMarkovModel:
    """Return the Nemo process of three states."""
    edges = "A -1-> A p\nA -0-> B p0\nB -0-> C 1\nC -1-> A q\nC -0-> A q0"
    return machine("nemo", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


def four_states(p: float, q: float) -> HiddenMarkovModel:
    """Return a process of four states and two kinds of forced symbols."""
    edges = """
        A -1-> B p
        A -0-> C p0
        B -1-> C q
        B -0-> D q0
        C -0-> A 1
        D -1-> B 1
    """
    return machine("four-states", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


GOLDEN_MEAN = ZooEntry(
    "golden-mean",
    "Golden mean",
    (chance("p", 0.5, "probability of 1 after 0"),),
    golden_mean,
    "B. Weiss, Subshifts of finite type and sofic systems (1973).",
    "One symbol tells the state: Markov order 1, and crypticity is what the last 1 or 0 hid.",
)

EVEN = ZooEntry(
    "even",
    "Even",
    (chance("p", 0.5, "probability of starting a block"),),
    even,
    "B. Weiss, Subshifts of finite type and sofic systems (1973).",
    "Two states and yet infinite Markov order: as long as only 1s were seen, nobody knows which.",
)

ODD = ZooEntry(
    "odd",
    "Odd",
    (chance("p", 0.5, "starting a block"), chance("q", 0.5, "going on with it")),
    odd,
    "J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003).",
    "Compare with the even process: one state more makes all the difference to the first 1.",
)

RK_GOLDEN_MEAN = ZooEntry(
    "rk-golden-mean",
    "R-k golden mean",
    (
        Parameter("r", 3, 1, 16, is_whole=True, meaning="1s in all"),
        Parameter("k", 2, 1, 16, is_whole=True, meaning="0s in all"),
        chance("p", 0.5, "leaving the free state"),
    ),
    rk_golden_mean,
    "R. G. James, J. R. Mahoney, C. J. Ellison and J. P. Crutchfield, Many roads to synchrony "
    "(2014).",
    "Its Markov order is r and its cryptic order k: set them apart with the two sliders.",
)

RESTRICTED_GOLDEN_MEAN = ZooEntry(
    "restricted-golden-mean",
    "Restricted golden mean",
    (
        Parameter("k", 3, 1, 24, is_whole=True, meaning="1s after a 0"),
        chance("p", 0.5, "probability of 0"),
    ),
    restricted_golden_mean,
    "J. R. Mahoney, C. J. Ellison and J. P. Crutchfield, Information accessibility and cryptic "
    "processes (2009).",
    "The longer the forced run, the more of the state is hidden from the past and the future.",
)

NEMO = ZooEntry(
    "nemo",
    "Nemo",
    (chance("p", 0.5, "staying in A"), chance("q", 0.5, "1 from C")),
    nemo,
    "J. R. Mahoney, C. J. Ellison and J. P. Crutchfield, Information accessibility and cryptic "
    "processes (2009).",
    "Three states whose Markov order and cryptic order are both infinite.",
)

FOUR_STATES = ZooEntry(
    "four-states",
    "Four states",
    (chance("p", 0.5, "1 from A"), chance("q", 0.5, "1 from B")),
    four_states,
    "Our own; the shape of the process is from C. R. Shalizi and J. P. Crutchfield, Computational "
    "mechanics (2001).",
    "Two free states and two forced ones: watch how many symbols it takes to know where you are.",
)
