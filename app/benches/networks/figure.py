"""A network as a figure in millimetres, with names alone or with posteriors as bars; no Qt."""

from collections.abc import Mapping
from dataclasses import replace

import resources
from app.benches.networks.arrange import node_boxes
from app.benches.networks.presentation import graph_arcs, graph_nodes
from app.canvas.arc_geometry import Box, arc_path, bounds
from app.canvas.contrast import legible_on
from app.canvas.geometry import (
    BAR_HEIGHT,
    CORNER_RADIUS,
    NAME_HEIGHT,
    ROW_TEXT_SIZE,
    TITLE_SIZE,
    NodeLayout,
    Row,
)
from app.canvas.graph import GraphNode
from app.figures.description import (
    MM_PER_PT,
    SMALLEST_LEGIBLE_PT,
    Arrow,
    Cubic,
    Ellipse,
    Figure,
    FigureOptions,
    Item,
    Move,
    Rect,
    Step,
    Table,
    Text,
    straight,
)
from app.graphical.arc_routing import Curve, routed
from app.graphical.figure_layout import MARGIN, PlacedNet, placed
from app.graphical.node_bars import ShownBeliefs
from core.networks.posteriors import Posteriors
from core.networks.subject import NetworkSubject

VIEWS = ("graph", "posteriors")
FINEST_LINE_MM = 0.05
HEAD_LENGTH, HEAD_WIDTH = 6.8, 5.2
"""Size of an arrow head in widths of its line."""


def network_figure(
    subject: NetworkSubject,
    posteriors: Posteriors | None,
    options: FigureOptions,
    view: str = "graph",
    *,
    is_routed: bool = True,
) -> Figure:
    """Return the network drawn `options.width_mm` wide.

    Parameters
    ----------
    posteriors : Posteriors or None
        Needed by the view "posteriors"; without it the bars are empty.
    view : str
        "graph" shows names, "posteriors" every state with its probability.
    is_routed : bool
        Whether arcs are led round the nodes in their way.
    """
    if view not in VIEWS:
        raise ValueError(f"a network has the views {VIEWS}, not {view!r}")
    style = "bars" if view == "posteriors" else "name"
    marginals: Mapping = posteriors.marginals if posteriors is not None else {}
    nodes = graph_nodes(subject, ShownBeliefs(marginals), style=style)
    largest = options.font_mm / TITLE_SIZE
    text_units = ROW_TEXT_SIZE if view == "posteriors" else TITLE_SIZE
    smallest = min(largest, SMALLEST_LEGIBLE_PT * MM_PER_PT / text_units)
    net = placed(nodes, options.width_mm, largest, smallest)
    finer = min(1.0, net.mm_per_unit / smallest)
    drawing = _Drawing(net, replace(options, line_mm=max(options.line_mm * finer, FINEST_LINE_MM)))
    items = [
        drawing.arc(arc.source, arc.target, is_routed=is_routed) for arc in graph_arcs(subject)
    ]
    for node in nodes:
        items += drawing.node(node, is_soft=_is_soft(subject, node.id))
    return Figure(
        width_mm=options.width_mm,
        height_mm=net.height * net.mm_per_unit,
        items=tuple(items),
        background=options.palette["canvas"],
        title=subject.net.name,
        description=_description(subject),
        font_family=options.font_family,
    )


def posterior_table(subject: NetworkSubject, posteriors: Posteriors | None) -> Table:
    """Return the marginals as rows of (node, state, probability)."""
    rows = []
    if posteriors is not None:
        for node in subject.net:
            marginal = posteriors.marginals.get(node.name, ())
            for state, value in zip(node.states, marginal, strict=False):
                rows.append((node.name, state, float(value)))
    return Table(("node", "state", "probability"), tuple(rows))


