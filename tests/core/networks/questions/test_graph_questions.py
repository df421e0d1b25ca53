"""Markov blankets, reduced networks and I-maps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.questions.independence_map import check_independence_map
from core.networks.questions.markov_blanket import markov_blanket
from core.networks.questions.reduced_network import reduced_network
from core.networks.questions.separation import is_separated
from core.networks.zoo.markov import misconception
from tests.core.networks.inference.test_random_nets import nets, possible, problems
from tests.core.networks.strategies import patient

# -- Markov blanket --------------------------------------------------------------------------------


def test_the_blanket_of_lung_cancer(asia):
    blanket = markov_blanket(asia, "lung")
    assert (blanket.parents, blanket.children, blanket.others) == (
        ("smoke",),
        ("either",),
        ("tub",),
    )


@patient
@given(nets(), st.data())
def test_a_blanket_shields_from_all_others_and_no_member_can_be_spared(net, data):
    name = data.draw(st.sampled_from(net.names))
    members = markov_blanket(net, name).names
    others = [each for each in net.names if each != name and each not in members]
    assert len(set(members)) == len(members)
    assert is_separated(net, [name], others, members)
    for member in members:
        rest = [each for each in members if each != member]
        assert not is_separated(net, [name], [member, *others], rest)


def test_the_blanket_in_a_markov_network_is_the_neighbours():
    network = misconception().net
    alice, bob, _, debbie = network.names
    assert markov_blanket(network, alice).names == (bob, debbie)


# -- reduced network -------------------------------------------------------------------------------


@patient
@given(problems())
def test_a_reduced_network_is_the_posterior_and_its_constant_is_the_evidence(problem):
    net, evidence = problem
    expected = possible(net, evidence)
    reduced = reduced_network(net, evidence)
    found = infer_by_enumeration(reduced)
    assert found.log_evidence == pytest.approx(expected.log_evidence, abs=1e-10)
    hard = {name for name in evidence if isinstance(evidence[name], int)}
    assert reduced.names == tuple(name for name in net.names if name not in hard)
    for name in reduced.names:
        assert found.marginals[name] == pytest.approx(expected.marginals[name], abs=1e-11)


def test_conditioning_a_circle_leaves_a_path():
    # Koller and Friedman (2009), figure 4.2: Z of the network reduced by c0 is 1 701 110
    network = misconception().net
    alice, bob, charles, debbie = network.names
    reduced = reduced_network(network, Evidence({charles: 0}))
    assert set(reduced.edges) == {(alice, bob), (alice, debbie)}
    assert infer_by_enumeration(reduced).log_evidence == pytest.approx(math.log(1_701_110))


def test_a_common_effect_joins_its_causes_only_when_it_is_seen(asia):
    assert ("tub", "lung") in reduced_network(asia).edges
    assert ("tub", "lung") not in reduced_network(asia, Evidence({"lung": 1})).edges


def test_reducing_by_impossible_evidence_names_it(asia):
    with pytest.raises(ImpossibleEvidence, match="either"):
        reduced_network(asia, Evidence({"tub": 0, "lung": 0, "either": 1}))


# -- I-map -----------------------------------------------------------------------------------------


@patient
@given(nets(most=6))
def test_every_net_is_an_i_map_of_itself(net):
    assert check_independence_map(net).is_map


def test_the_chest_clinic_has_no_superfluous_arc(asia):
    found = check_independence_map(asia)
    assert (found.is_map, found.is_minimal, found.removable) == (True, True, ())


def test_a_missing_arc_is_found_with_how_much_it_carries(asia):
    found = check_independence_map(asia.without_arc("asia", "tub"), asia)
    assert not found.is_map
    texts = {statement.text: statement.information for statement in found.violations}
    # I(asia; tub) from P(tub | asia) = 0.05 or 0.01 and P(asia) = 0.01
    joint = np.array([[0.0005, 0.0095], [0.0099, 0.9801]])
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    assert texts["asia ⊥ tub"] == pytest.approx((joint * np.log(joint / product)).sum(), abs=1e-14)


def test_a_superfluous_arc_is_found(asia):
    more = asia.with_arc("asia", "smoke")  # its table is repeated: nothing depends on it
    found = check_independence_map(more)
    assert (found.is_map, found.is_minimal) == (True, False)
    assert found.removable == (("asia", "smoke"),)


def test_a_reversed_collider_is_no_i_map(burglary):
    turned = burglary.without_arc("E", "A").with_arc("A", "E")
    found = check_independence_map(turned, burglary)
    assert not found.is_map
    assert all(each.information > 1e-9 for each in found.violations)


def test_a_graph_over_other_variables_is_refused(asia, sprinkler):
    with pytest.raises(NetworkError, match="different variables"):
        check_independence_map(asia, sprinkler)


def test_a_table_too_large_for_checking_is_refused_with_its_number():
    nodes = [Node(f"n{k}", ("a", "b"), (), uniform_table([], 2)) for k in range(30)]
    with pytest.raises(NetworkError, match="1,073,741,824"):
        check_independence_map(BayesNet(nodes))
