"""Joint distributions inside and across cliques, against published values and enumeration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.questions.errors import TooManyCells
from core.networks.questions.joint import JOINT_CELL_LIMIT, joint
from tests.core.networks.inference.test_random_nets import possible, problems
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.questions.brute import marginal, mutual_information
from tests.core.networks.strategies import findings, patient


def test_pairs_of_the_chest_clinic_that_no_clique_holds(asia):
    # bayes.md section 6, by two engines
    compiled = compile_network(asia)
    found = joint(compiled, ["asia", "dysp"])
    assert found == pytest.approx(
        np.array([[0.004501375, 0.005498625], [0.431469225, 0.558530775]]), abs=1e-12
    )
    assert mutual_information(found) == pytest.approx(4.1127186441e-6, abs=1e-15)
    found = joint(compiled, ["smoke", "xray"])
    assert found == pytest.approx(
        np.array([[0.0758524, 0.4241476], [0.03443764, 0.46556236]]), abs=1e-12
    )
    assert mutual_information(found) == pytest.approx(0.00893392865918, abs=1e-13)


def test_a_pair_given_evidence(asia):
    found = joint(compile_network(asia), ["lung", "bronc"], Evidence({"dysp": 0}))
    expected = [
        [0.0650273206496034, 0.0377319021053255],
        [0.768940015679956, 0.128300761564711],
    ]
    assert found == pytest.approx(np.array(expected), abs=1e-12)


def test_separated_causes_are_independent(asia):
    for pair in (["asia", "smoke"], ["tub", "bronc"]):
        assert mutual_information(joint(compile_network(asia), pair)) < 1e-15


@patient
@given(problems(), st.data())
def test_any_joint_is_that_of_the_joint_table(problem, data):
    net, evidence = problem
    possible(net, evidence)
    names = data.draw(st.lists(st.sampled_from(net.names), unique=True, max_size=4))
    table = marginal(net, evidence, names)
    found = joint(compile_network(net), names, evidence)
    assert found.shape == net.sizes(names)
    assert found == pytest.approx(table / table.sum(), abs=1e-12)


def test_the_joint_of_no_variables_is_one(asia):
    assert joint(compile_network(asia), []) == 1.0


def test_a_joint_of_variables_that_are_never_connected_is_a_product():
    nodes = [Node(f"n{k}", ("a", "b"), (), np.array([0.1 * k, 1 - 0.1 * k])) for k in range(1, 4)]
    found = joint(compile_network(BayesNet(nodes)), ["n3", "n1"])
    assert found == pytest.approx(np.outer([0.3, 0.7], [0.1, 0.9]), abs=1e-15)


def test_the_ends_of_a_long_chain():
    step = np.array([[0.9, 0.1], [0.2, 0.8]])
    nodes = [Node("n0", ("a", "b"), (), np.array([0.5, 0.5]))]
    nodes += [Node(f"n{k}", ("a", "b"), (f"n{k - 1}",), step) for k in range(1, 1200)]
    found = joint(compile_network(BayesNet(nodes)), ["n1190", "n1199"])
    stationary = np.array([2, 1]) / 3
    expected = stationary[:, None] * np.linalg.matrix_power(step, 9)
    assert found == pytest.approx(expected, abs=1e-12)


def test_too_large_a_joint_is_refused_with_its_number():
    nodes = [Node(f"n{k}", ("a", "b"), (), uniform_table([], 2)) for k in range(40)]
    compiled = compile_network(BayesNet(nodes))
    with pytest.raises(TooManyCells, match="1,099,511,627,776") as refusal:
        joint(compiled, [node.name for node in nodes])
    assert refusal.value.cells == 2**40 > JOINT_CELL_LIMIT


@pytest.mark.parametrize(("names", "named"), [(["asia", "asia"], "twice"), (["rain"], "rain")])
def test_names_that_make_no_sense_are_refused(asia, names, named):
    with pytest.raises(NetworkError, match=named):
        joint(compile_network(asia), names)


def test_impossible_evidence_is_told(asia):
    with pytest.raises(ImpossibleEvidence):
        joint(compile_network(asia), ["asia", "smoke"], Evidence({"lung": 0, "either": 1}))


@patient
@given(networks(min_size=1, zeros=True), st.data())
def test_any_joint_of_a_markov_network_is_that_of_the_joint_table(network, data):
    evidence = data.draw(findings(network))
    names = data.draw(st.lists(st.sampled_from(network.names), unique=True, max_size=3))
    table = marginal(network, evidence, names)
    if table.sum() > 0:
        found = joint(compile_network(network), names, evidence)
        assert found == pytest.approx(table / table.sum(), abs=1e-12)
