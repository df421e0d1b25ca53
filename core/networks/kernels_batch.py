"""Kernels of batch inference: messages over one clique tree for a block of cases at once.

All tables that differ from case to case have the case as their last axis, so that the innermost
loop runs over cases, and each clique cell is looked up once for the whole block.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]

START, CELLS, FIRST, HOMES, END = 0, 1, 2, 3, 4
"""Columns of `cliques`: first cell, number of cells; link to its own separator, then the links to
its children's separators; the first link to a variable at home in it; one past its last link."""

MAP, ROW, ROWS, OWNER = 0, 1, 2, 3
"""Columns of `links`: first entry in `maps`; first row and number of rows of the linked table; the
clique below that separator."""

FINE, IMPOSSIBLE, UNDERFLOW = 0, 1, 2
"""What becomes of a case. After UNDERFLOW its numbers are not to be trusted."""

FAINT = 1e-200
"""A largest entry of a message below this has lost too much of the range of doubles."""


@nb.njit(cache=True, nogil=True)
def load_cell(
    i: int, cell: int, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    up: Floats, likelihoods: Floats, product: Floats,
) -> None:  # fmt: skip
    """Write potential times likelihoods times messages from below of one cell, for every case."""
    product[:] = potentials[cliques[i, START] + cell]
    for k in range(cliques[i, FIRST] + 1, cliques[i, END]):
        row = links[k, ROW] + np.int64(maps[links[k, MAP] + cell])
        source = likelihoods[row] if k >= cliques[i, HOMES] else up[row]
        for case in range(product.size):
            product[case] *= source[case]


@nb.njit(cache=True, nogil=True)
def collect_cases(
    begin: int, end: int, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    likelihoods: Floats, up: Floats, scales: Floats, logs: Floats, status: Flags,
) -> None:  # fmt: skip
    """Send the messages of all cases from the leaves towards the roots, for a stretch of cliques.

    begin, end : the first clique and one past the last; later stretches come first
    cliques, links : int64, see the names of their columns; cliques above come first
    potentials : float64[cells]
    likelihoods : float64[states, cases]
    up : float64[separator rows, cases], 0 at first; scaled so that each largest entry is 1
    scales : float64[cliques, cases], what the largest entry was before
    logs : float64[cases], the sum of the logarithms of the scales
    status : uint8[cases], FINE at first
    """
    product = np.empty(logs.size)
    for i in range(end - 1, begin - 1, -1):
        own = cliques[i, FIRST]
        for cell in range(cliques[i, CELLS]):
            if potentials[cliques[i, START] + cell] == 0.0:
                continue
            load_cell(i, cell, cliques, links, maps, potentials, up, likelihoods, product)
            target = up[links[own, ROW] + np.int64(maps[links[own, MAP] + cell])]
            for case in range(product.size):
                target[case] += product[case]
        largest = scales[i]
        largest[:] = 0.0
        first, last = links[own, ROW], links[own, ROW] + links[own, ROWS]
        for row in range(first, last):
            for case in range(largest.size):
                largest[case] = max(largest[case], up[row, case])
        for case in range(largest.size):
            if largest[case] == 0.0:
                status[case] = max(status[case], np.uint8(IMPOSSIBLE))
                largest[case] = 1.0
            elif largest[case] < FAINT:
                status[case] = UNDERFLOW
            logs[case] += np.log(largest[case])
        for row in range(first, last):
            for case in range(largest.size):
                up[row, case] /= largest[case]


@nb.njit(cache=True, nogil=True)
def distribute_cases(
    begin: int, end: int, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    likelihoods: Floats, up: Floats, scales: Floats, down: Floats, marginals: Floats,
) -> None:  # fmt: skip
    """Send the messages back from the roots and read every variable, for a stretch of cliques.

    begin, end : the first clique and one past the last; earlier stretches come first
    up, scales : as `collect_cases` left them
    down : float64[separator rows, cases], 0 at first
    marginals : float64[states, cases], 0 at first; P(state | case) up to rounding of the sum
    """
    product = np.empty(scales.shape[1])
    for i in range(begin, end):
        own = cliques[i, FIRST]
        if links[own, OWNER] < 0:
            for case in range(product.size):
                down[links[own, ROW], case] = 1.0 / scales[i, case]
        for cell in range(cliques[i, CELLS]):
            if potentials[cliques[i, START] + cell] == 0.0:
                continue
            load_cell(i, cell, cliques, links, maps, potentials, up, likelihoods, product)
            source = down[links[own, ROW] + np.int64(maps[links[own, MAP] + cell])]
            for case in range(product.size):
                product[case] *= source[case]
            for k in range(own + 1, cliques[i, END]):
                row = links[k, ROW] + np.int64(maps[links[k, MAP] + cell])
                target = marginals[row] if k >= cliques[i, HOMES] else down[row]
                for case in range(product.size):
                    target[case] += product[case]
        for k in range(own + 1, cliques[i, HOMES]):
            below = scales[links[k, OWNER]]
            for row in range(links[k, ROW], links[k, ROW] + links[k, ROWS]):
                for case in range(product.size):
                    x = up[row, case]
                    down[row, case] = down[row, case] / x / below[case] if x > 0.0 else 0.0
