"""Entropy curves and the anatomy of a bit."""

import pytest

from app.benches.processes.curves.axes import nice_ticks
from app.benches.processes.curves.figure import curves_figure, curves_table
from app.benches.processes.examples import build
from app.figures.description import FigureOptions, Text
from core.processes.measures import measures
from core.processes.zoo import process


@pytest.fixture(scope="module")
def golden():
    return measures(process("golden-mean"))


def test_ticks_are_round_numbers():
    assert nice_ticks(0.0, 1.0) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert nice_ticks(0.0, 7.3) == [0.0, 2.0, 4.0, 6.0]


def test_the_table_has_the_numbers_of_the_literature(golden):
    table = curves_table(golden)
    assert table.header[0] == "L"
    assert table.rows[1][1] == pytest.approx(0.9182958340544896)
    assert table.rows[5][2] == pytest.approx(2 / 3)
    assert table.rows[5][3] == pytest.approx(0.2516291673878229)


@pytest.mark.parametrize("width", [86.0, 178.0])
def test_everything_is_on_the_sheet(golden, width):
    figure = curves_figure(golden, FigureOptions(width_mm=width))
    for item in figure.items:
        if isinstance(item, Text):
            assert 0 <= item.x <= figure.width_mm and 0 <= item.y <= figure.height_mm


@pytest.mark.parametrize("name", ["coin", "period", "rrxor", "sns", "mess3", "fanizza"])
def test_every_sort_of_process_has_its_curves(name):
    assert curves_figure(measures(process(name)), FigureOptions()).items


def test_the_panel_offers_the_curves_for_export(open_bench, measured):
    bench = open_bench(build("golden-mean"), "curves")
    measured(bench)
    assert [view.id for view in bench.views()] == ["machine", "curves"]
    assert not bench.deck.shown_panel().view.grab().isNull()
