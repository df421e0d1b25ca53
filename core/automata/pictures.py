"""Cells as pictures with a palette of at most 256 colours.

The scale of fields is viridis-like, dark to light in one sense, so that it is read without colour.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.rules.rule import Rule

STATE_COLOURS = (
    "#000000",
    "#ffffff",
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
)
"""Okabe and Ito's colours, told apart by everyone, after black and white."""

_KNOTS = ("#000004", "#3b0f70", "#8c2981", "#de4968", "#fe9f6d", "#fcfdbf")

PARTICLE_PIXELS = 512


def picture_of_cells(
    cells: npt.NDArray[np.uint8] | npt.NDArray[np.float64],
    rule: Rule,
    palette: Sequence[str] = (),
) -> tuple[npt.NDArray[np.uint8], tuple[str, ...]]:
    """Return uint8[height, width] and its colours.

    Of several channels the mean is shown, of three dimensions the brightest along the first, of
    particles where they are.
    """
    if rule.states:
        states = np.atleast_2d(cells).astype(np.uint8)
        return states, state_colours(rule.states, palette)
    if type(rule).__name__ == "ParticleLeniaRule":
        return _particles(np.asarray(cells, dtype=np.float64)), field_colours()
    field = np.asarray(cells, dtype=np.float64)
    field = field.mean(axis=0) if field.ndim > 1 else field
    while field.ndim > 2:
        field = field.max(axis=0)
    if not field.size:
        raise AutomataError("There are no cells to show.")
    return np.rint(np.clip(np.atleast_2d(field), 0, 1) * 255).astype(np.uint8), field_colours()


def state_colours(states: int, palette: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a colour for each state: those given, else the usual ones, then a scale."""
    scale = field_colours()
    usual = list(STATE_COLOURS[:states])
    if states > len(STATE_COLOURS):
        steps = np.linspace(255, 60, states - 1).astype(int)
        usual = [STATE_COLOURS[0], *(scale[step] for step in steps)]
    given = [*palette, *[""] * (states - len(palette))]
    return tuple(given[state] or usual[state] for state in range(states))


def field_colours() -> tuple[str, ...]:
    """Return 256 colours from dark to light."""
    knots = np.array([list(bytes.fromhex(knot[1:])) for knot in _KNOTS], dtype=float)
    places = np.linspace(0, len(knots) - 1, 256)
    channels = [np.interp(places, np.arange(len(knots)), knots[:, c]) for c in range(3)]
    return tuple(
        f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
        for red, green, blue in zip(*channels, strict=True)
    )


def _particles(places: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    if not len(places):
        return np.zeros((PARTICLE_PIXELS, PARTICLE_PIXELS), dtype=np.uint8)
    low, high = places[:, :2].min(axis=0) - 2, places[:, :2].max(axis=0) + 2
    scaled = (places[:, :2] - low) / float((high - low).max()) * (PARTICLE_PIXELS - 1)
    seen = np.zeros((PARTICLE_PIXELS, PARTICLE_PIXELS), dtype=np.uint8)
    x, y = scaled.astype(int).T
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            seen[
                np.clip(y + dy, 0, PARTICLE_PIXELS - 1), np.clip(x + dx, 0, PARTICLE_PIXELS - 1)
            ] = 255
    return seen
