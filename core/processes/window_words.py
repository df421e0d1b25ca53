"""Words of last symbols whose beliefs can lie in a window, so that a zoom never runs out of detail.

After the word w every belief lies in the image of the simplex under w: the convex hull of the
normalised rows of T[w_1] ... T[w_m]. An older symbol in front makes the image smaller, so the words
whose images meet a small window are found by refining only those that still meet it. They part
the measure inside the window: mu(A) = sum_w of the mean over mu of p_w(eta) [g_w(eta) in A].
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.int32]

MOST_ENTRIES = 2**15
"""Words times states; images that are still large when it is reached stay as they are."""
MOST_SYMBOLS = 400
SMALL = 0.5
"""An image narrower than this part of the window is refined no more."""


@dataclass(frozen=True, eq=False)
class WindowWords:
    """Words to condition on, ready for the kernel.

    Attributes
    ----------
    words : tuple of tuple of int
        Oldest symbol first; no word ends in another, and together they hold all of the window.
        Empty where the whole set of beliefs is wanted.
    maps : float64[words, n, n]
        The product of T along each word, divided by its largest entry.
    state_mass : float64[n]
        The probability of the words from each state, divided by ``2**log2_scale``.
    threshold, alias : float64[n, words], int32[n, words]
        Walker's tables of the words given the state.
    log2_scale : float
    """

    words: tuple[tuple[int, ...], ...]
    maps: Floats
    state_mass: Floats
    threshold: Floats
    alias: Symbols
    log2_scale: float

    @property
    def highest(self) -> float:
        """The largest probability of the words from any state, in units of the scale."""
        return float(self.state_mass.max()) if self.words else 1.0

    @property
    def share(self) -> float:
        """What one kept point weighs beside one point of the whole measure."""
        return self.highest * float(2.0**self.log2_scale) if self.words else 1.0

    def codes(self, k: int, remembered: int) -> Symbols:
        """Return the code of the last `remembered` symbols of each word, newest symbol last.

        -1 where the word is shorter: then the belief's own symbols have to serve.
        """
        result = np.full(len(self.words), -1, np.int32)
        for w, word in enumerate(self.words):
            if len(word) >= remembered:
                result[w] = sum(
                    x * k**age for age, x in enumerate(reversed(word[len(word) - remembered :]))
                )
        return result


def whole(n: int) -> WindowWords:
    """Return the words of a window that shows everything: none."""
    return WindowWords(
        (), np.empty((0, n, n)), np.ones(n), np.empty((n, 0)), np.empty((n, 0), np.int32), 0.0
    )


def window_words(
    T: Floats, plane: Floats, size: tuple[int, int], *, at_least: int = 0
) -> WindowWords:
    """Return the words whose images meet a picture of `size` rows and columns.

    Parameters
    ----------
    T : float64[k, n, n]
    plane : float64[n, 2]
        Column and row of each state's vertex.
    at_least : int
        The shortest word wanted, for colours of the last symbols.
    """
    k, n, _ = T.shape
    height, width = size
    target = SMALL * (width if height == 1 else min(size))
    words: list[tuple[int, ...]] = [()]
    maps, logs = np.eye(n)[None], np.zeros(1)
    done_words: list[tuple[int, ...]] = []
    done_maps: list[Floats] = []
    done_logs: list[Floats] = []
    finished = 0
    for length in range(MOST_SYMBOLS):
        extents, meets = _images(maps, plane, size)
        is_small = (extents <= target) & (length >= at_least)
        for chosen in np.flatnonzero(meets & is_small):
            done_words.append(words[chosen])
        done_maps.append(maps[meets & is_small])
        done_logs.append(logs[meets & is_small])
        finished += int((meets & is_small).sum())
        left = np.flatnonzero(meets & ~is_small)
        words = [words[w] for w in left]
        maps, logs = maps[left], logs[left]
        if not len(left) or (finished + len(left) * k) * n > MOST_ENTRIES:
            break
        maps = np.einsum("xab,wbc->xwac", T, maps).reshape(-1, n, n)
        words = [(x, *word) for x in range(k) for word in words]
        logs = np.tile(logs, k)
        top = maps.max(axis=(1, 2))
        possible = np.flatnonzero(top > 0.0)
        words = [words[w] for w in possible]
        maps = maps[possible] / top[possible, None, None]
        logs = logs[possible] + np.log2(top[possible])
    all_words = (*done_words, *words)
    if all_words == ((),):
        return whole(n)
    return _prepared(
        all_words, np.concatenate([*done_maps, maps]), np.concatenate([*done_logs, logs])
    )


def _prepared(words: tuple[tuple[int, ...], ...], maps: Floats, logs: Floats) -> WindowWords:
    n = maps.shape[1]
    if not words:
        # Nothing can lie in the window: one impossible word keeps no belief.
        return WindowWords(
            ((),),
            np.zeros((1, n, n)),
            np.zeros(n),
            np.ones((n, 1)),
            np.zeros((n, 1), np.int32),
            0.0,
        )
    log2_scale = float(logs.max())
    mass = maps.sum(axis=2) * 2.0 ** (logs - log2_scale)[:, None]
    threshold, alias = np.empty((n, len(words))), np.empty((n, len(words)), np.int32)
    for i in range(n):
        threshold[i], alias[i] = alias_table(mass[:, i])
    return WindowWords(
        words, np.ascontiguousarray(maps), mass.sum(axis=0), threshold, alias, log2_scale
    )


def alias_table(weights: Floats) -> tuple[Floats, Symbols]:
    """Return Walker's tables: column w keeps w below its threshold and takes its alias above.

    Source: A. J. Walker, An efficient method for generating discrete random variables (1977).
    """
    size = len(weights)
    total = float(weights.sum())
    threshold, alias = np.ones(size), np.arange(size, dtype=np.int32)
    if total <= 0.0:
        return threshold, alias
    level = weights * (size / total)
    small = [w for w in range(size) if level[w] < 1.0]
    large = [w for w in range(size) if level[w] >= 1.0]
    while small and large:
        w, giver = small.pop(), large[-1]
        threshold[w], alias[w] = level[w], giver
        level[giver] -= 1.0 - level[w]
        if level[giver] < 1.0:
            small.append(large.pop())
    return threshold, alias


def _images(
    maps: Floats, plane: Floats, size: tuple[int, int]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return how wide the image of each word is, in pixels, and whether it meets the picture."""
    mass = maps.sum(axis=2)
    possible = mass > 0.0
    places = (maps @ plane) / np.where(possible, mass, 1.0)[:, :, None]
    low = np.where(possible[:, :, None], places, np.inf).min(axis=1)
    high = np.where(possible[:, :, None], places, -np.inf).max(axis=1)
    height, width = size
    slack = 1e-9 * max(width, height)
    if height == 1:
        meets = (low[:, 0] <= width + slack) & (high[:, 0] >= -slack)
        return high[:, 0] - low[:, 0], meets
    corners = np.array([[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]])
    meets = np.all((low <= np.array([width, height]) + slack) & (high >= -slack), axis=1)
    n = plane.shape[0]
    if n <= 6:
        # Thin images lie across the corners of their boxes: try the normals of all edges too.
        for a in range(n):
            for b in range(a + 1, n):
                along = places[:, b] - places[:, a]
                normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
                own = np.einsum("wij,wj->wi", places, normal)
                own_low = np.where(possible, own, np.inf).min(axis=1)
                own_high = np.where(possible, own, -np.inf).max(axis=1)
                theirs = normal @ corners.T
                room = slack * np.abs(normal).sum(axis=1)
                apart = (own_low > theirs.max(axis=1) + room) | (
                    own_high < theirs.min(axis=1) - room
                )
                meets &= ~(apart & possible[:, a] & possible[:, b])
    return np.max(high - low, axis=1), meets
