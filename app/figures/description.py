"""What a figure says, before any device draws it: primitives in millimetres, y pointing down.

Nothing here knows Qt. The painter (screen, SVG, PDF, PNG) and the TikZ writer are two readings of
the same description, so what is not described cannot be exported. Colours are ``#rrggbb``, or
``#aarrggbb`` where something shines through; None leaves a stroke or a filling out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from resources import palette

Anchor = Literal["start", "middle", "end"]
Baseline = Literal["alphabetic", "middle", "top"]
Fit = Literal["elide", "shrink"]
Theme = Literal["print", "light", "dark"]

MM_PER_PT = 25.4 / 72.0
SINGLE_COLUMN_MM = 86.0
DOUBLE_COLUMN_MM = 178.0
SMALLEST_LEGIBLE_PT = 6.0


@dataclass(frozen=True)
class FigureOptions:
    """What the user chooses about a figure; a view's `make` turns it into a `Figure`."""

    width_mm: float = SINGLE_COLUMN_MM
    theme: Theme = "print"
    font_family: str = "DejaVu Sans"
    font_pt: float = 8.0
    line_mm: float = 0.25

    @property
    def palette(self) -> dict[str, str]:
        """Colours by role for the chosen theme."""
        return palette(self.theme)

    @property
    def font_mm(self) -> float:
        """Height of the font's em square in millimetres."""
        return self.font_pt * MM_PER_PT


@dataclass(frozen=True)
class Line:
    """A straight stroke."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()  # lengths of strokes and gaps in mm


@dataclass(frozen=True)
class Polyline:
    """A stroke through points, or a polygon when `closed`; filled when `fill` is given."""

    points: tuple[tuple[float, float], ...]
    colour: str | None = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()
    fill: str | None = None
    closed: bool = False


@dataclass(frozen=True)
class Move:
    """Begin a new piece of a path at a point."""

    x: float
    y: float


@dataclass(frozen=True)
class To:
    """Go straight to a point."""

    x: float
    y: float


@dataclass(frozen=True)
class Cubic:
    """Go to (x, y) along a cubic Bezier curve with two control points."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float


@dataclass(frozen=True)
class Close:
    """Go straight back to where the piece began."""


Step = Move | To | Cubic | Close


@dataclass(frozen=True)
class Path:
    """Any outline of straight and curved steps, the first of them a `Move`."""

    steps: tuple[Step, ...]
    colour: str | None = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()
    fill: str | None = None


@dataclass(frozen=True)
class Arrow:
    """A path of `Move`, `To` and `Cubic` steps with an arrow head whose tip is its last point."""

    steps: tuple[Step, ...]
    colour: str = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()
    head_length_mm: float = 1.8
    head_width_mm: float = 1.3


@dataclass(frozen=True)
class Rect:
    """A rectangle with its top left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    colour: str | None = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()
    fill: str | None = None


@dataclass(frozen=True)
class Ellipse:
    """An ellipse around (x, y) with half axes `rx` and `ry`."""

    x: float
    y: float
    rx: float
    ry: float
    colour: str | None = "#000000"
    width_mm: float = 0.25
    dash: tuple[float, ...] = ()
    fill: str | None = None


@dataclass(frozen=True)
class Text:
    """One line of text; wider than `max_width_mm` it is elided or shrunk.

    `family` is empty where the figure's own family is meant. `rotation_deg` turns it about
    (x, y), clockwise as seen.
    """

    x: float
    y: float
    text: str
    size_pt: float = 8.0
    anchor: Anchor = "start"
    baseline: Baseline = "alphabetic"
    colour: str = "#000000"
    bold: bool = False
    italic: bool = False
    max_width_mm: float | None = None
    fit: Fit = "elide"
    family: str = ""
    rotation_deg: float = 0.0


@dataclass(frozen=True, eq=False)
class Image:
    """A field of pixels, uint8[rows, columns, 4], stretched over an extent without smoothing."""

    x: float
    y: float
    width: float
    height: float
    rgba: np.ndarray

    def __post_init__(self) -> None:
        if self.rgba.dtype != np.uint8 or self.rgba.ndim != 3 or self.rgba.shape[2] != 4:
            raise ValueError("A figure's image is a uint8 array of shape (rows, columns, 4).")


@dataclass(frozen=True)
class Clip:
    """The rectangle that a group is cut to, in the group's own millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Group:
    """Items moved together by (dx, dy) and, where asked, cut to a rectangle."""

    items: tuple["Item", ...]
    clip: Clip | None = None
    dx: float = 0.0
    dy: float = 0.0


Item = Line | Polyline | Path | Arrow | Rect | Ellipse | Text | Image | Group


@dataclass(frozen=True)
class Figure:
    """A sheet of a size in millimetres with items drawn in order, the first at the bottom."""

    width_mm: float
    height_mm: float
    items: tuple[Item, ...] = ()
    background: str | None = "#ffffff"
    title: str = ""
    description: str = ""
    font_family: str = "DejaVu Sans"


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure: a header and rows of text and numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...] = ()


def straight(x1: float, y1: float, x2: float, y2: float) -> tuple[Step, ...]:
    """Return the steps of a straight path, as an `Arrow` takes them."""
    return (Move(x1, y1), To(x2, y2))


def smallest_text_pt(items: Sequence[Item]) -> float | None:
    """Return the smallest font size that any text among `items` asks for."""
    sizes = []
    for item in items:
        if isinstance(item, Text):
            sizes.append(item.size_pt)
        elif isinstance(item, Group):
            inner = smallest_text_pt(item.items)
            if inner is not None:
                sizes.append(inner)
    return min(sizes, default=None)
