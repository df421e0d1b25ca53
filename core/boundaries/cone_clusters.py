"""Light cones of real values, told apart by the nearest of a few typical ones.

Source: Rupe and others, DisCo: physics-based unsupervised discovery of coherent structures in
spatiotemporal systems (2019), with k-means for their density-based clustering.
"""

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError
from core.boundaries.k_means import k_means, nearest
from core.boundaries.light_cones import (
    Block,
    Cones,
    LightCones,
    cells_at,
    padded_block,
    require_block,
)
from core.progress import Progress

FEWEST, MOST = 2, 64
SAMPLE_NUMBERS = 2**20
"""Typical cones are sought among so many numbers at most."""

WORKED_ON = 2**19


def clustered_cones(
    block: Block,
    clusters: int,
    cones: LightCones,
    offsets: list[tuple[int, ...]],
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Cones:
    """Return which typical cone each cell's cone is nearest to.

    Parameters
    ----------
    block : float[T, W] or float[T, H, W]
    clusters : int
        How many typical cones are sought.
    """
    if not FEWEST <= clusters <= MOST:
        raise BoundaryError(f"Cones are put into {FEWEST} to {MOST} clusters, not {clusters}.")
    require_block(block, cones)
    if not np.isfinite(block).all():
        raise BoundaryError("The block has values that are no finite numbers.")
    padded, inside = padded_block(block.astype(np.float32), cones)
    shape = [part.stop - part.start for part in inside]
    count = int(np.prod(shape))
    rng = np.random.default_rng(seed)
    most = max(clusters, SAMPLE_NUMBERS // len(offsets))
    places = np.arange(count) if count <= most else np.sort(rng.choice(count, most, replace=False))
    means = k_means(cells_at(padded, inside, offsets, places), clusters, seed, progress)
    codes = np.empty(count, dtype=np.int64)
    step = max(1, WORKED_ON // len(offsets))
    for start in range(0, count, step):
        if progress is not None:
            progress.check()
        part = np.arange(start, min(start + step, count))
        codes[part] = nearest(cells_at(padded, inside, offsets, part), means)
    return _used(codes.reshape(shape), means)


def _used(codes: npt.NDArray[np.int64], means: npt.NDArray[np.float32]) -> Cones:
    """Return the cones without means that are nearest to none."""
    used, first, dense = np.unique(codes, return_index=True, return_inverse=True)
    typical = means[used]
    return Cones(dense.reshape(codes.shape).astype(np.int32), first, lambda chosen: typical[chosen])
