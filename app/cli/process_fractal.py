"""The set of beliefs of a process as a picture: a raster, alone or inside a vector figure."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.figures.carried import PNG_CHUNK, packed
from app.figures.description import Figure, Image, Item, Polyline, Text
from app.figures.png_chunks import chunk, plain_png
from app.figures.writing import write_aside
from core.processes.colours import Colouring, by_next_symbol, by_state
from core.processes.density import BeliefDensity
from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection, Window
from core.progress import Progress

SUFFIXES = (".png", ".svg", ".pdf")
COLOURS = ("state", "density", "next-symbol")

SHEET_MM = 86.0
FAINTEST = 0.3
"""How far from white a pixel with a single point is."""

INK = np.array([0.1, 0.1, 0.35])

Pixels = npt.NDArray[np.uint8]


def belief_picture(
    model: HiddenMarkovModel, points: int, size: int, colour: str, progress: Progress | None
) -> tuple[Pixels, BeliefDensity]:
    """Return `size` by `size` pixels, uint8[size, size, 4], and the density behind them."""
    colouring: Colouring | None = None
    if colour == "state":
        colouring = by_state(model.n)
    elif colour == "next-symbol":
        colouring = by_next_symbol(model)
    density = BeliefDensity(model, size=size, colouring=colouring)
    density.add(points, progress, threads=min(os.cpu_count() or 1, 4))
    return shaded(density, size), density


def shaded(density: BeliefDensity, size: int) -> Pixels:
    """Return the counts as colours on white, stronger where the logarithm of the count is larger.

    The beliefs of 2 states lie on a line; there the counts are heights of columns.
    """
    counts = density.counts.astype(np.float64)
    strength = np.log1p(counts) / np.log1p(max(counts.max(), 1.0))
    ink = np.broadcast_to(INK, (*counts.shape, 3))
    if density.colouring is not None:
        ink = density.sums / np.maximum(counts, 1.0)[:, :, None]
    alpha = np.where(counts > 0, FAINTEST + (1 - FAINTEST) * strength, 0.0)
    if len(counts) == 1 and size > 1:
        height = np.round(strength[0] * (size - 1)).astype(int)
        alpha = (np.arange(size)[::-1, None] < height[None, :]).astype(np.float64)
        ink = np.broadcast_to(ink, (size, size, 3))
    shown = 1.0 - alpha[:, :, None] * (1.0 - ink)
    pixels = np.full((size, size, 4), 255, dtype=np.uint8)
    pixels[:, :, :3] = np.round(255 * np.clip(shown, 0.0, 1.0))
    return pixels


def write_picture(
    path: Path,
    pixels: Pixels,
    density: BeliefDensity,
    model: HiddenMarkovModel,
    study: bytes | None,
) -> None:
    """Write a PNG of exactly these pixels, or a vector figure around them, carrying the study."""
    if path.suffix.lower() == ".png":
        data = plain_png([row.tobytes() for row in pixels], pixels.shape[1])
        if study is not None:
            data = data[:-12] + chunk(PNG_CHUNK, packed(study)) + data[-12:]  # before the end
        write_aside(path, data)
        return
    from app.figures.export import export

    export(belief_figure(pixels, density, model), path, study=study)


def belief_figure(pixels: Pixels, density: BeliefDensity, model: HiddenMarkovModel) -> Figure:
    """Return the picture with the outline of the simplex and the names of its corners."""
    items: list[Item] = [Image(0.0, 0.0, SHEET_MM, SHEET_MM, pixels)]
    corners = _on_sheet(density.projection, density.window)
    if model.n <= 3:
        items.append(Polyline(tuple(corners), colour="#555555", width_mm=0.2, closed=True))
    for (x, y), state in zip(corners, model.states, strict=True):
        inwards = -1.2 if y > SHEET_MM / 2 else 3.4
        anchor = "start" if x < SHEET_MM / 3 else "end" if x > 2 * SHEET_MM / 3 else "middle"
        if model.n <= 12:
            items.append(Text(x, y + inwards, state, anchor=anchor, max_width_mm=SHEET_MM / 3))
    name = model.name or "process"
    return Figure(
        SHEET_MM,
        SHEET_MM,
        tuple(items),
        title=f"Beliefs of {name}",
        description=f"{density.drawn:,} mixed states of {name}.",
    )


def _on_sheet(projection: Projection, window: Window) -> list[tuple[float, float]]:
    left, bottom, right, top = window
    return [
        (
            float((x - left) / (right - left) * SHEET_MM),
            float((top - y) / (top - bottom) * SHEET_MM),
        )
        for x, y in projection.vertices
    ]
