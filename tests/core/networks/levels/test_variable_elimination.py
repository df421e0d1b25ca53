"""Level 1: variables summed out one at a time, in any order."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.conflict import ImpossibleEvidence
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.elimination_plan import order_cost
from core.networks.levels.greedy import GREEDY_RULES
from core.networks.levels.variable_elimination import eliminate
from core.networks.model import BayesNet, Node
from tests.core.networks.levels.random_models import answer_by_einsum, joint_by_einsum, problems
from tests.core.networks.strategies import patient


def test_known_posteriors_of_the_chest_clinic(asia):
    """Reference values given asia = yes and dysp = yes."""
    seen = Evidence({"asia": 0, "dysp": 0})
    lung = eliminate(asia, seen, ["lung"])
    assert lung.result.table[0] == pytest.approx(0.0995251450945544, abs=1e-12)
    assert lung.log_evidence == pytest.approx(math.log(0.004501375), abs=1e-12)


def test_a_joint_of_two_variables_comes_in_the_order_asked(asia):
    """Reference: P(lung, bronc | dysp = yes)."""
    run = eliminate(asia, Evidence({"dysp": 0}), ["bronc", "lung"])
    expected = [
        [0.0650273206496034, 0.768940015679956],
        [0.0377319021053255, 0.128300761564711],
    ]
    np.testing.assert_allclose(run.result.table, expected, atol=1e-12)


def test_the_partition_function_of_the_misconception_network(misconception):
    """Koller and Friedman: Z = 7,201,840; reduced by C = 0 it is 1,701,110."""
    assert math.exp(eliminate(misconception).log_evidence) == pytest.approx(7_201_840)
    reduced = eliminate(misconception, Evidence({"C": 0}), ["B"])
    assert math.exp(reduced.log_evidence) == pytest.approx(1_701_110)
    assert reduced.result.table[1] == pytest.approx(0.0593788761455756, abs=1e-12)


def test_all_orders_give_the_same(student):
    hidden = [name for name in student.names if name != student.names[2]]
    answers = [
        eliminate(student, None, [student.names[2]], order).result.table
        for order in itertools.permutations(hidden)
    ]
    for answer in answers:
        np.testing.assert_allclose(answer, [0.362, 0.2884, 0.3496], atol=1e-12)


@patient
@given(st.data())
def test_any_query_under_any_order_is_answered_as_by_enumeration(data):
    model, evidence = data.draw(problems())
    query = data.draw(st.lists(st.sampled_from(model.names), max_size=3, unique=True))
    order = data.draw(st.sampled_from(GREEDY_RULES) | st.permutations(model.names).map(tuple))
    run = eliminate(model, evidence, query, order)
    expected = answer_by_einsum(model, evidence, query)
    np.testing.assert_allclose(run.result.table, expected, atol=1e-12)
    mass = joint_by_einsum(model, evidence).sum()
    assert run.log_evidence == pytest.approx(math.log(mass), abs=1e-10)


@patient
@given(st.data())
def test_leaving_out_what_cannot_matter_changes_no_answer(data):
    model, evidence = data.draw(problems())
    query = data.draw(st.lists(st.sampled_from(model.names), min_size=1, max_size=2, unique=True))
    run = eliminate(model, evidence, query, prune=True)
    expected = answer_by_einsum(model, evidence, query)
    np.testing.assert_allclose(run.result.table, expected, atol=1e-12)
    mass = joint_by_einsum(model, evidence).sum()
    assert run.log_evidence is None or run.log_evidence == pytest.approx(math.log(mass), abs=1e-10)


def test_barren_and_separated_variables_are_told_apart(asia):
    run = eliminate(asia, Evidence({"either": 0}), ["xray"], prune=True)
    barren = [asia.names[v] for v in run.requisites.barren]
    separated = [asia.names[v] for v in run.requisites.separated]
    assert barren == ["dysp"] or barren == ["bronc", "dysp"]
    assert set(separated) == {"asia", "smoke", "tub", "lung"}
    assert run.steps[0].kind == "prune"
    assert run.result.table[0] == pytest.approx(0.98, abs=1e-15)
    assert run.log_evidence is None


def test_each_step_says_what_it_was_made_from(asia):
    run = eliminate(
        asia, None, ["dysp"], ["asia", "xray", "tub", "smoke", "lung", "bronc", "either"]
    )
    first = run.steps[0]
    assert first.variable == "asia"
    assert [factor.label for factor in first.factors_in] == ["P(asia)", "P(tub | asia)"]
    assert first.factor_out.label == "τ(tub)"
    assert first.factor_out.made_from == tuple(factor.id for factor in first.factors_in)
    assert first.product_size == 4
    np.testing.assert_allclose(first.factor_out.table, [0.0104, 0.9896], atol=1e-15)
    # every factor but the last result is used up, once
    used = [identity for step in run.steps for identity in step.factor_out.made_from]
    assert len(used) == len(set(used)) == len(run.factors) + len(run.steps) - 1


def test_the_cost_of_an_order_is_known_without_running(asia):
    good = order_cost(asia, None, ["dysp"], "min-fill")
    bad = order_cost(
        asia, None, ["dysp"], ["either", "asia", "tub", "smoke", "lung", "bronc", "xray"]
    )
    assert good.largest == 8
    assert bad.largest == 64  # either with lung, tub, xray, bronc and dysp: 2**6
    assert bad.operations.total > good.operations.total


def test_an_order_that_forgets_a_variable_is_refused(asia):
    with pytest.raises(NetworkError, match="leaves out 'xray'"):
        order = [name for name in asia.names if name not in ("xray", "dysp")]
        eliminate(asia, None, ["dysp"], order)


def test_unknown_rules_and_names_are_refused(asia):
    with pytest.raises(NetworkError, match="no rule 'best'"):
        eliminate(asia, None, ["dysp"], "best")
    with pytest.raises(NetworkError, match="no variable called 'nobody'"):
        eliminate(asia, None, ["nobody"])


def test_impossible_evidence_is_named(asia):
    with pytest.raises(ImpossibleEvidence, match="lung = yes contradicts either = no"):
        eliminate(asia, Evidence({"lung": 0, "either": 1}), ["tub"])


def test_an_observed_variable_answers_with_its_state(asia):
    run = eliminate(asia, Evidence({"xray": 1}), ["xray", "tub"])
    assert run.result.table[0].sum() == 0.0
    assert run.result.table.sum() == pytest.approx(1.0)


def test_products_far_below_the_range_of_doubles_keep_their_logarithm():
    net = BayesNet(Node(f"n{k}", ("0", "1"), (), np.array([1e-200, 1.0])) for k in range(10))
    run = eliminate(net, Evidence({f"n{k}": 0 for k in range(10)}))
    assert run.log_evidence == pytest.approx(2000 * math.log(0.1), rel=1e-12)
