"""The process emits, and an observer believes."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.processes.examples import build
from app.benches.processes.simulate.stepper import Observe, Simulation, entropy
from core.processes.word import belief_after
from core.processes.zoo import process


def test_the_observer_believes_what_the_word_says():
    model = process("mess3")
    simulation = Simulation(model, 1)
    simulation.step(30)
    frame = simulation.frame()
    word = [model.alphabet[x] for x in frame.tape]
    assert len(word) == 30
    assert frame.belief == pytest.approx(belief_after(model, word))
    assert frame.entropies[-1] == pytest.approx(entropy(frame.belief))


def test_chunks_do_not_change_what_is_emitted():
    whole, pieces = Simulation(process("even"), 3), Simulation(process("even"), 3)
    whole.step(60)
    for _ in range(60):
        pieces.step(1)
    assert whole.frame().tape == pieces.frame().tape
    assert whole.frame().state == pieces.frame().state


def test_many_symbols_at_once_still_end_in_the_right_belief():
    model = process("golden-mean")
    fast = Simulation(model, 5)
    fast.step(100_000)
    frame = fast.frame()
    assert frame.time == sum(frame.counts) == 100_000
    assert frame.belief[frame.state] == 1.0
    assert frame.mean_surprise == pytest.approx(2 / 3, abs=0.1)
    assert fast.model.T[frame.edge[2], frame.edge[0], frame.edge[1]] > 0


def test_a_word_of_no_symbols_leaves_the_prior():
    simulation = Simulation(process("golden-mean"))
    simulation.apply(Observe(()))
    assert simulation.frame().belief == pytest.approx([2 / 3, 1 / 3])


@pytest.fixture
def panel(open_bench, qtbot):
    bench = open_bench(build("golden-mean"), "simulate")
    found = bench.deck.shown_panel()
    found.bench = bench
    qtbot.waitUntil(lambda: found.runner is not None, timeout=300000)
    return found


def test_a_step_lights_the_edge_and_the_state(panel, qtbot):
    panel.bench.trigger("simulate.step")
    qtbot.waitUntil(lambda: panel.shown.time == 1, timeout=120000)
    lit = [arc for arc in panel.bench.canvas.graph.wanted_arcs.values() if arc.emphasis]
    assert len(lit) == 1
    rings = {s: n.emphasis for s, n in panel.bench.canvas.graph.wanted.items()}
    assert "accent" in rings.values()
    assert "1 symbol" in panel.facts.text()


def test_it_plays_until_it_is_paused(panel, qtbot):
    panel.speed.setValue(panel.speed.maximum())
    panel.bench.trigger("simulate.play")
    qtbot.waitUntil(lambda: panel.shown.time > 1000, timeout=120000)
    assert panel.bench.is_checked("simulate.play")
    panel.bench.trigger("simulate.play")
    qtbot.waitUntil(lambda: not panel.is_running, timeout=20000)


def test_a_typed_word_shows_what_an_observer_believes(panel, qtbot):
    QTest.keyClicks(panel.word, "0010")
    QTest.keyClick(panel.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.shown.time == 4, timeout=120000)
    assert panel.shown.belief == pytest.approx([1.0, 0.0])
    assert panel.shown.state == -1
    assert len(panel.shown.entropies) == 5


def test_an_impossible_word_is_explained(panel):
    QTest.keyClicks(panel.word, "011")
    QTest.keyClick(panel.word, Qt.Key.Key_Return)
    assert "Symbol 3 of the word" in panel.callout.label.text()


def test_a_machine_that_cannot_be_played_says_why_and_recovers(panel, qtbot):
    matrix = panel.bench.inspector().matrix_panel.matrix
    matrix.setData(matrix.index(0, 0), "0.9")
    assert panel.runner is None and not panel.callout.isHidden()
    assert not panel.bench.is_enabled("simulate.play")
    panel.bench.trigger("process.normalise")
    qtbot.waitUntil(lambda: panel.runner is not None, timeout=20000)
    assert panel.callout.isHidden()


def test_an_edit_while_it_plays_goes_on_with_the_new_machine(panel, qtbot):
    panel.bench.trigger("simulate.play")
    panel.bench.gestures.set_edge(("A", "B", "1"), "0.1")
    qtbot.waitUntil(lambda: panel.is_running and panel.shown.time > 0, timeout=120000)
    assert np.isfinite(panel.shown.surprise)


def test_playing_on_after_a_word_goes_back_to_the_process(panel, qtbot):
    QTest.keyClicks(panel.word, "0010")
    QTest.keyClick(panel.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.shown.time == 4, timeout=120000)
    panel.bench.trigger("simulate.step")
    qtbot.waitUntil(lambda: panel.shown.time == 1, timeout=20000)
    assert panel.word.text() == "" and panel.shown.state >= 0


def test_a_process_without_states_cannot_be_played(open_bench, qtbot):
    bench = open_bench(build("tom-quantum"), "simulate")
    callout = bench.deck.shown_panel().callout
    qtbot.waitUntil(lambda: not callout.isHidden(), timeout=120000)
    assert "states" in callout.label.text()
