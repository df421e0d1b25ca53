"""Layered layout from top to bottom for nodes of any size.

Layers and the order within them come from fast-sugiyama (network simplex and crossing minimisation
after E. Gansner, E. Koutsofios, S. North and K.-P. Vo, A technique for drawing directed graphs,
1993). The coordinates are our own: nodes differ in size, and the same graph must always get the
same picture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.canvas.layer_coordinates import Band, across
from app.canvas.layering import layered_parts
from app.canvas.packing import packed

Name = str
Position = tuple[float, float]
Size = tuple[float, float]

SPACING = (32.0, 56.0)
"""Least gaps between neighbours in a layer and between layers, in canvas units."""

WIDEST, MOST_STRETCHED = 6.0, 4.0
"""A drawing wider than so many times its height has its layers moved apart, up to so many times."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A connected part: its layers from the top, and the links between their members.

    Members from `count` on stand for arcs that pass through a layer.
    """

    layers: list[list[int]]
    links: list[tuple[int, int]]


def layered_positions(
    names: Sequence[Name],
    arcs: Iterable[tuple[Name, Name]],
    sizes: Mapping[Name, Size],
    *,
    spacing: tuple[float, float] = SPACING,
) -> dict[Name, Position]:
    """Return the centre of every node, so that arcs point downwards and no two nodes overlap.

    Arcs that close a cycle point upwards; parts that are not connected stand side by side.
    """
    index = {name: i for i, name in enumerate(names)}
    pairs = dict.fromkeys((index[s], index[t]) for s, t in arcs if s != t)
    downward = list(dict.fromkeys(_without_cycles(len(names), pairs)))
    extents = [sizes[name] for name in names]
    blocks: list[dict[int, Position]] = []
    linked: set[int] = set()
    for piece in _pieces(downward, len(names)):
        block = _placed(piece, extents, spacing)
        linked.update(block)
        blocks.append(block)
    blocks.extend({i: (0.0, 0.0)} for i in range(len(names)) if i not in linked)
    placed = packed(blocks, extents, spacing)
    return {name: placed[i] for i, name in enumerate(names)}


def _without_cycles(count: int, pairs: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the arcs, those turned round that lead back to a node on the way (depth first)."""
    below: list[list[int]] = [[] for _ in range(count)]
    above = [0] * count
    for source, target in pairs:
        below[source].append(target)
        above[target] += 1
    state = [0] * count
    roots = [i for i in range(count) if not above[i]] + [i for i in range(count) if above[i]]
    for root in roots:
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(below[root]))]
        while stack:
            node, rest = stack[-1]
            for child in rest:
                yield (child, node) if state[child] == 1 else (node, child)
                if state[child] == 0:
                    state[child] = 1
                    stack.append((child, iter(below[child])))
                    break
            else:
                state[node] = 2
                stack.pop()


def _pieces(arcs: list[tuple[int, int]], count: int) -> Iterable[_Piece]:
    """Yield the connected parts in the order of their first node."""
    if not arcs:
        return
    found = []
    for place, links in layered_parts(arcs, count):
        source, target = links[0]
        down = 1.0 if place[source][1] < place[target][1] else -1.0
        rows: dict[float, list[int]] = {}
        for member in sorted(place, key=lambda m: place[m][0]):
            rows.setdefault(down * round(place[member][1]), []).append(member)
        layers = [rows[y] for y in sorted(rows)]
        found.append(_Piece(layers, sorted(links)))
    yield from sorted(
        found, key=lambda piece: min(m for layer in piece.layers for m in layer if m < count)
    )


def _placed(
    piece: _Piece, extents: Sequence[Size], spacing: tuple[float, float]
) -> dict[int, Position]:
    """Return centres for the real nodes of one part."""
    count = len(extents)
    widths = {m: extents[m][0] for layer in piece.layers for m in layer if m < count}
    bands = []
    top = 0.0
    for layer in piece.layers:
        height = max((extents[m][1] for m in layer if m < count), default=0.0)
        bands.append(Band(layer, top + height / 2, height))
        top += height + spacing[1]
    x = across(bands, piece.links, widths, gap=spacing[0])
    wide = max(x.values()) - min(x.values())
    stretch = max(1.0, min(wide / (WIDEST * top), MOST_STRETCHED)) if len(bands) > 1 else 1.0
    return {m: (x[m], stretch * band.middle) for band in bands for m in band.members if m < count}
