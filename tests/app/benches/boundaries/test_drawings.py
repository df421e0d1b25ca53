"""Pictures of regions and curves of any size: what is drawn, and where it is pointed at."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.benches.boundaries.bench import BoundaryBench
from app.benches.boundaries.plots.axes import Axes
from app.benches.boundaries.plots.flow_figure import flow_columns, flow_drawing, plots_of
from app.benches.boundaries.plots.flow_plot import MOST_STRETCHES, Plot, Shown, plot_items
from app.benches.boundaries.plots.region_figure import coloured, region_drawing, region_height
from app.benches.boundaries.plots.region_picture import MOST_SIDE, region_picture
from app.benches.boundaries.words import interval_text
from app.canvas.text_width import approximate_width
from app.figures.description import FigureOptions, Image, Line, Path, Polyline, Text
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.boundaries.ensemble import Ensemble
from core.boundaries.flow import infil_exfil
from core.boundaries.flow_result import FlowSettings
from core.boundaries.known import drawn_system

OPTIONS = FigureOptions(86.0, "light")


def ensemble_of(mask, frame=None):
    series = np.zeros((2, 2, 1), dtype=np.uint8)
    picture = {} if frame is None else {"frame": frame}
    return Ensemble("region", series, series, series, series, mask=mask, **picture)


def squares(side):
    """Return nested squares: E around P around A around V."""
    away = np.abs(np.arange(side) - side // 2)
    distance = np.maximum(away[:, None], away[None, :]) / side
    return np.select([distance < 0.1, distance < 0.2, distance < 0.3], [1, 2, 3], 4).astype(
        np.uint8
    )


def letters(figure):
    return [item.text for item in figure.items if isinstance(item, Text) and len(item.text) == 1]


@pytest.mark.parametrize("side", [20, 1000])
def test_every_part_has_its_letter_and_its_count(side):
    picture = region_picture(ensemble_of(squares(side)))
    figure = region_drawing(picture, "", OPTIONS).figure
    assert sorted(letters(figure)) == sorted("VAPE" * 2)
    assert sum(count for _part, count in picture.counts) == side * side


def test_a_large_region_is_drawn_by_some_of_its_cells():
    mask = squares(1000)
    picture = region_picture(ensemble_of(mask))
    assert max(picture.mask.shape) <= MOST_SIDE
    assert picture.shape == (1000, 1000)
    drawing = region_drawing(picture, "", OPTIONS)
    (image,) = [item for item in drawing.figure.items if isinstance(item, Image)]
    middle = image.x + image.width / 2, image.y + image.height / 2
    assert "V, viscera" in drawing.told(*middle)
    assert "E, environment" in drawing.told(image.x + 0.1, image.y + 0.1)
    assert drawing.told(image.x - 1.0, image.y) == ""


def test_a_row_of_cells_is_drawn_higher_than_wide():
    picture = region_picture(ensemble_of(np.array([[4, 3, 2, 1, 2, 3, 4]], dtype=np.uint8)))
    drawing = region_drawing(picture, "", OPTIONS)
    (image,) = [item for item in drawing.figure.items if isinstance(item, Image)]
    assert image.height > 8
    assert drawing.figure.height_mm == pytest.approx(region_height(picture, OPTIONS))


def test_parts_differ_in_colour_and_what_lives_is_seen_in_each():
    mask = np.array([[1, 1, 2, 2, 3, 3, 4, 4]], dtype=np.uint8)
    frame = np.array([[0, 1] * 4], dtype=np.uint8)
    pixels = coloured(region_picture(ensemble_of(mask, frame)), OPTIONS)[0, :, :3].astype(int)
    assert len({tuple(pixel) for pixel in pixels.tolist()}) == 8
    assert np.abs(pixels[0::2] - pixels[1::2]).sum(axis=1).min() > 150


def test_scattered_parts_have_no_lines_between():
    mask = np.random.default_rng(1).integers(1, 5, (150, 150)).astype(np.uint8)
    figure = region_drawing(region_picture(ensemble_of(mask)), "", OPTIONS).figure
    assert not [item for item in figure.items if isinstance(item, Path)]


def test_long_curves_are_drawn_by_their_extremes():
    times = np.arange(5000.0)
    values = np.zeros(5000)
    values[3210] = 1.0
    plot = Plot("Infil", "", times, (Shown(values, "category_0", "Infil"),))
    box = Axes(10.0, 10.0, 60.0, 30.0, plot.span, plot.range)
    lines = [item for item in plot_items(plot, box, OPTIONS) if isinstance(item, Polyline)]
    (points,) = [item.points for item in lines]
    assert len(points) <= 2 * MOST_STRETCHES
    assert min(y for _x, y in points) == pytest.approx(box.at(0.0, 1.0)[1])


def test_values_that_are_not_known_leave_gaps_not_faults():
    values = np.array([np.nan, 0.2, np.nan])
    plot = Plot("Infil", "", np.arange(3.0), (Shown(values, "category_0", "Infil"),))
    box = Axes(10.0, 10.0, 60.0, 30.0, plot.span, plot.range)
    assert plot.range[0] == 0.0
    assert plot_items(plot, box, OPTIONS)


@pytest.mark.parametrize(
    "range_of_y", [(0.0, 0.0058), (0.0, 1.3e-5), (-0.0012, 0.0041), (-0.31, 0.0), (0.0, 0.99)]
)
@pytest.mark.parametrize("height", [8.0, 14.0, 30.0])
def test_two_numbers_at_least_tell_the_scale(range_of_y, height):
    box = Axes(10.0, 10.0, 60.0, height, (0.0, 1.0), range_of_y)
    ticks = [item for item in box.ticks_of_y(OPTIONS) if isinstance(item, Text)]
    assert len({tick.text for tick in ticks}) >= 2
    for tick in ticks:
        value = float(tick.text.replace("−", "-"))
        assert box.at(0.0, value)[1] == pytest.approx(tick.y, abs=1e-6)
        assert box.top - 1e-6 <= tick.y <= box.bottom + 1e-6
        assert len(tick.text) <= 8


@pytest.mark.parametrize("width", [86.0, 104.0, 112.0, 130.0, 178.0])
def test_names_of_lines_leave_the_unit_alone(leak, width):
    options = FigureOptions(width, "light")
    flow = infil_exfil(leak.ensemble, leak.settings)
    box = flow_drawing(flow, options).plots[-1]
    items = plot_items(plots_of(flow)[-1], box, options)
    (unit,) = [item for item in items if isinstance(item, Text) and item.text == "bits"]
    end = unit.x + approximate_width("bits", options.font_mm)
    strokes = [item for item in items if isinstance(item, Line) and item.y1 < box.top]
    assert len(strokes) == 2
    assert min(stroke.x1 for stroke in strokes) > end


def test_what_is_exact_is_dashed_with_its_word_in_the_key():
    drawn = drawn_system("xor_leak", 400, 5)
    settings = FlowSettings(shuffles=20, resamples=20)
    known, unknown = (infil_exfil(each, settings) for each in (drawn, replace(drawn, system="")))
    figure, plain = (flow_drawing(flow, OPTIONS).figure for flow in (known, unknown))
    dashed = [item for item in figure.items if isinstance(item, Polyline) and item.dash]
    assert len(dashed) == 3 + 1  # the exact curves, and the room for Exfil
    assert len([item for item in plain.items if isinstance(item, Polyline) and item.dash]) == 1
    infil, box = plots_of(known)[0], flow_drawing(known, OPTIONS).plots[0]
    assert dashed[0].points[0] == pytest.approx(box.at(0.0, 0.531004), abs=1e-3)
    assert infil.range[1] > infil.exact.max()
    words = [[i.text for i in each.items if isinstance(i, Text)] for each in (figure, plain)]
    assert "exact" in words[0] and "exact" not in words[1]
    assert "infil exact / bits" in flow_columns(known)
    assert {"infil exchanged / bits", "infil shifted / bits"} <= flow_columns(unknown).keys()


def test_intervals_may_begin_below_zero():
    assert interval_text(-0.0123, 0.02) == "−0.012 … 0.020"
    assert interval_text(-0.0002, 0.0004) == "0.000 … 0.000"
    assert interval_text(float("nan"), 1.0) == "—"


def test_a_closed_bench_leaves_nothing_behind(context, qapp, leak):
    from app.benches.boundaries.kind import ENSEMBLE_KIND

    context.document = StudyDocument(KindRegistry([ENSEMBLE_KIND]))
    subject_id = context.document.add("ensemble", "Leak", leak)

    def open_and_close():
        bench = BoundaryBench(context, subject_id)
        bench.close_bench()
        bench.deleteLater()
        return weakref.ref(bench), weakref.ref(bench.measuring), weakref.ref(bench.inspector())

    remains = [ref for _ in range(3) for ref in open_and_close()]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.jobs.shutdown(5000)
    qapp.processEvents()
    gc.collect()
    assert [ref() for ref in remains] == [None] * len(remains)
