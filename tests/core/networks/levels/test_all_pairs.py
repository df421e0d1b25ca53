"""Level 3: the joints of all pairs, of cliques and of variables."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.evidence import Evidence
from core.networks.inference import compile_network
from core.networks.kernels_pairs import pair_information
from core.networks.levels import mutual_information as walks
from core.networks.levels import transitions
from core.networks.levels.calibration import calibrate
from core.networks.levels.clique_pairs import clique_pairs
from core.networks.levels.dependence import entropy, mutual_information
from core.networks.levels.mutual_information import (
    information_of_tree,
    joint_of_pair,
    mutual_information_matrix,
)
from core.networks.levels.transitions import transition
from core.networks.levels.tree_reading import read_query
from core.networks.levels.variable_pairs import variable_pairs
from core.progress import Cancelled, Progress
from tests.core.networks.levels.random_models import answer_by_einsum, problems
from tests.core.networks.strategies import patient


def _pairs(model, evidence=None):
    run = calibrate(model, evidence)
    return clique_pairs(run.tree, run.beliefs)


def test_joints_out_of_a_clique_in_the_chest_clinic(asia):
    """Reference values of P(asia, dysp) and P(smoke, xray)."""
    number = asia.names.index
    pairs = _pairs(asia)
    table, _ = pairs.joint_of_pair(number("asia"), number("dysp"))
    expected = [[0.004501375, 0.005498625], [0.431469225, 0.558530775]]
    np.testing.assert_allclose(table, expected, atol=1e-12)
    table, _ = pairs.joint_of_pair(number("smoke"), number("xray"))
    expected = [[0.0758524, 0.4241476], [0.03443764, 0.46556236]]
    np.testing.assert_allclose(table, expected, atol=1e-12)


def test_mutual_information_in_the_chest_clinic(asia):
    """Reference values in nats; asia and smoke, tub and bronc are independent."""
    number = asia.names.index
    pairs, _ = _pairs(asia).mutual_information_matrix()
    fast = mutual_information_matrix(compile_network(asia))
    for matrix in (pairs, fast):
        assert matrix[number("asia"), number("dysp")] == pytest.approx(4.1127186441e-6, abs=1e-15)
        assert matrix[number("smoke"), number("xray")] == pytest.approx(0.00893392865918)
        assert matrix[number("asia"), number("smoke")] < 1e-15
        assert matrix[number("tub"), number("bronc")] < 1e-15
        assert matrix[number("smoke"), number("smoke")] == pytest.approx(np.log(2))


@patient
@given(problems())
def test_the_joint_of_two_cliques_sums_out_to_either(problem):
    pairs = _pairs(*problem)
    for step in pairs.steps:
        for i in (step.plan.first, step.plan.second):
            scope = pairs.tree.cliques[i]
            gone = tuple(k for k, v in enumerate(step.joint.scope) if v not in scope)
            kept = step.joint.table.sum(axis=gone)
            np.testing.assert_allclose(kept, pairs.cliques[i].table, atol=1e-12)


@patient
@given(problems())
def test_the_joint_of_two_cliques_is_that_of_enumeration(problem):
    model, evidence = problem
    for step in _pairs(model, evidence).steps:
        names = [model.names[v] for v in step.joint.scope]
        expected = answer_by_einsum(model, evidence, names)
        np.testing.assert_allclose(step.joint.table, expected, atol=1e-12)


@patient
@given(problems())
def test_joints_grow_by_distance_from_joints_made_before(problem):
    pairs = _pairs(*problem)
    known = {(i, i) for i in range(len(pairs.tree.cliques))}
    distances = [step.plan.distance for step in pairs.steps if step.plan.distance]
    assert distances == sorted(distances)
    for step in pairs.steps:
        assert step.plan.made_from is None or step.plan.made_from in known
        known.add((step.plan.first, step.plan.second))


@patient
@given(problems())
def test_all_three_ways_give_the_matrix_of_enumeration(problem):
    model, evidence = problem
    expected = np.zeros((len(model.names),) * 2)
    for a, first in enumerate(model.names):
        expected[a, a] = entropy(answer_by_einsum(model, evidence, [first]))
        for b, second in enumerate(model.names[:a]):
            joint = answer_by_einsum(model, evidence, [first, second])
            expected[a, b] = expected[b, a] = mutual_information(joint)
    run = calibrate(model, evidence)
    fast = mutual_information_matrix(compile_network(model), evidence)
    np.testing.assert_allclose(
        clique_pairs(run.tree, run.beliefs).mutual_information_matrix()[0], expected, atol=1e-12
    )
    np.testing.assert_allclose(variable_pairs(run.tree, run.beliefs).matrix, expected, atol=1e-12)
    np.testing.assert_allclose(fast, expected, atol=1e-12)
    assert np.array_equal(fast, fast.T)


@patient
@given(st.data())
def test_any_joint_is_read_from_the_calibrated_tree(data):
    model, evidence = data.draw(problems())
    query = data.draw(st.lists(st.sampled_from(model.names), max_size=3, unique=True))
    run = calibrate(model, evidence)
    reading = read_query(run.tree, run.beliefs, [model.names.index(name) for name in query])
    expected = answer_by_einsum(model, evidence, query)
    np.testing.assert_allclose(reading.result.table, expected, atol=1e-12)


@patient
@given(st.data())
def test_the_joint_of_one_pair_is_made_on_demand(data):
    model, evidence = data.draw(problems())
    if len(model.names) < 2:
        return
    first, second = data.draw(st.permutations(model.names))[:2]
    tree = compile_network(model).calibrate(evidence)
    expected = answer_by_einsum(model, evidence, [first, second])
    np.testing.assert_allclose(joint_of_pair(tree, first, second), expected, atol=1e-12)


def test_columns_walk_in_blocks_of_any_width(asia, monkeypatch):
    tree = compile_network(asia).calibrate(Evidence({"dysp": 0}))
    together = information_of_tree(tree)
    monkeypatch.setattr(walks, "MAX_COLUMNS", 3)
    monkeypatch.setattr(walks, "REMEMBERED_BYTES", 0)
    np.testing.assert_allclose(information_of_tree(tree), together, atol=1e-14)


@pytest.mark.parametrize("zeros", [0.0, 0.9])
@pytest.mark.parametrize("least", [0, 10**9])
def test_steps_through_a_clique_are_conditional_distributions(zeros, least, monkeypatch):
    monkeypatch.setattr(transitions, "LARGE", least)  # matrices, or entries one by one
    random = np.random.default_rng(5)
    belief = random.random((2, 3, 4, 2)) * (random.random((2, 3, 4, 2)) >= zeros)
    step = transition(belief, (7, 3, 5, 1), (5, 7), (3, 5))
    source = random.random((8, 3))
    out = np.zeros((12, 4))
    step.carry(source, out, 1, lambda: None)
    joint = belief.sum(axis=3)
    mass = joint.sum(axis=1, keepdims=True)
    conditional = np.divide(joint, mass, out=np.zeros_like(joint), where=mass > 0)
    # axes: variable 7 is a, 3 is b, 5 is c
    expected = np.einsum("abc,cax->bcx", conditional, source.reshape(4, 2, 3)).reshape(12, 3)
    np.testing.assert_allclose(out[:, 1:], expected, atol=1e-14)
    assert not out[:, 0].any()


def test_information_is_accurate_where_it_is_nearly_nothing():
    """P = q (1 + x s): the information is x²/2 up to the fourth power of x."""
    signs = np.array([[1.0, -1.0], [-1.0, 1.0]])
    for x in (1e-3, 1e-6, 1e-9):
        joint = 0.25 * (1 + x * signs)
        assert mutual_information(joint) == pytest.approx(x**2 / 2, rel=1e-6)
    assert mutual_information(np.full((2, 2), 0.25)) == 0.0
    assert mutual_information(np.diag([0.5, 0.5])) == pytest.approx(np.log(2), rel=1e-15)


def test_the_kernel_of_mutual_information_equals_the_formula():
    random = np.random.default_rng(3)
    joints = random.random((3, 9)) * (random.random((3, 9)) > 0.4)
    starts = np.array([0, 2, 2, 3, 7, 9])
    result = np.empty(5)
    pair_information(joints, starts, result)
    for k, (begin, end) in enumerate(itertools.pairwise(starts)):
        table = joints[:, begin:end]
        expected = mutual_information(table / table.sum()) if table.sum() else 0.0
        assert result[k] == pytest.approx(expected, abs=1e-14)


def test_an_observed_variable_tells_nothing_more(asia):
    matrix = mutual_information_matrix(compile_network(asia), Evidence({"either": 1}))
    number = asia.names.index
    for name in ("either", "lung", "tub"):  # neither lung nor tub, once either is ruled out
        assert not matrix[number(name)].any()


def test_comparing_all_pairs_can_be_cancelled(asia):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        information_of_tree(compile_network(asia).calibrate(), progress)
