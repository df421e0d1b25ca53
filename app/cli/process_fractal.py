"""The set of beliefs of a process as a picture, alone or inside a vector figure, or as numbers."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.figures.carried import PNG_CHUNK, packed
from app.figures.description import FigureOptions
from app.figures.png_chunks import chunk, plain_png
from app.figures.writing import write_aside
from core.processes.density import BeliefDensity
from core.processes.density_image import COLOURS as COLOURS
from core.processes.density_image import picture
from core.processes.model import HiddenMarkovModel
from core.progress import Progress

SUFFIXES = (".png", ".svg", ".pdf")
DATA_SUFFIXES = (".csv", ".npz")
OVERLAYS = ("transient", "images", "hull", "edges", "machine")

Pixels = npt.NDArray[np.uint8]


def belief_picture(
    model: HiddenMarkovModel, points: int, size: int, colour: str, progress: Progress | None
) -> Pixels:
    """Return `size` by `size` pixels, uint8[size, size, 4]."""
    return picture(model, points, colour=colour, size=size, threads=_threads(), progress=progress)


def write_numbers(
    path: Path,
    model: HiddenMarkovModel,
    points: int,
    size: int,
    what: str,
    progress: Progress | None,
) -> None:
    """Write the beliefs that are played ("cloud"), or how many lie in each pixel ("density")."""
    from core.processes.belief_files import write_cloud, write_density

    if what == "cloud":
        write_cloud(path, model, points, progress=progress)
        return
    density = BeliefDensity(model, size=size)
    density.add(points, progress, threads=_threads())
    write_density(path, density)


def write_png(path: Path, pixels: Pixels, study: bytes | None) -> None:
    """Write a PNG of exactly these pixels, carrying the study."""
    data = plain_png([row.tobytes() for row in pixels], pixels.shape[1])
    if study is not None:
        data = data[:-12] + chunk(PNG_CHUNK, packed(study)) + data[-12:]  # before the end
    write_aside(path, data)


def write_figure(
    path: Path,
    model: HiddenMarkovModel,
    points: int,
    size: int,
    colour: str,
    overlays: frozenset[str],
    study: bytes | None,
) -> None:
    """Write the figure that the window exports, with its overlays, carrying the study."""
    from app.benches.processes.simplex.figure import simplex_figure
    from app.benches.processes.simplex.request import SimplexRequest
    from app.figures.export import export

    request = SimplexRequest(model, colour=colour, points=points, size=size, overlays=overlays)
    export(simplex_figure(request, FigureOptions(), pixels=size), path, study=study)


def _threads() -> int:
    return min(os.cpu_count() or 1, 4)
