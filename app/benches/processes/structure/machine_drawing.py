"""The epsilon-machine as a small picture that fits into a widget; no Qt."""

from __future__ import annotations

from dataclasses import replace

from app.benches.processes.figure import machine_figure
from app.benches.processes.structure.drawing import Drawing
from app.figures.description import FigureOptions
from core.processes.process_subject import ProcessSubject

WIDER, MOST_WIDENINGS = 1.15, 24


def small_machine(subject: ProcessSubject, options: FigureOptions, height_mm: float) -> Drawing:
    """Return the machine on a sheet as flat as the widget; a tall machine gets a wider sheet."""
    aspect = height_mm / options.width_mm
    figure = machine_figure(subject, options)
    for _ in range(MOST_WIDENINGS):
        if figure.height_mm <= aspect * figure.width_mm:
            break
        width_mm, line_mm = options.width_mm * WIDER, options.line_mm * WIDER
        options = replace(options, width_mm=width_mm, line_mm=line_mm)
        figure = machine_figure(subject, options)
    return Drawing(figure)
