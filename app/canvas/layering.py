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


def layered_parts(arcs: Arcs) -> list[Part]:
    """Return the connected parts; members from the number of nodes on stand for long arcs."""
    has_python = sys.executable and not getattr(sys, "frozen", False)
    if len(arcs) <= ARCS_AT_ONCE or not has_python:
        return _parts(arcs)
    try:
        answer = subprocess.run(
            [sys.executable, "-P", __file__],
            input=json.dumps(list(arcs)),
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        return [
            ({member: (x, y) for member, x, y in places}, [(s, t) for s, t in links])
            for places, links in json.loads(answer)
        ]
    except (OSError, ValueError, subprocess.SubprocessError):
        return _parts(arcs)  # where no process can be started, a pause is better than no layout


def _parts(arcs: Arcs) -> list[Part]:
    from fast_sugiyama import from_edges

    return [
        (dict(positions), list(edges))
        for positions, _, _, edges in from_edges(
            [tuple(arc) for arc in arcs],
            vertex_spacing=100,
            dummy_vertices=True,
            dummy_size=50,
            check_layout=False,
        )
    ]


def _answer() -> None:
    parts = _parts(json.load(sys.stdin))
    json.dump(
        [([(member, *at) for member, at in places.items()], links) for places, links in parts],
        sys.stdout,
    )


if __name__ == "__main__":
    _answer()
