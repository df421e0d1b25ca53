"""Beliefs, evidence and the partition function on the bench."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.networks.zoo import example

LEFT = Qt.MouseButton.LeftButton


def bar(bench, name, index):
    item = bench.canvas.graph.nodes[name]
    row = item.layout.rows[index]
    local = QPointF(row.track_left + row.track_width / 2, row.middle)
    return bench.canvas.mapFromScene(item.pos() + local)


def wait(bench, qtbot):
    qtbot.waitUntil(lambda: not bench.beliefs.is_waiting, timeout=60000)


def test_the_published_beliefs_and_constant_are_shown(students_bench):
    assert "ln Z = 15.7898" in students_bench.status()
    assert "treewidth 2" in students_bench.status()
    nodes = students_bench.canvas.graph.nodes
    assert nodes["Bob"].node.bars[1].value == pytest.approx(0.736132710529531, abs=1e-9)
    assert nodes["φ1"].node.shape == "square"


def test_a_click_on_a_bar_observes_and_a_second_one_retracts(students_bench, qtbot):
    bench = students_bench
    QTest.mouseClick(bench.canvas.viewport(), LEFT, pos=bar(bench, "Charles", 0))
    wait(bench, qtbot)
    assert dict(bench.document.evidence.items()) == {"Charles": 0}
    assert "ln Z = 14.3468" in bench.status()  # ln 1701110
    shown = bench.canvas.graph.nodes["Bob"].node.bars[1].value
    assert shown == pytest.approx(0.0593788761455756, abs=1e-9)
    text = bench.inspector().evidence_panel.probability.text()
    assert text.startswith("Z = 1.70111e+06,   ln Z = 14.3468")
    assert "P(e) = 0.236205" in text
    QTest.mouseClick(bench.canvas.viewport(), LEFT, pos=bar(bench, "Charles", 0))
    wait(bench, qtbot)
    assert not len(bench.document.evidence)


def test_a_dragged_bar_enters_the_likelihood_that_moves_it_there(students_bench, qtbot):
    bench = students_bench
    bench.canvas.bar_dragged.emit("Alice", 1, 0.5, True)
    wait(bench, qtbot)
    shown = bench.canvas.graph.nodes["Alice"].node.bars[1].value
    assert shown == pytest.approx(0.5, abs=1e-9)


def test_potentials_that_contradict_are_explained_and_no_finding_is_blamed(open_bench, qtbot):
    subject = example("misconception").build()
    net = subject.net.with_table("φ1", [[1, 0], [0, 0]]).with_table("φ2", [[0, 0], [0, 1]])
    bench = open_bench(subject.with_net(net))
    wait(bench, qtbot)
    assert "contradict one another" in bench.status()
    assert "contradict one another" in bench.inspector().evidence_panel.problem.label.text()
    assert bench.inspector().evidence_panel.impossible.isHidden()


def test_a_file_of_evidence_that_is_dropped_is_entered(students_bench, qtbot, tmp_path):
    path = tmp_path / "some.evid"
    path.write_text("2 0 1 2 0")
    assert students_bench.takes_files([path])
    students_bench.take_files([path])
    qtbot.waitUntil(lambda: len(students_bench.document.evidence) == 2, timeout=20000)
    assert dict(students_bench.document.evidence.items()) == {"Alice": 1, "Charles": 0}


def test_a_file_of_evidence_that_does_not_fit_is_explained(students_bench, qtbot, said, tmp_path):
    path = tmp_path / "some.evid"
    path.write_text("1 9 1")
    students_bench.take_files([path])
    qtbot.waitUntil(lambda: bool(said), timeout=20000)
    assert "some.evid, line 1, column 3" in said[-1]


def test_pointing_at_a_state_previews_what_observing_it_would_do(students_bench, qtbot):
    bench = students_bench
    viewport = bench.canvas.viewport()
    QTest.mouseMove(viewport, viewport.rect().topLeft())
    QTest.mouseMove(viewport, bar(bench, "Charles", 0))
    qtbot.waitUntil(lambda: bool(bench.brushing.previews), timeout=60000)
    shown = bench.canvas.graph.nodes["Bob"].node.bars[1]
    assert shown.value == pytest.approx(0.0593788761455756, abs=1e-9)
    assert shown.mark == pytest.approx(0.736132710529531, abs=1e-9)
    assert not len(bench.document.evidence)
