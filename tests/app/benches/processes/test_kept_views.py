"""What the panels of a process are set to is kept by the study, and found again."""

import pytest

from app.benches.processes.bench import ProcessBench
from app.benches.processes.examples import build
from app.benches.processes.kind import PROCESS_KIND
from app.study.document import VIEWS, StudyDocument
from app.study.kinds import KindRegistry


@pytest.fixture
def open_again(qtbot, open_bench, context, tmp_path):
    """Return a function that saves the study, reads it anew and opens its process."""
    opened = []

    def again(bench):
        path = tmp_path / "kept.macroscope"
        bench.context.document.save(path)
        document = StudyDocument(KindRegistry([PROCESS_KIND]))
        document.read(path)
        context.document = document
        bench = ProcessBench(context, document.study.subjects[0].id)
        qtbot.addWidget(bench)
        qtbot.addWidget(bench.inspector())
        bench.resize(1000, 800)
        bench.show()
        qtbot.waitUntil(lambda: bench.deck.shown_panel() is not None)
        opened.append(bench)
        return bench

    yield again
    for bench in opened:
        bench.close_bench()


def test_the_simplex_is_looked_at_as_before(open_bench, open_again):
    bench = open_bench(build("nemo"), "simplex")
    panel = bench.deck.panel("simplex")
    panel.controls.mode.setCurrentIndex(1)
    panel.controls.colour.setCurrentIndex(2)
    panel.controls.depth.setValue(5)
    panel._on_window((0.25, 0.25, 0.5, 0.5))
    panel.trigger("simplex.hull")
    wanted = panel.request()
    found = open_again(bench).deck.panel("simplex").request()
    for name in ("mode", "colour", "depth", "window", "points", "projection", "overlays"):
        assert getattr(found, name) == getattr(wanted, name), name


def test_projection_and_turn_of_many_states_come_back(open_bench, open_again):
    bench = open_bench(build("rrxor"), "simplex")
    panel = bench.deck.panel("simplex")
    panel.controls.projection.setCurrentIndex(2)
    panel.controls.axes[0].setCurrentIndex(3)
    panel._on_turned(0.3, -0.1)
    wanted = panel.request()
    found = open_again(bench).deck.panel("simplex").request()
    assert (found.projection, found.axes) == ("coordinates", (3, 1))
    assert (found.turn, found.tilt) == (pytest.approx(wanted.turn), pytest.approx(wanted.tilt))


def test_the_simulation_goes_on_with_its_seed(qtbot, open_bench, open_again):
    bench = open_bench(build("golden-mean"), "simulate")
    panel = bench.deck.panel("simulate")
    qtbot.waitUntil(lambda: panel.runner is not None, timeout=60000)
    panel.trigger("simulate.restart")
    panel.trigger("simulate.restart")
    qtbot.waitUntil(lambda: panel._job is None, timeout=60000)
    first = list(_symbols(qtbot, panel))
    again = open_again(bench).deck.panel("simulate")
    qtbot.waitUntil(lambda: again.runner is not None, timeout=60000)
    assert _symbols(qtbot, again) == first


def _symbols(qtbot, panel, count=12):
    for step in range(count):
        panel.trigger("simulate.step")
        qtbot.waitUntil(lambda step=step: panel.shown.time > step, timeout=30000)
    return list(panel.shown.tape)


def test_to_look_otherwise_is_no_edit_but_can_be_saved(golden_bench, tmp_path):
    document = golden_bench.context.document
    document.save(tmp_path / "study.macroscope")
    golden_bench.deck.open_panel("simplex").controls.colour.setCurrentIndex(1)
    assert not document.is_modified and not document.undo_stack.canUndo()
    assert document.has_new_views
    document.save()
    assert not document.has_new_views


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        {"s1": 3},
        {"s1": {"simplex": [1]}},
        {
            "s1": {
                "simplex": {
                    "mode": 3,
                    "depth": True,
                    "window": [1, 0, "a", None],
                    "turn": "x",
                    "axes": 4,
                    "overlays": "hull",
                    "points": [1],
                },
                "simulate": {"seed": -1, "word": 5},
                "structure": {"window": [None, 2.5]},
            }
        },
    ],
)
def test_whatever_a_file_holds_the_panels_open(open_bench, context, kept):
    bench = open_bench(build("golden-mean"))
    document = context.document
    document._study = document.study.with_setting(VIEWS, kept)
    for panel in ("simplex", "simulate", "structure"):
        bench.deck.open_panel(panel)
    assert bench.deck.panel("simplex").request().window is None
