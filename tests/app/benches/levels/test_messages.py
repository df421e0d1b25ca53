"""Calibrating: new evidence sends only stale messages again, the others visibly rest."""

import pytest

from app.benches.networks.levels.tree_drawing import RESTS, SENT, STALE, WAITING


def states(clinic):
    arcs = clinic.panel.tree.canvas.graph.wanted_arcs.values()
    return [arc.emphasis for arc in arcs if arc.key == "message"]


def at_the_end_of_calibration(clinic):
    clinic.level(2)
    clinic.press("levels.to_end")


def test_messages_wait_and_are_sent_one_by_one(clinic):
    clinic.level(2)
    first = next(k for k, m in enumerate(clinic.moments) if m.stage == "Calibrate")
    clinic.player.go_to(first)
    assert states(clinic).count(WAITING) == 10
    clinic.step()
    assert (states(clinic).count(SENT), states(clinic).count(WAITING)) == (1, 9)


def test_new_evidence_sends_half_of_the_messages_again(clinic):
    at_the_end_of_calibration(clinic)
    clinic.observe("xray", "yes")
    clinic.player.pause()
    # xray lives in a leaf of a tree of five links: the five messages away from it are stale.
    assert "5 of 10 messages must be sent again; 5 rest." in clinic.moment.sentence
    assert (states(clinic).count(STALE), states(clinic).count(RESTS)) == (5, 5)
    assert clinic.moment.decorate().node_emphasis == {"xray": "category_1"}


def test_only_the_stale_messages_are_played(clinic):
    at_the_end_of_calibration(clinic)
    start = clinic.player.index
    clinic.observe("xray", "yes")
    assert clinic.player.is_playing
    clinic.player.pause()
    clinic.press("levels.to_end")
    assert clinic.player.last - start == 1 + 5 + 1
    assert (states(clinic).count(SENT), states(clinic).count(RESTS)) == (5, 5)


def test_the_way_back_leads_into_the_calibration_before(clinic):
    at_the_end_of_calibration(clinic)
    before = clinic.moment
    clinic.observe("xray", "yes")
    clinic.player.pause()
    clinic.press("levels.back")
    assert clinic.moment is before


def test_evidence_zeroes_entries_of_one_clique(clinic):
    at_the_end_of_calibration(clinic)
    clinic.observe("xray", "yes")
    clinic.player.pause()
    table = clinic.moment.table()
    assert "xray" in table.names
    before, after = (values for _, values in table.columns)
    assert (before > 0).all()
    assert ((after == 0) & (before > 0)).any()


@pytest.mark.parametrize("method", ["Sum-product", "Belief-update"])
def test_the_posterior_after_resting_messages_is_the_same(clinic, method):
    clinic.level(2)
    clinic.choose(clinic.panel.controls.method, method)
    clinic.press("levels.to_end")
    clinic.observe("dysp", "yes")
    clinic.choose(clinic.panel.controls.query, "bronc")
    clinic.press("levels.to_end")
    # Lauritzen and Spiegelhalter (1988): P(bronc = yes | dysp = yes).
    assert clinic.moment.table().columns[0][1][0] == pytest.approx(0.83396733632956, abs=1e-12)


def test_retracting_under_belief_update_begins_again_from_the_factors(clinic):
    clinic.level(2)
    clinic.choose(clinic.panel.controls.method, "Belief-update")
    clinic.press("levels.to_end")
    clinic.observe("xray", "yes")
    clinic.press("levels.to_end")
    clinic.retract("xray")
    clinic.player.pause()
    assert "10 of 10 messages must be sent again" in clinic.moment.sentence
    clinic.press("levels.to_end")
    # P(dysp = yes) without evidence.
    assert clinic.moment.table().columns[0][1][0] == pytest.approx(0.4359706, abs=1e-12)


def test_findings_entered_one_after_another_keep_the_programme_short(clinic):
    at_the_end_of_calibration(clinic)
    for name in ("xray", "dysp", "asia", "smoke"):
        clinic.observe(name, "yes")
        clinic.press("levels.to_end")
    assert len(clinic.moments) < 60
    assert clinic.moment.table().columns[0][1] == pytest.approx([1.0, 0.0])


def test_impossible_evidence_is_said_and_taken_back(clinic):
    at_the_end_of_calibration(clinic)
    clinic.observe("lung", "yes")
    clinic.observe("either", "no")
    assert not clinic.moments
    assert "lung" in clinic.panel.empty.text()
    clinic.retract("either")
    assert clinic.moments


def test_a_clique_shows_its_belief_and_a_message_its_entries(clinic):
    at_the_end_of_calibration(clinic)
    tree = clinic.panel.tree
    tree.canvas.node_picked.emit("C1")
    assert tree.table.title.text().startswith("Belief of {")
    arc = next(arc for arc in tree.canvas.graph.wanted_arcs.values() if arc.key == "message")
    tree.canvas.select(arcs=[arc.id])
    assert "→" in tree.table.title.text()


def test_a_message_travels_along_its_edge_unless_motion_is_reduced(clinic):
    clinic.level(2)
    first = next(k for k, m in enumerate(clinic.moments) if m.stage == "Calibrate")
    clinic.player.go_to(first)
    clinic.step()
    assert not clinic.panel.tree.packet.is_travelling
    clinic.panel.tree.set_reduced_motion(False)
    clinic.step()
    assert clinic.panel.tree.packet.is_travelling
    clinic.panel.tree.close_stage()


def test_the_names_of_the_parts_jump_to_them(clinic):
    clinic.level(2)
    clinic.panel.tree.stages["Triangulate"].click()
    assert clinic.moment.sentence.startswith("Eliminate asia")
    assert clinic.panel.tree.stages["Triangulate"].isChecked()
