"""Figures as TikZ: a document that LaTeX compiles alone, and whose picture can be lifted out.

Coordinates are in centimetres with y up and a fixed number of digits, so that two versions of a
figure differ only where the figure does. Text is set in the document's own font; a text with a
greatest width is measured by TeX and shrunk to it.
"""

from collections.abc import Iterable

from app.figures.arrowheads import shaft_and_head
from app.figures.description import (
    Arrow,
    Cubic,
    Ellipse,
    Figure,
    Group,
    Image,
    Item,
    Line,
    Move,
    Path,
    Polyline,
    Rect,
    Step,
    Text,
    To,
)
from app.figures.png_chunks import plain_png
from app.figures.tex_text import tex_text

_CAPITAL_HEIGHT = 0.34  # half a capital's height in the common TeX fonts, in parts of the size
_PREAMBLE = r"""\documentclass[tikz]{standalone}
\usepackage{iftex}
\ifPDFTeX\usepackage[T1]{fontenc}\usepackage{lmodern}\fi
\usepackage{graphicx}
\renewcommand{\familydefault}{\sfdefault}
% \figuretext{size}{leading}{text}, \figurefit{width}{text}: text of a size, shrunk to a width
\newcommand{\figuretext}[3]{\fontsize{#1}{#2}\selectfont #3}
\newsavebox{\figurebox}
\newcommand{\figurefit}[2]{\sbox{\figurebox}{#2}%
  \ifdim\wd\figurebox>#1\relax\resizebox{#1}{!}{\usebox{\figurebox}}\else\usebox{\figurebox}\fi}
"""


def tikz_files(figure: Figure, stem: str) -> dict[str, bytes]:
    """Return the files of `figure` by name: the TikZ source under "", its images beside it."""
    writer = _TikzWriter(figure.height_mm, stem)
    writer.write_all(figure.items, 0.0, 0.0)
    sheet = f"(0,0) rectangle ({_cm(figure.width_mm)},{_cm(figure.height_mm)})"
    lines = [r"\begin{tikzpicture}[line cap=butt, line join=round]", rf"\clip {sheet};"]
    if figure.background is not None:
        lines.append(rf"\fill[{writer.colour(figure.background)}] {sheet};")
    lines += [*writer.lines, r"\end{tikzpicture}"]
    title = " ".join(figure.title.split())
    parts = [f"% {title}\n" if title.isprintable() and title else "", _PREAMBLE]
    parts += [f"{line}\n" for line in writer.colour_definitions()]
    parts += ["\\begin{document}\n", "\n".join(lines), "\n\\end{document}\n"]
    return {"": "".join(parts).encode(), **writer.images}


def _cm(millimetres: float) -> str:
    """Return a length in centimetres with four digits, never a negative zero."""
    text = f"{millimetres / 10:.4f}"
    return text[1:] if float(text) == 0 and text.startswith("-") else text


def _opacity(what: str, colour: str) -> str:
    """Return the option for a colour written ``#aarrggbb``, nothing for an opaque one."""
    return f", {what} opacity={int(colour[1:3], 16) / 255:.2f}" if len(colour) == 9 else ""


