"""Horizontal coordinates in a layered drawing whose layers and orders are given.

Each layer in turn is put as near as possible, in the least-squares sense, to where its neighbours
in the other layers pull it, without changing its order or letting members touch: an isotonic
regression solved by pooling adjacent violators.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

SWEEPS = 8
_STRAIGHT = 6.0
"""How much more the inside of a long arc resists bending than an arc between two nodes."""

Link = tuple[int, int]


def across(
    layers: Sequence[Sequence[int]],
    links: Sequence[Link],
    widths: Mapping[int, float],
    *,
    gap: float,
    real: int,
) -> dict[int, float]:
    """Return the centre of every member; members below `real` are nodes, others pass through."""
    above: dict[int, list[tuple[int, float]]] = {member: [] for member in widths}
    below: dict[int, list[tuple[int, float]]] = {member: [] for member in widths}
    for source, target in links:
        weight = 1.0 + (source >= real) * _STRAIGHT / 2 + (target >= real) * _STRAIGHT / 2
        below[source].append((target, weight))
        above[target].append((source, weight))
    x: dict[int, float] = {}
    offsets = [_offsets(layer, widths, gap, real) for layer in layers]
    for layer, offset in zip(layers, offsets, strict=True):
        middle = offset[-1] / 2
        x.update({member: at - middle for member, at in zip(layer, offset, strict=True)})
    order = list(range(len(layers)))
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for k in order if down else reversed(order):
            pulls = above if down else below
            _settle(layers[k], offsets[k], x, pulls)
    both = {member: above[member] + below[member] for member in widths}
    for k in [*order, *reversed(order)]:
        _settle(layers[k], offsets[k], x, both)
    return x


def _offsets(
    layer: Sequence[int], widths: Mapping[int, float], gap: float, real: int
) -> list[float]:
    """Return the tightest allowed centres of a layer, the first at 0."""
    result = [0.0]
    for left, right in pairwise(layer):
        both_real = left < real and right < real
        space = gap if both_real else gap * 0.45
        result.append(result[-1] + (widths[left] + widths[right]) / 2 + space)
    return result


def _settle(
    layer: Sequence[int],
    offset: Sequence[float],
    x: dict[int, float],
    pulls: Mapping[int, Sequence[tuple[int, float]]],
) -> None:
    """Move one layer to where it is pulled, members without a pull staying near their place."""
    blocks: list[tuple[float, float, int]] = []
    for member, at in zip(layer, offset, strict=True):
        total = sum(weight for _, weight in pulls[member])
        if total:
            wish = sum(x[other] * weight for other, weight in pulls[member]) / total
            strength = total
        else:
            wish, strength = x[member], 0.05
        mean, mass, length = wish - at, strength, 1
        while blocks and blocks[-1][0] > mean:
            before, weight, many = blocks.pop()
            mean = (before * weight + mean * mass) / (weight + mass)
            mass += weight
            length += many
        blocks.append((mean, mass, length))
    place = 0
    for mean, _, length in blocks:
        for k in range(place, place + length):
            x[layer[k]] = mean + offset[k]
        place += length
