"""Life-like rules cell by cell with numpy, from the table of nine cells."""

import numpy as np


def step_table(cells, table):
    """Return the next generation on a torus; the upper-left neighbour is bit 8 of the index."""
    index = np.zeros(cells.shape, dtype=np.int64)
    for place in range(9):
        down, right = divmod(place, 3)
        seen = np.roll(cells, (1 - down, 1 - right), axis=(0, 1))
        index |= seen.astype(np.int64) << (8 - place)
    return table[index]


def step_plane(cells, table):
    """Return the next generation where all outside of the board is and stays dead."""
    return step_table(np.pad(cells, 1), table)[1:-1, 1:-1]


def run_unbounded(cells, table, steps):
    """Return what lives after some generations, with room of `steps` cells on each side."""
    cells = np.pad(cells, steps + 1)
    for _ in range(steps):
        cells = step_table(cells, table)
    return cells[1:-1, 1:-1]
