"""Level 0: the table over all variables, step by step."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.conflict import ImpossibleEvidence
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.naive_marginalization import naive_steps
from core.networks.model import BayesNet, Node
from tests.core.networks.levels.random_models import answer_by_einsum, joint_by_einsum, problems
from tests.core.networks.strategies import patient


def test_the_sprinkler_explains_the_wet_grass(sprinkler):
    """Reference values: P(S | W), P(R | W) and P(W) of the cloudy-sprinkler net."""
    names = sprinkler.names
    wet = Evidence({names[3]: 0})
    run = naive_steps(sprinkler, wet, [names[1]])
    assert run.result.table[0] == pytest.approx(0.429763560500696, abs=1e-12)
    assert run.log_evidence == pytest.approx(math.log(0.6471), abs=1e-12)


def test_factors_are_multiplied_one_at_a_time_over_the_variables_met_so_far(sprinkler):
    run = naive_steps(sprinkler, None, [sprinkler.names[0]])
    products = [step for step in run.steps if step.kind == "product"]
    assert [step.factor_out.size for step in products] == [4, 8, 16]
    assert [step.operations.multiplications for step in products] == [4, 8, 16]
    sums = [step for step in run.steps if step.kind == "sum"]
    assert [step.operations.additions for step in sums] == [8, 4, 2]
    assert run.steps[-1].kind == "normalise"


def test_every_step_is_made_from_factors_that_were_there_before(sprinkler):
    run = naive_steps(sprinkler, Evidence({sprinkler.names[3]: (0.5, 1.0)}), [])
    known = {factor.id for factor in run.factors}
    for step in run.steps:
        known |= {factor.id for factor in step.factors_in}
        assert set(step.factor_out.made_from) <= known
        known.add(step.factor_out.id)


@patient
@given(st.data())
def test_any_query_is_answered_as_by_enumeration(data):
    model, evidence = data.draw(problems())
    query = data.draw(st.lists(st.sampled_from(model.names), max_size=3, unique=True))
    run = naive_steps(model, evidence, query)
    expected = answer_by_einsum(model, evidence, query)
    np.testing.assert_allclose(run.result.table, expected, atol=1e-12)
    mass = joint_by_einsum(model, evidence).sum()
    assert run.log_evidence == pytest.approx(math.log(mass), abs=1e-10)


def test_a_table_that_is_too_large_is_refused_with_its_size():
    net = BayesNet(Node(f"n{k}", ("0", "1"), (), np.array([0.5, 0.5])) for k in range(21))
    with pytest.raises(NetworkError, match="2,097,152 cells"):
        naive_steps(net, None, ["n0"])


def test_impossible_evidence_is_named(asia):
    with pytest.raises(ImpossibleEvidence, match="lung = yes contradicts either = no"):
        naive_steps(asia, Evidence({"lung": 0, "either": 1, "smoke": 0}), ["tub"])


def test_a_network_without_variables_has_the_answer_one():
    run = naive_steps(BayesNet(), None, [])
    assert float(run.result.table) == 1.0
    assert run.log_evidence == 0.0
