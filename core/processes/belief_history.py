"""The history of a belief: a word that leads to it, and the beliefs on the way.

After the word w every belief lies in the image of the simplex under w, and an older symbol in front
makes the image smaller. So the words that lead to a place are found backwards, following only
images that hold the place.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection
from core.processes.stationary import stationary_distribution
from core.processes.word import advanced, start_belief, word_indices
from core.progress import Progress

Floats = npt.NDArray[np.float64]

LONGEST = 400
MOST_TRIED = 4000
"""Words looked at before the search is given up."""
MOST_CORNERS = 16
"""Images of larger processes are only compared by the boxes around them."""


@dataclass(frozen=True, eq=False)
class BeliefHistory:
    """How an observer came to believe something.

    Attributes
    ----------
    word : tuple of str
        What was seen, oldest symbol first.
    beliefs : float64[length + 1, n]
        Before the first symbol and after each.
    log2_probability : float
        Of the word.
    """

    word: tuple[str, ...]
    beliefs: Floats
    log2_probability: float

    @property
    def belief(self) -> Floats:
        """What is believed in the end."""
        last: Floats = self.beliefs[-1]
        return last


def history_of(model: HiddenMarkovModel, word: Sequence[str]) -> BeliefHistory:
    """Return the beliefs along a word, from the stationary distribution on."""
    beliefs = [start_belief(model, None)]
    log2_probability = 0.0
    for x in word_indices(model, word):
        eta, p = advanced(model, beliefs[-1], x)
        if p <= 0.0:
            log2_probability = -np.inf
            break
        beliefs.append(eta)
        log2_probability += float(np.log2(p))
    return BeliefHistory(tuple(word), np.array(beliefs), log2_probability)


def history_to(
    model: HiddenMarkovModel,
    projection: Projection,
    place: tuple[float, float],
    radius: float,
    progress: Progress | None = None,
) -> BeliefHistory | None:
    """Return the history of a belief within `radius` of a place, None where none was found.

    The nearest images are followed first, so it is one word of many, not the most probable.
    """
    pi = stationary_distribution(model)
    at = np.array(place)
    waiting: list[tuple[float, int, tuple[int, ...], Floats]] = []
    tried = 0
    heapq.heappush(waiting, (0.0, tried, (), np.eye(model.n)))
    while waiting and tried < MOST_TRIED:
        _, _, word, matrix = heapq.heappop(waiting)
        if progress is not None:
            progress.check()
        for x in range(model.k):
            longer = model.T[x] @ matrix
            top = float(np.abs(longer).max())
            tried += 1
            if top <= 0.0:
                continue
            longer = longer / top
            rows = longer.sum(axis=1)
            corners = projection.positions(longer[rows > 0.0] / rows[rows > 0.0, None])
            if _is_apart(corners, at, radius):
                continue
            now = pi @ longer
            mass = float(now.sum())
            if mass <= 0.0:
                continue
            off = float(np.hypot(*(projection.positions(now / mass) - at)))
            if off <= radius:
                return history_of(model, [model.alphabet[y] for y in (x, *word)])
            if len(word) + 1 < LONGEST:
                heapq.heappush(waiting, (off, tried, (x, *word), longer))
    return None


def _is_apart(corners: Floats, at: Floats, radius: float) -> bool:
    """Return whether a place is farther than `radius` from a polygon, by lines that part them."""
    offset = corners - at
    if ((offset > radius).all(axis=0) | (offset < -radius).all(axis=0)).any():
        return True
    if len(corners) > MOST_CORNERS or (np.hypot(offset[:, 0], offset[:, 1]) <= radius).any():
        return False
    # A line parts them if all corners lie beyond it, seen from the place, at right angles to one
    # of the sides or towards one of the corners.
    sides = (corners[:, None] - corners[None]).reshape(-1, 2)
    normals = np.concatenate([np.stack([-sides[:, 1], sides[:, 0]], axis=1), offset])
    size = np.hypot(normals[:, 0], normals[:, 1])
    normals = normals[size > 0.0] / size[size > 0.0, None]
    reach = normals @ offset.T
    return bool(((reach > radius).all(axis=1) | (reach < -radius).all(axis=1)).any())
