"""Kernels that read and write the cells of HashLife's nodes; see `kernels_hash_life`."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_hash_life import entry, find, find_leaf, leaf_cells

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]

ONE = np.uint64(1)


@nb.njit(cache=True, nogil=True)
def reach(nodes: Numbers, root: int, level: int, numbers: Numbers, order: Numbers) -> int:
    """List what can be reached from a node, children first, and return how many they are.

    numbers : int32[nodes], zeros; the place in the list from 1 on is written
    order : int32[nodes], the list, written from 1 on
    """
    stack = np.empty((level + 1, 2), np.int64)
    depth, count = 0, 0
    if root != 0:
        stack[0, 0], stack[0, 1] = root, 0
        depth = 1
    while depth > 0:
        node, child = stack[depth - 1, 0], stack[depth - 1, 1]
        at = node << 3
        if nodes[at + 2] != -1 and child < 4:
            stack[depth - 1, 1] += 1
            below = entry(nodes, at + child)
            if below != 0 and numbers[below] == 0:
                stack[depth, 0], stack[depth, 1] = below, 0
                depth += 1
            continue
        depth -= 1
        if numbers[node] == 0:
            count += 1
            numbers[node] = count
            order[count] = node
    return count


@nb.njit(cache=True, nogil=True)
def write_tree(
    nodes: Numbers,
    numbers: Numbers,
    order: Numbers,
    levels: npt.NDArray[np.int8],
    children: Integers,
    leaves: Words,
) -> None:
    """Write nodes in the order of `reach` as the arrays of a `Quadtree`, line 0 left empty."""
    for i in range(1, levels.size):
        node = entry(order, i)
        at = node << 3
        if nodes[at + 2] == -1:
            levels[i] = 3
            leaves[i] = leaf_cells(nodes, node)
            continue
        for child in range(4):
            below = numbers[nodes[at + child]]
            children[i, child] = below
            if below != 0:
                levels[i] = levels[below] + 1


@nb.njit(cache=True, nogil=True)
def read_tree(
    nodes: Numbers,
    table: Numbers,
    state: Integers,
    levels: npt.NDArray[np.int8],
    children: Integers,
    leaves: Words,
    numbers: Integers,
) -> None:
    """Make the nodes of a `Quadtree`, for which there must be room.

    numbers : int64[n], the node of each line, written
    """
    for i in range(1, levels.size):
        if levels[i] == 3:
            numbers[i] = find_leaf(nodes, table, state, leaves[i])
        else:
            a, b = numbers[children[i, 0]], numbers[children[i, 1]]
            c, d = numbers[children[i, 2]], numbers[children[i, 3]]
            numbers[i] = find(nodes, table, state, a, b, c, d)


@nb.njit(cache=True, nogil=True)
def quadrant(x: int, y: int, level: int, top: int) -> int:
    """Return which child of a node of that level the cell (x, y) lies in.

    The root, of the level `top`, has (0, 0) at the upper left of its south-east child.
    """
    if level == top:
        return (1 if x >= 0 else 0) + (2 if y >= 0 else 0)
    bit = min(level - 1, 62)
    return ((x >> bit) & 1) + 2 * ((y >> bit) & 1)


@nb.njit(cache=True, nogil=True)
def leaf_at(nodes: Numbers, root: int, level: int, x: int, y: int) -> np.uint64:
    """Return the cells of the leaf with the cell (x, y), which must lie in the root."""
    node = root
    for k in range(level, 3, -1):
        node = entry(nodes, (node << 3) + quadrant(x, y, k, level))
    return leaf_cells(nodes, node)


@nb.njit(cache=True, nogil=True)
def with_leaf(
    nodes: Numbers,
    table: Numbers,
    state: Integers,
    root: int,
    level: int,
    x: int,
    y: int,
    cells: np.uint64,
) -> int:
    """Return the root with other cells in the leaf with the cell (x, y)."""
    path = np.empty(level + 1, np.int64)
    node = root
    for k in range(level, 3, -1):
        path[k] = node
        node = entry(nodes, (node << 3) + quadrant(x, y, k, level))
    node = find_leaf(nodes, table, state, cells)
    for k in range(4, level + 1):
        at = path[k] << 3
        q = quadrant(x, y, k, level)
        a = node if q == 0 else entry(nodes, at)
        b = node if q == 1 else entry(nodes, at + 1)
        c = node if q == 2 else entry(nodes, at + 2)
        d = node if q == 3 else entry(nodes, at + 3)
        node = find(nodes, table, state, a, b, c, d)
    return node


@nb.njit(cache=True, nogil=True)
def read_leaves(nodes: Numbers, root: int, level: int, x: int, y: int, leaves: Words) -> None:
    """Write the leaves of a rectangle, uint64[rows, columns]; its upper-left cell is (x, y)."""
    for row in range(leaves.shape[0]):
        for column in range(leaves.shape[1]):
            leaves[row, column] = leaf_at(nodes, root, level, x + 8 * column, y + 8 * row)


@nb.njit(cache=True, nogil=True)
def write_leaves(
    nodes: Numbers,
    table: Numbers,
    state: Integers,
    root: int,
    level: int,
    x: int,
    y: int,
    leaves: Words,
) -> int:
    """Return the root with a rectangle of other leaves; there must be room for new nodes."""
    for row in range(leaves.shape[0]):
        for column in range(leaves.shape[1]):
            left, top = x + 8 * column, y + 8 * row
            if leaf_at(nodes, root, level, left, top) != leaves[row, column]:
                root = with_leaf(nodes, table, state, root, level, left, top, leaves[row, column])
    return root


@nb.njit(cache=True, nogil=True)
def draw_node(
    nodes: Numbers, root: int, level: int, left: int, top: int, shrink: int, frame: Bytes
) -> None:
    """Write 1 for each pixel with a living cell of a node.

    left, top : where the node's upper-left cell is, in cells from the frame's
    shrink : cells per pixel. Squares down to a quarter of a pixel are looked into where they lie
        across an edge of it; smaller ones count for the pixel of their middle.
    frame : uint8[height, width], pixels without life are left as they are
    """
    height, width = frame.shape[0] * shrink, frame.shape[1] * shrink
    stack = np.empty((4 * level + 4, 4), np.int64)
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = root, level, left, top
    depth = 1
    while depth > 0:
        depth -= 1
        node, k, x, y = stack[depth, 0], stack[depth, 1], stack[depth, 2], stack[depth, 3]
        side = np.int64(1) << k
        if node == 0 or x >= width or y >= height or x + side <= 0 or y + side <= 0:
            continue
        if side <= shrink:
            up, down = max(y // shrink, 0), min((y + side - 1) // shrink, frame.shape[0] - 1)
            first, last = max(x // shrink, 0), min((x + side - 1) // shrink, frame.shape[1] - 1)
            if frame[up, first] & frame[up, last] & frame[down, first] & frame[down, last]:
                continue  # whatever lives in it, every pixel that it meets is set already
            if side * 4 <= shrink or (
                y // shrink == (y + side - 1) // shrink and x // shrink == (x + side - 1) // shrink
            ):
                i, j = (y + side // 2) // shrink, (x + side // 2) // shrink
                if 0 <= i < frame.shape[0] and 0 <= j < frame.shape[1]:
                    frame[i, j] = 1
                continue
        if k == 3:
            cells = leaf_cells(nodes, node)
            for row in range(max(-y, 0), min(height - y, 8)):
                line_of_cells = (cells >> np.uint64(8 * row)) & np.uint64(255)
                if line_of_cells:
                    i = (y + row) // shrink
                    for column in range(max(-x, 0), min(width - x, 8)):
                        if (line_of_cells >> np.uint64(column)) & ONE:
                            frame[i, (x + column) // shrink] = 1
            continue
        half = side // 2
        for child in range(4):
            line = stack[depth]
            line[0], line[1] = entry(nodes, (node << 3) + child), k - 1
            line[2], line[3] = x + half * (child % 2), y + half * (child // 2)
            depth += 1
