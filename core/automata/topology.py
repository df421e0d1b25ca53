"""How the sides of a world are joined, and the suffix by which Golly's files say so.

Source: Golly's bounded grids, https://golly.sourceforge.io/Help/bounded.html.
"""

import re
from dataclasses import dataclass, replace

from core.automata.errors import UnreadableTopology
from core.labels import quoted

KINDS = (
    "unbounded",
    "torus",
    "plane",
    "tube",
    "klein",
    "cross-surface",
    "sphere",
    "reflecting",
    "fixed",
)
SIDE_LIMIT = 2_000_000_000
"""Sides are kept below this, so that coordinates fit a signed 32-bit number."""

_SUFFIX = re.compile(r"([PTKCSRF])(\d+)(\*?)([+-]\d+)?(?:,(\d+)(\*?)([+-]\d+)?)?(?:=([\d,]+))?")
_KIND_OF = {
    "P": "plane",
    "T": "torus",
    "K": "klein",
    "C": "cross-surface",
    "S": "sphere",
    "R": "reflecting",
    "F": "fixed",
}
_LETTER_OF = {kind: letter for letter, kind in _KIND_OF.items()} | {"tube": "T"}


@dataclass(frozen=True, slots=True)
class Topology:
    """The sides of a world and how they are joined.

    Attributes
    ----------
    kind : str
        One of `KINDS`. A ``"tube"`` is a torus with one infinite side.
    width, height : int
        Cells along x and y; 0 for a side without end. One-dimensional worlds have height 1.
    shift : int
        Cells by which a joined edge is moved along itself, on a torus or a Klein bottle.
    axis : str
        ``"x"`` where it is the horizontal edges (top and bottom) that are shifted or twisted,
        ``"y"`` where it is the vertical ones, empty where nothing is.
    border : tuple of 4 float
        The values outside of the left, right, top and bottom side of the kind ``"fixed"``.
    """

    kind: str = "unbounded"
    width: int = 0
    height: int = 0
    shift: int = 0
    axis: str = ""
    border: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnreadableTopology(
                f"There is no topology {quoted(self.kind)}; there are {', '.join(KINDS)}."
            )
        if not (0 <= self.width < SIDE_LIMIT and 0 <= self.height < SIDE_LIMIT):
            raise UnreadableTopology(
                f"A world of {self.width} by {self.height} cells has a side out of range."
            )
        _require_fitting(self)

    @property
    def is_bounded(self) -> bool:
        """Whether both sides are finite, so that the world is one array of cells."""
        return self.kind != "unbounded" and self.width > 0 and self.height > 0

    @property
    def text(self) -> str:
        """The suffix of a rule that says this, without the colon; empty when unbounded.

        The kinds that Golly does not have are written alike: ``R40,30`` for reflecting sides and
        ``F40,30=1,0,0,0`` for fixed ones.
        """
        if self.kind == "unbounded":
            return ""
        letter = _LETTER_OF[self.kind]
        if self.kind == "sphere":
            return f"{letter}{self.width}"
        star = "*" if self.kind == "klein" else ""
        marks = star + (f"{self.shift:+d}" if self.shift else "")
        across = f"{self.width}{marks if self.axis == 'x' else ''}"
        along = f"{self.height}{marks if self.axis == 'y' else ''}"
        border = "=" + ",".join(f"{each:g}" for each in self.border) if letter == "F" else ""
        return f"{letter}{across},{along}{border}"

    def resized(self, width: int, height: int) -> "Topology":
        """Return the same topology with other sides."""
        return replace(self, width=width, height=height)


def torus(width: int, height: int) -> Topology:
    """Return the torus with these sides."""
    return Topology("torus", width, height)


def topology_of(text: str) -> Topology:
    """Return the topology that a rule's suffix says, with or without its colon.

    Raises
    ------
    UnreadableTopology
        When the text is no suffix, or its sides do not fit together.

    Examples
    --------
    >>> topology_of(":T30+5,20")
    Topology(kind='torus', width=30, height=20, shift=5, axis='x', border=(0.0, 0.0, 0.0, 0.0))
    """
    plain = text.strip().removeprefix(":").replace(" ", "")
    if not plain:
        return UNBOUNDED
    found = _SUFFIX.fullmatch(plain.upper())
    if found is None:
        raise UnreadableTopology(
            f"{quoted(text)} is no topology; use :P40,30, :T40,30, :T40+2,30, :K40*,30, :C40,30 "
            "or :S40."
        )
    letter, across, star_x, shift_x, along, star_y, shift_y, values = found.groups()
    if along is None:  # Golly takes one number for both sides
        along, star_y, shift_y = across, "", None
    width, height = _side(across), _side(along)
    kind = _KIND_OF[letter]
    if (star_x or star_y) and kind != "klein":
        raise UnreadableTopology(f"{quoted(text)} twists an edge, which only :K does.")
    if star_x and star_y:
        raise UnreadableTopology(f"{quoted(text)} twists both pairs of edges; :C does that.")
    if shift_x and shift_y and int(shift_x) and int(shift_y):
        raise UnreadableTopology(f"{quoted(text)} shifts both pairs of edges; shift one.")
    shift = int(shift_x or 0) or int(shift_y or 0)
    axis = ("x" if int(shift_x or 0) else "y") if shift else ""
    if kind == "klein":
        twisted = "y" if star_y else "x"
        if shift and axis != twisted:
            raise UnreadableTopology(f"{quoted(text)} shifts edges that are not twisted.")
        axis = twisted
    if kind == "torus" and not (width and height):
        kind = "tube"
    if not (width or height):
        return UNBOUNDED
    return Topology(kind, width, height, shift, axis, _border(values, kind, text))


def _side(digits: str) -> int:
    return int(digits) if len(digits) <= 10 else SIDE_LIMIT


def _border(values: str | None, kind: str, text: str) -> tuple[float, float, float, float]:
    if values is None:
        return (0.0, 0.0, 0.0, 0.0)
    parts = values.split(",")
    if kind != "fixed" or len(parts) != 4 or not all(part.isdigit() for part in parts):
        raise UnreadableTopology(
            f"{quoted(text)} needs four values for its border, as in =1,0,0,0."
        )
    left, right, top, bottom = (float(part) for part in parts)
    return (left, right, top, bottom)


def _require_fitting(topology: Topology) -> None:
    kind, width, height = topology.kind, topology.width, topology.height
    if kind == "unbounded":
        if width or height:
            raise UnreadableTopology("An unbounded world has no sides.")
        return
    if kind == "tube" and bool(width) == bool(height):
        raise UnreadableTopology("A tube has one finite side and one without end.")
    if kind not in ("tube", "plane") and not (width and height):
        raise UnreadableTopology(f"A {kind} needs two finite sides.")
    if not (width or height):
        raise UnreadableTopology(f"A {kind} needs a finite side.")
    if kind == "sphere" and width != height:
        raise UnreadableTopology("A sphere is made of a square; give it one side.")
    if topology.axis not in ("", "x", "y") or (kind == "klein") > bool(topology.axis):
        raise UnreadableTopology(f"A {kind} needs an axis, x or y, that is twisted.")
    if topology.shift and (kind not in ("torus", "klein", "tube") or not topology.axis):
        raise UnreadableTopology(f"The edges of a {kind} cannot be shifted.")


UNBOUNDED = Topology()
