"""What one cell tells about another, as a function of their distance; in bits."""

import numpy as np
import numpy.typing as npt

from core.automata.measures.entropies import Symbols, entropy_of_counts
from core.progress import Progress


def mutual_information(
    symbols: Symbols,
    longest: int = 32,
    wraps: tuple[bool, bool] = (True, True),
    progress: Progress | None = None,
) -> npt.NDArray[np.float64]:
    """Return I(r) for the distances 0 to `longest` along rows and columns, float64[longest + 1].

    Pairs along x and along y are counted together. The expected excess of a finite sample,
    ``(a - 1)^2 / (2 n ln 2)`` for n pairs of a symbols, is taken off; so noise gives about 0, and
    values may be a little below it. Source: Li, Mutual information functions versus correlation
    functions (1990); Miller, Note on the bias of information estimates (1955).
    """
    names, small = np.unique(symbols, return_inverse=True)
    small, count = small.reshape(symbols.shape), len(names)
    found = np.full(longest + 1, np.nan)
    for distance in range(longest + 1):
        if progress is not None:
            progress.report(distance / (longest + 1), f"Distance {distance}")
        table = np.zeros(count * count)
        for axis, goes_round in ((1, wraps[0]), (0, wraps[1])):
            side = int(small.shape[axis])
            if side == 1 or (distance >= side and not goes_round):
                continue
            if goes_round:
                one, other = small, np.roll(small, -distance, axis=axis)
            else:
                one = np.take(small, np.arange(side - distance), axis=axis)
                other = np.take(small, np.arange(distance, side), axis=axis)
            table += np.bincount((one * count + other).ravel(), minlength=count * count)
        pairs = table.sum()
        if not pairs:
            continue
        joint = table.reshape(count, count)
        excess = (count - 1) ** 2 / (2 * pairs * np.log(2)) if distance else 0.0
        found[distance] = (
            entropy_of_counts(joint.sum(axis=0))
            + entropy_of_counts(joint.sum(axis=1))
            - entropy_of_counts(table)
            - excess
        )
    return found
