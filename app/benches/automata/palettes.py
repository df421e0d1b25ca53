"""The colour maps that a world can be shown in, none of which needs red told from green.

Sources: van der Walt and Smith, viridis, magma and inferno (2015), CC0; Nuñez, Anderton and
Renslow, cividis (2018), CC0; Okabe and Ito, Color universal design (2008).
"""

from collections.abc import Mapping

import numpy as np

from app.benches.automata.colouring import Colouring, between, rgb_of, table
from core.automata.rules.rule import Rule
from core.automata.world import World
from core.automata.world_look import WorldLook

SCALES: Mapping[str, tuple[str, ...]] = {
    "magma": ("#000004", "#1d1147", "#51127c", "#822681", "#b63679", "#e65164", "#fb8861", "#fec287", "#fcfdbf"),  # noqa: E501
    "inferno": ("#000004", "#210c4a", "#57106e", "#8a226a", "#bc3754", "#e45a31", "#f98e09", "#f9cb35", "#fcffa4"),  # noqa: E501
    "viridis": ("#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#7ad151", "#fde725"),  # noqa: E501
    "cividis": ("#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#fee838"),  # noqa: E501
    "ice": ("#03051a", "#17335f", "#1d5c8c", "#2f8fb0", "#7cc5c8", "#eafcfd"),
    "ink": ("#ffffff", "#d3d9e2", "#9aa6b6", "#5d6b7e", "#2b3441", "#0b0e13"),
    "grey": ("#000000", "#ffffff"),
}  # fmt: skip
"""Of fields and of worlds of many states, by name; all but ink run from dark to light."""

SIGNED = ("#2166ac", "#67a9cf", "#d1e5f0", "#f4f4f4", "#fddbc7", "#ef8a62", "#b2182b")
"""Blue below 0, red above: differs in lightness from the middle to both sides."""

CHANNELS = ("#f0b23a", "#4fa3dc", "#3cc69b", "#dd94bb", "#ef8043", "#7cc9f2")
"""Usual colours of channels on a dark ground."""

STATES = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
MOST_NAMED_STATES = 9
"""More states get their colours from a scale."""

FIELD_SCALE = "magma"
DARK_GROUND = "#0d0f14"


def colouring_of(world: World, look: WorldLook, *, is_dark: bool) -> Colouring:
    """Return the colours of a world as it is looked at, in a light or a dark window."""
    name = look.palette if look.palette in SCALES else ""
    ground = DARK_GROUND
    channels = (*look.channel_colours, *CHANNELS[len(look.channel_colours) :])
    return Colouring(
        table(state_colours(world, name, is_dark=is_dark)),
        between(SCALES[name or FIELD_SCALE]),
        between(SIGNED),
        np.array([rgb_of(each) for each in channels], dtype=np.float32),
        np.array(rgb_of(ground), dtype=np.float32),
        highest_of(world.rule),
    )


def state_colours(world: World, name: str, *, is_dark: bool) -> tuple[str, ...]:
    """Return a colour for every state: those of the file, of the palette, or the usual ones."""
    states = max(world.rule.states, 2)
    usual = _usual_states(states, name, is_dark=is_dark)
    given = (*world.palette, *[""] * states)[:states]
    if name:
        return usual
    return tuple(one or other for one, other in zip(given, usual, strict=True))


def highest_of(rule: Rule) -> float:
    """Return the value that gets the last colour: 1 but for the field of particles."""
    if type(rule).__name__ == "ParticleLeniaRule":
        return 2.0 * float(getattr(rule, "mu_g", 0.5))
    return 1.0


def _usual_states(states: int, name: str, *, is_dark: bool) -> tuple[str, ...]:
    ground, ink = ("#14171d", "#f2f4f8") if is_dark else ("#ffffff", "#1c2330")
    if name:
        scale = between(SCALES[name])
        places = np.linspace(0, 255, states).astype(int)
        return tuple(f"#{int(scale[place]) & 0xFFFFFF:06x}" for place in places)
    if states <= MOST_NAMED_STATES:
        return (ground, ink, *STATES)[:states]
    scale = between(SCALES["viridis"])
    places = np.linspace(255, 30, states - 1).astype(int)
    return (ground, *(f"#{int(scale[place]) & 0xFFFFFF:06x}" for place in places))
