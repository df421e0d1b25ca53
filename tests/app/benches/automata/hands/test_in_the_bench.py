"""Hands and library as parts of the bench, and what of them a study keeps."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.benches.automata.kind import WORLD_KIND
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.interventions import Gun, Stroke
from core.automata.run import Run


def place(bench, x, y) -> QPoint:
    return bench.view.to_view(x + 0.5, y + 0.5).toPoint()


def drag(bench, first, last):
    QTest.mouseMove(bench.view, place(bench, *first))
    QTest.mousePress(bench.view, Qt.MouseButton.LeftButton, pos=place(bench, *first))
    QTest.mouseMove(bench.view, place(bench, *last))
    QTest.mouseRelease(bench.view, Qt.MouseButton.LeftButton, pos=place(bench, *last))


def test_the_strip_stands_left_of_the_field_and_shows_the_tool(open_bench, glider):
    bench = open_bench(glider)
    strip = bench.inspector().tab("hands").strip
    assert strip.isVisible()
    assert strip.mapTo(bench, QPoint()).x() < bench.view.mapTo(bench, QPoint()).x()
    bench.trigger("hands.brush")
    assert strip.buttons["brush"].isChecked()
    assert bench.is_checked("hands.brush")
    assert not bench.is_checked("hands.erase")


def test_tools_that_a_world_does_not_take_cannot_be_chosen(open_bench, glider):
    bench = open_bench(glider)
    assert not bench.is_enabled("hands.food")
    assert not bench.is_enabled("hands.push")
    assert bench.is_enabled("hands.gun")
    assert not bench.is_enabled("hands.forget")


def test_a_saved_study_repeats_what_hands_did(open_bench, glider, qtbot, tmp_path):
    bench = open_bench(glider)
    bench.trigger("hands.brush")
    drag(bench, (10, 8), (14, 8))
    qtbot.waitUntil(lambda: len(bench.document.subject.interventions) == 1, timeout=30_000)
    bench.trigger("hands.gun")
    drag(bench, (4, 12), (9, 12))
    qtbot.waitUntil(lambda: len(bench.document.subject.interventions) == 2, timeout=30_000)
    bench.session.step(30)
    qtbot.waitUntil(lambda: bench.document.subject.at == 30, timeout=30_000)
    seen = []
    bench.inspector().tab("hands").hands.present(seen.append)
    qtbot.waitUntil(lambda: bool(seen), timeout=30_000)

    path = tmp_path / "hands.macroscope"
    bench.context.document.save(path)
    again = StudyDocument(KindRegistry([WORLD_KIND]))
    again.read(path)
    kept = again.subject(bench.subject_id).value
    assert [type(each) for each in kept.interventions] == [Stroke, Gun]
    run = Run(kept.world, kept.interventions)
    run.go_to(kept.at)
    np.testing.assert_array_equal(run.stepper.cells(), seen[0].array)


def test_everything_done_is_taken_back_at_once(open_bench, glider, qtbot):
    bench = open_bench(glider)
    bench.trigger("hands.brush")
    drag(bench, (10, 8), (14, 8))
    qtbot.waitUntil(lambda: len(bench.document.subject.interventions) == 1, timeout=30_000)
    bench.trigger("hands.forget")
    assert bench.document.subject.interventions == ()
    qtbot.waitUntil(lambda: bench.session.frame.signs.population == 5, timeout=30_000)
    bench.context.document.undo()
    qtbot.waitUntil(lambda: bench.session.frame.signs.population == 10, timeout=30_000)


def test_files_of_patterns_are_for_the_library(open_bench, glider, qtbot, tmp_path):
    bench = open_bench(glider)
    path = tmp_path / "block.rle"
    path.write_text("x = 2, y = 2\n2o$2o!\n")
    assert bench.takes_files([path])
    assert not bench.takes_files([tmp_path / "letter.txt"])
    bench.take_files([path])
    hands = bench.inspector().tab("hands").hands
    qtbot.waitUntil(lambda: hands.tool.id == "stamp", timeout=30_000)
    assert hands.tool.cells.tolist() == [[1, 1], [1, 1]]
