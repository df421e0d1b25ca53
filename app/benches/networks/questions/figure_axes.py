"""Round numbers for the axis of a figure; no Qt."""

from math import ceil, floor, log10


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return at most about `most` round numbers from `low` to `high`, evenly spaced."""
    room = high - low
    if not room > 0:
        return (low,)
    raw = room / most
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first = ceil(low / step - 1e-9)
    last = floor(high / step + 1e-9)
    return tuple(round(k * step, 12) for k in range(first, last + 1))
