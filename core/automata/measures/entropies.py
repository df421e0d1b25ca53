"""Shannon entropies of a state: of cell values, of square blocks, and along time; in bits.

Sources: Shannon, A mathematical theory of communication (1948); Feldman and Crutchfield,
Structural information in two-dimensional patterns: entropy convergence and excess entropy (2003).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError

VALUE_LEVELS = 256
"""Values of a field are sorted into so many bins of equal width from 0 to 1."""

Symbols = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BlockEntropies:
    """Entropies of n by n blocks, n from 1 on.

    Attributes
    ----------
    sides : tuple of int
    block : tuple of float
        H(n x n), bits.
    density : tuple of float
        H(n x n) - 2 H(n x (n-1)) + H((n-1) x (n-1)): bits a cell as a corner is added.
    excess : float
        Sum of the densities' excess over the last of them, bits.
    """

    sides: tuple[int, ...]
    block: tuple[float, ...]
    density: tuple[float, ...]
    excess: float


def entropy_of_counts(counts: npt.NDArray[Any]) -> float:
    """Return the entropy in bits of a distribution given by counts."""
    counts = counts[counts > 0].astype(np.float64)
    if not counts.size:
        return 0.0
    shares = counts / counts.sum()
    return max(0.0, float(-(shares * np.log2(shares)).sum()))


def value_entropy(plane: npt.NDArray[Any], states: int) -> float:
    """Return the entropy of cell values; 1 bit for two states at half density."""
    symbols = symbols_of(plane, states, VALUE_LEVELS)
    return entropy_of_counts(np.bincount(symbols.ravel()))


def symbols_of(plane: npt.NDArray[Any], states: int, levels: int) -> Symbols:
    """Return states as they are, or the values of a field in `levels` bins of equal width."""
    if states:
        return plane.astype(np.int64)
    if levels < 2:
        raise AutomataError("Values of a field need at least 2 levels to be told apart.")
    top = max(1.0, float(plane.max(initial=0.0)))
    return np.minimum((plane * (levels / top)).astype(np.int64), levels - 1)


def block_entropies(
    symbols: Symbols, largest: int = 3, wraps: tuple[bool, bool] = (True, True)
) -> BlockEntropies:
    """Return the entropies of square blocks up to a side; on one row, of words.

    Blocks at every place are counted. The number of blocks that can be told apart is bounded by
    the number of cells: an entropy near log2 of that says nothing about larger blocks.
    """
    if largest < 1:
        raise AutomataError("A block has a side of at least 1 cell.")
    is_row = symbols.shape[0] == 1
    known: dict[tuple[int, int], float] = {}

    def entropy(height: int, width: int) -> float:
        if height == 0 or width == 0:
            return 0.0
        key = (height, width)
        if key not in known:
            known[key] = entropy_of_counts(_block_counts(symbols, height, width, wraps))
        return known[key]

    limit = min(largest, symbols.shape[1], largest if is_row else symbols.shape[0])
    sides = tuple(range(1, limit + 1))
    if is_row:
        block = tuple(entropy(1, n) for n in sides)
        density = tuple(entropy(1, n) - entropy(1, n - 1) for n in sides)
    else:
        block = tuple(entropy(n, n) for n in sides)
        density = tuple(
            entropy(n, n) - entropy(n, n - 1) - entropy(n - 1, n) + entropy(n - 1, n - 1)
            for n in sides
        )
    last = density[-1] if density else 0.0
    return BlockEntropies(sides, block, density, sum(each - last for each in density))


def time_entropies(history: Symbols, longest: int = 8) -> tuple[float, ...]:
    """Return H(L) of the words of L successive states of one cell, L from 1 on, in bits.

    Parameters
    ----------
    history : int64[steps, cells]
    """
    limit = min(longest, len(history))
    code = np.zeros(history.shape, dtype=np.int64)
    found = []
    for length in range(1, limit + 1):
        count = len(history) - length + 1
        code = _extended(code[:count], history[length - 1 : length - 1 + count])
        found.append(entropy_of_counts(np.bincount(code.ravel())))
    return tuple(found)


def _block_counts(
    symbols: Symbols, height: int, width: int, wraps: tuple[bool, bool]
) -> npt.NDArray[Any]:
    rows, columns = symbols.shape
    down = rows if wraps[1] else rows - height + 1
    across = columns if wraps[0] else columns - width + 1
    if down < 1 or across < 1:
        return np.zeros(0)
    y, x = np.arange(down), np.arange(across)
    code = np.zeros((down, across), dtype=np.int64)
    for dy in range(height):
        for dx in range(width):
            cell = symbols[np.ix_((y + dy) % rows, (x + dx) % columns)]
            code = _extended(code, cell)
    return np.bincount(code.ravel())


def _extended(code: Symbols, symbols: Symbols) -> Symbols:
    """Return numbers of longer words, kept small: as many as there are different ones."""
    joined = code * (int(symbols.max(initial=0)) + 1) + symbols
    if int(joined.max(initial=0)) < 2**16:
        return joined
    _, small = np.unique(joined, return_inverse=True)
    return np.asarray(small.reshape(joined.shape), dtype=np.int64)
