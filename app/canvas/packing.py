"""Blocks of placed nodes set side by side in rows, in a shape that suits a window."""

from collections.abc import Mapping, Sequence
from math import sqrt

Position = tuple[float, float]
Size = tuple[float, float]

WIDE = 1.6
"""Width over height that the whole should have."""


def packed(
    blocks: Sequence[Mapping[int, Position]], sizes: Sequence[Size], spacing: tuple[float, float]
) -> dict[int, Position]:
    """Return all centres with the blocks apart; single nodes come last, in a grid of their own."""
    large = [block for block in blocks if len(block) > 1]
    single = [block for block in blocks if len(block) == 1]
    shapes = [_bounds(block, sizes) for block in blocks]
    area = sum((r - le + 2 * spacing[0]) * (b - t + spacing[1]) for le, t, r, b in shapes)
    widest = max((r - le for le, _, r, _ in shapes), default=0.0)
    room = max(widest, sqrt(area * WIDE))
    result: dict[int, Position] = {}
    large.sort(key=lambda block: -len(block))
    top = _rows(large, sizes, room, (2 * spacing[0], spacing[1]), 0.0, result)
    _rows(single, sizes, room, (spacing[0], spacing[0]), top, result)
    return _centred(result, sizes)


def _rows(
    blocks: Sequence[Mapping[int, Position]],
    sizes: Sequence[Size],
    room: float,
    gaps: tuple[float, float],
    top: float,
    result: dict[int, Position],
) -> float:
    """Fill rows of at most `room` from `top` on; return where the next row would begin."""
    left, height = 0.0, 0.0
    for block in blocks:
        x0, y0, x1, y1 = _bounds(block, sizes)
        if left > 0.0 and left + (x1 - x0) > room:
            top += height + gaps[1]
            left, height = 0.0, 0.0
        for member, (x, y) in block.items():
            result[member] = (x - x0 + left, y - y0 + top)
        left += x1 - x0 + gaps[0]
        height = max(height, y1 - y0)
    return top + height + gaps[1] if blocks else top


def _bounds(
    block: Mapping[int, Position], sizes: Sequence[Size]
) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[m][0] / 2 for m, (x, _) in block.items()),
        min(y - sizes[m][1] / 2 for m, (_, y) in block.items()),
        max(x + sizes[m][0] / 2 for m, (x, _) in block.items()),
        max(y + sizes[m][1] / 2 for m, (_, y) in block.items()),
    )


def _centred(positions: Mapping[int, Position], sizes: Sequence[Size]) -> dict[int, Position]:
    """Return the positions in whole units around the origin."""
    if not positions:
        return {}
    left, top, right, bottom = _bounds(positions, sizes)
    dx, dy = round((left + right) / 2), round((top + bottom) / 2)
    return {m: (float(round(x) - dx), float(round(y) - dy)) for m, (x, y) in positions.items()}
