"""Colours of local causal states and of bits, on whatever thread asks; no Qt.

Frequent states have colours that are told apart without red from green (Okabe and Ito 2008), the
most frequent a quiet one. The others are grey, the rarer the farther from the ground.
"""

import numpy as np
import numpy.typing as npt

from app.benches.automata.colouring import OPAQUE, between
from app.benches.automata.palettes import SCALES, STATES

QUIET = {"dark": "#2b313c", "light": "#d9dee6"}
NOWHERE = {"dark": "#14171d", "light": "#ffffff"}
"""Where a cell has no whole cone."""

COMPLEXITY_SCALE = "inferno"
GREYS = {"dark": ("#6d7683", "#ffffff"), "light": ("#a3abb7", "#000000")}
"""Of the states after those that have colours, to the rarest."""

FADED = 0.22
"""What is left of the colours of all other states where one is chosen."""

Pixels = npt.NDArray[np.uint32]


def state_colours(n: int, theme: str) -> Pixels:
    """Return a colour for each of `n` states and last that of cells without one."""
    tone = "dark" if theme == "dark" else "light"
    found = [_argb(each) for each in (QUIET[tone], *STATES)[:n]]
    greys = between(GREYS[tone])
    found += greys[np.linspace(0, 255, max(0, n - len(found))).astype(int)].tolist()
    return np.array([*found, _argb(NOWHERE[tone])], dtype=np.uint32)


def state_picture(
    labels: npt.NDArray[np.int32], n: int, theme: str, chosen: int | None = None
) -> Pixels:
    """Return the colours of labels; all but the chosen state faded, where there is one."""
    colours = state_colours(n, theme)
    if chosen is not None:
        faded = _mixed(colours, colours[-1], FADED)
        faded[chosen] = colours[chosen]
        colours = faded
    return np.ascontiguousarray(colours[labels])


def value_picture(values: npt.NDArray[np.floating], highest: float, theme: str) -> Pixels:
    """Return the colours of numbers from 0 on; those that are none are as nowhere."""
    tone = "dark" if theme == "dark" else "light"
    scale = between(SCALES[COMPLEXITY_SCALE])
    known = np.isfinite(values)
    levels = np.where(known, values, 0.0) * (255.0 / max(highest, 1e-9))
    picture = scale[np.clip(levels, 0, 255).astype(np.uint8)]
    return np.where(known, picture, np.uint32(_argb(NOWHERE[tone]))).astype(np.uint32)


def _mixed(colours: Pixels, ground: np.uint32, share: float) -> Pixels:
    mixed = np.full(len(colours), OPAQUE, dtype=np.uint32)
    for shift in (0, 8, 16):
        part = (colours >> shift) & np.uint32(255)
        below = float((int(ground) >> shift) & 255)
        mixed |= np.rint(part * share + below * (1 - share)).astype(np.uint32) << np.uint32(shift)
    return mixed


def _argb(colour: str) -> int:
    return OPAQUE | int(colour[1:], 16)
