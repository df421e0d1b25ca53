"""The most probable future of a state as a word that fits a table; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.crossings.local_states import WorldLocalStates

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def future_text(found: WorldLocalStates, state: int) -> tuple[str, float]:
    """Return the most probable future cone of a state, slice after slice, and its probability."""
    counts = found.states.future_counts[state]
    best = int(counts.argmax())
    share = float(counts[best] / counts.sum())
    held = found.states.futures[best]
    parts: dict[int, list[str]] = {}
    for (time, *_space), value in zip(found.states.cones.future_offsets(), held, strict=True):
        parts.setdefault(time, []).append(_digit(value))
    shown = ["".join(part) for part in parts.values()]
    if held.dtype.kind == "f":
        shown = [" ".join(part) for part in parts.values()]
    if found.block.values.ndim == 3:
        side = 2 * found.states.cones.speed + 1
        first = next(iter(parts.values()))
        gap = " " if held.dtype.kind == "f" else ""
        shown = [gap.join(first[row * side : (row + 1) * side]) for row in range(side)]
    return "/".join(shown), share


def _digit(value: np.generic) -> str:
    if value.dtype.kind == "f":
        return f"{float(value):.2f}"
    return DIGITS[int(value)] if value < len(DIGITS) else f"({int(value)})"
