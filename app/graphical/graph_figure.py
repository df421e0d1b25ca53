"""A drawn graph as a figure in millimetres: nodes as names or with bars, arcs or edges; no Qt."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import resources
from app.canvas.arc_geometry import Box, arc_path
from app.canvas.contrast import legible_on
from app.canvas.geometry import (
    BAR_HEIGHT,
    CORNER_RADIUS,
    NAME_HEIGHT,
    ROW_TEXT_SIZE,
    SQUARE_RADIUS,
    TITLE_SIZE,
    NodeLayout,
    Row,
    outline_of,
)
from app.canvas.graph import GraphArc, GraphNode
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
    Path,
    Rect,
    Step,
    Text,
    straight,
)
from app.graphical.arc_routing import Curve, routed
from app.graphical.figure_layout import PlacedNet, placed

FINEST_LINE_MM = 0.05
HEAD_LENGTH, HEAD_WIDTH = 6.8, 5.2
"""Size of an arrow head in widths of its line."""

EMPHASES = {"refused": "arc_refused", "faint": "border"}
"""Palette roles of emphases that are not roles themselves."""


def graph_figure(
    nodes: Sequence[GraphNode],
    arcs: Sequence[GraphArc],
    options: FigureOptions,
    *,
    soft: Collection[str] = (),
    is_routed: bool = True,
    title: str = "",
    description: str = "",
) -> Figure:
    """Return the graph drawn `options.width_mm` wide.

    Parameters
    ----------
    soft : collection of str
        Nodes with a dashed outline, for what is only likely.
    is_routed : bool
        Whether arcs are led round the nodes in their way.
    """
    largest = options.font_mm / TITLE_SIZE
    text_units = ROW_TEXT_SIZE if any(node.bars for node in nodes) else TITLE_SIZE
    smallest = min(largest, SMALLEST_LEGIBLE_PT * MM_PER_PT / text_units)
    net = placed(nodes, options.width_mm, largest, smallest)
    finer = min(1.0, net.mm_per_unit / smallest)
    line_mm = max(options.line_mm * finer, FINEST_LINE_MM)
    drawing = _Drawing(nodes, net, replace(options, line_mm=line_mm))
    items = [drawing.arc(arc, is_routed=is_routed) for arc in arcs]
    for node in nodes:
        items += drawing.node(node, is_soft=node.id in soft)
    return Figure(
        width_mm=options.width_mm,
        height_mm=net.height * net.mm_per_unit,
        items=tuple(items),
        background=options.palette["canvas"],
        title=title,
        description=description,
        font_family=options.font_family,
    )


class _Drawing:
    """Turns nodes and arcs in canvas units into items in millimetres."""

    def __init__(self, nodes: Sequence[GraphNode], net: PlacedNet, options: FigureOptions) -> None:
        self._net = net
        self._options = options
        self._colours = options.palette
        self._scale = net.mm_per_unit
        self._boxes = {node.id: self._box(node) for node in nodes}

    def arc(self, arc: GraphArc, *, is_routed: bool) -> Item:
        """Return the arrow from rim to rim, or the line, led round the nodes in its way."""
        ends = (self._boxes[arc.source], self._boxes[arc.target])
        curve = None
        if is_routed:
            passed = (arc.source, arc.target)
            others = [box for name, box in self._boxes.items() if name not in passed]
            curve = routed(*ends, others, self._net.width)
        steps = self._straight(*ends) if curve is None else self._curved(curve)
        line = self._options.line_mm
        dash = (4 * line, 3 * line) if arc.dashed else ()
        role = EMPHASES.get(arc.emphasis, arc.emphasis)
        colour = self._colours.get(role, self._colours["arc"])
        if not arc.directed:
            return Path(steps, colour, line, dash)
        return Arrow(
            steps,
            colour=colour,
            width_mm=line,
            dash=dash,
            head_length_mm=HEAD_LENGTH * line,
            head_width_mm=HEAD_WIDTH * line,
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
        if node.shape == "square" and not node.bars:
            return self._square(node, layout)
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

    def _square(self, node: GraphNode, layout: NodeLayout) -> list[Item]:
        (x, y), k = self._net.centres[node.id], self._scale
        side, border = layout.width * k, self._colours["node_border"]
        left, top = x * k - side / 2, y * k - side / 2
        fill = node.colour or border
        radius, line = SQUARE_RADIUS * k, self._options.line_mm
        square = Rect(left, top, side, side, radius, border, line, (), fill)
        if not layout.title:
            return [square]
        ink = self._ink(node.colour) if node.colour else self._colours["canvas"]
        size, middle = self._pt(TITLE_SIZE), {"anchor": "middle", "baseline": "middle"}
        return [square, Text(x * k, y * k, layout.title, size, colour=ink, **middle)]

    def _outline(
        self, node: GraphNode, layout: NodeLayout, fill: str, *, is_soft: bool
    ) -> list[Item]:
        (x, y), k = self._net.centres[node.id], self._scale
        role = EMPHASES.get(node.emphasis, node.emphasis)
        colour = self._colours.get(role, self._colours["node_border"])
        stands_out = node.observed or node.emphasis not in ("", "faint")
        line = self._options.line_mm * (2.0 if stands_out else 1.0)
        dash = (1.2, 0.8) if is_soft else ()
        if outline_of(node.shape) == "ellipse":
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

    def _box(self, node: GraphNode) -> Box:
        layout, (x, y) = self._net.layouts[node.id], self._net.centres[node.id]
        return Box(
            x, y, layout.width, layout.height, "box" if node.bars else outline_of(node.shape)
        )

    def _pt(self, units: float) -> float:
        return units * self._scale / MM_PER_PT

    def _ink(self, fill: str | None) -> str:
        """Text on a node's own colour is dark or light, whichever can be read."""
        if fill is None:
            return self._colours["node_text"]
        inks = (resources.palette(theme)["node_text"] for theme in ("light", "dark"))
        return legible_on(fill, *inks)
