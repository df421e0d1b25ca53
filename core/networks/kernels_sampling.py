"""Kernels of sampling: cases drawn from a Bayes net, parents before children."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
States = npt.NDArray[np.int32]


@nb.njit(cache=True, nogil=True)
def draw_cases(
    order: Integers, nodes: Integers, parents: Integers, strides: Integers, ladders: Floats,
    uniforms: Floats, states: States,
) -> None:  # fmt: skip
    """Write one case into each row of `states`.

    order : int64[n], the nodes, parents first
    nodes : int64[n, 4], number of states; first entry and one past the last in `parents` and
        `strides`; first cell in `ladders`
    parents, strides : int64[...], the parents of each node and the cells between their states
    ladders : float64[...], the cumulative sums of every column, inf from the last possible state on
    uniforms : float64[cases, n], in [0, 1); the k-th of a row is for the k-th node of `order`
    states : int32[cases, n]
    """
    for case in range(states.shape[0]):
        for k in range(order.size):
            v = order[k]
            cell = nodes[v, 3]
            for j in range(nodes[v, 1], nodes[v, 2]):
                cell += strides[j] * states[case, parents[j]]
            u, state = uniforms[case, k], 0
            while u >= ladders[cell + state]:
                state += 1
            states[case, v] = state
