"""The coefficients of a rule on the shape of the neighbourhood, as the kernels step it."""

from functools import cache

import numpy as np
import numpy.typing as npt

from core.automata import kernels_shapes as kernels

Table = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.bool_]


def shape_places(table: Table) -> npt.NDArray[np.int64]:
    """Return what `shape_tile` reads of a rule, int64[29].

    Parameters
    ----------
    table : uint8[512]
        Upper-left cell in bit 8 of the index; it must not change under turning and mirroring.
    """
    return _places(np.asarray(table, dtype=np.uint8).tobytes())


@cache
def _places(table: bytes) -> npt.NDArray[np.int64]:
    wanted = np.frombuffer(table, dtype=np.uint8).astype(bool)
    found = _solution(_monomials(), wanted).reshape(kernels.COEFFICIENTS, 4)
    places = np.zeros(kernels.COEFFICIENTS, dtype=np.int64)
    for index in range(4):  # what the cell and the halving word are
        cell, halving = index & 1, index >> 1
        value = found @ np.array([1, cell, halving, cell * halving]) % 2
        places += value << index
    places *= kernels.LANES
    places.setflags(write=False)
    return places


@cache
def _monomials() -> Bits:
    """Return bool[512, 116], what each product of words is in each neighbourhood."""
    index = np.arange(512)
    shape = kernels.turned_shape([index >> (8 - place) & 1 == 1 for place in range(9)])
    cell, halving = shape["cell"], shape["halving"]
    never = np.zeros(512, dtype=bool)

    def alone(place: int, function: Bits) -> Bits:
        """Return what the polynomial is with one coefficient and no others."""
        found: Bits = kernels.result_of_shape(
            shape, lambda each: function if each == place else never
        )
        return found

    functions = (~never, cell, halving, cell & halving)
    places = range(kernels.COEFFICIENTS)
    return np.stack([alone(place, each) for place in places for each in functions], axis=1)


def _solution(matrix: Bits, wanted: Bits) -> npt.NDArray[np.int64]:
    """Return which columns have `wanted` as their exclusive or, by Gauss's elimination."""
    rows = np.concatenate([matrix, wanted[:, None]], axis=1)
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        done = len(pivots)
        candidates = np.flatnonzero(rows[done:, column])
        if not candidates.size:
            continue  # a combination of those before
        rows[[done, done + candidates[0]]] = rows[[done + candidates[0], done]]
        others = rows[:, column].copy()
        others[done] = False
        rows[others] ^= rows[done]
        pivots.append(column)
    assert not rows[len(pivots) :, -1].any(), "the rule changes under turning or mirroring"
    chosen = np.zeros(matrix.shape[1], dtype=np.int64)
    chosen[pivots] = rows[: len(pivots), -1]
    return chosen
