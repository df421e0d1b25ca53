"""Colours of cells, on whatever thread asks: states by table, fields by scale or by channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

OPAQUE = 0xFF000000
LEVELS = 256

Colours = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Colouring:
    """How numbers become colours ``0xffrrggbb``.

    Attributes
    ----------
    states : uint32[256]
        Of each state.
    scale : uint32[256]
        From 0 to 1, of a field of one channel.
    signed : uint32[256]
        From -1 to 1, of growth.
    channels : float32[C, 3]
        Red, green and blue from 0 to 255 that a whole channel adds to the ground.
    ground : float32[3]
    highest : float
        The value at the upper end of the scale.
    """

    states: Colours
    scale: Colours
    signed: Colours
    channels: npt.NDArray[np.float32]
    ground: npt.NDArray[np.float32]
    highest: float = 1.0

    def picture(self, values: npt.NDArray[Any], layer: str = "cells") -> Colours:
        """Return uint32[height, width] for states or for the channels of a layer."""
        if values.dtype == np.uint8:
            return np.ascontiguousarray(self.states.take(values))
        if values.shape[0] == 1:
            if layer == "growth":
                return self.signed.take(_levels(values[0] * 0.5 + 0.5, 1.0))
            return self.scale.take(_levels(values[0], self.highest))
        if layer == "growth":
            return self.signed.take(_levels(values.mean(axis=0) * 0.5 + 0.5, 1.0))
        return self._mixed(values)

    def _mixed(self, values: npt.NDArray[np.float32]) -> Colours:
        """Return the colours of channels added up on the ground."""
        count = min(len(values), len(self.channels))
        flat = values[:count].reshape(count, -1)
        light = self.channels[:count] - self.ground * (count > 0)
        mixed = light.T @ flat + self.ground[:, None]
        red, green, blue = np.clip(mixed, 0.0, 255.0).astype(np.uint32)
        colours = (red << 16) | (green << 8) | blue | np.uint32(OPAQUE)
        return np.ascontiguousarray(colours.reshape(values.shape[1:]), dtype=np.uint32)


def _levels(values: npt.NDArray[np.float32], highest: float) -> npt.NDArray[np.uint8]:
    scaled = values * np.float32((LEVELS - 1) / highest)
    np.clip(scaled, 0, LEVELS - 1, out=scaled)
    return scaled.astype(np.uint8)


def table(colours: Sequence[str]) -> Colours:
    """Return uint32[256] of colours ``#rrggbb``, the last one repeated."""
    numbers = [OPAQUE | int(colour[1:], 16) for colour in colours[:LEVELS]]
    return np.array(numbers + [numbers[-1]] * (LEVELS - len(numbers)), dtype=np.uint32)


def between(knots: Sequence[str]) -> Colours:
    """Return uint32[256] that runs evenly through the colours of `knots`."""
    rgb = np.array([list(bytes.fromhex(knot[1:])) for knot in knots], dtype=np.float64)
    places = np.linspace(0, len(knots) - 1, LEVELS)
    runs = [np.interp(places, np.arange(len(knots)), rgb[:, c]) for c in range(3)]
    red, green, blue = (np.rint(run).astype(np.uint32) for run in runs)
    return (red << 16) | (green << 8) | blue | np.uint32(OPAQUE)


def rgb_of(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
