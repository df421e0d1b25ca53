"""Sizes of nodes and the places of what is inside them: shared by the canvas and the figures.

Everything is in canvas units (points at 100 %), y downwards, and relative to the node's centre.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.canvas.graph import Bar
from app.canvas.text_width import Measure, approximate_width, elided

TITLE_SIZE = 13.0
ROW_TEXT_SIZE = 11.0
"""Font sizes of the title and of the rows."""

CORNER_RADIUS = 9.0
SQUARE_RADIUS = 3.0
NAME_HEIGHT = 36.0
SQUARE_SIDE = 26.0
CIRCLE_SIDE = 46.0
TITLE_HEIGHT = 26.0
ROW_HEIGHT = 18.0
BAR_HEIGHT = 9.0
BAR_WIDTH = 74.0
PERCENT_WIDTH = 46.0
PADDING = 11.0
GAP = 7.0
BOTTOM = 7.0
MIN_NAME_WIDTH = 76.0
MAX_TITLE_WIDTH = 220.0
MAX_CIRCLE_TITLE = 72.0
MIN_ROW_LABEL = 26.0
MAX_ROW_LABEL = 110.0
ROWS_SHOWN = 16
"""A node with more bars shows the first ROWS_SHOWN - 1 and a last row that counts the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar's row: texts end at `label_right` and `percent_right`, all centred on `middle`.

    `index` is the bar's, or None in the row that only says how many more there are.
    """

    index: int | None
    label: str
    percent: str
    middle: float
    label_left: float
    track_left: float
    track_width: float
    percent_right: float

    @property
    def top(self) -> float:
        """Upper edge of the row."""
        return self.middle - ROW_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class NodeLayout:
    """Where everything in a node goes; the title is centred on (0, `title_middle`)."""

    width: float
    height: float
    title: str
    title_middle: float
    rows: tuple[Row, ...]


def outline_of(shape: str) -> str:
    """Return what arcs are clipped at for a node of this shape: a circle is an ellipse."""
    return "ellipse" if shape == "circle" else shape


def percent(value: float) -> str:
    """Return a probability as a percentage that never rounds to certainty."""
    if value <= 0.0:
        return "0%"
    if value >= 1.0:
        return "100%"
    if value < 0.0005:
        return "<0.1%"
    if value >= 0.9995:
        return ">99.9%"
    return f"{value * 100:.1f}%"


def node_layout(
    label: str, bars: Sequence[Bar] = (), shape: str = "box", measure: Measure | None = None
) -> NodeLayout:
    """Return the size of a node and the places of its texts and bars."""
    measure = measure or approximate_width
    if shape == "square" and not bars:
        title = label if measure(label, TITLE_SIZE, False) <= SQUARE_SIDE - 4.0 else ""
        return NodeLayout(SQUARE_SIDE, SQUARE_SIDE, title, 0.0, ())
    if shape == "circle" and not bars:
        title = elided(label, TITLE_SIZE, MAX_CIRCLE_TITLE, measure=measure)
        side = _even(max(CIRCLE_SIDE, measure(title, TITLE_SIZE, False) + 18.0))
        return NodeLayout(side, side, title, 0.0, ())
    title = elided(label, TITLE_SIZE, MAX_TITLE_WIDTH, bold=bool(bars), measure=measure)
    title_width = measure(title, TITLE_SIZE, bool(bars))
    if not bars:
        width = max(MIN_NAME_WIDTH, title_width + (44.0 if shape == "ellipse" else 28.0))
        height = NAME_HEIGHT + (6.0 if shape == "ellipse" else 0.0)
        return NodeLayout(_even(width), height, title, 0.0, ())
    return _bars_layout(title, title_width, bars, measure)


def _bars_layout(
    title: str, title_width: float, bars: Sequence[Bar], measure: Measure
) -> NodeLayout:
    hidden = 0 if len(bars) <= ROWS_SHOWN else len(bars) - ROWS_SHOWN + 1
    shown = bars[: len(bars) - hidden]
    labels = [elided(bar.label, ROW_TEXT_SIZE, MAX_ROW_LABEL, measure=measure) for bar in shown]
    label_width = max(MIN_ROW_LABEL, *(measure(text, ROW_TEXT_SIZE, False) for text in labels))
    inner = label_width + GAP + BAR_WIDTH + GAP + PERCENT_WIDTH
    width = _even(max(inner, title_width + 14.0) + 2 * PADDING)
    count = len(shown) + (1 if hidden else 0)
    height = TITLE_HEIGHT + count * ROW_HEIGHT + BOTTOM
    left, top = -width / 2 + PADDING, -height / 2
    track_left = left + label_width + GAP
    percent_right = width / 2 - PADDING
    track_width = percent_right - PERCENT_WIDTH - GAP - track_left

    def row(place: int, index: int | None, text: str, value: str) -> Row:
        middle = top + TITLE_HEIGHT + (place + 0.5) * ROW_HEIGHT
        return Row(index, text, value, middle, left, track_left, track_width, percent_right)

    rows = [
        row(i, i, text, percent(bar.value) if bar.caption is None else bar.caption)
        for i, (bar, text) in enumerate(zip(shown, labels, strict=True))
    ]
    if hidden:
        rows.append(row(len(shown), None, f"{hidden} more", ""))
    return NodeLayout(width, height, title, top + TITLE_HEIGHT / 2 + 1.0, tuple(rows))


def node_size(
    label: str, bars: Sequence[Bar] = (), shape: str = "box", measure: Measure | None = None
) -> tuple[float, float]:
    """Return (width, height) of a node in canvas units."""
    layout = node_layout(label, bars, shape, measure)
    return layout.width, layout.height


def _even(width: float) -> float:
    return 2.0 * round(width / 2.0 + 0.499)
