"""Infil, Exfil and their kin of a small system, exactly, by enumeration of all its states.

Sources: Critch, Boundaries part 3a (2022), for Infil and Exfil; Schreiber, Measuring information
transfer (2000), for the transfer entropies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError, TooManyValues
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Axes = tuple[int, ...]

MOST_ENTRIES = 2**24
"""Of the joint distribution of a state and a later one."""


@dataclass(frozen=True, eq=False)
class MarkovSystem:
    """A Markov chain whose states are told by V, A, P and E.

    Attributes
    ----------
    name : str
    sizes : (V, A, P, E)
        How many values each has; 1 for none.
    kernel : float64[n, n]
        ``kernel[i, j]`` = P(next = j | now = i); the state is ((v |A| + a) |P| + p) |E| + e.
    initial : float64[n]
        The distribution at time 0.
    """

    name: str
    sizes: tuple[int, int, int, int]
    kernel: Floats
    initial: Floats

    def __post_init__(self) -> None:
        n = prod(self.sizes)
        if len(self.sizes) != 4 or min(self.sizes) < 1 or n * n > MOST_ENTRIES:
            raise BoundaryError(f"A system has four small sizes of V, A, P, E, not {self.sizes}.")
        kernel, initial = np.array(self.kernel, float), np.array(self.initial, float)
        if kernel.shape != (n, n) or initial.shape != (n,):
            raise BoundaryError(f"The kernel of {n} states is {n} by {n}, and its start {n} long.")
        for rows in (kernel, initial[None]):
            if not (rows >= 0).all() or not np.allclose(rows.sum(axis=1), 1, atol=1e-9):
                raise BoundaryError("Every row of a kernel, and its start, sums to 1.")
        object.__setattr__(self, "kernel", kernel)
        object.__setattr__(self, "initial", initial)

    @property
    def parts(self) -> "Parts":
        """Which axes of the state are V, A, P and E: one each."""
        return Parts(self.sizes, (0,), (1,), (2,), (3,))


@dataclass(frozen=True, slots=True)
class Parts:
    """Which variables of a state make up V, A, P and E.

    Attributes
    ----------
    shape : tuple of int
        How many values each variable has.
    V, A, P, E : tuple of int
        Numbers of the variables.
    """

    shape: tuple[int, ...]
    V: Axes
    A: Axes
    P: Axes
    E: Axes


@dataclass(frozen=True, eq=False, slots=True)
class ExactFlow:
    """Exact values in bits, at each time.

    Attributes
    ----------
    infil, exfil : float64[steps]
        I(V', A'; E | V, A, P) and I(E', P'; V | A, P, E).
    static_blanket : float64[steps]
        I(V; E | A, P) at one time.
    te_E_to_V, te_V_to_E : float64[steps]
        I(V'; E | V) and I(E'; V | E).
    mi_V_E : float64[steps]
        I(V; E).
    entropy_V, entropy_E, entropy_E_given_VAP : float64[steps]
    """

    infil: Floats
    exfil: Floats
    static_blanket: Floats
    te_E_to_V: Floats
    te_V_to_E: Floats
    mi_V_E: Floats
    entropy_V: Floats
    entropy_E: Floats
    entropy_E_given_VAP: Floats


def exact_flow(
    system: MarkovSystem, steps: int, *, lag: int = 1, progress: Progress | None = None
) -> ExactFlow:
    """Return the exact flow at times 0 to steps - 1 from the system's start.

    Source: Critch (2022); the values are those of full enumeration.
    """
    parts = system.parts
    return _flow(system.kernel, system.initial, parts, parts, steps, lag, progress)


def stationary_flow(system: MarkovSystem) -> ExactFlow:
    """Return the exact flow, one value each, under the stationary distribution.

    Raises
    ------
    BoundaryError
        When there are several stationary distributions.
    """
    return _flow(system.kernel, stationary(system.kernel), system.parts, system.parts, 1, 1)


def stationary(kernel: Floats) -> Floats:
    """Return the only stationary distribution of a kernel."""
    n = len(kernel)
    equations = np.vstack([kernel.T - np.eye(n), np.ones(n)])
    if np.linalg.matrix_rank(equations[:-1], tol=1e-10) < n - 1:
        raise BoundaryError("The system has several stationary distributions.")
    found = np.linalg.lstsq(equations, np.append(np.zeros(n), 1.0), rcond=None)[0]
    found = np.clip(found, 0.0, None)
    distribution: Floats = found / found.sum()
    return distribution


@dataclass(frozen=True, slots=True)
class RingPartition:
    """Cells of a ring of an elementary automaton, told apart as V, A, P and E.

    Attributes
    ----------
    rule : int
        Wolfram's number; each cell is then flipped with probability `noise`.
    cells : int
        How many the ring has.
    parts : (V, A, P, E)
        Numbers of the cells.
    noise : float
    later : (V, A, P, E) or None
        Numbers of the cells one lag later, where the parts move.
    """

    rule: int
    cells: int
    parts: tuple[Axes, Axes, Axes, Axes]
    noise: float = 0.0
    later: tuple[Axes, Axes, Axes, Axes] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.rule <= 255 or not 0 <= self.noise <= 1:
            raise BoundaryError("A ring has a rule from 0 to 255 and a noise from 0 to 1.")
        if not 3 <= self.cells or 4**self.cells > MOST_ENTRIES:
            raise TooManyValues(
                f"A ring of {self.cells} cells is not enumerated; 3 to 12 cells are."
            )
        for parts in (self.parts, self.later or self.parts):
            named = [cell for part in parts for cell in part]
            if len(set(named)) < len(named) or not set(named) <= set(range(self.cells)):
                raise BoundaryError("Each cell of a ring belongs to one part at most.")


def exact_ring_flow(
    ring: RingPartition,
    steps: int,
    *,
    lag: int = 1,
    initial: Floats | None = None,
    progress: Progress | None = None,
) -> ExactFlow:
    """Return the exact flow at times 0 to steps - 1, all states alike at time 0 unless given."""
    shape = (2,) * ring.cells
    states = 2**ring.cells
    begin = np.full(states, 1.0 / states) if initial is None else initial
    later = Parts(shape, *(ring.later or ring.parts))
    now = Parts(shape, *ring.parts)
    return _flow(ring_kernel(ring), begin, now, later, steps, lag, progress)


def ring_kernel(ring: RingPartition) -> Floats:
    """Return P(next = j | now = i) of a ring, float64[2^N, 2^N]; cell 0 is the highest bit."""
    n = ring.cells
    states = np.arange(2**n)
    bits = states[:, None] >> np.arange(n - 1, -1, -1) & 1
    around = 4 * np.roll(bits, 1, axis=1) + 2 * bits + np.roll(bits, -1, axis=1)
    following = (ring.rule >> around & 1) @ (1 << np.arange(n - 1, -1, -1))
    flips = np.zeros(2**n, dtype=np.int64)
    for place in range(n):
        flips += states >> place & 1
    chance = ring.noise**flips * (1.0 - ring.noise) ** (n - flips)
    kernel: Floats = chance[following[:, None] ^ states]
    return kernel


def conditional_information(joint: Floats, x: Axes, y: Axes, z: Axes = ()) -> float:
    """Return I(X; Y | Z) in bits of the groups of axes of a joint distribution.

    I(X; Y | Z) = H(X, Z) + H(Y, Z) - H(Z) - H(X, Y, Z).
    """
    value = (
        entropy(joint, (*x, *z))
        + entropy(joint, (*y, *z))
        - entropy(joint, z)
        - entropy(joint, (*x, *y, *z))
    )
    return max(0.0, value)


def entropy(joint: Floats, axes: Axes) -> float:
    """Return the entropy in bits of some axes of a joint distribution."""
    others = tuple(axis for axis in range(joint.ndim) if axis not in axes)
    p = joint.sum(axis=others).ravel()
    p = p[p > 0]
    return float(-(p * np.log2(p)).sum())


def _flow(
    kernel: Floats,
    initial: Floats,
    now: Parts,
    later: Parts,
    steps: int,
    lag: int,
    progress: Progress | None = None,
) -> ExactFlow:
    if not 1 <= steps <= 100_000 or not 1 <= lag <= 1000:
        raise BoundaryError("Exact flow is told for 1 to 100,000 steps and a lag of 1 to 1,000.")
    leap = np.linalg.matrix_power(kernel, lag)
    rows = []
    distribution = initial
    for _ in range(steps):
        if progress is not None:
            progress.check()
        rows.append(_values(distribution, leap, now, later))
        distribution = distribution @ kernel
    return ExactFlow(*(np.array(column) for column in zip(*rows, strict=True)))


def _values(distribution: Floats, leap: Floats, now: Parts, later: Parts) -> Sequence[float]:
    count = len(now.shape)
    joint = (distribution[:, None] * leap).reshape(now.shape + later.shape)
    here = distribution.reshape(now.shape)
    v, a, p, e = now.V, now.A, now.P, now.E
    v1, a1, p1, e1 = (
        tuple(axis + count for axis in part) for part in (later.V, later.A, later.P, later.E)
    )
    return (
        conditional_information(joint, (*v1, *a1), e, (*v, *a, *p)),
        conditional_information(joint, (*e1, *p1), v, (*a, *p, *e)),
        conditional_information(here, v, e, (*a, *p)),
        conditional_information(joint, v1, e, v),
        conditional_information(joint, e1, v, e),
        conditional_information(here, v, e),
        entropy(here, v),
        entropy(here, e),
        entropy(here, (*v, *a, *p, *e)) - entropy(here, (*v, *a, *p)),
    )
