"""Small random models with evidence, and what enumeration says about them."""

import numpy as np
from hypothesis import strategies as st

from core.networks.evidence import Evidence
from core.networks.factor_model import factor_model
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import BayesNet, Node
from core.networks.moral import factor_scopes


@st.composite
def models(draw, most=6):
    """Bayes nets and Markov networks, often disconnected, with zeros in some of the tables."""
    count = draw(st.integers(1, most))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = [draw(st.integers(1, 3)) for _ in range(count)]
    zeros = draw(st.sampled_from([0.0, 0.4]))
    scopes = [
        draw(st.sets(st.integers(0, v - 1), max_size=2)) if v else set() for v in range(count)
    ]

    def table(scope):
        entries = random.gamma(0.5, size=[sizes[u] for u in scope]) + 1e-3
        entries[random.random(entries.shape) < zeros] = 0.0
        entries[..., 0] += entries.sum(axis=-1) == 0
        return entries

    states = [tuple(f"s{k}" for k in range(size)) for size in sizes]
    if draw(st.booleans()):
        nodes = []
        for v in range(count):
            entries = table([*sorted(scopes[v]), v])
            entries /= entries.sum(axis=-1, keepdims=True)
            parents = tuple(f"n{u}" for u in sorted(scopes[v]))
            nodes.append(Node(f"n{v}", states[v], parents, entries))
        return BayesNet(draw(st.permutations(nodes)), "random")
    chosen = [[*sorted(scopes[v]), v] for v in range(count) if draw(st.booleans())]
    return MarkovNetwork(
        [Variable(f"n{v}", states[v]) for v in range(count)],
        [
            Potential(f"φ{k}", tuple(f"n{u}" for u in scope), table(scope))
            for k, scope in enumerate(chosen)
        ],
        "random",
    )


@st.composite
def findings(draw, model):
    """Hard evidence and likelihoods on some variables."""
    found = {}
    for name in model.names:
        count = len(model[name].states)
        kind = draw(st.sampled_from(["none", "none", "hard", "likelihood"]))
        if kind == "hard":
            found[name] = draw(st.integers(0, count - 1))
        elif kind == "likelihood":
            weights = st.lists(
                st.sampled_from([0.0, 0.2, 1.0, 3.0]), min_size=count, max_size=count
            )
            found[name] = tuple(draw(weights.filter(any)))
    return Evidence(found)


@st.composite
def problems(draw, most=6):
    """A model and evidence that it allows."""
    model = draw(models(most))
    evidence = draw(findings(model))
    return model, evidence if joint_by_einsum(model, evidence).sum() > 0 else Evidence()


def joint_by_einsum(model, evidence):
    """The unnormalised table over all variables with the evidence multiplied in."""
    plain = factor_model(model)
    operands = []
    for factor in plain.factors:
        operands += [factor.table, list(factor.scope)]
    for v, size in enumerate(plain.sizes):
        name = plain.names[v]
        weights = evidence.likelihood(model, name) if name in evidence else np.ones(size)
        operands += [weights, [v]]
    assert len(factor_scopes(model)) == len(plain.factors)
    return np.einsum(*operands, list(range(len(plain.sizes))))


def answer_by_einsum(model, evidence, query):
    """P(query | evidence), axes in the order of the query."""
    joint = joint_by_einsum(model, evidence)
    axes = [model.names.index(name) for name in query]
    kept = np.einsum(joint, list(range(joint.ndim)), axes)
    return kept / kept.sum()
