"""A machine as a figure in millimetres: circles, and edges with their labels; no Qt."""

from collections.abc import Mapping, Sequence

import resources
from app.benches.processes.arrange import node_boxes
from app.benches.processes.presentation import machine_arcs
from app.canvas.arc_geometry import ArcPath, Box
from app.canvas.contrast import legible_on
from app.canvas.edge_spreading import BUNDLE_ROLE, LABEL_PADDING, LABEL_ROW, SWATCH, Course, courses
from app.canvas.geometry import ROW_TEXT_SIZE, TITLE_SIZE
from app.canvas.graph import GraphArc
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
from app.graphical.figure_layout import MARGIN, thumbnail_options
from core.processes.process_subject import ProcessSubject

HEAD_LENGTH, HEAD_WIDTH = 6.8, 5.2
"""Size of an arrow head in widths of its line."""

LEAST_HEIGHT_MM = 12.0
LARGEST_MM_PER_UNIT = 0.35

Extent = tuple[float, float, float, float]


def machine_figure(subject: ProcessSubject, options: FigureOptions) -> Figure:
    """Return the machine drawn `options.width_mm` wide, as it stands on the canvas."""
    boxes = node_boxes(subject)
    arcs = machine_arcs(subject)
    runs = courses(boxes, arcs)
    left, top, right, bottom = _extent(boxes, arcs, runs)
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    largest = min(LARGEST_MM_PER_UNIT, options.font_mm / ROW_TEXT_SIZE)
    scale = min(options.width_mm / width, largest)
    shift = (options.width_mm / scale / 2 - (left + right) / 2, MARGIN - top)
    drawing = _Drawing(subject, options, scale, shift)
    drawn = list(zip(arcs, runs, strict=True))
    items: list[Item] = [drawing.arrow(arc, run.path) for arc, run in drawn if run.is_lead]
    for arc, run in drawn:
        items += drawing.label(arc, run)
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
    boxes, arcs = node_boxes(subject), machine_arcs(subject)
    left, _, right, _ = _extent(boxes, arcs, courses(boxes, arcs))
    return machine_figure(subject, thumbnail_options(right - left, options))


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


def _label_size(arc: GraphArc, run: Course) -> tuple[float, float]:
    return run.label_width, LABEL_ROW if arc.bundled else ROW_TEXT_SIZE * 1.3


def _extent(boxes: Mapping[str, Box], arcs: Sequence[GraphArc], runs: Sequence[Course]) -> Extent:
    """Return left, top, right and bottom of everything drawn."""
    xs, ys = [-20.0, 20.0] if not boxes else [], [-20.0, 20.0] if not boxes else []
    for box in boxes.values():
        xs += [box.x - box.width / 2, box.x + box.width / 2]
        ys += [box.y - box.height / 2, box.y + box.height / 2]
    for arc, run in zip(arcs, runs, strict=True):
        width, height = _label_size(arc, run)
        x, y = run.label_at
        xs += [x - width / 2, x + width / 2, run.path.label_anchor[0]]
        ys += [y - height / 2, y + height / 2, run.path.label_anchor[1]]
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

    def arrow(self, arc: GraphArc, route: ArcPath) -> Item:
        """Return an edge in the colour of its symbol, or of none when several share it."""
        line = self._options.line_mm * 1.3
        return Arrow(
            self._steps(route),
            colour=self._colours[BUNDLE_ROLE if arc.bundled else arc.role],
            width_mm=line,
            head_length_mm=HEAD_LENGTH * line,
            head_width_mm=HEAD_WIDTH * line,
        )

    def label(self, arc: GraphArc, run: Course) -> list[Item]:
        """Return the text of an edge on a patch that keeps it legible across other edges."""
        width, height = _label_size(arc, run)
        x, y = self._at(run.label_at)
        w, h = width * self._scale, height * self._scale
        items: list[Item] = [
            Rect(x - w / 2, y - h / 2, w, h, 0.0, None, fill=self._colours["canvas"])
        ]
        start = x
        if arc.bundled:
            unit = self._scale
            start = x - w / 2 + (LABEL_PADDING / 2 + SWATCH) * unit
            bar = (x - w / 2 + 2 * unit, y - h / 2 + 2 * unit, 3 * unit, h - 4 * unit)
            items.append(Rect(*bar, 0.0, None, fill=self._colours[arc.role]))
        text = Text(
            start,
            y,
            arc.label,
            size_pt=self._pt(ROW_TEXT_SIZE),
            anchor="start" if arc.bundled else "middle",
            baseline="middle",
            colour=self._colours["text"],
        )
        return [*items, text]

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
