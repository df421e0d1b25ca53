"""Colours for numbers: the viridis map, dark for little and bright for much.

Source: N. Smith and S. van der Walt, viridis (2015), CC0; nine of its colours, mixed in between.
"""

_STOPS = (
    (68, 1, 84),
    (71, 44, 122),
    (59, 81, 139),
    (44, 113, 142),
    (33, 144, 141),
    (39, 173, 129),
    (92, 200, 99),
    (170, 220, 50),
    (253, 231, 37),
)


def scale_colour(share: float) -> str:
    """Return the colour of a number that is `share` (0 to 1) of the largest, as ``#rrggbb``."""
    place = min(max(share, 0.0), 1.0) * (len(_STOPS) - 1)
    k = min(int(place), len(_STOPS) - 2)
    part = place - k
    mixed = (round(a + (b - a) * part) for a, b in zip(_STOPS[k], _STOPS[k + 1], strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)