def thumbnail(subject: NetworkSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a network that the gallery shows, in its own proportions."""
    left, _, right, _ = bounds(node_boxes(replace(subject, node_style="name")).values())
    width_mm = max((right - left + 2 * MARGIN) * options.font_mm / TITLE_SIZE, options.width_mm)
    line_mm = max(options.line_mm, width_mm * 0.003)
    return network_figure(
        subject,
        None,
        replace(options, width_mm=width_mm, line_mm=line_mm),
        "graph",
        is_routed=False,
    )


def _is_soft(subject: NetworkSubject, name: str) -> bool:
    return isinstance(subject.evidence.get(name), tuple)


def _description(subject: NetworkSubject) -> str:
    net = subject.net
    text = f"Bayes net {net.name}: {len(net)} nodes, {net.arc_count} arcs"
    findings = [
        f"{name}={net[name].states[finding]}" if isinstance(finding, int) else f"{name} (likely)"
        for name, finding in subject.evidence.items()
    ]
    return f"{text}; evidence {', '.join(findings)}" if findings else text


class _Drawing:
    """Turns nodes and arcs in canvas units into items in millimetres."""

    def __init__(self, net: PlacedNet, options: FigureOptions) -> None:
        self._net = net
        self._options = options
        self._colours = options.palette
        self._scale = net.mm_per_unit
        self._boxes = {name: self._box(name) for name in net.centres}

    def arc(self, source: str, target: str, *, is_routed: bool) -> Item:
        """Return the arrow from rim to rim, led round the nodes in its way."""
        ends = (self._boxes[source], self._boxes[target])
        curve = None
        if is_routed:
            others = [box for name, box in self._boxes.items() if name not in (source, target)]
            curve = routed(*ends, others, self._net.width)
        return Arrow(
            self._straight(*ends) if curve is None else self._curved(curve),
            colour=self._colours["arc"],
            width_mm=self._options.line_mm,
            head_length_mm=HEAD_LENGTH * self._options.line_mm,
            head_width_mm=HEAD_WIDTH * self._options.line_mm,
        )

    def _straight(self, source: Box, target: Box) -> tuple[Step, ...]:
        path = arc_path(source, target)
        (x1, y1), (x2, y2), k = path.start, path.tip, self._scale
        return straight(x1 * k, y1 * k, x2 * k, y2 * k)

    def _curved(self, curve: Curve) -> tuple[Step, ...]:
        start, *rest = ((x * self._scale, y * self._scale) for x, y in curve)
        return (Move(*start), Cubic(*(value for point in rest for value in point)))

    def node(self, node: GraphNode, *, is_soft: bool) -> list[Item]:
        """Return the outline, the title and the rows of one node."""
        layout = self._net.layouts[node.id]
        x, y = self._net.centres[node.id]
        fill = node.colour or self._colours["node_observed" if node.observed else "node_fill"]
        ink = self._ink(node.colour)
        title = Text(
            x * self._scale,
            (y + layout.title_middle) * self._scale,
            layout.title,
            size_pt=self._pt(TITLE_SIZE),
            anchor="middle",
            baseline="middle",
            colour=ink,
            bold=bool(node.bars),
            max_width_mm=layout.width * self._scale,
            fit="shrink",
        )
        items: list[Item] = [*self._outline(node, layout, fill, is_soft=is_soft), title]
        for row in layout.rows:
            items += self._row(node, row, ink)
        return items

    def _outline(
        self, node: GraphNode, layout: NodeLayout, fill: str, *, is_soft: bool
    ) -> list[Item]:
        (x, y), k = self._net.centres[node.id], self._scale
        colour = self._colours["node_border"]
        line = self._options.line_mm * (2.0 if node.observed else 1.0)
        dash = (1.2, 0.8) if is_soft else ()
        if node.shape == "ellipse":
            rx, ry = layout.width / 2 * k, layout.height / 2 * k
            return [Ellipse(x * k, y * k, rx, ry, colour, line, dash, fill)]
        left, top = (x - layout.width / 2) * k, (y - layout.height / 2) * k
        radius = min(CORNER_RADIUS, NAME_HEIGHT / 2) * k
        width, height = layout.width * k, layout.height * k
        return [Rect(left, top, width, height, radius, colour, line, dash, fill)]

    def _row(self, node: GraphNode, row: Row, ink: str) -> list[Item]:
        (x, y), k = self._net.centres[node.id], self._scale
        middle = (y + row.middle) * k
        small = {"size_pt": self._pt(ROW_TEXT_SIZE), "baseline": "middle", "colour": ink}
        items: list[Item] = [Text((x + row.label_left) * k, middle, row.label, **small)]
        if row.index is None:
            return items
        bar = node.bars[row.index]
        left, top = (x + row.track_left) * k, middle - BAR_HEIGHT / 2 * k
        track, height = row.track_width * k, BAR_HEIGHT * k
        items.append(Rect(left, top, track, height, 0.0, None, fill=self._colours["bar_track"]))
        if bar.value > 0:
            fill = self._colours[bar.role]
            items.append(Rect(left, top, track * min(bar.value, 1.0), height, 0.0, None, fill=fill))
        right = (x + row.percent_right) * k
        items.append(Text(right, middle, row.percent, anchor="end", **small))
        return items

    def _box(self, name: str) -> Box:
        layout, (x, y) = self._net.layouts[name], self._net.centres[name]
        shape = "box" if layout.rows else "ellipse"
        return Box(x, y, layout.width, layout.height, shape)

    def _pt(self, units: float) -> float:
        return units * self._scale / MM_PER_PT

    def _ink(self, fill: str | None) -> str:
        """Text on a node's own colour is dark or light, whichever can be read."""
        if fill is None:
            return self._colours["node_text"]
        inks = (resources.palette(theme)["node_text"] for theme in ("light", "dark"))
        return legible_on(fill, *inks)