class _TikzWriter:
    """Collects one line a primitive, the colours they need and the images beside them."""

    def __init__(self, height_mm: float, stem: str) -> None:
        self._height_mm = height_mm
        self._stem = stem
        self._colours: dict[str, str] = {}
        self.lines: list[str] = []
        self.images: dict[str, bytes] = {}

    def colour(self, colour: str) -> str:
        """Return the name under which `colour`, its opacity aside, is defined."""
        digits = colour.lstrip("#").upper()[-6:]
        return self._colours.setdefault(digits, f"figure{digits}")

    def colour_definitions(self) -> list[str]:
        """Return the definitions of all colours used, in the order of their values."""
        pairs = sorted(self._colours.items())
        return [rf"\definecolor{{{name}}}{{HTML}}{{{digits}}}" for digits, name in pairs]

    def write_all(self, items: Iterable[Item], dx: float, dy: float) -> None:
        """Write `items`, moved by (dx, dy) millimetres."""
        for item in items:
            self._write(item, dx, dy)

    def _write(self, item: Item, dx: float, dy: float) -> None:
        match item:
            case Line():
                points = [(item.x1, item.y1), (item.x2, item.y2)]
                self._stroke(item, self._joined(points, dx, dy))
            case Polyline():
                ending = " -- cycle" if item.closed else ""
                self._stroke(item, self._joined(item.points, dx, dy) + ending)
            case Path():
                self._stroke(item, self._steps(item.steps, dx, dy))
            case Arrow():
                shaft, head = shaft_and_head(item)
                self._stroke(item, self._steps(shaft, dx, dy))
                if head:
                    corners = self._joined(head, dx, dy)
                    fill = self.colour(item.colour) + _opacity("fill", item.colour)
                    self.lines.append(rf"\fill[{fill}] {corners} -- cycle;")
            case Rect():
                self._rect(item, dx, dy)
            case Ellipse():
                centre = self._at(item.x + dx, item.y + dy)
                self._stroke(item, f"{centre} ellipse [{self._half_axes(item)}]")
            case Text():
                self._text(item, dx, dy)
            case Image():
                self._image(item, dx, dy)
            case Group():
                self._group(item, dx + item.dx, dy + item.dy)

    def _at(self, x: float, y: float) -> str:
        return f"({_cm(x)},{_cm(self._height_mm - y)})"

    def _joined(self, points: Iterable[tuple[float, float]], dx: float, dy: float) -> str:
        return " -- ".join(self._at(x + dx, y + dy) for x, y in points)

    def _steps(self, steps: Iterable[Step], dx: float, dy: float) -> str:
        words = []
        for step in steps:
            match step:
                case Move(x, y):
                    words.append(self._at(x + dx, y + dy))
                case To(x, y):
                    words.append(f"-- {self._at(x + dx, y + dy)}")
                case Cubic(x1, y1, x2, y2, x, y):
                    first, second = self._at(x1 + dx, y1 + dy), self._at(x2 + dx, y2 + dy)
                    end = self._at(x + dx, y + dy)
                    words.append(f".. controls {first} and {second} .. {end}")
                case _:
                    words.append("-- cycle")
        return " ".join(words)

    @staticmethod
    def _half_axes(item: Ellipse) -> str:
        return f"x radius={_cm(item.rx)}, y radius={_cm(item.ry)}"

    def _stroke(
        self, item: Line | Polyline | Path | Arrow | Rect | Ellipse, path: str, extra: str = ""
    ) -> None:
        options = [extra] if extra else []
        fill = getattr(item, "fill", None)
        if fill is not None:
            options.append(f"fill={self.colour(fill)}" + _opacity("fill", fill))
        if item.colour is not None and item.width_mm > 0:
            options.append(f"draw={self.colour(item.colour)}" + _opacity("draw", item.colour))
            options.append(f"line width={_cm(item.width_mm)}cm")
            if item.dash:
                lengths = (
                    f"{'off' if index % 2 else 'on'} {_cm(length)}cm"
                    for index, length in enumerate(item.dash)
                )
                options.append(f"dash pattern={' '.join(lengths)}")
        self.lines.append(rf"\path[{', '.join(options)}] {path};")

    def _rect(self, item: Rect, dx: float, dy: float) -> None:
        first = self._at(item.x + dx, item.y + dy)
        second = self._at(item.x + item.width + dx, item.y + item.height + dy)
        radius = min(item.radius, item.width / 2, item.height / 2)
        rounded = f"rounded corners={_cm(radius)}cm" if radius > 0 else ""
        self._stroke(item, f"{first} rectangle {second}", rounded)

    def _text(self, item: Text, dx: float, dy: float) -> None:
        if not item.text.strip():
            return
        side = {"start": "base west", "middle": "base", "end": "base east"}[item.anchor]
        drop_pt = {"alphabetic": 0.0, "middle": _CAPITAL_HEIGHT, "top": 2 * _CAPITAL_HEIGHT}
        options = ["inner sep=0pt", "outer sep=0pt", f"anchor={side}"]
        options.append(f"text={self.colour(item.colour)}" + _opacity("text", item.colour))
        if item.rotation_deg:
            options.append(f"rotate={-item.rotation_deg:.2f}")
        if item.baseline != "alphabetic":
            options.append(f"yshift={-drop_pt[item.baseline] * item.size_pt:.3f}bp")
        weight = r"\bfseries " if item.bold else ""
        slant = r"\itshape " if item.italic else ""
        size, leading = f"{item.size_pt:.2f}bp", f"{item.size_pt * 1.2:.2f}bp"
        words = rf"\figuretext{{{size}}}{{{leading}}}{{{weight}{slant}{tex_text(item.text)}}}"
        if item.max_width_mm is not None:
            words = rf"\figurefit{{{_cm(item.max_width_mm)}cm}}{{{words}}}"
        point = self._at(item.x + dx, item.y + dy)
        self.lines.append(rf"\node[{', '.join(options)}] at {point} {{{words}}};")

    def _image(self, item: Image, dx: float, dy: float) -> None:
        rows, columns = item.rgba.shape[:2]
        if rows == 0 or columns == 0:
            return
        stem = f"{self._stem}-image-{len(self.images) + 1}"
        self.images[f"{stem}.png"] = plain_png([row.tobytes() for row in item.rgba], columns)
        size = f"width={_cm(item.width)}cm, height={_cm(item.height)}cm"
        point = self._at(item.x + dx, item.y + item.height + dy)
        include = rf"\includegraphics[{size}]{{{stem}.png}}"
        options = "inner sep=0pt, outer sep=0pt, anchor=south west"
        self.lines.append(rf"\node[{options}] at {point} {{{include}}};")

    def _group(self, item: Group, dx: float, dy: float) -> None:
        if item.clip is None:
            self.write_all(item.items, dx, dy)
            return
        first = self._at(item.clip.x + dx, item.clip.y + dy)
        second = self._at(item.clip.x + item.clip.width + dx, item.clip.y + item.clip.height + dy)
        self.lines += [r"\begin{scope}", rf"\clip {first} rectangle {second};"]
        self.write_all(item.items, dx, dy)
        self.lines.append(r"\end{scope}")
