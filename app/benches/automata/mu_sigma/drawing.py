"""The map of mu and sigma as a figure, coarse points first drawn as large as their share; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.benches.automata.colouring import between
from app.benches.automata.ensembles.axes import Axes
from app.benches.automata.figure import rgba_of
from app.benches.automata.palettes import SCALES
from app.figures.description import Figure, FigureOptions, Image, Item, Line, Rect, Table, Text

if TYPE_CHECKING:
    from core.automata.parameter_map import ParameterMap

TITLE = "Map of μ and σ"
SHOWN = {"verdict": "Verdict", "speed": "Speed", "mass": "Mass"}
UNITS = {"speed": "R per unit of time", "mass": "R²"}

VERDICT_TITLES = ("dies out", "spreads", "restless", "several", "stays", "moves")
VERDICT_COLOURS = {
    "light": ("#eef0f3", "#c3c9d2", "#f0e442", "#cc79a7", "#0072b2", "#d55e00"),
    "dark": ("#16181d", "#4a505b", "#f0e442", "#cc79a7", "#56b4e9", "#e69f00"),
}
"""Okabe and Ito (2008): told apart by lightness too."""

LEGEND_MM = 30.0


def map_figure(
    found: ParameterMap,
    shown: str,
    present: tuple[float, float] | None,
    options: FigureOptions,
    height_mm: float | None = None,
) -> Figure:
    """Return the map coloured by ``"verdict"``, ``"speed"`` or ``"mass"``, a cross at `present`."""
    axes = map_axes(found, options, height_mm)
    height = height_mm if height_mm is not None else 0.72 * options.width_mm
    font, colours = options.font_mm, options.palette
    pixels, legend = _coloured(found, shown, axes, options)
    items: list[Item] = [
        Image(axes.left, axes.top, axes.width, axes.height, pixels),
        *axes.frame(options),
        *axes.ticks_of_x(options),
        *axes.ticks_of_y(options),
    ]
    if present is not None and _is_inside(axes, present):
        items += _cross(axes, present, options)
    muted, bottom = colours["muted_text"], axes.top + axes.height
    middle = axes.left + axes.width / 2
    items.append(Text(middle, bottom + 1.8 * font, "μ", options.font_pt, "middle", "top", muted))
    items.append(Text(axes.left, axes.top - 0.6 * font, "σ", options.font_pt, "end", colour=muted))
    items += legend
    return Figure(
        options.width_mm,
        height,
        tuple(items),
        background=colours["canvas"],
        title=TITLE,
        description=f"{TITLE}, coloured by {SHOWN[shown].lower()}",
        font_family=options.font_family,
    )


def map_axes(found: ParameterMap, options: FigureOptions, height_mm: float | None = None) -> Axes:
    """Return the axes of the map; each point is the middle of a square."""
    height = height_mm if height_mm is not None else 0.72 * options.width_mm
    font = options.font_mm
    return Axes(
        5.6 * font, 2.2 * font, max(options.width_mm - 7.0 * font - LEGEND_MM, 8.0),
        max(height - 6.0 * font, 8.0), _ends(found.mu), _ends(found.sigma),
    )  # fmt: skip


def map_table(found: ParameterMap) -> Table:
    """Return the points that were run."""
    rows = tuple(zip(*map_columns(found).values(), strict=True))
    return Table(("mu", "sigma", "verdict", "mass / R^2", "speed / R per unit of time"), rows)


def map_columns(found: ParameterMap) -> dict[str, list[object]]:
    """Return the points that were run as columns; None where there is no number."""
    from core.automata.parameter_map import VERDICTS

    places = np.argwhere(found.verdict >= 0).tolist()
    return {
        "mu": [float(found.mu[x]) for _, x in places],
        "sigma": [float(found.sigma[y]) for y, _ in places],
        "verdict": [VERDICTS[found.verdict[y, x]] for y, x in places],
        "mass": [_number(found.mass[y, x]) for y, x in places],
        "speed": [_number(found.speed[y, x]) for y, x in places],
    }


def told_at(found: ParameterMap, mu: float, sigma: float) -> str:
    """Return in words what was found at the nearest point."""
    x = int(np.abs(found.mu - mu).argmin())
    y = int(np.abs(found.sigma - sigma).argmin())
    verdict = int(found.verdict[y, x])
    place = f"μ {found.mu[x]:.4f}, σ {found.sigma[y]:.5f}"
    if verdict < 0:
        return f"{place}: not run yet"
    facts = ""
    if np.isfinite(found.mass[y, x]):
        facts = f", mass {found.mass[y, x]:.2f} R², speed {found.speed[y, x]:.2f}"
    return f"{place}: {VERDICT_TITLES[verdict]}{facts}; click to go there"


def filled(found: ParameterMap) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return for every point the (rows, columns) of a point that was run and stands for it.

    That is the upper left one of the coarser grids; (-1, -1) where there is none.
    """
    points = found.verdict.shape[0]
    rows, columns = np.indices(found.verdict.shape)
    at_rows, at_columns = np.full(rows.shape, -1), np.full(rows.shape, -1)
    stride = 1
    while stride <= points:
        above, before = rows // stride * stride, columns // stride * stride
        free = (at_rows < 0) & (found.verdict[above, before] >= 0)
        at_rows[free], at_columns[free] = above[free], before[free]
        stride *= 2
    return at_rows, at_columns


