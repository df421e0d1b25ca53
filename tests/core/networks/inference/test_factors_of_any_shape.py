"""Factors that meet in one clique in every way: sharing few axes or many, in any order, with zeros.

The cliques are large enough to be worked through in rows.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import frozen


@st.composite
def crowded_networks(draw):
    """Up to seven variables, potentials over up to five of them, and evidence."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=6))
    names = [f"x{v}" for v in range(len(sizes))]
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    zeros = draw(st.sampled_from([0.0, 0.0, 0.3, 0.6]))
    magnitude = draw(st.sampled_from([1.0, 1e-50, 1e50]))
    potentials = []
    for _ in range(draw(st.integers(1, 5))):
        width = draw(st.integers(0, min(5, len(sizes))))
        scope = tuple(int(v) for v in random.permutation(len(sizes))[:width])
        table = magnitude * random.random([sizes[v] for v in scope])
        table = np.where(random.random(table.shape) < zeros, 0.0, table)
        table = table if table.any() else np.full(table.shape, magnitude)
        potentials.append(
            Potential(f"p{len(potentials)}", tuple(names[v] for v in scope), frozen(table))
        )
    variables = [
        Variable(name, tuple(f"s{k}" for k in range(size)))
        for name, size in zip(names, sizes, strict=True)
    ]
    findings = {}
    for name, size in zip(names, sizes, strict=True):
        kind = draw(st.sampled_from(["none", "none", "hard", "soft"]))
        if kind == "hard":
            findings[name] = draw(st.integers(0, size - 1))
        elif kind == "soft":
            findings[name] = tuple(random.random(size) + 0.01)
    return MarkovNetwork(variables, potentials), Evidence(findings)


@settings(max_examples=200, deadline=None)
@given(crowded_networks())
def test_markov_networks_agree_with_enumeration(problem):
    network, evidence = problem
    compiled = compile_network(network)
    try:
        expected = infer_by_enumeration(network, evidence)
    except ImpossibleEvidence:
        with pytest.raises(ImpossibleEvidence):
            compiled.propagate(evidence)
        return
    found = compiled.calibrate(evidence)
    assert found.log_evidence == pytest.approx(expected.log_evidence, abs=1e-10)
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(found.marginals[name], marginal, atol=1e-12)
    for i, scope in enumerate(found.scopes):
        belief = found.belief(i)
        for axis, v in enumerate(scope):
            others = tuple(k for k in range(len(scope)) if k != axis)
            wanted = expected.marginals[network.names[v]]
            np.testing.assert_allclose(belief.sum(axis=others), wanted, atol=1e-12)
