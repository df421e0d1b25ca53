"""What leaves the bench as figures: the region beside the flow, each alone, and the thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.benches.boundaries.plots.diagram import diagram_drawing, diagram_height
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.plots.flow_figure import flow_drawing
from app.benches.boundaries.plots.region_figure import coloured, region_drawing, region_height
from app.benches.boundaries.plots.region_picture import RegionPicture, region_picture
from app.figures.description import Figure, FigureOptions, Group, Image, Item
from app.graphical.amounts import counted
from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.ensemble_subject import EnsembleSubject

if TYPE_CHECKING:
    from core.boundaries.flow_result import BoundaryFlow

REGION_SHARE = 0.34
WIDE_MM = 130.0
"""On wider sheets region and flow stand beside one another."""


def parts_drawing(
    ensemble: Ensemble,
    picture: RegionPicture | None,
    flow: BoundaryFlow | None,
    options: FigureOptions,
    height_mm: float | None = None,
) -> Drawing:
    """Return the picture of the region, or the diagram of the parts where there is none."""
    caption = caption_of(ensemble)
    if picture is not None:
        return region_drawing(picture, caption, options, height_mm)
    amounts = {part: counted(ensemble.features(part), "feature") for part in PARTS}
    return diagram_drawing(flow, amounts, caption, options, height_mm)


def parts_height(picture: RegionPicture | None, options: FigureOptions) -> float:
    """Return how high `parts_drawing` is where only its width is given."""
    return diagram_height(options) if picture is None else region_height(picture, options)


def parts_figure(ensemble: Ensemble, flow: BoundaryFlow | None, options: FigureOptions) -> Figure:
    """Return region or diagram as a figure."""
    return parts_drawing(ensemble, region_picture(ensemble), flow, options).figure


def caption_of(ensemble: Ensemble) -> str:
    """Return how much there is of an ensemble in a line."""
    trajectories = counted(ensemble.trajectories, "trajectory", "trajectories")
    return f"{trajectories} of {counted(ensemble.length, 'time')}"


def whole_figure(ensemble: Ensemble, flow: BoundaryFlow, options: FigureOptions) -> Figure:
    """Return region and flow on one sheet, side by side where it is wide enough."""
    is_wide = options.width_mm >= WIDE_MM
    share = REGION_SHARE if is_wide else 1.0
    left = parts_figure(ensemble, flow, _narrowed(options, share * options.width_mm))
    rest = options.width_mm * (1 - REGION_SHARE) if is_wide else options.width_mm
    right = flow_drawing(flow, _narrowed(options, rest)).figure
    if is_wide:
        height, dx, dy = max(left.height_mm, right.height_mm), left.width_mm, 0.0
    else:
        height, dx, dy = left.height_mm + right.height_mm, 0.0, left.height_mm
    items: tuple[Item, ...] = (Group(left.items), Group(right.items, dx=dx, dy=dy))
    return Figure(
        options.width_mm, height, items, background=options.palette["canvas"],
        title=ensemble.name or "Boundary", description=f"{left.description}. {right.description}",
        font_family=options.font_family,
    )  # fmt: skip


def thumbnail(subject: EnsembleSubject, options: FigureOptions) -> Figure:
    """Return the small picture of an ensemble that the gallery shows."""
    ensemble = subject.ensemble
    picture = region_picture(ensemble)
    if picture is None:
        return diagram_drawing(None, {}, "", options).figure
    width = options.width_mm
    height = min(max(width * picture.shape[0] / picture.shape[1], 0.3 * width), width)
    image = Image(0.0, 0.0, width, height, coloured(picture, options))
    return Figure(width, height, (image,), options.palette["canvas"], ensemble.name, ensemble.note)


def _narrowed(options: FigureOptions, width_mm: float) -> FigureOptions:
    return FigureOptions(
        width_mm, options.theme, options.font_family, options.font_pt, options.line_mm
    )
