"""Layout of undirected graphs: distances on the sheet follow distances in the graph.

Each connected part starts from classical scaling of its distances to a few pivots and then takes
steps of majorisation; what still overlaps is pushed apart. The same graph always gets the same
picture.

Sources: U. Brandes and C. Pich, Eigensolver methods for progressive multidimensional scaling of
large data (2006); E. Gansner, Y. Koren and S. North, Graph drawing by stress majorization (2004).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.canvas.packing import packed

Position = tuple[float, float]
Size = tuple[float, float]
Floats = npt.NDArray[np.float64]

PIVOTS = 60
MOST_TO_MAJORISE = 2_500
"""Larger parts keep their first picture: majorisation looks at all pairs of nodes."""

WORK = 50_000_000
LEAST_STEPS, MOST_STEPS = 12, 80
"""Pairs looked at in majorisation, and bounds of the steps it takes."""

PUSHES = 80
REVIEW = 8
"""Rounds of pushing overlapping nodes apart; every so often the close pairs are found anew."""

NEAR = 60.0
"""Pairs less than this apart are watched between two reviews, in canvas units."""

SPACING = (36.0, 30.0)
"""Least gaps beside and above nodes, in canvas units."""


def stress_positions(
    names: Sequence[str],
    edges: Iterable[tuple[str, str]],
    sizes: Mapping[str, Size],
    *,
    unit: Position,
) -> dict[str, Position]:
    """Return the centre of every node; parts that are not connected stand side by side.

    Parameters
    ----------
    unit : (float, float)
        How far apart neighbours should be that stand beside, and above each other.
    """
    index = {name: i for i, name in enumerate(names)}
    neighbours: list[list[int]] = [[] for _ in names]
    for a, b in dict.fromkeys((index[a], index[b]) for a, b in edges if a != b):
        neighbours[a].append(b)
        neighbours[b].append(a)
    extents = [sizes[name] for name in names]
    blocks = []
    for part in _parts(neighbours):
        number = {node: i for i, node in enumerate(part)}
        inside = [[number[other] for other in neighbours[node]] for node in part]
        boxes = np.array([extents[node] for node in part]) + np.array(SPACING)
        places = _apart(_part_positions(inside) * np.array(unit), boxes)
        blocks.append(
            {node: (float(x), float(y)) for node, (x, y) in zip(part, places, strict=True)}
        )
    placed = packed(blocks, extents, SPACING)
    return {name: placed[i] for i, name in enumerate(names)}


def _parts(neighbours: Sequence[Sequence[int]]) -> list[list[int]]:
    seen = [False] * len(neighbours)
    parts = []
    for start in range(len(neighbours)):
        if seen[start]:
            continue
        seen[start] = True
        part = [start]
        for node in part:
            for other in neighbours[node]:
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        parts.append(sorted(part))
    return parts


def _distances(neighbours: Sequence[Sequence[int]], start: int) -> Floats:
    result = np.full(len(neighbours), -1.0)
    result[start] = 0.0
    frontier = [start]
    for node in frontier:
        for other in neighbours[node]:
            if result[other] < 0:
                result[other] = result[node] + 1.0
                frontier.append(other)
    return result


def _all_distances(neighbours: Sequence[Sequence[int]]) -> Floats:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import shortest_path

    ends = np.array([(a, b) for a, others in enumerate(neighbours) for b in others])
    shape = (len(neighbours), len(neighbours))
    joined = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape)
    return np.asarray(shortest_path(joined, unweighted=True, directed=False))


def _part_positions(neighbours: Sequence[Sequence[int]]) -> Floats:
    """Return places of a connected part in which neighbours are about 1 apart."""
    count = len(neighbours)
    if count == 1:
        return np.zeros((1, 2))
    is_small = count <= MOST_TO_MAJORISE
    if is_small:
        far = _all_distances(neighbours)
        first = _scaled(far[:, _spread_pivots(far)])
    else:
        first = _scaled(_pivot_distances(neighbours).T)
    places = _majorised(first, far) if is_small else first
    return _turned(places)


def _spread_pivots(far: Floats) -> list[int]:
    pivots = [0]
    nearest = far[0].copy()
    while len(pivots) < min(PIVOTS, len(far)):
        pivots.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, far[pivots[-1]])
    return pivots


def _pivot_distances(neighbours: Sequence[Sequence[int]]) -> Floats:
    rows = [_distances(neighbours, 0)]
    nearest = rows[0].copy()
    while len(rows) < PIVOTS:
        rows.append(_distances(neighbours, int(nearest.argmax())))
        nearest = np.minimum(nearest, rows[-1])
    return np.array(rows)


def _scaled(far: Floats) -> Floats:
    """Return places by classical scaling of float64[nodes, pivots] distances."""
    squared = far**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    _, values, directions = np.linalg.svd(centred.T @ centred)
    places = centred @ directions[:2].T
    if places.shape[1] < 2:
        places = np.column_stack([places, np.zeros(len(places))])
    spread = np.sqrt((places**2).mean(axis=0))
    wanted = np.sqrt((far**2).mean()) / 2
    places = places / np.where(spread > 1e-9 * (1 + values[0]), spread, np.inf)
    # nodes alike in all distances would stay on one spot
    jitter = np.random.default_rng(1).normal(scale=0.05, size=places.shape)
    return (places + jitter) * wanted


def _majorised(places: Floats, far: Floats) -> Floats:
    """Return places of less stress: each node goes where its distances to all others want it."""
    count = len(places)
    steps = int(min(MOST_STEPS, max(LEAST_STEPS, WORK // count**2)))
    weights = np.where(far > 0, 1.0 / np.maximum(far, 1.0) ** 2, 0.0).astype(np.float32)
    pull = weights * far.astype(np.float32)
    total = weights.sum(axis=1, dtype=np.float64)[:, None]
    for step in range(steps):
        x, y = places.astype(np.float32).T
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        scale = np.hypot(dx, dy)
        np.maximum(scale, 1e-6, out=scale)
        np.divide(pull, scale, out=scale)
        pushed = np.stack([np.einsum("ij,ij->i", scale, each) for each in (dx, dy)], axis=1)
        wanted = (weights @ places.astype(np.float32) + pushed) / total
        places = places + (wanted - places) * (0.9 if step < steps // 2 else 0.6)
    return places


def _turned(places: Floats) -> Floats:
    """Return the places with their longest side lying, so that they suit a window."""
    centred = places - places.mean(axis=0)
    _, _, directions = np.linalg.svd(centred.T @ centred)
    turned = centred @ directions.T
    # the first node stands above and on the left, whatever signs the solver chose
    signs = np.where(turned[0] > 0, -1.0, 1.0)
    return np.asarray(turned * signs)


def _apart(places: Floats, boxes: Floats) -> Floats:
    """Return the places with boxes that overlap pushed apart along their shallower side."""
    count = len(places)
    if count > MOST_TO_MAJORISE:
        return places
    for turn in range(PUSHES):
        if turn % REVIEW == 0:
            first, second = _close_pairs(places, boxes)
            half = (boxes[first] + boxes[second]) / 2
        away = places[first] - places[second]
        missing = half - np.abs(away)
        hit = np.flatnonzero((missing > 0.5).all(axis=1))
        if not hit.size:
            break
        axis = missing[hit].argmin(axis=1)
        side = np.where(away[hit, axis] >= 0, 0.5, -0.5) * missing[hit, axis]
        step, met = np.zeros((count, 2)), np.zeros(count)
        for ends, sign in ((first[hit], 1.0), (second[hit], -1.0)):
            np.add.at(step, (ends, axis), sign * side)
            np.add.at(met, ends, 1)
        places = places + step / np.maximum(np.sqrt(met), 1.0)[:, None]
    return places


def _close_pairs(places: Floats, boxes: Floats) -> tuple[npt.NDArray[np.int64], ...]:
    """Return the pairs of boxes that overlap or soon may."""
    first, second = [], []
    reach = (boxes + boxes.max(axis=0)) / 2 + NEAR
    for i in range(len(places) - 1):
        near = (np.abs(places[i + 1 :] - places[i]) < reach[i]).all(axis=1)
        found = np.flatnonzero(near) + i + 1
        first.append(np.full(found.size, i))
        second.append(found)
    if not first:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(first), np.concatenate(second)
