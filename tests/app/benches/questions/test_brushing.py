"""Pointing at a state previews the beliefs that observing it would give."""

import pytest
from PySide6.QtTest import QTest

from app.graphical.brushing import DWELL_MS


def bar_place(bench, name, index):
    item = bench.canvas.graph.nodes[name]
    row = next(row for row in item.layout.rows if row.index == index)
    x = row.track_left + row.track_width / 2
    return bench.canvas.mapFromScene(item.pos().x() + x, item.pos().y() + row.middle)


def leave(bench):
    QTest.mouseMove(bench.canvas.viewport(), bench.canvas.viewport().rect().topLeft())


def point_at(bench, qtbot, name, index):
    leave(bench)  # a pointer that is there already would not move
    QTest.mouseMove(bench.canvas.viewport(), bar_place(bench, name, index))
    qtbot.waitUntil(lambda: bool(bench.brushing.previews), timeout=10000)


def bar(bench, name, index=0):
    return bench.canvas.graph.nodes[name].node.bars[index]


def test_pointing_at_a_state_shows_the_posteriors_of_observing_it(clinic_bench, qtbot):
    """P(bronc = yes | dysp = yes), Lauritzen and Spiegelhalter (1988)."""
    point_at(clinic_bench, qtbot, "dysp", 0)
    shown = bar(clinic_bench, "bronc")
    assert shown.value == pytest.approx(0.83396733632956, abs=1e-12)
    assert shown.role == "bar_preview"
    assert shown.mark == pytest.approx(0.45, abs=1e-12)


def test_a_preview_commits_nothing_and_leaving_restores(clinic_bench, qtbot):
    point_at(clinic_bench, qtbot, "dysp", 0)
    leave(clinic_bench)
    assert bar(clinic_bench, "bronc").value == pytest.approx(0.45, abs=1e-12)
    assert bar(clinic_bench, "bronc").mark is None
    assert len(clinic_bench.document.evidence) == 0
    assert clinic_bench.context.document.undo_stack.count() == 0


def test_from_bar_to_bar_the_preview_follows_at_once(clinic_bench, qtbot):
    point_at(clinic_bench, qtbot, "dysp", 0)
    QTest.mouseMove(clinic_bench.canvas.viewport(), bar_place(clinic_bench, "smoke", 1))
    assert bar(clinic_bench, "smoke", 1).value == 1.0


def test_with_previews_off_pointing_shows_nothing(clinic_bench, qtbot):
    leave(clinic_bench)
    clinic_bench.trigger("network.preview")
    assert not clinic_bench.is_checked("network.preview")
    QTest.mouseMove(clinic_bench.canvas.viewport(), bar_place(clinic_bench, "dysp", 0))
    qtbot.wait(2 * DWELL_MS)
    assert not clinic_bench.brushing.previews


def test_an_observed_state_has_nothing_to_preview(clinic_bench, qtbot, settled):
    clinic_bench.canvas.bar_clicked.emit("dysp", 0)
    settled(clinic_bench)
    leave(clinic_bench)
    QTest.mouseMove(clinic_bench.canvas.viewport(), bar_place(clinic_bench, "dysp", 0))
    qtbot.wait(2 * DWELL_MS)
    assert not clinic_bench.brushing.previews
