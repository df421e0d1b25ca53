"""What a graph canvas shows: nodes and arcs as plain values, whatever they stand for."""

from dataclasses import dataclass
from typing import NamedTuple

BAR_ROLES = ("bar", "bar_observed", "bar_likelihood", "bar_stale", "bar_preview")
ARC_EMPHASES = ("", "refused", "accent", "faint", "success", "warning", "muted_text")
NODE_EMPHASES = ("", "faint", "accent", "refused", "success", "warning", "danger")
"""How nodes and arcs may stand out; ``category_0`` to ``category_7`` of the palette as well."""


class Bar(NamedTuple):
    """One row of a node: a label and a value between 0 and 1, drawn in the palette role `role`.

    `caption` replaces the percentage at the end of the row when it is not None. `mark` is another
    value to compare with, drawn as a tick across the bar.
    """

    label: str
    value: float
    role: str = "bar"
    caption: str | None = None
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node as it is drawn, its centre at `position` in canvas units, y downwards.

    With bars it is a titled box with one row a bar, without them its name in `shape` ("box",
    "ellipse", "circle", or "square", a small one with room for three letters). `colour` is a fill
    as ``#rrggbb``, None takes the palette's.
    `tooltip` stands above the note in the tip; empty, the full label does. `emphasis` rings the
    node in a colour of the palette, or with "faint" lets it step back.
    """

    id: str
    label: str
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    bars: tuple[Bar, ...] = ()
    note: str = ""
    observed: bool = False
    stale: bool = False
    shape: str = "box"
    emphasis: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class GraphArc:
    """An arc as it is drawn; `key` tells parallel arcs of one pair of nodes apart.

    An arc that is not `directed` has no head. One that is `inert` is seen but cannot be hovered,
    selected or removed: it belongs to what is explained, not to the graph. `role` is the role of
    the palette that the arc has while nothing else decides its colour. The `bundled` arcs from one
    node to another share a line, and their labels stand in one stack.
    """

    source: str
    target: str
    key: str = ""
    label: str = ""
    emphasis: str = ""
    tooltip: str = ""
    directed: bool = True
    dashed: bool = False
    inert: bool = False
    role: str = ""
    bundled: bool = False

    @property
    def id(self) -> tuple[str, str, str]:
        """What stays the same while label and emphasis change."""
        return (self.source, self.target, self.key)
