"""One row of a world through time."""

import numpy as np

from core.automata.run import Run


def test_the_panel_shows_the_row_at_every_generation(open_bench, glider, shown, qtbot):
    bench = open_bench(glider, "slices")
    panel = bench.deck.shown_panel()
    panel.row.setValue(2)
    bench.session.step(6)
    shown(bench, 6)
    qtbot.waitUntil(lambda: panel.reading is not None and len(panel.reading.values) >= 6)
    run, rows = Run(glider.world), []
    for _ in range(6):
        run.step()
        rows.append(run.stepper.cells()[2])
    assert np.array_equal(panel.reading.values[-6:], rows)
    bench.session.step_back(4)
    shown(bench, 2)
    qtbot.waitUntil(lambda: panel.reading.first + len(panel.reading.values) == 3)


def test_the_panel_stops_looking_when_it_is_hidden(open_bench, glider, shown):
    bench = open_bench(glider, "slices")
    bench.trigger("panel.slices")
    bench.session.step(3)
    assert "slices" not in shown(bench, 3).probes


def test_a_row_leaves_as_a_figure(open_bench, glider, shown, qtbot):
    bench = open_bench(glider, "slices")
    bench.session.step(5)
    shown(bench, 5)
    panel = bench.deck.shown_panel()
    qtbot.waitUntil(lambda: panel.reading is not None)
    from app.figures.description import FigureOptions

    titles = [view.title for view in bench.views()]
    assert titles == ["Field", "Space-time"]
    image = bench.views()[1].make(FigureOptions()).items[0]
    assert image.rgba.shape[1:] == (24, 4)
