"""Real values as a few symbols that come about equally often.

Where one value is as frequent as a symbol should be, such as the nothing around a creature, it is
a symbol of its own and the others share the rest.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError

MOST_LEVELS = 64
SAMPLE = 2**18


def quantised(
    block: npt.NDArray[Any], levels: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """Return symbols from 0 on, lower values first, and the edges between them.

    Parameters
    ----------
    block : float[...]
    levels : int
        How many symbols there may be; fewer where there are fewer values.

    Examples
    --------
    >>> quantised(np.array([0.0, 0.0, 0.0, 0.2, 0.4, 0.9]), 3)[0]
    array([0, 0, 0, 1, 1, 2], dtype=uint8)
    """
    if not 2 <= levels <= MOST_LEVELS:
        raise BoundaryError(f"Values are told apart in 2 to {MOST_LEVELS} symbols, not {levels}.")
    if not np.isfinite(block).all():
        raise BoundaryError("The block has values that are no finite numbers.")
    edges = _edges(block, levels)
    symbols = np.searchsorted(edges, block, side="left").astype(np.uint8)
    return symbols, edges


def _edges(block: npt.NDArray[Any], levels: int) -> npt.NDArray[np.float64]:
    """Return what the values of each symbol but the last do not exceed, ascending."""
    stride = -(-block.size // SAMPLE)
    rest = np.sort(block.reshape(-1)[::stride].astype(np.float64))
    edges: list[float] = []
    while levels > 1 and rest.size and rest[0] < rest[-1]:
        edge = rest[max(0, -(-rest.size // levels) - 1)]
        if edge == rest[-1]:
            edge = rest[np.searchsorted(rest, edge) - 1]
        edges.append(float(edge))
        rest = rest[np.searchsorted(rest, edge, side="right") :]
        levels -= 1
    return np.array(edges)
