"""One row of a world through time."""

import numpy as np

from core.automata.rules.life_like import LIFE
from core.automata.run import Run
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject


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


def test_the_panel_begins_in_the_middle_of_what_lives(open_bench, shown, qtbot):
    cells = np.zeros((300, 6000), dtype=np.uint8)
    cells[40, 5000:5003] = 1
    world = World("wide", LIFE, torus(6000, 300), cells)
    bench = open_bench(WorldSubject(world), "slices")
    panel = bench.deck.shown_panel()
    qtbot.waitUntil(lambda: 38 <= panel.row.value() <= 42)
    bench.session.step(2)
    shown(bench, 2)
    qtbot.waitUntil(lambda: panel.reading is not None)
    left = panel.reading.left
    assert left > 0 and left + panel.reading.values.shape[-1] <= 6000
    assert left < 5000 < left + panel.reading.values.shape[-1]


def test_a_huge_pattern_without_end_is_watched_in_its_middle(open_bench, shown, qtbot):
    cells = np.zeros((20, 20_000), dtype=np.uint8)
    cells[8:10, ::5] = cells[8:10, 1::5] = 1
    bench = open_bench(WorldSubject(World("long", LIFE, UNBOUNDED, cells)), "slices")
    panel = bench.deck.shown_panel()
    bench.session.step(1)
    shown(bench, 1)
    qtbot.waitUntil(lambda: panel.reading is not None)
    middle = panel.reading.left + panel.reading.values.shape[-1] / 2
    assert abs(middle - 10_000) < 400
