"""A calibrated tree holds the joint distributions of cliques and separators."""

import numpy as np
import pytest

from core.networks.brute_force import infer_by_enumeration
from core.networks.evidence import Evidence
from core.networks.inference import compile_network


@pytest.mark.parametrize(
    "findings",
    [{}, {"dysp": 0}, {"dysp": (0.2, 0.9), "smoke": 1}, {"xray": (1e-300, 1e-300), "asia": 0}],
)
def test_beliefs_agree_with_marginals_and_over_separators(asia, findings):
    calibrated = compile_network(asia).calibrate(Evidence(findings))
    expected = infer_by_enumeration(asia, Evidence(findings))
    assert calibrated.log_evidence == pytest.approx(expected.log_evidence, abs=1e-12)
    for i, scope in enumerate(calibrated.scopes):
        belief = calibrated.belief(i)
        assert belief.sum() == pytest.approx(1.0, abs=1e-14)
        for axis, v in enumerate(scope):
            others = tuple(k for k in range(len(scope)) if k != axis)
            wanted = expected.marginals[asia.names[v]]
            np.testing.assert_allclose(belief.sum(axis=others), wanted, atol=1e-13)
        if calibrated.above[i] >= 0:
            above = calibrated.scopes[calibrated.above[i]]
            shared = calibrated.separators[i]
            gone = tuple(k for k, v in enumerate(above) if v not in shared)
            kept = [v for v in above if v in shared]
            theirs = calibrated.belief(calibrated.above[i]).sum(axis=gone)
            theirs = np.transpose(theirs, [kept.index(v) for v in shared])
            np.testing.assert_allclose(calibrated.separator_belief(i), theirs, atol=1e-13)


def test_clique_potentials_multiply_to_the_joint_distribution(asia):
    compiled = compile_network(asia)
    joint = np.ones([2] * len(asia))
    for i, scope in enumerate(compiled.tree.scopes):
        shape = [2 if v in scope else 1 for v in range(len(asia))]
        joint = joint * np.transpose(compiled.clique_potential(i), np.argsort(scope)).reshape(shape)
    assert joint.sum() == pytest.approx(1.0, abs=1e-14)
    smoke = asia.names.index("smoke")
    rest = tuple(k for k in range(len(asia)) if k != smoke)
    np.testing.assert_allclose(joint.sum(axis=rest), [0.5, 0.5], atol=1e-14)
    compiled.clique_potential(0)[...] = 0.0
    assert compiled.clique_potential(0).any()


def test_the_family_of_each_variable_lies_in_the_clique_of_its_factor(asia):
    calibrated = compile_network(asia).calibrate()
    for v, node in enumerate(asia):
        scope = calibrated.scopes[calibrated.clique_of_factor[v]]
        assert {v, *map(asia.names.index, node.parents)} <= set(scope)
