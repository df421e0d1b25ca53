"""What moved, what would tell most, and which numbers matter."""

from math import log

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.networks.questions.sensitivity_page import SensitivityPage
from app.benches.networks.questions.shift_page import ShiftPage
from app.benches.networks.questions.value_page import ValuePage
from app.figures.description import FigureOptions


def row_of(table, name):
    return next(row for row in table.rows if row.name == name)


def observe(bench, panel, opened, name, state):
    bench.canvas.bar_clicked.emit(name, state)
    opened.settle(bench, panel)


def choose(bench, panel, opened, name):
    bench.canvas.select([name])
    opened.settle(bench, panel)


def test_without_findings_nothing_moved_and_a_sentence_says_so(clinic_bench, opened):
    page = opened(clinic_bench, "influence", ShiftPage).page
    assert page.hint.text().startswith("Nothing is observed")


def test_the_shift_of_each_node_is_its_divergence_from_the_prior(clinic_bench, opened):
    """bronc goes from .45 to .83396733632956 when dysp is observed."""
    panel = opened(clinic_bench, "influence", ShiftPage)
    observe(clinic_bench, panel, opened, "dysp", 0)
    row = row_of(panel.page.table, "bronc")
    p = 0.83396733632956
    assert row.divergence == pytest.approx(p * log(p / 0.45) + (1 - p) * log((1 - p) / 0.55))
    assert (row.state, row.before) == ("yes", pytest.approx(0.45))


def test_priors_are_ticked_on_the_net_while_the_page_is_in_sight(clinic_bench, opened):
    panel = opened(clinic_bench, "influence", ShiftPage)
    observe(clinic_bench, panel, opened, "dysp", 0)
    node = clinic_bench.canvas.graph.nodes["bronc"].node
    assert node.bars[0].mark == pytest.approx(0.45)
    panel.page.marks_priors.click()
    assert clinic_bench.canvas.graph.nodes["bronc"].node.bars[0].mark is None


def test_the_most_telling_observation_comes_first(sprinkler_bench, opened):
    panel = opened(sprinkler_bench, "influence", ValuePage)
    choose(sprinkler_bench, panel, opened, "Rain")
    values = [row.entropy_drop for row in panel.page.table.rows]
    assert values == sorted(values, reverse=True)
    assert panel.page.result.entropy == pytest.approx(log(2))
    assert "Rain" not in {row.name for row in panel.page.table.rows}


def test_the_unit_can_be_bits(sprinkler_bench, opened):
    panel = opened(sprinkler_bench, "influence", ValuePage)
    choose(sprinkler_bench, panel, opened, "Rain")
    panel.page.unit.setCurrentText("bits")
    panel.page.unit.activated.emit(1)
    assert panel.page.sentence.text().startswith("Rain has an entropy of 1 bits")


def test_a_separated_node_is_worth_nothing(clinic_bench, opened):
    panel = opened(clinic_bench, "influence", ValuePage)
    choose(clinic_bench, panel, opened, "asia")
    assert row_of(panel.page.table, "smoke").entropy_drop == pytest.approx(0.0, abs=1e-15)
    assert clinic_bench.canvas.graph.nodes["smoke"].node.emphasis == "faint"


def test_the_tornado_ranges_over_each_parameter(sprinkler_bench, opened):
    """P(Rain = yes) = P(C) .8 + P(not C) .2, so its derivative by P(C = yes) is 0.6."""
    panel = opened(sprinkler_bench, "influence", SensitivityPage)
    choose(sprinkler_bench, panel, opened, "Rain")
    rows = panel.page.table.rows
    cloudy = next(row for row in rows if row.node == "Cloudy" and row.state == 0)
    assert cloudy.derivative == pytest.approx(0.6)
    assert (cloudy.at_start, cloudy.at_stop) == (pytest.approx(0.47), pytest.approx(0.53))


def test_a_click_on_a_parameter_shows_it_in_its_table(sprinkler_bench, opened):
    panel = opened(sprinkler_bench, "influence", SensitivityPage)
    choose(sprinkler_bench, panel, opened, "Rain")
    page = panel.page
    place = next(
        k
        for k, row in enumerate(page.table.rows)
        if (row.node, row.configuration, row.state) == ("Rain", (1,), 0)
    )
    where = page.table.visualRect(page.table.model_.index(place, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = sprinkler_bench.inspector().table_editor
    assert editor.node.name == "Rain"
    index = editor.view.currentIndex()
    assert (index.row(), index.column()) == (0, 1)


def test_an_edit_of_a_table_moves_the_tornado(sprinkler_bench, opened):
    panel = opened(sprinkler_bench, "influence", SensitivityPage)
    choose(sprinkler_bench, panel, opened, "Rain")
    document = sprinkler_bench.document
    document.edit_net("Edit", lambda net: net.with_table("Cloudy", [0.2, 0.8]))
    opened.settle(sprinkler_bench, panel)
    assert panel.page.result.probability == pytest.approx(0.2 * 0.8 + 0.8 * 0.2)


@pytest.mark.parametrize("kind", [ShiftPage, ValuePage, SensitivityPage])
@pytest.mark.parametrize("theme", ["print", "dark"])
def test_every_page_exports_a_figure_and_its_numbers(sprinkler_bench, opened, kind, theme):
    panel = opened(sprinkler_bench, "influence", kind)
    observe(sprinkler_bench, panel, opened, "WetGrass", 0)
    choose(sprinkler_bench, panel, opened, "Rain")
    view = sprinkler_bench.views()[0]
    figure = view.make(FigureOptions(theme=theme))
    assert figure.height_mm > 10
    assert len(view.table().rows) >= 2
