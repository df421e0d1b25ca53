"""A machine as a figure in millimetres: circles, and edges with their labels; no Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import resources
from app.benches.processes.arrange import node_boxes
from app.benches.processes.edges import edge_label
from app.benches.processes.presentation import MOST_EDGES, symbol_role
from app.canvas.arc_geometry import (
    LABELLED_GAP,
    ArcPath,
    Box,
    bends,
    loop_places,
    path_of,
)
from app.canvas.contrast import legible_on
from app.canvas.geometry import ROW_TEXT_SIZE, TITLE_SIZE
from app.canvas.text_width import approximate_width
from app.figures.description import (
    MM_PER_PT,
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
from core.processes.model import Edge
from core.processes.process_subject import ProcessSubject

MARGIN = 8.0
"""Free room around the machine, in canvas units."""

HEAD_LENGTH, HEAD_WIDTH = 6.8, 5.2
"""Size of an arrow head in widths of its line."""

LEAST_HEIGHT_MM = 12.0
LARGEST_MM_PER_UNIT = 0.35

Extent = tuple[float, float, float, float]


def machine_figure(subject: ProcessSubject, options: FigureOptions) -> Figure:
    """Return the machine drawn `options.width_mm` wide, as it stands on the canvas."""
    boxes = node_boxes(subject)
    edges = list(subject.model.edges()) if subject.model.edge_count() <= MOST_EDGES else []
    routes = _routes(edges, boxes)
    left, top, right, bottom = _extent(boxes, edges, routes)
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    largest = min(LARGEST_MM_PER_UNIT, options.font_mm / ROW_TEXT_SIZE)
    scale = min(options.width_mm / width, largest)
    shift = (options.width_mm / scale / 2 - (left + right) / 2, MARGIN - top)
    drawing = _Drawing(subject, options, scale, shift)
    items: list[Item] = [drawing.arrow(e, r) for e, r in zip(edges, routes, strict=True)]
    for edge, route in zip(edges, routes, strict=True):
        items += drawing.label(edge, route)
    for state, box in boxes.items():
        items += drawing.state(state, box)
    return Figure(
        width_mm=options.width_mm,
        height_mm=max(height * scale, LEAST_HEIGHT_MM),
        items=tuple(items),
        background=options.palette["canvas"],
        title=subject.model.name,
        description=described(subject),
        font_family=options.font_family,
    )


def thumbnail(subject: ProcessSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a machine that the gallery shows."""
    left, _, right, _ = _extent(node_boxes(subject), *_drawn(subject))
    wanted = (right - left + 2 * MARGIN) * options.font_mm / TITLE_SIZE
    width_mm = max(wanted, options.width_mm)
    line_mm = max(options.line_mm, width_mm * 0.003)
    return machine_figure(subject, replace(options, width_mm=width_mm, line_mm=line_mm))


def edge_table(subject: ProcessSubject) -> Table:
    """Return the edges of a machine, the numbers behind its drawing."""
    rows = tuple((e.source, e.symbol, e.target, e.probability) for e in subject.model.edges())
    return Table(("state", "symbol", "next state", "probability"), rows)


def described(subject: ProcessSubject) -> str:
    """Return what the figure shows, in words."""
    model = subject.model
    return (
        f"Machine {model.name or 'without a name'}: {model.n} states, {model.k} symbols, "
        f"{model.edge_count()} edges"
    )


def _drawn(subject: ProcessSubject) -> tuple[list[Edge], list[ArcPath]]:
    edges = list(subject.model.edges()) if subject.model.edge_count() <= MOST_EDGES else []
    return edges, _routes(edges, node_boxes(subject))


def _routes(edges: Sequence[Edge], boxes: Mapping[str, Box]) -> list[ArcPath]:
    """Return where the edges run, exactly as on the canvas."""
    bows = bends([(edge.source, edge.target) for edge in edges], LABELLED_GAP)
    loops: dict[str, list[int]] = {}
    for index, edge in enumerate(edges):
        if edge.source == edge.target:
            loops.setdefault(edge.source, []).append(index)
    for state, members in loops.items():
        at_state = [edge for edge in edges if state in (edge.source, edge.target)]
        far = {end for edge in at_state for end in (edge.source, edge.target)} - {state}
        others = [(boxes[end].x, boxes[end].y) for end in sorted(far)]
        places = loop_places(boxes[state], others, len(members))
        for index, place in zip(members, places, strict=True):
            bows[index] = float(place)
    return [
        path_of(boxes[e.source], boxes[e.target], bow, is_loop=e.source == e.target)
        for e, bow in zip(edges, bows, strict=True)
    ]


