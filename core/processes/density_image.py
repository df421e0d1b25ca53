"""A density of beliefs as a picture: red, green, blue and opacity for each pixel.

Every mode shows the logarithm of the density as strength, as densities of fractals range over many
powers of ten; what differs is the hue. Where position fixes the belief, on the interval and the
triangle, colours come from the place of the pixel and nothing has to be added up.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.colours import Colouring, by_last_symbols, by_next_symbol, by_state
from core.processes.density import BeliefDensity
from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection, Window
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Image = npt.NDArray[np.uint8]

COLOURS = ("state", "next-symbol", "last-symbols", "density", "plain")

FAINTEST = 0.35
"""Strength of a pixel with a single point, so that none is lost on the paper."""
BRIGHTEST_PERCENTILE = 99.9
"""Pixels above it have full strength: one crowded pixel does not darken all others."""

VIRIDIS = np.array(
    [
        [0.267, 0.005, 0.329], [0.283, 0.141, 0.458], [0.254, 0.265, 0.530],
        [0.207, 0.372, 0.553], [0.164, 0.471, 0.558], [0.128, 0.567, 0.551],
        [0.135, 0.659, 0.518], [0.267, 0.749, 0.441], [0.478, 0.821, 0.318],
        [0.741, 0.873, 0.150], [0.993, 0.906, 0.144],
    ]
)  # fmt: skip
"""Every tenth colour of the map of S. van der Walt and N. Smith (2015)."""


@dataclass(frozen=True)
class Theme:
    """The colour of the paper and of plain points, red, green and blue between 0 and 1."""

    paper: tuple[float, float, float]
    ink: tuple[float, float, float]

    @property
    def is_dark(self) -> bool:
        """Whether points shine on a dark ground."""
        return sum(self.paper) < 1.5


LIGHT = Theme((1.0, 1.0, 1.0), (0.08, 0.12, 0.25))
DARK = Theme((0.07, 0.08, 0.10), (0.88, 0.92, 1.0))


def colouring_for(
    model: HiddenMarkovModel, colour: str, *, remembered: int = 1
) -> Colouring | None:
    """Return the colouring of a mode, None for the modes that need no hue.

    Raises
    ------
    ProcessError
        For a mode that does not exist; the sentence lists those that do.
    """
    if colour not in COLOURS:
        raise ProcessError(f"There is no colouring {colour!r}; choose one of {', '.join(COLOURS)}.")
    if colour == "state":
        return by_state(model.n)
    if colour == "next-symbol":
        return by_next_symbol(model)
    if colour == "last-symbols":
        return by_last_symbols(model, remembered)
    return None


def needs_sums(colouring: Colouring | None, projection: Projection) -> bool:
    """Return whether colours have to be added up while points are drawn."""
    if colouring is None:
        return False
    return colouring.remembered > 0 or _barycentric_map(projection) is None


def picture(
    model: HiddenMarkovModel,
    points: int,
    *,
    colour: str = "state",
    size: int = 1024,
    projection: Projection | None = None,
    window: Window | None = None,
    theme: Theme = LIGHT,
    seed: int = 0,
    threads: int = 1,
    progress: Progress | None = None,
) -> Image:
    """Return the picture of the beliefs of a process, uint8[size, size, 4], row 0 at the top."""
    from core.processes.projection import natural_projection

    colouring = colouring_for(model, colour)
    if projection is None and not model.is_generalized:
        projection = natural_projection(model.n)
    density = BeliefDensity(
        model,
        size=size,
        projection=projection,
        window=window,
        colouring=colouring if projection and needs_sums(colouring, projection) else None,
        seed=seed,
    )
    density.add(points, progress, threads=threads)
    return density_image(density, colour, colouring, theme)


def density_image(
    density: BeliefDensity,
    colour: str,
    colouring: Colouring | None = None,
    theme: Theme = LIGHT,
    *,
    is_opaque: bool = True,
) -> Image:
    """Return the picture of a density, uint8[size, size, 4]; an interval becomes a histogram.

    Parameters
    ----------
    colouring : Colouring, optional
        The hues of the modes by state, next symbol and last symbols.
    is_opaque : bool
        Lay the points on the theme's paper; otherwise strength becomes opacity.
    """
    at = np.nonzero(density.counts)  # fractals leave most pixels empty
    strength = log_strength(density.counts[at])
    hue = _hues(density, at, colour, colouring, strength, theme)
    # The map of densities spans the whole range by itself; other hues fade into the paper.
    cover = np.ones_like(strength) if colour == "density" else strength
    paper = np.array(theme.paper)
    mixed = paper + cover[:, None] * (hue - paper) if is_opaque else hue
    inked = np.empty((len(strength), 4), np.uint8)
    inked[:, :3] = np.round(255.0 * np.clip(mixed, 0.0, 1.0))
    inked[:, 3] = 255 if is_opaque else np.round(255.0 * strength)
    blank = np.zeros(4, np.uint8)
    if is_opaque:
        blank[:3], blank[3] = np.round(255.0 * paper), 255
    if density.shape[0] == 1:
        return _bars(density.shape[1], at[1], strength, inked, blank)
    picture = np.empty((*density.shape, 4), np.uint8)
    picture[:] = blank
    picture[at] = inked
    return picture


def log_strength(counts: npt.NDArray[np.uint32]) -> Floats:
    """Return the logarithm of the counts between 0, for none, and 1, float64 of the same shape."""
    occupied = counts[counts > 0]
    if occupied.size == 0:
        return np.zeros(counts.shape)
    top = float(np.percentile(occupied, BRIGHTEST_PERCENTILE))
    share = np.minimum(np.log1p(counts) / np.log1p(max(top, 1.0)), 1.0)
    strength: Floats = np.where(counts > 0, FAINTEST + (1.0 - FAINTEST) * share, 0.0)
    return strength


def _hues(
    density: BeliefDensity,
    at: tuple[npt.NDArray[np.int64], ...],
    colour: str,
    colouring: Colouring | None,
    strength: Floats,
    theme: Theme,
) -> Floats:
    """Return the hues of the pixels `at`, float64[pixels, 3]."""
    if colour == "density":
        share = np.clip((strength - FAINTEST) / (1.0 - FAINTEST), 0.0, 1.0)
        place = share if theme.is_dark else 1.0 - share
        steps = np.linspace(0.0, 1.0, len(VIRIDIS))
        return np.stack([np.interp(place, steps, VIRIDIS[:, c]) for c in range(3)], axis=-1)
    if colouring is None:
        return np.broadcast_to(np.array(theme.ink), (len(strength), 3))
    if density.sums.size:
        hue: Floats = density.sums[at] / density.counts[at][:, None]
        return hue
    return pixel_beliefs(density, at) @ colouring.of_state


def pixel_beliefs(
    density: BeliefDensity, at: tuple[npt.NDArray[np.int64], ...] | None = None
) -> Floats:
    """Return the belief at the middle of pixels given as rows and columns, float64[pixels, n].

    Without `at` those of all, float64[height, width, n]. Only for up to 3 states; pixels outside
    the simplex get the nearest mixture with no negative entry, roughly.
    """
    inverse = _barycentric_map(density.projection)
    if inverse is None:
        raise ProcessError("A place in this projection does not fix the belief.")
    left, bottom, right, top = density.window
    height, width = density.shape
    rows, columns = np.indices(density.shape) if at is None else at
    x = left + (columns + 0.5) / width * (right - left)
    y = top - (rows + 0.5) / height * (top - bottom)
    if density.projection.is_interval:
        y = np.full_like(x, density.projection.vertices[0, 1])
    beliefs = np.maximum(np.stack([x, y, np.ones_like(x)], axis=-1) @ inverse, 0.0)
    total = beliefs.sum(axis=-1, keepdims=True)
    result: Floats = beliefs / np.where(total > 0.0, total, 1.0)
    return result


def _barycentric_map(projection: Projection) -> Floats | None:
    """Return the matrix from (x, y, 1) to the belief, or None where no place fixes a belief."""
    n = len(projection.vertices)
    corners = np.concatenate([projection.vertices, np.ones((n, 1))], axis=1)
    if n > 3 or np.linalg.matrix_rank(corners) < n:
        return None
    inverse: Floats = np.linalg.pinv(corners)
    return inverse


def _bars(
    size: int,
    columns: npt.NDArray[np.int64],
    strength: Floats,
    inked: Image,
    blank: npt.NDArray[np.uint8],
) -> Image:
    """Return a square histogram: bars as high as their strength."""
    picture = np.empty((size, size, 4), np.uint8)
    picture[:] = blank
    if inked.shape[0]:
        inked[:, 3] = 255
    for column, share, colour in zip(columns.tolist(), strength.tolist(), inked, strict=True):
        top = size - round(share * size)
        picture[top:, column] = colour
    return picture
