"""Level 2: messages until neighbours agree, and after new evidence only the stale ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.conflict import ImpossibleEvidence
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.calibration import METHODS, Calibration, calibrate
from core.networks.levels.table_factor import aligned, summed
from core.networks.model import BayesNet
from tests.core.networks.levels.random_models import findings, joint_by_einsum, problems
from tests.core.networks.strategies import patient

methods = st.sampled_from(METHODS)


def _value(factor):
    return np.ldexp(factor.table, factor.exponent)


def _expected_belief(run, clique):
    """The unnormalised joint summed to a clique, parts elsewhere divided out."""
    joint = joint_by_einsum(run.entered.source, run.evidence)
    table = np.einsum(joint, list(range(joint.ndim)), list(run.tree.cliques[clique]))
    return table / table.sum()


@patient
@given(problems(), methods, st.integers(0, 3))
def test_a_calibrated_clique_holds_the_distribution_of_its_variables(problem, method, root):
    model, evidence = problem
    run = calibrate(model, evidence, method, root=root)
    for i, belief in enumerate(run.beliefs):
        np.testing.assert_allclose(
            belief.table / belief.total, _expected_belief(run, i), atol=1e-12
        )
    mass = joint_by_einsum(model, evidence).sum()
    assert run.log_evidence == pytest.approx(math.log(mass), abs=1e-10)


@patient
@given(problems(), methods)
def test_neighbours_agree_on_their_separator(problem, method):
    run = calibrate(*problem, method)
    for link in run.tree.links:
        one = _value(summed(run.beliefs[link.first], link.separator)[0])
        other = _value(summed(run.beliefs[link.second], link.separator)[0])
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


@patient
@given(problems())
def test_belief_update_keeps_the_joint_after_every_message(problem):
    model, evidence = problem
    run = calibrate(model, evidence, "belief-update")
    scope = tuple(range(len(model.names)))
    expected = joint_by_einsum(model, evidence)
    for state in run.states:
        above, below = np.ones(expected.shape), np.ones(expected.shape)
        for belief in state.beliefs:
            above = above * np.ldexp(aligned(belief, scope), belief.exponent)
        for separator in state.separators.values():
            below = below * np.ldexp(aligned(separator, scope), separator.exponent)
        ratio = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
        np.testing.assert_allclose(ratio, expected, rtol=1e-9, atol=1e-12)


@patient
@given(st.data())
def test_after_new_evidence_the_stale_messages_are_enough(data):
    model, evidence = data.draw(problems())
    method = data.draw(methods)
    other = data.draw(findings(model))
    if joint_by_einsum(model, other).sum() == 0:
        other = Evidence()
    first = calibrate(model, evidence, method)
    sent = data.draw(st.integers(0, len(first.schedule)))
    again, fresh = first.observe(other, sent), calibrate(model, other, method)
    for mine, expected in zip(again.beliefs, fresh.beliefs, strict=True):
        np.testing.assert_allclose(
            mine.table / mine.total, expected.table / expected.total, atol=1e-12
        )
    assert again.log_evidence == pytest.approx(fresh.log_evidence, abs=1e-10)


@patient
@given(st.data())
def test_messages_that_rest_were_right_already(data):
    model, evidence = data.draw(problems())
    name = data.draw(st.sampled_from(model.names))
    other = evidence.observing(name, (1.0,) * len(model[name].states))
    first = calibrate(model, evidence)
    again, fresh = first.observe(other), calibrate(model, other)
    assert set(again.resting) | set(again.schedule) == set(fresh.schedule)
    for message in again.resting:
        kept = first.states[-1].separator(*message)
        assert again.states[-1].separator(*message) is kept
        np.testing.assert_allclose(
            _value(kept), _value(fresh.states[-1].separator(*message)), rtol=1e-10, atol=1e-14
        )


@pytest.mark.parametrize("method", METHODS)
def test_a_finding_at_a_leaf_makes_half_of_the_messages_stale(asia, method):
    run = calibrate(asia, None, method)
    assert len(run.schedule) == 10
    seen = run.observe(Evidence({"xray": 0}))
    # one message along each of the five links, away from the clique of the finding
    assert len(seen.schedule) == len(seen.resting) == 5
    assert seen.changed == (run.tree.home([asia.names.index("xray")]),)


def test_retraction_makes_sum_product_send_the_stale_and_belief_update_start_again(asia):
    seen = Evidence({"xray": 0})
    sum_product = calibrate(asia, seen).observe(Evidence())
    belief_update = calibrate(asia, seen, "belief-update").observe(Evidence())
    assert (len(sum_product.schedule), sum_product.is_restart) == (5, False)
    assert (len(belief_update.schedule), belief_update.is_restart) == (10, True)
    assert sum_product.log_evidence == pytest.approx(0.0, abs=1e-14)
    assert belief_update.log_evidence == pytest.approx(0.0, abs=1e-14)


@pytest.mark.parametrize("method", METHODS)
def test_evidence_in_one_part_leaves_the_other_at_rest(two_parts, method):
    run = calibrate(two_parts, None, method).observe(Evidence({"b": 2}))
    assert run.schedule == ()
    assert run.log_evidence == pytest.approx(math.log(0.3 * 0.3 + 0.7 * 0.8))


@pytest.mark.parametrize("method", METHODS)
def test_impossible_evidence_is_named(asia, method):
    with pytest.raises(ImpossibleEvidence, match="lung = yes contradicts either = no"):
        calibrate(asia, Evidence({"lung": 0, "either": 1}), method)
    with pytest.raises(ImpossibleEvidence):
        calibrate(asia, Evidence({"lung": 0}), method).observe(Evidence({"lung": 0, "either": 1}))


@pytest.mark.parametrize("method", METHODS)
def test_zeros_divide_zeros_where_the_evidence_rules_states_out(asia, method):
    """Reference: xray = yes and smoke = no, entered one after the other."""
    run = calibrate(asia, Evidence({"either": 0}), method)
    run = run.observe(Evidence({"either": 0, "xray": 0}))
    assert not any(np.isnan(belief.table).any() for belief in run.beliefs)
    both = calibrate(asia, Evidence({"xray": 0}), method)
    both = both.observe(Evidence({"xray": 0, "smoke": 1}))
    assert both.log_evidence == pytest.approx(math.log(0.03443764), abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_single_variables_and_empty_networks_need_no_message(method):
    assert calibrate(BayesNet(), None, method).schedule == ()
    assert calibrate(BayesNet(), None, method).log_evidence == 0.0


def test_an_unknown_method_is_refused(asia):
    with pytest.raises(NetworkError, match="no calibration 'guessing'"):
        calibrate(asia, None, "guessing")


def test_the_player_steps_jumps_back_and_takes_evidence_midway(asia):
    player = Calibration(calibrate(asia))
    start = player.beliefs
    step = player.step()
    assert (step.source, step.target) == player.schedule[0]
    assert len(player.stale) == 9
    player.run()
    assert player.is_calibrated
    assert player.step() is None
    player.go_to(0)
    for mine, before in zip(player.beliefs, start, strict=True):
        np.testing.assert_array_equal(mine.table, before.table)
    player.go_to(4)
    player.observe(Evidence({"dysp": 0}))
    player.run()
    assert player.log_evidence == pytest.approx(math.log(0.4359706), abs=1e-12)
    assert player.operations.total > 0


def test_each_message_shows_the_belief_before_and_after(asia):
    run = calibrate(asia, None, "belief-update")
    for step in run.steps:
        spread = aligned(step.ratio, step.belief_before.scope)
        np.testing.assert_allclose(step.belief_after.table, step.belief_before.table * spread)


@patient
@given(problems(), st.integers(0, 3))
def test_the_clique_above_is_the_only_neighbour_met_earlier(problem, root):
    tree = calibrate(problem[0], root=root).tree
    for part in tree.parts:
        assert tree.above[part[0]] == -1
        for k, i in enumerate(part[1:], start=1):
            assert [j for j in part[:k] if (i, j) in tree.separator] == [tree.above[i]]
