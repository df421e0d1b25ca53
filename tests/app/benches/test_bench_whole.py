"""The bench as a whole: mouse on the bars, random work undone, and nothing left behind."""

import gc
import random
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.networks.bench import NetworkBench
from app.figures.description import FigureOptions
from core.networks import zoo
from core.networks.evidence import Evidence


def row_place(bench, name, index, share=0.5):
    item = bench.canvas.graph.nodes[name]
    row = item.layout.rows[index]
    x = item.pos().x() + row.track_left + share * row.track_width
    return bench.canvas.mapFromScene(x, item.pos().y() + row.middle)


def test_the_mouse_observes_a_state_and_retracts_it(sprinkler_bench, settled):
    viewport, where = sprinkler_bench.canvas.viewport(), row_place(sprinkler_bench, "WetGrass", 0)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    settled(sprinkler_bench)
    assert sprinkler_bench.document.evidence == Evidence({"WetGrass": 0})
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert len(sprinkler_bench.document.evidence) == 0


def test_the_mouse_drags_a_bar_to_the_belief_that_is_wanted(sprinkler_bench, settled):
    viewport, left = sprinkler_bench.canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=row_place(sprinkler_bench, "Rain", 0, 0.5))
    for share in (0.55, 0.6, 0.7, 0.8):
        QTest.mouseMove(viewport, row_place(sprinkler_bench, "Rain", 0, share))
    QTest.mouseRelease(viewport, left, pos=row_place(sprinkler_bench, "Rain", 0, 0.8))
    settled(sprinkler_bench)
    belief = sprinkler_bench.beliefs.beliefs.posteriors.marginals["Rain"][0]
    assert belief == pytest.approx(0.8, abs=0.02)
    assert sprinkler_bench.context.document.undo_stack.count() == 1


def some_edit(bench, rng):
    names = bench.document.net.names
    chosen = rng.sample(names, min(len(names), rng.randint(0, 3)))
    bench.canvas.set_selected(chosen)
    action = rng.choice(
        [
            "network.add_node", "network.duplicate", "network.delete", "network.connect",
            "network.toggle_style", "network.align_left", "network.clear_colour",
            "network.colour", "table.randomise", "table.uniform", "evidence.clear",
            "network.show_names", "network.show_bars", "observe", "state", "drag",
        ]
    )  # fmt: skip
    if action == "observe" and names:
        bench.canvas.bar_clicked.emit(rng.choice(names), 0)
    elif action == "drag" and names:
        name = rng.choice(names)
        for value in (0.2, 0.5, 0.7):
            bench.canvas.bar_dragged.emit(name, 0, value, value == 0.7)
    elif action == "state" and len(chosen) == 1:
        bench.inspector().part_panel.states.add_state()
    elif "." in action and bench.is_enabled(action):
        bench.trigger(action)
    bench.canvas.end_rename()


@pytest.mark.parametrize("seed", range(4))
def test_any_work_can_be_undone_to_the_start_and_redone_to_the_end(sprinkler_bench, seed):
    start = sprinkler_bench.document.subject
    rng = random.Random(seed)
    for _ in range(40):
        some_edit(sprinkler_bench, rng)
    end, stack = sprinkler_bench.document.subject, sprinkler_bench.context.document.undo_stack
    stack.setIndex(0)
    assert sprinkler_bench.document.subject == start
    stack.setIndex(stack.count())
    assert sprinkler_bench.document.subject == end
    assert set(sprinkler_bench.canvas.graph.nodes) == set(end.net.names)


def test_the_views_are_figures_with_numbers_behind(sprinkler_bench):
    for view in sprinkler_bench.views():
        figure = view.make(FigureOptions(width_mm=120.0))
        assert figure.width_mm == 120.0
        assert len(view.table().rows) == 8


def test_the_bench_follows_another_theme(sprinkler_bench):
    from resources import palette

    sprinkler_bench.apply_palette(palette("dark"))
    assert not sprinkler_bench.grab().isNull()
    assert not sprinkler_bench.inspector().grab().isNull()


def test_a_closed_bench_leaves_nothing_behind(context, qapp):
    document = context.document
    subject_id = document.add("network", "Network", zoo.example("sprinkler").build())

    def open_and_close():
        bench = NetworkBench(context, subject_id)
        bench.canvas.set_selected(["Rain"])
        bench.close_bench()
        bench.deleteLater()
        return weakref.ref(bench), weakref.ref(bench.beliefs), weakref.ref(bench.inspector())

    remains = [ref for _ in range(3) for ref in open_and_close()]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.jobs.shutdown(5000)
    qapp.processEvents()
    gc.collect()
    assert [ref() for ref in remains] == [None] * len(remains)


def test_nodes_glide_or_jump_as_the_preferences_say_by_now(context, open_bench, monkeypatch):
    bench, told = open_bench(zoo.example("chest-clinic").build()), []
    monkeypatch.setattr(bench.canvas, "set_reduced_motion", told.append)
    bench.canvas.set_selected(["asia", "smoke", "tub"])
    for is_reduced in (True, False):
        context.preferences.set("reduced_motion", is_reduced)
        bench.trigger("network.align_top")
        bench.trigger("network.align_left")
    assert told == [True, False]
