"""Markov networks whose exact answers are published or follow from two independent engines.

The misconception network: Koller and Friedman (2009), figures 4.1 and 4.2. The values of the Ising
models were computed with two engines that agree to better than 1e-12.
"""

import math

import numpy as np
import pytest

from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.zoo import example

SPINS = ("-1", "+1")
RING_FIELD = (0.1, -0.2, 0.3, 0.05)
RING_COUPLING = {(0, 1): 0.5, (1, 2): -0.4, (2, 3): 0.3, (3, 0): 0.6}


def coupled(strength):
    return np.exp(strength * np.array([[1.0, -1.0], [-1.0, 1.0]]))


def ising_ring():
    variables = [Variable(str(v), SPINS) for v in range(4)]
    fields = [
        Potential(f"h{v}", (str(v),), np.exp([-field, field])) for v, field in enumerate(RING_FIELD)
    ]
    pairs = [
        Potential(f"J{a}{b}", (str(a), str(b)), coupled(strength))
        for (a, b), strength in RING_COUPLING.items()
    ]
    return MarkovNetwork(variables, [*fields, *pairs], "ring")


def raised(answer):
    return [float(marginal[1]) for marginal in answer.marginals.values()]


def test_the_misconception_network_sums_to_its_published_constant():
    answer = infer_by_enumeration(example("misconception").build().net)
    assert math.exp(answer.log_evidence) == pytest.approx(7_201_840, rel=1e-12)
    assert answer.log_evidence == pytest.approx(15.789847106893081, abs=1e-12)
    assert raised(answer) == pytest.approx(
        [0.180552469924353, 0.736132710529531, 0.7637950857003211, 0.20843701054175], abs=1e-12
    )


def test_an_observation_reduces_the_network_and_the_constant_is_not_divided_by_the_old_one():
    net = example("misconception").build().net
    answer = infer_by_enumeration(net, Evidence({"Charles": 0}))
    assert math.exp(answer.log_evidence) == pytest.approx(1_701_110, rel=1e-12)
    assert answer.marginals["Bob"][1] == pytest.approx(0.0593788761455756, abs=1e-12)
    assert answer.marginals["Alice"][1] == pytest.approx(0.646701271522712, abs=1e-12)


def test_the_ising_ring_of_four():
    answer = infer_by_enumeration(ising_ring())
    assert answer.log_evidence == pytest.approx(3.24117314982964, abs=1e-12)
    assert raised(answer) == pytest.approx(
        [0.519411122498224, 0.380486267480301, 0.67755994528843, 0.564993889501591], abs=1e-12
    )


def test_the_ising_grid_of_nine():
    answer = infer_by_enumeration(example("ising-grid").build().net)
    assert answer.log_evidence == pytest.approx(8.72324097581, abs=1e-11)
    expected = (
        ".609795865877 .549058221295 .554079409652 .611515272507 .541323374172 "
        ".554966858108 .555435778551 .547715261147 .499083545295"
    )
    assert raised(answer) == pytest.approx([float(word) for word in expected.split()], abs=1e-11)


def test_the_hamming_code_corrects_the_bit_that_was_flipped():
    # Among 16 code words only 0010110 is one flip away from what was received.
    subject = example("hamming-code").build()
    answer = infer_by_enumeration(subject.net, subject.evidence)
    assert [round(value) for value in raised(answer)] == [0, 0, 1, 0, 1, 1, 0]


def test_potentials_that_contradict_each_other_are_named_as_the_reason():
    net = MarkovNetwork(
        [Variable("a", SPINS), Variable("b", SPINS)],
        [Potential("f", ("a",), [1, 0]), Potential("g", ("a",), [0, 1])],
    )
    with pytest.raises(NetworkError, match="potentials contradict one another"):
        infer_by_enumeration(net)
    with pytest.raises(NetworkError, match="potentials contradict one another"):
        infer_by_enumeration(net, Evidence({"b": 1}))
