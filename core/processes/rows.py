"""Changes of one row of transition probabilities, all symbols and next states of one state.

A row is ``T[:, i, :]``; the functions return a new one and leave the given one alone.
"""

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.float64]


def with_entry(row: Row, x: int, j: int, probability: float, *, renormalise: bool) -> Row:
    """Return the row with one entry set; the others keep their proportions and fill up to 1.

    Where all others are 0 there is nothing to share the rest among, and the entry alone is set.
    """
    result = np.array(row)
    result[x, j] = 0.0
    others = result.sum()
    if renormalise and others != 0:
        result *= (1.0 - probability) / others
    result[x, j] = probability
    return result


def share_of_new_edge(row: Row) -> float:
    """Return the probability that one more edge gets: as much as each has on average."""
    return 1.0 / (np.count_nonzero(row) + 1) if row.any() else 1.0


def normalised(row: Row) -> Row:
    """Return the row divided by its sum; a row that sums to 0 stays as it is."""
    total = row.sum()
    return np.array(row / total if total != 0 else row)


def rows_normalised(T: Row, chosen: npt.NDArray[np.bool_]) -> Row:
    """Return the matrices ``T[k, n, n]`` with the rows of the `chosen` states normalised."""
    result = np.array(T)
    for i in np.flatnonzero(chosen):
        result[:, i, :] = normalised(T[:, i, :])
    return result
