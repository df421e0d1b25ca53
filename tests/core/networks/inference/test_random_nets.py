"""Properties of exact inference that hold in every net, tried on random small ones."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration, joint_table
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network, infer
from core.networks.model import BayesNet, Node

quick = settings(max_examples=60, deadline=None)


@st.composite
def nets(draw, most=8):
    """Nets of up to `most` nodes with 1 to 4 states, zeros in tables, often disconnected."""
    count = draw(st.integers(1, most))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = [draw(st.integers(1, 4)) for _ in range(count)]
    zeros = draw(st.sampled_from([0.0, 0.3, 0.7]))
    nodes = []
    for v in range(count):
        parents = sorted(draw(st.sets(st.integers(0, v - 1), max_size=3))) if v else []
        table = random.gamma(0.5, size=[sizes[p] for p in parents] + [sizes[v]])
        table[random.random(table.shape) < zeros] = 0.0
        table[..., 0] += table.sum(axis=-1) == 0
        table /= table.sum(axis=-1, keepdims=True)
        states = tuple(f"s{k}" for k in range(sizes[v]))
        nodes.append(Node(f"n{v}", states, tuple(f"n{p}" for p in parents), table))
    order = draw(st.permutations(nodes))
    return BayesNet(order, "random")


@st.composite
def problems(draw):
    """A net with hard and virtual findings on some of its nodes."""
    net = draw(nets())
    findings = {}
    for name in draw(st.lists(st.sampled_from(net.names), unique=True, max_size=4)):
        size = len(net[name].states)
        entry = st.one_of(st.just(0.0), st.floats(1e-6, 2.0))
        likelihoods = st.lists(entry, min_size=size, max_size=size).filter(any)
        findings[name] = draw(st.one_of(st.integers(0, size - 1), likelihoods.map(tuple)))
    return net, Evidence(findings)


def possible(net, evidence):
    try:
        return infer_by_enumeration(net, evidence)
    except ImpossibleEvidence:
        assume(False)


def assert_same(found, expected, digits=1e-12):
    assert list(found.marginals) == list(expected.marginals)
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(found.marginals[name], marginal, rtol=0, atol=digits)
    assert found.log_evidence == pytest.approx(expected.log_evidence, abs=digits, rel=digits)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_clique_tree_agrees_with_the_joint_table(problem):
    net, evidence = problem
    try:
        expected = infer_by_enumeration(net, evidence)
    except ImpossibleEvidence:
        with pytest.raises(ImpossibleEvidence):
            infer(net, evidence)
    else:
        assert_same(infer(net, evidence), expected)


@quick
@given(problems())
def test_every_posterior_is_a_distribution_and_observed_nodes_are_certain(problem):
    net, evidence = problem
    possible(net, evidence)
    posteriors = infer(net, evidence)
    for name, marginal in posteriors.marginals.items():
        assert marginal.min() >= 0
        assert marginal.sum() == pytest.approx(1.0, abs=1e-14)
        if isinstance(evidence.get(name), int):
            assert marginal.tolist() == np.eye(marginal.size)[evidence[name]].tolist()


@quick
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_entering_evidence_does_not_matter(problem, random):
    net, evidence = problem
    expected = possible(net, evidence)
    findings = list(evidence.items())
    random.shuffle(findings)
    compiled = compile_network(net)
    entered = Evidence()
    for name, finding in findings:
        entered = entered.observing(name, finding)
        compiled.propagate(entered)
    assert_same(compiled.propagate(entered), expected)


@quick
@given(problems())
def test_retracted_evidence_was_never_there(problem):
    net, evidence = problem
    possible(net, evidence)
    compiled = compile_network(net)
    before = compiled.propagate()
    compiled.propagate(evidence)
    after = compiled.propagate(evidence.without(*evidence))
    for name, marginal in before.marginals.items():
        assert marginal.tobytes() == after.marginals[name].tobytes()


@quick
@given(problems())
def test_a_likelihood_of_one_state_is_an_observation(problem):
    net, evidence = problem
    possible(net, evidence)
    virtual = Evidence({name: tuple(evidence.likelihood(net, name)) for name in evidence})
    assert_same(infer(net, virtual), infer(net, evidence))


@quick
@given(problems(), st.floats(1e-6, 1e6))
def test_scaling_a_likelihood_moves_only_the_evidence_probability(problem, factor):
    net, evidence = problem
    expected = possible(net, evidence)
    scaled = Evidence({n: tuple(factor * evidence.likelihood(net, n)) for n in evidence})
    found = infer(net, scaled)
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(found.marginals[name], marginal, rtol=0, atol=1e-12)
    shift = len(evidence) * math.log(factor)
    assert found.log_evidence == pytest.approx(expected.log_evidence + shift, abs=1e-10)


@quick
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_nodes_does_not_matter(problem, random):
    net, evidence = problem
    expected = possible(net, evidence)
    nodes = list(net)
    random.shuffle(nodes)
    found = infer(BayesNet(nodes, "shuffled"), evidence)
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(found.marginals[name], marginal, rtol=0, atol=1e-12)


@quick
@given(nets(), st.data())
def test_relabelling_states_relabels_the_posterior(net, data):
    name = data.draw(st.sampled_from(net.names))
    states = net[name].states
    origins = data.draw(st.permutations(range(len(states))))
    relabelled = net.with_states(name, [states[k] for k in origins], origins)
    before, after = infer(net), infer(relabelled)
    for other in net.names:
        expected = before.marginals[other]
        expected = expected[list(origins)] if other == name else expected
        np.testing.assert_allclose(after.marginals[other], expected, rtol=0, atol=1e-12)


@quick
@given(problems(), st.data())
def test_summing_out_a_variable_gives_the_probability_of_the_evidence(problem, data):
    net, evidence = problem
    expected = possible(net, evidence)
    name = data.draw(st.sampled_from(net.names))
    assume(name not in evidence)
    total = 0.0
    for state in range(len(net[name].states)):
        try:
            total += math.exp(infer(net, evidence.observing(name, state)).log_evidence)
        except ImpossibleEvidence:
            continue
    assert total == pytest.approx(math.exp(expected.log_evidence), rel=1e-11, abs=1e-300)


@quick
@given(problems())
def test_a_conflict_is_impossible_and_minimal(problem):
    net, evidence = problem
    try:
        infer(net, evidence)
    except ImpossibleEvidence as error:
        with pytest.raises(ImpossibleEvidence):
            infer_by_enumeration(net, error.conflict)
        for name in error.conflict:
            infer_by_enumeration(net, error.conflict.without(name))
        assert all(error.conflict[name] == evidence[name] for name in error.conflict)


def test_a_joint_table_that_would_not_fit_is_refused():
    node = Node("a", tuple("0123456789"), (), np.full(10, 0.1))
    net = BayesNet([Node(f"n{k}", node.states, (), node.table) for k in range(8)], "wide")
    with pytest.raises(NetworkError, match="100,000,000 cells over 8 variables"):
        joint_table(net)