def _coloured(
    found: ParameterMap, shown: str, axes: Axes, options: FigureOptions
) -> tuple[npt.NDArray[np.uint8], list[Item]]:
    theme = "dark" if options.theme == "dark" else "light"
    rows, columns = filled(found)
    known = rows >= 0
    verdicts = np.where(known, found.verdict[rows, columns], -1)
    ground = _argb(options.palette["canvas"])
    if shown == "verdict":
        table = np.array([*map(_argb, VERDICT_COLOURS[theme]), ground], dtype=np.uint32)
        picture = table[verdicts]
        legend = _names(axes, VERDICT_COLOURS[theme], options)
    else:
        values = (found.speed if shown == "speed" else found.mass)[rows, columns]
        lives = known & np.isfinite(values)
        high = float(values[lives].max()) if lives.any() else 1.0
        high = high if high > 0 else 1.0
        scale = between(SCALES["viridis"])
        levels = np.where(lives, values, 0.0) / high * 255
        picture = np.where(lives, scale[levels.astype(np.uint8)], _argb(VERDICT_COLOURS[theme][0]))
        picture = np.where(known, picture, ground).astype(np.uint32)
        legend = _scale(axes, scale, high, UNITS[shown], options)
    return rgba_of(np.ascontiguousarray(picture[::-1])), legend


def _names(axes: Axes, table: tuple[str, ...], options: FigureOptions) -> list[Item]:
    font, colours = options.font_mm, options.palette
    left, side = axes.left + axes.width + 1.4 * font, 1.1 * font
    items: list[Item] = []
    for place, (name, colour) in enumerate(zip(VERDICT_TITLES, table, strict=True)):
        top = axes.top + place * 1.7 * font
        edge = colours["border"]
        items.append(Rect(left, top, side, side, 0.0, edge, options.line_mm, fill=colour))
        items.append(
            Text(left + 1.6 * font, top + side / 2, name, options.font_pt, "start", "middle",
                 colours["text"])
        )  # fmt: skip
    return items


def _scale(
    axes: Axes, scale: npt.NDArray[np.uint32], high: float, unit: str, options: FigureOptions
) -> list[Item]:
    font, colours = options.font_mm, options.palette
    left, tall = axes.left + axes.width + 1.4 * font, min(axes.height - 2 * font, 12 * font)
    column = rgba_of(np.ascontiguousarray(scale[::-1].reshape(-1, 1)))
    own = Axes(left, axes.top + 1.6 * font, 1.1 * font, max(tall, 3.0), (0.0, 1.0), (0.0, high))
    items: list[Item] = [
        Text(left, axes.top + 0.6 * font, unit, options.font_pt, colour=colours["muted_text"]),
        Image(own.left, own.top, own.width, own.height, column),
    ]
    for value in (0.0, high / 2, high):
        y = own.at(1.0, value)[1]
        items.append(
            Text(left + 1.5 * font, y, f"{value:.2g}", options.font_pt, "start", "middle",
                 colours["text"])
        )  # fmt: skip
    return items


def _cross(axes: Axes, present: tuple[float, float], options: FigureOptions) -> list[Item]:
    x, y = axes.at(*present)
    items: list[Item] = []
    for colour, width in ((options.palette["canvas"], 4.5), (options.palette["text"], 1.8)):
        stroke = width * options.line_mm
        items.append(Line(x, axes.top, x, axes.top + axes.height, colour, stroke / 2))
        items.append(Line(axes.left, y, axes.left + axes.width, y, colour, stroke / 2))
    return items


def _is_inside(axes: Axes, present: tuple[float, float]) -> bool:
    return axes.holds(*axes.at(*present))


def _ends(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    half = (values[-1] - values[0]) / max(len(values) - 1, 1) / 2 or 1e-6
    return float(values[0] - half), float(values[-1] + half)


def _argb(colour: str) -> int:
    return 0xFF000000 | int(colour[1:], 16)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
