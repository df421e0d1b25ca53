"""How a middle moves: the shorter way round, summed up, and how its heading turns."""

from math import atan2, degrees, hypot, isfinite, nan

from core.automata.measures.board import Setting

LEAST_SPEED = 1e-6
"""Cells a step; below it nothing has a heading."""


def way_between(
    before: tuple[float, float], after: tuple[float, float], setting: Setting
) -> tuple[float, float]:
    """Return (dx, dy) from one middle to another, round a circle by the shorter way.

    Nothing (0, 0) where there was no middle. A pattern that moves by more than half of a side
    between two looks cannot be followed.
    """
    if not all(isfinite(each) for each in (*before, *after)):
        return (0.0, 0.0)
    dx, dy = (
        way - side * round(way / side) if wraps and side else way
        for way, side, wraps in (
            (after[0] - before[0], setting.sides[0], setting.wraps[0]),
            (after[1] - before[1], setting.sides[1], setting.wraps[1]),
        )
    )
    return (dx, dy)


def heading(velocity: tuple[float, float]) -> float:
    """Return the direction in degrees, 0 to the right and 90 downwards; nan at rest."""
    vx, vy = velocity
    return degrees(atan2(vy, vx)) if hypot(vx, vy) > LEAST_SPEED else nan


def turn_between(before: float, after: float) -> float:
    """Return by how many degrees a heading turned, from -180 to 180."""
    return (after - before + 180.0) % 360.0 - 180.0
