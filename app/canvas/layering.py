"""Layers, the order within them, and the ways of long arcs, from fast-sugiyama.

The library keeps the interpreter to itself while it works, which would stop every thread of the
program, so a large graph is sent to a process of its own: this file, run as a script.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

Arcs = Sequence[tuple[int, int]]
Part = tuple[dict[int, tuple[float, float]], list[tuple[int, int]]]
"""Places of the members of a connected part, and the links between them."""

ARCS_AT_ONCE = 150
"""So few arcs take a few milliseconds, less than a process needs to start."""


def layered_parts(arcs: Arcs, count: int) -> list[Part]:
    """Return the connected parts of `count` nodes; members from `count` on stand for long arcs."""
    has_python = sys.executable and not getattr(sys, "frozen", False)
    if len(arcs) <= ARCS_AT_ONCE or not has_python:
        return _parts(arcs, count)
    try:
        answer = subprocess.run(
            [sys.executable, "-P", __file__],
            input=json.dumps([list(arcs), count]),
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        return [
            ({member: (x, y) for member, x, y in places}, [(s, t) for s, t in links])
            for places, links in json.loads(answer)
        ]
    except (OSError, ValueError, subprocess.SubprocessError):
        return _parts(
            arcs, count
        )  # where no process can be started, a pause is better than no layout


def _parts(arcs: Arcs, count: int) -> list[Part]:
    return [_part(part, count) for part in _connected(arcs)]


def _connected(arcs: Arcs) -> list[list[tuple[int, int]]]:
    """Return the arcs of each connected part, the parts by their first arc."""
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]
            node = above
        return node

    for source, target in arcs:
        leader[find(source)] = find(target)
    parts: dict[int, list[tuple[int, int]]] = {}
    for source, target in arcs:
        parts.setdefault(find(source), []).append((source, target))
    return list(parts.values())


def _part(arcs: Arcs, count: int) -> Part:
    """Return one connected part.

    The library numbers the passages of long arcs from the number of nodes of a part on, whatever
    the nodes themselves are called, so they are numbered from 0 for it and named again after.
    """
    from fast_sugiyama import from_edges

    nodes = sorted({node for arc in arcs for node in arc})
    short = {node: i for i, node in enumerate(nodes)}
    ((positions, _, _, links),) = from_edges(
        [(short[source], short[target]) for source, target in arcs],
        vertex_spacing=100,
        dummy_vertices=True,
        dummy_size=50,
        check_layout=False,
    )
    places = dict(positions)
    name = {i: nodes[i] if i < len(nodes) else count + i for i in places}
    return (
        {name[i]: at for i, at in places.items()},
        [(name[s], name[t]) for s, t in links if s in name and t in name],
    )


def _answer() -> None:
    arcs, count = json.load(sys.stdin)
    parts = _parts(arcs, count)
    json.dump(
        [([(member, *at) for member, at in places.items()], links) for places, links in parts],
        sys.stdout,
    )


if __name__ == "__main__":
    _answer()
