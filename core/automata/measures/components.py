"""Connected pieces of a state, joined across the seam of a torus."""

from typing import Any

import numpy as np
import numpy.typing as npt

COMPONENT_THRESHOLD = 0.1
"""Cells of a field belong to a piece from this value on."""


def components(
    living: npt.NDArray[np.bool_], wraps: tuple[bool, bool] = (False, False)
) -> tuple[int, npt.NDArray[np.int64]]:
    """Return how many pieces there are and how many cells each has, the largest first.

    Cells are neighbours when they share a side or a corner.

    Parameters
    ----------
    living : bool[H, W]
    wraps : (bool, bool)
        Whether x and y go round.
    """
    labels, count = component_labels(living, wraps)
    if not count:
        return 0, np.zeros(0, dtype=np.int64)
    areas = np.bincount(labels.ravel())[1:]
    return count, np.sort(areas)[::-1].astype(np.int64)


def component_labels(
    living: npt.NDArray[np.bool_], wraps: tuple[bool, bool] = (False, False)
) -> tuple[npt.NDArray[Any], int]:
    """Return the number of each cell's piece, from 1, 0 where nothing lives; and the count."""
    from scipy.ndimage import label

    labels, count = label(living, structure=np.ones((3, 3), dtype=int))
    if count < 2 or not any(wraps):
        return labels, int(count)
    pairs = _pairs_across(labels, wraps)
    if not len(pairs):
        return labels, int(count)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(pairs), dtype=np.int8)
    joined = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count + 1, count + 1))
    _, piece = connected_components(joined, directed=False)
    _, piece = np.unique(piece, return_inverse=True)  # 0 stays alone, and first
    return piece[labels], int(piece.max())


def _pairs_across(labels: npt.NDArray[Any], wraps: tuple[bool, bool]) -> npt.NDArray[np.int64]:
    """Return the labels that meet across the seams, corners included, each pair once."""
    found = []
    sides = ((labels[:, -1], labels[:, 0], wraps[0], wraps[1]),
             (labels[-1], labels[0], wraps[1], wraps[0]))  # fmt: skip
    for one, other, is_joined, goes_round in sides:
        if not is_joined:
            continue
        for shift in (-1, 0, 1):
            moved = np.roll(other, shift)
            if not goes_round and shift:
                moved[0 if shift > 0 else -1] = 0
            both = (one > 0) & (moved > 0)
            found.append(np.stack([one[both], moved[both]], axis=1))
    return (
        np.unique(np.concatenate(found), axis=0).astype(np.int64)
        if found
        else np.zeros((0, 2), dtype=np.int64)
    )
