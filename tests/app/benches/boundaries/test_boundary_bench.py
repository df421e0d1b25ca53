"""The bench of boundaries: values, settings, undo, formulas, files, cancel."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.benches.boundaries.examples import EXAMPLES
from app.benches.boundaries.kind import ENSEMBLE_KIND
from app.figures.description import FigureOptions
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.boundaries.ensemble_subject import EnsembleSubject
from core.progress import Cancelled
from resources import palette

ENTROPY_OF_FLIP = 0.468996
"""h(0.1) in bits; the leak tells 1 bit less this much (reference value of the system)."""


def values_of(bench):
    return bench.inspector().values


def click_row(bench, row_id):
    tree = values_of(bench).tree
    item = values_of(bench)._items[row_id]
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_opens_with_the_leak_that_is_known(open_bench, leak):
    bench = open_bench(leak)
    flow = bench.measuring.measured.flow
    assert flow.infil.per_step[0] == pytest.approx(1 - ENTROPY_OF_FLIP, abs=0.06)
    assert values_of(bench).row("infil.mean").number == flow.infil.mean.value
    assert bench.pages.currentWidget() is bench.plots
    assert "past the boundary" in bench.region.told.text()
    assert "Infil" in bench.status()


def test_nothing_crosses_a_layer_in_one_step_but_in_two(open_bench, ring, measured):
    bench = open_bench(ring)
    assert values_of(bench).row("infil.mean").number == pytest.approx(0, abs=0.02)
    lag = bench.inspector().settings.lag
    lag.setFocus()
    lag.selectAll()
    QTest.keyClicks(lag, "2")
    QTest.keyClick(lag, Qt.Key.Key_Return)
    measured(bench)
    assert bench.document.settings.lag == 2
    assert values_of(bench).row("infil.mean").number > 0.1


def test_settings_are_undone_and_measured_again(open_bench, leak, measured):
    bench = open_bench(leak)
    bench.inspector().settings.shuffles.setValue(60)
    measured(bench)
    assert bench.measuring.measured.flow.settings.shuffles == 60
    bench.context.document.undo()
    measured(bench)
    assert bench.measuring.measured.flow.settings.shuffles == 40
    assert bench.inspector().settings.shuffles.value() == 40


def test_a_click_shows_the_formula_with_the_numbers_in(open_bench, leak):
    bench = open_bench(leak)
    flow = bench.measuring.measured.flow
    click_row(bench, "infil.sum")
    told = values_of(bench).formula.text()
    assert flow.infil.formula in told
    assert f"{flow.infil.sum.value:.4f} bits" in told
    assert " + ".join(f"{each:.4f}" for each in flow.infil.per_step) in told
    assert "H(E | V, A, P)" in told


def test_a_double_click_copies_the_value_with_all_its_digits(open_bench, leak):
    bench = open_bench(leak)
    values = values_of(bench)
    values.tree.itemDoubleClicked.emit(values._items["exfil.max"], 1)
    copied = float(QGuiApplication.clipboard().text())
    assert copied == bench.measuring.measured.flow.exfil.max.value


def test_settings_that_make_no_sense_are_told_and_old_values_stay(open_bench, ring, measured):
    bench = open_bench(ring)
    before = bench.measuring.measured.flow
    bench.document.edit_settings("Lag", lag=40)
    measured(bench)
    assert bench.measuring.measured.flow is before
    assert bench.measuring.measured.is_stale
    assert "none of them 40 generations" in bench.callout.label.text()
    assert bench.callout.isVisible()


def test_too_few_samples_are_warned_of(open_bench, ring):
    bench = open_bench(ring)
    assert "fewer than 10" in bench.callout.label.text()


def test_measuring_is_stopped_and_begun_again(open_bench, ring, measured):
    bench = open_bench(ring)
    bench.document.edit_settings("Shuffles", shuffles=10_000)
    job = bench.measuring._job
    QTest.mouseClick(bench.button, Qt.MouseButton.LeftButton)
    assert job.state == "cancelled"
    with pytest.raises(Cancelled):
        job.progress.check()
    assert bench.button.text() == "Measure again"
    assert "Stopped" in bench.callout.label.text()
    bench.context.document.undo()
    measured(bench)
    assert not bench.callout.label.text().startswith("Stopped")


def test_the_pointer_reads_a_generation_and_names_a_cell(open_bench, ring):
    bench = open_bench(ring)
    plot = bench.plots.drawing().plots[0]
    scale = bench.plots.width() / bench.plots.drawing().figure.width_mm
    at = QPointF(plot.right * scale, (plot.top + 2) * scale)
    assert bench.plots.value_at(at) == 2
    assert "generation 2" in bench.plots.text_at(at)
    assert "bits" in bench.plots.text_at(at)
    QTest.mouseMove(bench.plots, at.toPoint() - QPoint(2, 0))
    assert bench.plots.at == pytest.approx(2, abs=0.05)
    assert "V, viscera" in bench.region.picture.text_at(QPointF(bench.region.width() / 2, 20))


@pytest.mark.parametrize("ending", [".csv", ".npz"])
def test_curves_are_saved(open_bench, leak, qtbot, tmp_path, ending):
    bench = open_bench(leak)
    path = tmp_path / f"curves{ending}"
    bench.context.dialogs.save_path = lambda *_: path
    bench.trigger("boundary.save")
    qtbot.waitUntil(lambda: path.exists() and path.stat().st_size > 0, timeout=30_000)
    qtbot.waitUntil(lambda: not bench.context.jobs.running, timeout=30_000)
    infil = bench.measuring.measured.flow.infil.per_step
    if ending == ".npz":
        with np.load(path) as found:
            np.testing.assert_array_equal(found["infil"], infil)
            assert found["generation"].tolist() == [0, 1, 2]
    else:
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        column = head.split(",").index("infil / bits")
        assert [float(row.split(",")[column]) for row in rows] == infil.tolist()


@pytest.mark.parametrize("theme", ["print", "light", "dark"])
@pytest.mark.parametrize("width", [86.0, 178.0])
def test_all_views_are_figures_with_numbers_behind(open_bench, ring, theme, width):
    bench = open_bench(ring)
    views = bench.views()
    assert [view.id for view in views] == ["boundary", "flow", "region"]
    for view in views:
        figure = view.make(FigureOptions(width, theme))
        assert figure.width_mm == width
        assert figure.items
        assert len(view.table().rows) in (3, 9)


def test_an_ensemble_without_a_picture_has_a_diagram(open_bench, leak):
    bench = open_bench(leak)
    assert not leak.ensemble.mask.size
    told = bench.region.picture.drawing().figure.title
    assert told == "Parts and flow"
    assert bench.views()[-1].table is None


def test_it_follows_another_theme(open_bench, ring):
    bench = open_bench(ring)
    bench.apply_palette(palette("dark"))
    assert not bench.grab().isNull()
    assert not bench.inspector().grab().isNull()


def test_a_study_keeps_trajectories_and_settings(open_bench, ring, tmp_path):
    bench = open_bench(ring)
    bench.document.edit_settings("Lag 2", lag=2)
    path = tmp_path / "ring.macroscope"
    bench.context.document.save(path)
    again = StudyDocument(KindRegistry([ENSEMBLE_KIND]))
    again.read(path)
    kept = again.subject(bench.subject_id).value
    assert kept.settings == bench.document.settings
    np.testing.assert_array_equal(kept.ensemble.E, ring.ensemble.E)
    np.testing.assert_array_equal(kept.ensemble.mask, ring.ensemble.mask)


def test_a_file_is_written_and_opened_again(ring, tmp_path):
    path = tmp_path / "ring.npz"
    ENSEMBLE_KIND.writer_for(path)(ring, path)
    found = ENSEMBLE_KIND.reader_for(path)(path)
    assert isinstance(found, EnsembleSubject)
    np.testing.assert_array_equal(found.ensemble.P, ring.ensemble.P)


def test_settings_of_a_damaged_record_are_refused(ring):
    record, arrays = ring.to_record()
    record["settings"]["lag"] = "two"
    with pytest.raises(Exception, match="lag"):
        EnsembleSubject.from_record(record, arrays)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_every_example_tells_all_its_parts_and_has_a_thumbnail(example):
    from app.benches.boundaries.figure import thumbnail

    subject = example.build()
    assert all(subject.ensemble.features(part) for part in "VAPE")
    figure = thumbnail(subject, FigureOptions(64.0, "dark"))
    assert figure.items
    again = example.build()
    np.testing.assert_array_equal(again.ensemble.V, subject.ensemble.V)


@pytest.mark.parametrize(
    "settings",
    [
        {"estimator": "gaussian"},
        {"estimator": "gaussian", "is_pooled": True},
        {"way": "clusters", "symbols": 3},
        {"is_pooled": True},
    ],
    ids=["gaussian", "gaussian pooled", "clusters", "pooled"],
)
def test_every_estimator_is_shown(open_bench, measured, settings):
    example = next(each for each in EXAMPLES if each.name == "boundary-glider")
    subject = example.build().with_settings(shuffles=20, resamples=20, **settings)
    bench = open_bench(subject)
    measured(bench)
    assert bench.measuring.measured.problem == ""
    assert "Infil" in values_of(bench).formula.text()
    assert bench.region.told.text()
    assert not bench.plots.grab().isNull()
    for view in bench.views():
        assert view.make(FigureOptions(120.0)).items
        view.table()
