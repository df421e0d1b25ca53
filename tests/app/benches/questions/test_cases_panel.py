"""Cases are drawn from a seed, and files of cases are answered."""

import csv

import pytest

from app.benches.networks.questions.batch_page import BatchPage
from app.benches.networks.questions.sample_page import SamplePage


@pytest.fixture
def saved_as(context, tmp_path):
    """Answer the question where to save."""
    path = tmp_path / "out.csv"
    context.dialogs.save_path = lambda title, suggested, filters: path
    return path


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def finish(page, qtbot):
    qtbot.waitUntil(lambda: not page.work.is_running, timeout=60000)


def test_a_preview_of_cases_is_there_at_once(sprinkler_bench, opened):
    page = opened(sprinkler_bench, "cases", SamplePage).page
    assert len(page.table.rows) == 100
    assert page.sentence.text() == "1,000 cases from seed 1. The first 100 are shown."


def test_the_file_begins_with_the_rows_that_are_shown(sprinkler_bench, opened, saved_as, qtbot):
    page = opened(sprinkler_bench, "cases", SamplePage).page
    page.export.click()
    finish(page, qtbot)
    rows = rows_of(saved_as)
    assert len(rows) == 1001
    assert [tuple(row) for row in rows[1:101]] == [row[:-1] for row in page.table.rows]


def test_another_seed_gives_other_cases_and_the_same_seed_the_same(sprinkler_bench, opened):
    panel = opened(sprinkler_bench, "cases", SamplePage)
    first = panel.page.table.rows
    panel.page.seed.setValue(2)
    opened.settle(sprinkler_bench, panel)
    assert panel.page.table.rows != first
    panel.page.seed.setValue(1)
    opened.settle(sprinkler_bench, panel)
    assert panel.page.table.rows == first


def test_a_file_of_cases_is_answered_case_by_case(
    sprinkler_bench, opened, saved_as, qtbot, tmp_path
):
    """P(Rain | WetGrass = yes) = .707927677329625, and given Sprinkler too it is less."""
    data = tmp_path / "cases.csv"
    yes, no = sprinkler_bench.document.net["Rain"].states
    data.write_text(f"WetGrass,Rain\n{yes},\n,{no}\n{yes},?\n")
    panel = opened(sprinkler_bench, "cases", BatchPage)
    page = panel.page
    page.open_file(data)
    opened.settle(sprinkler_bench, panel)
    assert [row[:2] for row in page.table.rows] == [(yes, ""), ("", no), (yes, "?")]
    page.start.click()
    finish(page, qtbot)
    opened.settle(sprinkler_bench, panel)
    head, *rows = rows_of(saved_as)
    assert float(rows[0][head.index(f"Rain={yes}")]) == pytest.approx(0.707927677329625)
    assert rows[0] == rows[2]
    assert page.sentence.text() == "3 cases answered by 2 propagations. Saved as out.csv."


def test_impossible_cases_are_counted(clinic_bench, opened, saved_as, qtbot, tmp_path):
    data = tmp_path / "cases.csv"
    data.write_text("lung,either\nyes,no\nyes,yes\n")
    panel = opened(clinic_bench, "cases", BatchPage)
    panel.page.open_file(data)
    opened.settle(clinic_bench, panel)
    panel.page.start.click()
    finish(panel.page, qtbot)
    opened.settle(clinic_bench, panel)
    assert "1 case is impossible" in panel.page.sentence.text()


def test_a_file_that_does_not_fit_is_a_sentence(clinic_bench, opened, saved_as, qtbot, tmp_path):
    data = tmp_path / "cases.csv"
    data.write_text("lung,liver\nyes,no\n")
    panel = opened(clinic_bench, "cases", BatchPage)
    panel.page.open_file(data)
    opened.settle(clinic_bench, panel)
    panel.page.start.click()
    finish(panel.page, qtbot)
    assert "liver" in panel.page.problem.label.text()
    assert not saved_as.exists()


def test_a_csv_file_dropped_on_the_bench_goes_to_the_cases(clinic_bench, opened, tmp_path):
    data = tmp_path / "cases.csv"
    data.write_text("lung\nyes\n")
    assert clinic_bench.takes_files([data])
    assert not clinic_bench.takes_files([tmp_path / "net.bif"])
    clinic_bench.take_files([data])
    panel = clinic_bench.deck.shown_panel()
    opened.settle(clinic_bench, panel)
    assert [row[0] for row in panel.page.table.rows] == ["yes"]


def test_long_work_can_be_cancelled(sprinkler_bench, opened, saved_as, qtbot):
    page = opened(sprinkler_bench, "cases", SamplePage).page
    page.count.setValue(10_000_000)
    page.export.click()
    page.work.stop.click()
    assert not page.work.is_running
    assert page.export.isEnabled()
    qtbot.wait(50)
    assert not saved_as.exists()