def _label_size(edge: Edge) -> tuple[float, float]:
    return approximate_width(edge_label(edge), ROW_TEXT_SIZE, False) + 6.0, ROW_TEXT_SIZE * 1.3


def _extent(boxes: Mapping[str, Box], edges: Sequence[Edge], routes: Sequence[ArcPath]) -> Extent:
    """Return left, top, right and bottom of everything drawn."""
    xs, ys = [-20.0, 20.0] if not boxes else [], [-20.0, 20.0] if not boxes else []
    for box in boxes.values():
        xs += [box.x - box.width / 2, box.x + box.width / 2]
        ys += [box.y - box.height / 2, box.y + box.height / 2]
    for edge, route in zip(edges, routes, strict=True):
        width, height = _label_size(edge)
        x, y = route.label_centre(width, height)
        xs += [x - width / 2, x + width / 2, route.label_anchor[0]]
        ys += [y - height / 2, y + height / 2, route.label_anchor[1]]
    return min(xs), min(ys), max(xs), max(ys)


class _Drawing:
    """Turns states and edges in canvas units into items in millimetres."""

    def __init__(
        self,
        subject: ProcessSubject,
        options: FigureOptions,
        scale: float,
        shift: tuple[float, float],
    ) -> None:
        self._subject = subject
        self._options = options
        self._colours = options.palette
        self._scale = scale
        self._shift = shift

    def arrow(self, edge: Edge, route: ArcPath) -> Item:
        """Return an edge in the colour of its symbol."""
        line = self._options.line_mm * 1.3
        return Arrow(
            self._steps(route),
            colour=self._colours[symbol_role(self._subject.model, edge.symbol)],
            width_mm=line,
            head_length_mm=HEAD_LENGTH * line,
            head_width_mm=HEAD_WIDTH * line,
        )

    def label(self, edge: Edge, route: ArcPath) -> list[Item]:
        """Return the text of an edge on a patch that keeps it legible across other edges."""
        width, height = _label_size(edge)
        x, y = self._at(route.label_centre(width, height))
        w, h = width * self._scale, height * self._scale
        patch = Rect(x - w / 2, y - h / 2, w, h, 0.0, None, fill=self._colours["canvas"])
        text = Text(
            x,
            y,
            edge_label(edge),
            size_pt=self._pt(ROW_TEXT_SIZE),
            anchor="middle",
            baseline="middle",
            colour=self._colours["text"],
        )
        return [patch, text]

    def state(self, state: str, box: Box) -> list[Item]:
        """Return the circle of a state with its name."""
        own = self._subject.colours.get(state)
        fill = own or self._colours["node_fill"]
        ink = self._colours["node_text"]
        if own is not None:
            inks = (resources.palette(theme)["node_text"] for theme in ("light", "dark"))
            ink = legible_on(own, *inks)
        x, y = self._at((box.x, box.y))
        rx, ry = box.width / 2 * self._scale, box.height / 2 * self._scale
        border = self._colours["node_border"]
        return [
            Ellipse(x, y, rx, ry, border, self._options.line_mm, (), fill),
            Text(
                x,
                y,
                state,
                size_pt=self._pt(TITLE_SIZE),
                anchor="middle",
                baseline="middle",
                colour=ink,
                max_width_mm=1.8 * rx,
                fit="shrink",
            ),
        ]

    def _steps(self, route: ArcPath) -> tuple[Step, ...]:
        (x1, y1), (x2, y2) = self._at(route.start), self._at(route.tip)
        if route.is_straight:
            return straight(x1, y1, x2, y2)
        c1, c2 = self._at(route.control_1), self._at(route.control_2)
        return (Move(x1, y1), Cubic(*c1, *c2, x2, y2))

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        (x, y), (dx, dy) = point, self._shift
        return ((x + dx) * self._scale, (y + dy) * self._scale)

    def _pt(self, units: float) -> float:
        return units * self._scale / MM_PER_PT
