"""Frames of a film: indices into one palette of at most 256 colours, exact where there are so few.

Only the mixed colours of several channels are rounded, to a cube of 6 by 7 by 6 colours.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.benches.automata.colouring import LEVELS, Colouring
from app.benches.automata.world_frame import Viewport

Indices = npt.NDArray[np.uint8]

CUBE = (6, 7, 6)

MARK_COLOURS = (
    *("#000000", "#ffffff", "#303236", "#5d6066", "#8c9096", "#bcc0c6", "#dfe2e6"),
    *("#e9a13b", "#3cc69b", "#dd94bb", "#f0674d", "#4fa3dc"),
)
"""Greys of letters and the colours of glyphs, which marks are rounded to."""

DOT_RADIUS = 0.22
"""Of a particle, in units of its world."""


def palette_of(colouring: Colouring, values: npt.NDArray[Any], layer: str) -> tuple[str, ...]:
    """Return the 256 colours of a film whose frames are like `values`."""
    if values.dtype == np.uint8:
        colours = colouring.states
    elif layer == "growth":
        colours = colouring.signed
    elif values.shape[0] == 1:
        colours = colouring.scale
    else:
        return _cube()
    return tuple(f"#{int(colour) & 0xFFFFFF:06x}" for colour in colours)


def indices_of(colouring: Colouring, values: npt.NDArray[Any], layer: str) -> Indices:
    """Return uint8[height, width] into `palette_of`."""
    if values.dtype == np.uint8:
        return values
    if layer == "growth":
        return _levels(values.mean(axis=0) * 0.5 + 0.5)
    if values.shape[0] == 1:
        return _levels(values[0] / colouring.highest)
    picture = colouring.picture(values, layer)
    parts = [((picture >> shift) & np.uint32(255)).astype(np.float64) for shift in (16, 8, 0)]
    red, green, blue = (
        np.rint(part / 255 * (steps - 1)).astype(np.uint8)
        for part, steps in zip(parts, CUBE, strict=True)
    )
    mixed: Indices = (red * CUBE[1] + green) * CUBE[2] + blue
    return mixed


def roomy_palette(palette: tuple[str, ...]) -> tuple[tuple[str, ...], Indices]:
    """Return a palette with room for the colours of marks, and what each index becomes in it.

    Scales lose some of their steps. The cube of mixed colours has colours like those of marks.
    """
    levels = np.arange(256, dtype=np.uint8)
    used = list(dict.fromkeys(palette))
    if len(palette) == 256 and len(used) + len(MARK_COLOURS) > 256:
        kept = 256 - len(MARK_COLOURS)
        levels = (np.arange(256) * (kept - 1) // 255).astype(np.uint8)
        used = [palette[first] for first in np.searchsorted(levels, np.arange(kept)).tolist()]
    else:
        levels[: len(palette)] = [used.index(colour) for colour in palette]
    return (*used, *MARK_COLOURS)[:256], levels


def nearest_colours(palette: Sequence[str]) -> Indices:
    """Return uint8[32, 32, 32], the colour of a palette that is nearest to red, green and blue.

    Each is told by its five highest bits; colours of the palette itself are nearest to themselves
    where no other shares these bits.
    """
    known = np.array([list(bytes.fromhex(each[1:])) for each in palette], dtype=np.int32)
    steps = (np.arange(32, dtype=np.int32) << 3) + 4
    parts = [(steps[:, None] - known[:, channel]) ** 2 for channel in range(3)]
    found = np.empty((32, 32, 32), dtype=np.uint8)
    for red in range(32):
        away = parts[0][red] + parts[1][:, None] + parts[2][None, :]
        found[red] = away.argmin(axis=2)
    found[tuple((known >> 3).T)] = np.arange(len(palette))
    return found


def with_dots(
    indices: Indices,
    points: npt.NDArray[Any],
    viewport: Viewport,
    scale: int,
    dot: int = LEVELS - 1,
) -> None:
    """Put particles into a frame that was enlarged `scale` times."""
    radius = max(1.0, DOT_RADIUS / viewport.pixel * scale)
    reach = int(np.ceil(radius))
    places = (points - (viewport.x, viewport.y)) / viewport.pixel * scale
    columns, rows = np.rint(places).astype(np.int64).T
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            if dx * dx + dy * dy <= radius * radius:
                y, x = rows + dy, columns + dx
                seen = (y >= 0) & (y < indices.shape[0]) & (x >= 0) & (x < indices.shape[1])
                indices[y[seen], x[seen]] = dot


def _levels(values: npt.NDArray[Any]) -> Indices:
    return np.clip(values * (LEVELS - 1), 0, LEVELS - 1).astype(np.uint8)


def _cube() -> tuple[str, ...]:
    colours = []
    for red in range(CUBE[0]):
        for green in range(CUBE[1]):
            for blue in range(CUBE[2]):
                parts = zip((red, green, blue), CUBE, strict=True)
                rgb = [round(255 * part / (steps - 1)) for part, steps in parts]
                colours.append("#{:02x}{:02x}{:02x}".format(*rgb))
    return tuple(colours)
