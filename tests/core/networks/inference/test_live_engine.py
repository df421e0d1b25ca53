"""Following evidence gives what starting afresh gives, whatever came before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.live_engine import LiveEngine
from core.networks.model import BayesNet, Node
from core.progress import Cancelled, Progress


def assert_same(found, expected, names=None):
    assert found.log_evidence == pytest.approx(expected.log_evidence, abs=1e-10)
    assert list(found.marginals) == list(expected.marginals if names is None else names)
    for name, marginal in found.marginals.items():
        np.testing.assert_allclose(marginal, expected.marginals[name], atol=1e-12)


@st.composite
def studies(draw):
    """A net with deterministic tables here and there, and questions asked one after another."""
    count = draw(st.integers(1, 9))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    nodes = []
    for v in range(count):
        parents = sorted(random.choice(v, size=min(v, int(random.integers(0, 4))), replace=False))
        size = int(random.integers(1, 4))
        shape = [len(nodes[p].states) for p in parents]
        table = random.dirichlet(np.ones(size), size=shape)
        if random.random() < 0.4:
            table = np.eye(size)[random.integers(0, size, shape)]
        names = tuple(f"n{p}" for p in parents)
        nodes.append(Node(f"n{v}", tuple(f"s{k}" for k in range(size)), names, table))
    net = BayesNet(nodes)
    questions = []
    findings = {}
    for _ in range(draw(st.integers(1, 8))):
        name = f"n{draw(st.integers(0, count - 1))}"
        size = len(net[name].states)
        kind = draw(st.sampled_from(["hard", "hard", "soft", "none"]))
        findings = {key: value for key, value in findings.items() if key != name}
        if kind == "hard":
            findings[name] = draw(st.integers(0, size - 1))
        elif kind == "soft":
            findings[name] = tuple(random.random(size) + 0.01)
        seen = draw(st.one_of(st.none(), st.lists(st.sampled_from(net.names), unique=True)))
        questions.append((Evidence(findings), seen))
    return net, questions


@settings(max_examples=200, deadline=None)
@given(studies())
def test_every_answer_is_that_of_a_fresh_propagation(study):
    net, questions = study
    compiled = compile_network(net)
    engine = LiveEngine(compiled)
    for evidence, visible in questions:
        try:
            expected = compiled.propagate(evidence)
        except ImpossibleEvidence as impossible:
            with pytest.raises(ImpossibleEvidence) as caught:
                engine.update(evidence, visible)
            assert caught.value.conflict == impossible.conflict
            continue
        assert_same(engine.update(evidence, visible), expected, visible)


def test_an_engine_survives_impossible_and_underflowing_evidence(asia):
    compiled = compile_network(asia)
    engine = LiveEngine(compiled)
    faint = Evidence({"xray": (1e-300, 1e-300), "dysp": (1e-200, 1e-250)})
    assert_same(engine.update(faint), compiled.propagate(faint))
    with pytest.raises(ImpossibleEvidence):
        engine.update(Evidence({"lung": 0, "either": 1}))
    seen = Evidence({"dysp": 0})
    assert_same(engine.update(seen), compiled.propagate(seen))


def test_an_engine_survives_being_cancelled(asia):
    compiled = compile_network(asia)
    engine = LiveEngine(compiled)
    engine.update(Evidence({"asia": 0}))
    progress = Progress()
    progress.cancel()
    seen = Evidence({"dysp": 0, "smoke": 1})
    with pytest.raises(Cancelled):
        engine.update(seen, progress=progress)
    assert_same(engine.update(seen), compiled.propagate(seen))


def test_only_stale_messages_are_sent_again(asia, monkeypatch):
    engine = LiveEngine(compile_network(asia))
    engine.update()
    marks, plan = engine._passes.marks, engine.compiled.plan
    engine.update(Evidence({"xray": 0}), visible=["asia"])
    sent_up = marks[int(marks[4]) : int(marks[4]) + plan.cliques]
    assert 0 < (sent_up == 2).sum() < plan.cliques
    engine.update(Evidence({"xray": 0}), visible=["asia"])
    assert not (sent_up == 2).any()
