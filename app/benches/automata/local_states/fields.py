"""What of the findings can be drawn, slice by slice, and coarse enough for the screen; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from app.benches.automata.local_states.future_text import future_text

if TYPE_CHECKING:
    from core.crossings.local_states import WorldLocalStates

FINEST = 1400
"""Pixels along a side on the screen; larger fields are drawn with several cells a pixel."""

Values = npt.NDArray[Any]


class Fields:
    """The fields of what was found: int32 labels, and float32 numbers with NaN for none.

    Made where time does not matter: long space-time diagrams are made coarse here, once.

    Attributes
    ----------
    found : WorldLocalStates
    highest : dict of str to float
        What gets the last colour, for the fields of numbers.
    futures : list of (str, float)
        The most probable future of each state, and its probability.
    """

    def __init__(self, found: WorldLocalStates) -> None:
        self.found = found
        block, bits = found.block, found.states.complexities
        top = block.states - 1 if block.states else float(block.values.max())
        self.highest = {
            "complexity": max(1.0, float(np.ceil(bits.max()))),
            "cells": max(float(top), 1e-9),
        }
        if found.sensitivity is not None:
            self.highest["sensitivity"] = max(1.0, float(found.sensitivity.max()))
        self.futures = [future_text(found, state) for state in range(found.states.n)]
        shape = block.values.shape
        self._coarse: dict[str, Values] = {}
        if len(shape) == 2 and max(shape) > FINEST:
            self._coarse = {name: coarse(self.whole(name)) for name in (*self.highest, "state")}

    @property
    def is_plane(self) -> bool:
        """Whether a slice has two dimensions."""
        return self.found.block.values.ndim == 3

    def whole(self, name: str, place: int = 0) -> Values:
        """Return a field, of a plane one slice."""
        part = (place,) if self.is_plane else ()
        if name == "state":
            return self.found.states.labels[part]
        if name == "cells":
            return self.found.block.values[part].astype(np.float32)
        if name == "sensitivity" and self.found.sensitivity is not None:
            changed = self.found.sensitivity[part].astype(np.float32)
            return np.where(changed < 0, np.float32(np.nan), changed)
        known = np.append(self.found.states.complexities, np.nan).astype(np.float32)
        return known[self.found.states.labels[part]]

    def seen(self, name: str, place: int = 0) -> Values:
        """Return a field as fine as the screen needs it."""
        return self._coarse[name] if self._coarse else coarse(self.whole(name, place))


def coarse(values: Values) -> Values:
    """Return the highest of every square, so that lines one cell thin stay in sight.

    Of labels that is the rarest state.
    """
    shrink = -(-max(values.shape) // FINEST)
    if shrink == 1:
        return values
    rows, columns = (-(-side // shrink) for side in values.shape)
    nothing = np.nan if values.dtype.kind == "f" else -1
    found = np.full((rows, columns), nothing, dtype=values.dtype)
    for down in range(shrink):
        for across in range(shrink):
            part = values[down::shrink, across::shrink]
            onto = found[: part.shape[0], : part.shape[1]]
            np.fmax(onto, part, out=onto)
    return found
