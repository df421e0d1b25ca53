"""Small systems whose flow is known exactly: sealed, leaking, and deceptive boundaries.

Each shows something that an estimate has to get right. V, A, P and E are one bit each unless said.
"""

from collections.abc import Callable, Mapping
from itertools import product
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError
from core.boundaries.exact import MarkovSystem, RingPartition
from core.labels import quoted

Bits = tuple[int, int, int, int]
Chances = Callable[[int, int, int, int], tuple[float, float, float, float]]
"""From v, a, p, e the probability that the next V, A, P and E are 1."""

FOUR_BITS: Bits = (2, 2, 2, 2)

DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "sealed": "Nothing passes but by the boundary, though V and E become dependent.",
        "leak_in": "As sealed, but with probability 0.2 the next V is a copy of E.",
        "leak_out": "As sealed, but with probability 0.3 the next E is a copy of V.",
        "leak_both": "As sealed, with leaks of 0.15 inwards and 0.4 outwards.",
        "xor_leak": "The next V is V xor E, flipped with probability 0.1: no pair tells.",
        "xor_leak_synchronised": "As xor_leak, but at first E is P: the ensemble is blind.",
        "common_noise": "V and E take the same noise: dependent, and yet nothing passes.",
        "two_bits": "No boundary at all: V copies E (flip 0.2) and E copies V (flip 0.3).",
    }
)


def boundary_system(name: str) -> MarkovSystem:
    """Return a system by name; raises `BoundaryError` for one that there is not."""
    if name not in DESCRIPTIONS:
        raise BoundaryError(
            f"There is no system {quoted(name)}; there are {', '.join(DESCRIPTIONS)}."
        )
    if name == "two_bits":
        kernel = np.array([[_is(w, e, 0.2) * _is(f, v, 0.3) for w, f in _PAIRS] for v, e in _PAIRS])
        return MarkovSystem(name, (2, 1, 1, 2), kernel, np.full(4, 0.25))
    initial = np.full(16, 1 / 16)
    if name == "xor_leak_synchronised":
        initial = np.array([(p == e) / 8 for _v, _a, p, e in product((0, 1), repeat=4)])
    if name == "common_noise":
        return MarkovSystem(name, FOUR_BITS, _common_noise(), initial)
    return MarkovSystem(name, FOUR_BITS, _independent(_CHANCES[name]), initial)


def layered_ring(rule: int = 110, noise: float = 0.05) -> RingPartition:
    """Return a ring of nine cells, V in the middle of layers A, P and E: E E P A V A P E E."""
    parts = ((4,), (3, 5), (2, 6), (0, 1, 7, 8))
    return RingPartition(rule, 9, parts, noise)


def _leaky(inwards: float, outwards: float) -> Chances:
    def chances(v: int, a: int, p: int, e: int) -> tuple[float, float, float, float]:
        inside = (1 - inwards) * _flipped(v ^ p, 0.1) + inwards * e
        outside = (1 - outwards) * _flipped(a, 0.2) + outwards * v
        return inside, _flipped(v, 0.05), _flipped(e, 0.1), outside

    return chances


def _xor_leak(v: int, a: int, p: int, e: int) -> tuple[float, float, float, float]:
    return _flipped(v ^ e, 0.1), _flipped(v, 0.05), _flipped(e, 0.1), _flipped(e, 0.3)


_CHANCES: Mapping[str, Chances] = MappingProxyType(
    {
        "sealed": _leaky(0.0, 0.0),
        "leak_in": _leaky(0.2, 0.0),
        "leak_out": _leaky(0.0, 0.3),
        "leak_both": _leaky(0.15, 0.4),
        "xor_leak": _xor_leak,
        "xor_leak_synchronised": _xor_leak,
    }
)

_PAIRS = tuple(product((0, 1), repeat=2))


def _independent(chances: Chances) -> npt.NDArray[np.float64]:
    """Return the kernel in which the four next values are independent, given the present."""
    states = list(product((0, 1), repeat=4))
    return np.array(
        [
            [
                np.prod([q if bit else 1 - q for q, bit in zip(chances(*now), later, strict=True)])
                for later in states
            ]
            for now in states
        ]
    )


def _common_noise() -> npt.NDArray[np.float64]:
    """Return the kernel in which a noise of 0.3 flips V and E alike, and 0.05 each by itself."""
    flips = (0.7, 0.3)
    states = list(product((0, 1), repeat=4))
    return np.array(
        [
            [
                _is(a1, v, 0.05)
                * _is(p1, e, 0.1)
                * sum(flips[n] * _is(v1, v ^ n, 0.05) * _is(e1, e ^ n, 0.05) for n in (0, 1))
                for v1, a1, p1, e1 in states
            ]
            for v, _a, _p, e in states
        ]
    )


def _flipped(bit: int, flip: float) -> float:
    """Return the probability of 1 where a bit is flipped with a probability."""
    return 1 - flip if bit else flip


def _is(later: int, bit: int, flip: float) -> float:
    """Return the probability that a bit, flipped with a probability, is `later`."""
    return 1 - flip if later == bit else flip
