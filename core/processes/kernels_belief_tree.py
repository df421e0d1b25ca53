"""Kernels of the tree of words: all beliefs of one length from those one symbol shorter.

Every array over nodes has the node as its last axis, so that the inner loops run over neighbours in
memory and the compiler does several nodes at once.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def expand_all(
    T: Floats, beliefs: Floats, weights: Floats, start: int, stop: int,
    out: Floats, out_weights: Floats,
) -> None:  # fmt: skip
    """Write the children of the nodes from `start` to `stop`, all of which are possible.

    T : float64[k, n, n]
    beliefs, weights : float64[n, m], float64[m], the level above
    out, out_weights : float64[n, k * m], float64[k * m]; the child by symbol x of node w is at
        x * m + w
    """
    k, n = T.shape[0], T.shape[1]
    m = weights.size
    for x in range(k):
        base = x * m
        if n == 2:
            _child_2(T[x], beliefs, weights, start, stop, base, out, out_weights)
        elif n == 3:
            _child_3(T[x], beliefs, weights, start, stop, base, out, out_weights)
        else:
            for w in range(start, stop):
                total = 0.0
                for j in range(n):
                    mass = 0.0
                    for i in range(n):
                        mass += beliefs[i, w] * T[x, i, j]
                    out[j, base + w] = mass
                    total += mass
                scale = 1.0 / total if total > 0.0 else 0.0
                for j in range(n):
                    out[j, base + w] *= scale
                out_weights[base + w] = weights[w] * total


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _child_2(
    M: Floats, beliefs: Floats, weights: Floats, start: int, stop: int, base: int,
    out: Floats, out_weights: Floats,
) -> None:  # fmt: skip
    from_0, from_1, to_0, to_1 = beliefs[0], beliefs[1], out[0, base:], out[1, base:]
    weight_to = out_weights[base:]
    m00, m01, m10, m11 = M[0, 0], M[0, 1], M[1, 0], M[1, 1]
    for w in range(start, stop):
        a = from_0[w] * m00 + from_1[w] * m10
        b = from_0[w] * m01 + from_1[w] * m11
        total = a + b
        scale = 1.0 / max(total, 1e-300)
        to_0[w], to_1[w] = a * scale, b * scale
        weight_to[w] = weights[w] * total


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _child_3(
    M: Floats, beliefs: Floats, weights: Floats, start: int, stop: int, base: int,
    out: Floats, out_weights: Floats,
) -> None:  # fmt: skip
    from_0, from_1, from_2 = beliefs[0], beliefs[1], beliefs[2]
    to_0, to_1, to_2 = out[0, base:], out[1, base:], out[2, base:]
    weight_to = out_weights[base:]
    m00, m01, m02 = M[0, 0], M[0, 1], M[0, 2]
    m10, m11, m12 = M[1, 0], M[1, 1], M[1, 2]
    m20, m21, m22 = M[2, 0], M[2, 1], M[2, 2]
    for w in range(start, stop):
        e, f, g = from_0[w], from_1[w], from_2[w]
        a = e * m00 + f * m10 + g * m20
        b = e * m01 + f * m11 + g * m21
        c = e * m02 + f * m12 + g * m22
        total = a + b + c
        scale = 1.0 / max(total, 1e-300)
        to_0[w], to_1[w], to_2[w] = a * scale, b * scale, c * scale
        weight_to[w] = weights[w] * total


@nb.njit(cache=True, nogil=True)
def expand_possible(
    T: Floats, beliefs: Floats, weights: Floats, codes: Codes, above: int, least: float,
    start: int, stop: int, found: int, out: Floats, out_weights: Floats, out_codes: Codes,
) -> int:  # fmt: skip
    """Append the children of the nodes from `start` to `stop` that weigh more than `least`.

    codes : int64[m], the place of each node among all words of its length; above : their number
    found : nodes that `out` holds already; returns how many it holds now
    out, out_weights, out_codes : float64[n, r], float64[r], int64[r], with room for all children
    """
    k, n = T.shape[0], T.shape[1]
    for w in range(start, stop):
        for x in range(k):
            total = 0.0
            for j in range(n):
                mass = 0.0
                for i in range(n):
                    mass += beliefs[i, w] * T[x, i, j]
                out[j, found] = mass
                total += mass
            if weights[w] * total > least and total > 0.0:
                for j in range(n):
                    out[j, found] /= total
                out_weights[found] = weights[w] * total
                out_codes[found] = x * above + codes[w]
                found += 1
    return found


@nb.njit(cache=True, nogil=True)
def weigh_pixels(beliefs: Floats, weights: Floats, plane: Floats, masses: Floats) -> None:
    """Add the weight of each node to the pixel its belief lies in.

    beliefs, weights : float64[n, m], float64[m]
    plane : float64[n, 2], column and row of each state's vertex, in pixels
    masses : float64[height, width]; changed
    """
    n, m = beliefs.shape
    height, width = masses.shape
    for w in range(m):
        x, y = 0.0, 0.0
        for i in range(n):
            x += beliefs[i, w] * plane[i, 0]
            y += beliefs[i, w] * plane[i, 1]
        column, row = int(np.floor(x)), int(np.floor(y))
        if 0 <= column < width and 0 <= row < height:
            masses[row, column] += weights[w]
