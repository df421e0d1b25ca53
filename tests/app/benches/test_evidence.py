"""Evidence from clicks and drags, and what the panel says of it."""

import numpy as np
import pytest

from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject


def belief(bench, name, state=0):
    return float(bench.beliefs.beliefs.posteriors.marginals[name][state])


def shown(bench, name):
    return bench.canvas.graph.nodes[name].node


def test_a_click_on_a_bar_observes_and_a_second_click_retracts(sprinkler_bench, settled):
    sprinkler_bench.canvas.bar_clicked.emit("WetGrass", 0)
    settled(sprinkler_bench)
    # Murphy's sprinkler: P(S | W), P(R | W), P(W)
    assert belief(sprinkler_bench, "Sprinkler") == pytest.approx(0.429763560500696, abs=1e-12)
    assert belief(sprinkler_bench, "Rain") == pytest.approx(0.707927677329625, abs=1e-12)
    panel = sprinkler_bench.inspector().evidence_panel
    assert panel.probability.text().startswith("P(e) = 0.6471,")
    assert shown(sprinkler_bench, "WetGrass").observed
    assert {bar.role for bar in shown(sprinkler_bench, "WetGrass").bars} == {"bar_observed"}
    sprinkler_bench.canvas.bar_clicked.emit("WetGrass", 0)
    settled(sprinkler_bench)
    assert len(sprinkler_bench.document.evidence) == 0
    assert belief(sprinkler_bench, "Rain") == pytest.approx(0.5, abs=1e-12)


def test_another_state_of_an_observed_node_takes_its_place(sprinkler_bench):
    sprinkler_bench.canvas.bar_clicked.emit("Rain", 0)
    sprinkler_bench.canvas.bar_clicked.emit("Rain", 1)
    assert sprinkler_bench.document.evidence == Evidence({"Rain": 1})


def test_a_dragged_bar_follows_the_pointer_and_is_one_undo_step(sprinkler_bench, settled):
    canvas, document = sprinkler_bench.canvas, sprinkler_bench.context.document
    for value in (0.4, 0.2, 0.31):
        canvas.bar_dragged.emit("Rain", 0, value, False)
        settled(sprinkler_bench)
        assert belief(sprinkler_bench, "Rain") == pytest.approx(value, abs=1e-9)
    canvas.bar_dragged.emit("Rain", 0, 0.31, True)
    assert {bar.role for bar in shown(sprinkler_bench, "Rain").bars} == {"bar_likelihood"}
    assert document.undo_stack.count() == 1
    document.undo()
    assert len(sprinkler_bench.document.evidence) == 0


def test_a_drag_that_is_given_up_leaves_the_evidence_as_it_was(sprinkler_bench):
    canvas = sprinkler_bench.canvas
    canvas.bar_clicked.emit("Rain", 1)
    canvas.bar_dragged.emit("Rain", 0, 0.4, False)
    canvas.bar_drag_cancelled.emit("Rain", 0)
    assert sprinkler_bench.document.evidence == Evidence({"Rain": 1})


def test_evidence_gives_the_published_posteriors_of_the_chest_clinic(clinic_bench, settled):
    clinic_bench.canvas.bar_clicked.emit("asia", 0)
    clinic_bench.canvas.bar_clicked.emit("dysp", 0)
    settled(clinic_bench)
    # Lauritzen and Spiegelhalter (1988), by enumeration of the joint table
    assert belief(clinic_bench, "tub") == pytest.approx(0.0877509649829219, abs=1e-12)
    assert belief(clinic_bench, "bronc") == pytest.approx(0.811402071589237, abs=1e-12)


def test_impossible_evidence_is_named_and_the_last_good_beliefs_stay_greyed(clinic_bench, settled):
    bench = clinic_bench
    bench.canvas.bar_clicked.emit("smoke", 0)
    settled(bench)
    good = belief(bench, "bronc")
    bench.canvas.bar_clicked.emit("lung", 0)
    settled(bench)
    good = belief(bench, "bronc")
    bench.canvas.bar_clicked.emit("either", 1)
    settled(bench)
    panel = bench.inspector().evidence_panel
    assert set(bench.beliefs.beliefs.conflict) == {"lung", "either"}
    assert not panel.impossible.isHidden()
    assert "lung = yes" in panel.impossible.label.text()
    assert "either = no" in panel.impossible.label.text()
    assert {bar.role for bar in shown(bench, "bronc").bars} == {"bar_stale"}
    assert belief(bench, "bronc") == good
    assert bench.status().endswith("evidence impossible: lung against either")
    panel.impossible.button.click()
    settled(bench)
    assert list(bench.document.evidence) == ["smoke"]
    assert panel.impossible.isHidden()


def test_evidence_sets_are_saved_applied_renamed_and_deleted(sprinkler_bench):
    bench, panel = sprinkler_bench, sprinkler_bench.inspector().evidence_panel
    answers = bench.context.dialogs
    bench.canvas.bar_clicked.emit("Rain", 0)
    answers.text = "A rainy day"
    bench.trigger("evidence.save_set")
    bench.trigger("evidence.clear")
    assert len(bench.document.evidence) == 0
    panel.sets.setCurrentRow(0)
    panel.apply_set()
    assert bench.document.evidence == Evidence({"Rain": 0})
    answers.text = "Monday"
    panel.rename_set()
    assert list(bench.document.subject.evidence_sets) == ["Monday"]
    panel.sets.setCurrentRow(0)
    panel.delete_set()
    assert not bench.document.subject.evidence_sets


def test_a_column_of_noughts_is_explained_and_the_beliefs_come_back(sprinkler_bench, settled):
    bench = sprinkler_bench
    good = bench.document.net["Cloudy"].table
    bench.document.edit_net("Edit", lambda net: net.with_table("Cloudy", [0.0, 0.0]))
    settled(bench)
    assert bench.beliefs.beliefs.is_stale
    assert not bench.inspector().evidence_panel.problem.isHidden()
    bench.document.edit_net("Edit", lambda net: net.with_table("Cloudy", good))
    settled(bench)
    assert not bench.beliefs.beliefs.is_stale
    assert bench.inspector().evidence_panel.problem.isHidden()


def test_moving_a_node_asks_for_no_new_beliefs(sprinkler_bench):
    before = sprinkler_bench.beliefs.beliefs
    sprinkler_bench.gestures.move("Move", {"Rain": (5.0, 5.0)})
    assert sprinkler_bench.beliefs.beliefs is before


def test_beliefs_follow_every_edit_of_a_table(sprinkler_bench, settled):
    for p in np.linspace(0.1, 0.9, 5):
        table = [p, 1 - p]
        sprinkler_bench.document.edit_net("Edit", lambda net, t=table: net.with_table("Cloudy", t))
        settled(sprinkler_bench)
        # P(Rain) = .8 p + .2 (1 - p)
        assert belief(sprinkler_bench, "Rain") == pytest.approx(0.2 + 0.6 * p, abs=1e-12)


def test_the_status_counts_and_times(sprinkler_bench, settled):
    settled(sprinkler_bench)
    status = sprinkler_bench.status()
    assert "4 nodes, 4 arcs, 9 parameters" in status
    assert "treewidth 2" in status
    assert "ms" in status


def test_an_empty_network_has_no_beliefs_and_no_problem(open_bench):
    bench = open_bench(NetworkSubject(BayesNet()))
    assert bench.beliefs.beliefs.posteriors is None
    assert bench.status() == "0 nodes, 0 arcs, 0 parameters"
