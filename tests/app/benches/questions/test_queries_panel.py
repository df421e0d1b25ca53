"""Joint tables, explanations and the probability of the findings."""

from math import exp, log

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.networks.questions.evidence_page import EvidencePage
from app.benches.networks.questions.explanation_page import ExplanationPage
from app.benches.networks.questions.joint_answer import JointAnswer
from app.benches.networks.questions.joint_page import JointPage
from app.figures.description import FigureOptions


def observe(bench, panel, opened, *findings):
    for name, state in findings:
        bench.canvas.bar_clicked.emit(name, state)
    opened.settle(bench, panel)


def select(bench, panel, opened, *names):
    bench.canvas.select(names)
    opened.settle(bench, panel)


def test_selected_nodes_show_their_joint_across_cliques(clinic_bench, opened):
    """P(lung, bronc | dysp = yes), by enumeration of the joint table."""
    panel = opened(clinic_bench, "queries", JointPage)
    observe(clinic_bench, panel, opened, ("dysp", 0))
    select(clinic_bench, panel, opened, "lung", "bronc")
    expected = [[0.0650273206496034, 0.0377319021053255], [0.768940015679956, 0.128300761564711]]
    assert np.allclose([row.values for row in panel.page.table.rows], expected, atol=1e-12)
    assert panel.page.result.heading == "P(lung, bronc | dysp = yes)"


def test_the_order_of_selection_is_the_order_of_the_table(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", JointPage)
    select(clinic_bench, panel, opened, "dysp", "asia")
    assert panel.page.result.variables == ("dysp", "asia")
    # P(dysp = yes, asia = yes)
    assert panel.page.table.rows[0].values[0] == pytest.approx(0.004501375, abs=1e-12)


def test_two_variables_tell_their_mutual_information(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", JointPage)
    select(clinic_bench, panel, opened, "smoke", "xray")
    assert "Mutual information 0.008934 nats" in panel.page.sentence.text()


def test_a_conditional_table_sums_to_one_for_each_condition(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", JointPage)
    panel.page.given.set_names(["smoke"])
    select(clinic_bench, panel, opened, "lung")
    # the arc's own table: P(lung = yes | smoke) = .1 and .01
    assert np.allclose([row.values for row in panel.page.table.rows], [[0.1, 0.9], [0.01, 0.99]])
    assert panel.page.result.heading == "P(lung | smoke)"


def test_an_impossible_condition_has_no_numbers(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", JointPage)
    panel.page.given.set_names(["lung", "either"])
    select(clinic_bench, panel, opened, "asia")
    row = next(row for row in panel.page.table.rows if row.states == ("yes", "no"))
    assert all(np.isnan(row.values))


def test_the_table_is_copied_with_its_head_in_full_precision(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", JointPage)
    select(clinic_bench, panel, opened, "asia", "dysp")
    panel.page.table.setFocus()
    QTest.keyClick(panel.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0] == ["asia", "dysp = yes", "dysp = no", "Sum"]
    assert float(lines[1][1]) == pytest.approx(0.004501375, abs=1e-15)


def test_the_table_is_saved_as_csv(clinic_bench, opened, context, tmp_path, qtbot):
    panel = opened(clinic_bench, "queries", JointPage)
    select(clinic_bench, panel, opened, "asia", "dysp")
    path = tmp_path / "joint.csv"
    context.dialogs.save_path = lambda title, suggested, filters: path
    panel.page.csv_button.click()
    qtbot.waitUntil(path.exists, timeout=10000)
    lines = path.read_text().splitlines()
    assert lines[0] == "asia,dysp,probability"
    assert len(lines) == 5


@pytest.mark.parametrize("theme", ["print", "dark"])
def test_the_table_is_a_figure(clinic_bench, opened, theme):
    panel = opened(clinic_bench, "queries", JointPage)
    select(clinic_bench, panel, opened, "asia", "dysp")
    view = clinic_bench.views()[0]
    assert view.make(FigureOptions(theme=theme)).title == "P(asia, dysp)"
    assert len(view.table().rows) == 4


def test_states_that_are_numbers_have_a_mean():
    answer = JointAnswer((), ("Dice",), (("1", "2", "3"),), np.full(3, 1 / 3), "")
    assert "mean 2, standard deviation 0.8165" in answer.summary()


def test_the_most_probable_explanation_and_its_probability(clinic_bench, opened):
    """dysp = yes: smoke, bronc, dysp = yes, the rest no, P(x, e) = .20111652."""
    panel = opened(clinic_bench, "queries", ExplanationPage)
    observe(clinic_bench, panel, opened, ("dysp", 0))
    states = {row.name: row.state for row in panel.page.table.rows}
    assert {name for name, state in states.items() if state == "yes"} == {"smoke", "bronc", "dysp"}
    assert exp(panel.page.explanation.log_probability) == pytest.approx(0.20111652, abs=1e-9)


def test_the_explanation_is_drawn_on_the_net_with_ticks_at_the_beliefs(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", ExplanationPage)
    bar = clinic_bench.canvas.graph.nodes["bronc"].node.bars[1]
    assert (bar.value, bar.role) == (1.0, "bar_preview")
    assert bar.mark == pytest.approx(0.55)
    panel.page.on_net.click()
    assert clinic_bench.canvas.graph.nodes["bronc"].node.bars[1].role == "bar"
    assert len(clinic_bench.document.evidence) == 0


def test_marginal_map_sums_the_other_nodes_out(clinic_bench, opened):
    """Alone, bronc = no has the prior .55."""
    panel = opened(clinic_bench, "queries", ExplanationPage)
    panel.page.some.click()
    select(clinic_bench, panel, opened, "bronc")
    assert [(row.name, row.state) for row in panel.page.table.rows] == [("bronc", "no")]
    assert exp(panel.page.explanation.log_probability) == pytest.approx(0.55)


def test_the_probability_of_the_findings_in_words(clinic_bench, opened):
    """P(asia = yes, dysp = yes) = .004501375."""
    panel = opened(clinic_bench, "queries", EvidencePage)
    observe(clinic_bench, panel, opened, ("asia", 0), ("dysp", 0))
    assert panel.page.sentence.text().startswith("P(findings) = 0.00450138;")
    assert panel.page.result.log_evidence == pytest.approx(log(0.004501375))
    asia = panel.page.table.rows[0]
    assert asia.alone == pytest.approx(0.01)
    assert asia.given_others == pytest.approx(0.0103249508109033)
    assert "support one another" in panel.page.sentence.text()


def test_impossible_findings_are_a_sentence_in_place_of_numbers(clinic_bench, opened):
    panel = opened(clinic_bench, "queries", EvidencePage)
    observe(clinic_bench, panel, opened, ("lung", 0), ("either", 1))
    assert panel.page.problem.isVisible()
    assert "lung" in panel.page.problem.label.text()
