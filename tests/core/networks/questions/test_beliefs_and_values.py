"""Shifts of belief and the value of observing, against formulas and enumeration."""

import math

import numpy as np
import pytest
from hypothesis import given

from core.networks.evidence import Evidence
from core.networks.inference import compile_network
from core.networks.questions.belief_shift import belief_shifts
from core.networks.questions.observation_value import value_of_observing
from core.progress import Cancelled, Progress
from tests.core.networks.inference.test_random_nets import possible, problems
from tests.core.networks.questions.brute import marginal, mutual_information
from tests.core.networks.strategies import patient


def test_the_shift_of_the_sprinkler_by_rain(sprinkler):
    compiled = compile_network(sprinkler)
    shifts = belief_shifts(compiled.propagate(), compiled.propagate(Evidence({"W": 0})))
    by_name = {shift.name: shift for shift in shifts}
    # bayes.md section 6: P(R) goes from 0.5 to 0.707927677329625
    posterior = 0.707927677329625
    assert by_name["R"].differences == pytest.approx(
        np.array([posterior - 0.5, 0.5 - posterior]), abs=1e-12
    )
    expected = posterior * math.log(posterior / 0.5) + (1 - posterior) * math.log(
        (1 - posterior) / 0.5
    )
    assert by_name["R"].divergence == pytest.approx(expected, abs=1e-12)
    # an observed variable moves by the logarithm of its prior, the most there is
    assert by_name["W"].divergence == pytest.approx(-math.log(0.6471), abs=1e-12)
    assert [shift.name for shift in shifts] == ["W", "R", "S", "C"]


def test_nothing_moves_without_evidence(asia):
    prior = compile_network(asia).propagate()
    assert all(shift.divergence == 0 for shift in belief_shifts(prior, prior))
    assert [shift.name for shift in belief_shifts(prior, prior)] == list(asia.names)


def test_the_value_of_an_x_ray_for_knowing_about_smoking(asia):
    found = value_of_observing(compile_network(asia), "smoke")
    values = {each.name: each.entropy_drop for each in found.values}
    assert found.entropy == pytest.approx(math.log(2), abs=1e-12)
    assert values["xray"] == pytest.approx(0.00893392865918, abs=1e-13)  # bayes.md section 6
    assert values["asia"] < 1e-15
    assert "smoke" not in values
    assert list(values.values()) == sorted(values.values(), reverse=True)


@patient
@given(problems())
def test_the_value_of_observing_is_the_mutual_information_given_the_evidence(problem):
    net, evidence = problem
    possible(net, evidence)
    target = net.names[0]
    found = value_of_observing(compile_network(net), target, evidence)
    hard = {name for name in evidence if isinstance(evidence[name], int)}
    assert {each.name for each in found.values} == set(net.names) - hard - {target}
    for each in found.values:
        expected = mutual_information(marginal(net, evidence, [target, each.name]))
        assert each.entropy_drop == pytest.approx(expected, abs=1e-12)


def test_a_target_that_is_known_has_nothing_left_to_learn(asia):
    found = value_of_observing(compile_network(asia), "lung", Evidence({"lung": 0}))
    assert found.entropy == 0
    assert all(each.entropy_drop == 0 for each in found.values)


def test_a_cancelled_question_stops(asia):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        value_of_observing(compile_network(asia), "lung", progress=progress)
