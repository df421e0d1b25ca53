"""Horizontal coordinates in a layered drawing whose layers and orders are given.

Each layer in turn is put as near as possible, in the least-squares sense, to where its neighbours
in the other layers pull it, without changing its order or letting members touch: an isotonic
regression solved by pooling adjacent violators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8
STRAIGHTENINGS = 10
_STRAIGHT = 6.0
"""How much more the inside of a long arc resists bending than an arc between two nodes."""

_ON_THE_LINE = 24.0
"""How strongly the passage of a long arc through a layer is pulled onto the straight line."""

_PAST_OBSTACLES = 3.0
"""How strongly a long arc's end is pulled to where the arc misses the nodes between."""

_FLATTEST = 3.0
"""How far sideways a long arc may run, for each unit down, and still be given room between nodes.

The room it needs grows with its slope, and making room makes other arcs flatter: without a limit a
wide layer drives itself apart.
"""

_LINE_WIDTH = 8.0
_FREE = 0.05
"""How strongly a member without a pull stays where it is."""

Link = tuple[int, int]
Pull = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """One layer: its members from left to right, its middle and its height."""

    members: Sequence[int]
    middle: float
    height: float


def across(
    bands: Sequence[Band],
    links: Sequence[Link],
    widths: Mapping[int, float],
    *,
    gap: float,
) -> dict[int, float]:
    """Return the centre of every member; those not in `widths` are passages of long arcs."""
    above: dict[int, list[Pull]] = {}
    below: dict[int, list[Pull]] = {}
    for source, target in links:
        passages = (source not in widths) + (target not in widths)
        weight = 1.0 + passages * _STRAIGHT / 2
        below.setdefault(source, []).append((target, weight))
        above.setdefault(target, []).append((source, weight))
    x: dict[int, float] = {}
    offsets = [_offsets(band.members, widths, {}, gap) for band in bands]
    for band, offset in zip(bands, offsets, strict=True):
        x.update({m: at - offset[-1] / 2 for m, at in zip(band.members, offset, strict=True)})
    order = list(range(len(bands)))
    for sweep in range(SWEEPS):
        is_down = sweep % 2 == 0
        for k in order if is_down else reversed(order):
            pulls = above if is_down else below
            near = {m: pulls[m] for m in bands[k].members if m in pulls}
            _settle(bands[k].members, offsets[k], x, _means(x, near))
    _straighten(bands, x, (above, below), widths, gap)
    return x


def _straighten(
    bands: Sequence[Band],
    x: dict[int, float],
    pulls: tuple[Mapping[int, list[Pull]], Mapping[int, list[Pull]]],
    widths: Mapping[int, float],
    gap: float,
) -> None:
    """Clear the way for long arcs, which are drawn straight from node to node."""
    above, below = pulls
    near = {m: above.get(m, []) + below.get(m, []) for band in bands for m in band.members}
    y = {m: band.middle for band in bands for m in band.members}
    ends = _ends(bands, above, below, widths)
    order = list(range(len(bands)))
    for turn in range(STRAIGHTENINGS):
        for k in order if turn % 2 == 0 else reversed(order):
            band = bands[k]
            room: dict[int, float] = {}
            wishes: dict[int, Pull] = {}
            for member in band.members:
                if member in ends:
                    source, target = ends[member]
                    slope = (x[target] - x[source]) / (y[target] - y[source])
                    wish = x[source] + slope * (band.middle - y[source])
                    wishes[member] = (wish, _ON_THE_LINE)
                    if abs(slope) < _FLATTEST:
                        room[member] = _LINE_WIDTH + abs(slope) * band.height
                elif near[member]:
                    wishes[member] = _pull_on_node(member, near[member], ends, x, y)
            _settle(band.members, _offsets(band.members, widths, room, gap), x, wishes)


def _pull_on_node(
    node: int,
    near: Sequence[Pull],
    ends: Mapping[int, Link],
    x: Mapping[int, float],
    y: Mapping[int, float],
) -> Pull:
    """Return where a node is pulled: by long arcs to where they run straight past obstacles."""
    total = mass = 0.0
    for other, _ in near:
        if other in ends:
            far = ends[other][0] if ends[other][1] == node else ends[other][1]
            stretch = (y[node] - y[far]) / (y[other] - y[far])
            total += _PAST_OBSTACLES * (x[far] + (x[other] - x[far]) * stretch)
            mass += _PAST_OBSTACLES
        else:
            total += x[other]
            mass += 1.0
    return (total / mass, mass)


def _ends(
    bands: Sequence[Band],
    above: Mapping[int, list[Pull]],
    below: Mapping[int, list[Pull]],
    widths: Mapping[int, float],
) -> dict[int, Link]:
    """Return, for each passage, the nodes at the upper and the lower end of its arc."""
    upper: dict[int, int] = {}
    lower: dict[int, int] = {}
    for band in bands:
        for member in band.members:
            if member not in widths:
                before = above[member][0][0]
                upper[member] = upper.get(before, before)
    for band in reversed(bands):
        for member in band.members:
            if member not in widths:
                after = below[member][0][0]
                lower[member] = lower.get(after, after)
    return {member: (upper[member], lower[member]) for member in upper}


def _means(x: Mapping[int, float], pulls: Mapping[int, Sequence[Pull]]) -> dict[int, Pull]:
    """Return where each member is pulled to and how strongly."""
    result = {}
    for member, others in pulls.items():
        total = sum(weight for _, weight in others)
        if total:
            result[member] = (sum(x[other] * weight for other, weight in others) / total, total)
    return result


def _offsets(
    members: Sequence[int], widths: Mapping[int, float], room: Mapping[int, float], gap: float
) -> list[float]:
    """Return the tightest allowed centres of a layer, the first at 0."""
    result = [0.0]
    for left, right in pairwise(members):
        space = gap if left in widths and right in widths else gap * 0.3
        extent = _extent(left, widths, room) + _extent(right, widths, room)
        result.append(result[-1] + extent / 2 + space)
    return result


def _extent(member: int, widths: Mapping[int, float], room: Mapping[int, float]) -> float:
    return widths.get(member) or room.get(member, _LINE_WIDTH)


def _settle(
    members: Sequence[int],
    offset: Sequence[float],
    x: dict[int, float],
    wishes: Mapping[int, Pull],
) -> None:
    """Move one layer to where it is pulled, members without a pull staying near their place."""
    blocks: list[tuple[float, float, int]] = []
    for member, at in zip(members, offset, strict=True):
        wish, mass = wishes.get(member) or (x[member], _FREE)
        mean, length = wish - at, 1
        while blocks and blocks[-1][0] > mean:
            before, weight, many = blocks.pop()
            mean = (before * weight + mean * mass) / (weight + mass)
            mass += weight
            length += many
        blocks.append((mean, mass, length))
    place = 0
    for mean, _, length in blocks:
        for k in range(place, place + length):
            x[members[k]] = mean + offset[k]
        place += length
