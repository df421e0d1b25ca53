"""The panel of structure: causal states, dimensions with their fits, complexity by resolution."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.benches.processes.examples import build
from app.benches.processes.structure.curve_files import write_curves
from app.benches.processes.structure.figure import (
    complexity_drawing,
    scaling_drawing,
    structure_table,
)
from app.benches.processes.structure.findings import find_structure
from app.benches.processes.structure.words import dimensions_html, verdict_html
from app.figures.description import FigureOptions, Text
from core.processes.zoo import process
from core.progress import Cancelled, Progress


def structure_of(name, **parameters):
    sent = []
    found = find_structure(process(name, **parameters), sent.append, Progress())
    return found, sent


@pytest.fixture(scope="module")
def cantor():
    return structure_of("two-state-cantor")


@pytest.fixture(scope="module")
def golden():
    return structure_of("golden-mean")


def test_the_causal_states_come_first_and_finer_counts_later(cantor):
    found, (first, coarse) = cantor
    assert first.dimensions is None
    assert coarse.counts.points < found.counts.points
    assert found.is_done
    assert not coarse.is_done


def test_a_finite_machine_has_dimension_zero_and_its_complexity(golden):
    found, _ = golden
    assert "finite" in verdict_html(found)
    assert "2 states" in verdict_html(found)
    assert [fit.value for fit in found.fits] == [0.0, 0.0, 0.0]
    words = [item.text for item in complexity_drawing(found, FigureOptions()).figure.items
             if isinstance(item, Text)]  # fmt: skip
    assert "Cμ = 0.918296 bits" in words


def test_uncountable_beliefs_are_counted_at_two_resolutions(cantor):
    found, _ = cantor
    assert "uncountable at this resolution" in verdict_html(found)
    assert found.counted_beliefs() == "40 at 1/128 and 154 at 1/1,024"


def test_minus_infinity_is_said_in_words(golden):
    assert "forgets this direction altogether" in dimensions_html(golden[0])
    assert "inf" not in dimensions_html(golden[0]).replace("infinite", "")


def test_a_presentation_with_more_beliefs_than_causal_states_says_so():
    found, _ = structure_of("middle-third-cantor")
    assert "more beliefs than the process has causal states" in verdict_html(found)
    assert found.fits[0].value == pytest.approx(np.log(2) / np.log(3), abs=0.01)


def test_a_fit_that_is_not_trusted_has_its_reason_where_the_number_would_be():
    found, _ = structure_of("mess3", x=0.05, a=0.85)
    assert found.fits[1].value is None
    assert "depends on the window" in dimensions_html(found)


def test_generalized_processes_have_causal_states_and_a_reason_for_no_dimensions():
    found, _ = structure_of("tom-quantum")
    assert "No dimensions" in dimensions_html(found)


def test_the_work_stops_when_it_is_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        find_structure(process("mess3"), lambda found: None, progress)


@pytest.mark.parametrize("draw", [scaling_drawing, complexity_drawing])
@pytest.mark.parametrize("width", [86.0, 178.0])
def test_everything_is_on_the_sheet(cantor, draw, width):
    figure = draw(cantor[0], FigureOptions(width_mm=width)).figure
    for item in figure.items:
        if isinstance(item, Text):
            assert 0 <= item.x <= figure.width_mm
            assert 0 <= item.y <= figure.height_mm


def test_the_table_has_a_row_for_every_grid(cantor):
    table = structure_table(cantor[0])
    assert len(table.rows) == len(cantor[0].counts.levels)
    assert table.rows[1][1] == 0.5


def test_curves_are_written_as_text_and_as_arrays(tmp_path):
    curves = {"a": np.arange(3), "b": np.array([0.5])}
    write_curves(tmp_path / "c.csv", curves)
    rows = list(csv.reader((tmp_path / "c.csv").read_text().splitlines()))
    assert rows == [["a", "b"], ["0", "0.5"], ["1", ""], ["2", ""]]
    write_curves(tmp_path / "c.npz", curves)
    with np.load(tmp_path / "c.npz") as read:
        assert read["b"].tolist() == [0.5]


def settled(qtbot, bench):
    panel = bench.deck.shown_panel()
    qtbot.waitUntil(lambda: not panel.is_waiting, timeout=300000)
    return panel


def test_the_end_of_the_window_is_dragged_and_the_fit_follows(open_bench, qtbot):
    panel = settled(qtbot, open_bench(build("two-state-cantor"), "structure"))
    view = panel.scaling
    view.resize(420, 260)
    drawing = view.drawing()
    scale = view.width() / drawing.figure.width_mm
    first, last = drawing.window

    def place(level):
        return QPoint(round(drawing.plot.at(level, 0.0)[0] * scale), 120)

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place(last))
    QTest.mouseMove(view, place(last - 5))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place(last - 5))
    assert panel.findings.window == (first, last - 5)
    assert panel.last.value() == last - 5
    assert panel.findings.fits[0].window == (first, last - 5)
    panel.again.click()
    assert panel.findings.window is None


def test_points_tell_what_they_are(open_bench, qtbot):
    panel = settled(qtbot, open_bench(build("golden-mean"), "structure"))
    spot = panel.complexity.drawing().spots[3]
    scale = panel.complexity.width() / panel.complexity.drawing().figure.width_mm
    assert "bits at ε" in panel.complexity.text_at(QPointF(spot.x * scale, spot.y * scale))


def test_the_machine_is_opened_and_the_figures_are_offered(open_bench, qtbot):
    bench = open_bench(build("rrxor"), "structure")
    panel = settled(qtbot, bench)
    assert panel.open.isVisible()
    views = [view.id for view in bench.views()]
    assert views == ["machine", "epsilon-machine", "dimensions", "complexity"]


def test_a_small_machine_is_drawn_whole(open_bench, qtbot):
    panel = settled(qtbot, open_bench(build("rrxor"), "structure"))
    figure = panel.machine.drawing().figure
    assert panel.machine.isVisible()
    assert figure.height_mm * panel.machine.width() / figure.width_mm <= panel.machine.height() + 1
    assert "5 states" in figure.description or "five" in figure.description.lower()


def test_no_machine_is_drawn_where_none_is_finite(open_bench, qtbot):
    panel = settled(qtbot, open_bench(build("mess3"), "structure"))
    assert not panel.machine.isVisible()


def test_a_draft_explains_itself_and_has_nothing_to_save(blank_bench, qtbot):
    blank_bench.trigger("panel.structure")
    panel = settled(qtbot, blank_bench)
    assert panel.callout.isVisible()
    assert not panel.save.isEnabled()
    assert panel.views() == []
