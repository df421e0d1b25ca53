"""The same questions put to pyAgrum, a peer; collected only where it is installed."""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.networks.evidence import Evidence
from core.networks.inference import infer
from core.networks.model import BayesNet, Node

PEER = Path(__file__).with_name("pyagrum_peer.py")
SEEDS = range(6)


def random_net(count, seed):
    random = np.random.default_rng(seed)
    nodes = []
    for v in range(count):
        near = np.arange(max(0, v - 6), v)
        wanted = min(near.size, int(random.integers(0, 4)))
        parents = sorted(random.choice(near, size=wanted, replace=False)) if wanted else []
        size = int(random.integers(2, 5))
        shape = [len(nodes[p].states) for p in parents]
        table = random.dirichlet(np.full(size, 0.7), size=shape)
        states = tuple(f"s{k}" for k in range(size))
        nodes.append(Node(f"n{v}", states, tuple(f"n{p}" for p in parents), table))
    return BayesNet(nodes, "random")


def random_evidence(net, seed):
    random = np.random.default_rng(seed + 100)
    virtual = {name: tuple(random.random(len(net[name].states))) for name in ("n31", "n39")}
    return Evidence({"n7": 1, "n23": 0, **virtual})


def question(net, evidence):
    nodes = [
        {"name": n.name, "states": n.states, "parents": n.parents, "table": n.table.tolist()}
        for n in net
    ]
    likelihoods = {name: evidence.likelihood(net, name).tolist() for name in evidence}
    return {"nodes": nodes, "likelihoods": likelihoods}


@pytest.fixture(scope="module")
def answers():
    nets = [random_net(40, seed) for seed in SEEDS]
    questions = [question(n, random_evidence(n, seed)) for seed, n in zip(SEEDS, nets, strict=True)]
    done = subprocess.run(
        [sys.executable, str(PEER)],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", SEEDS)
def test_forty_random_nodes_get_the_posteriors_of_pyagrum(seed, answers):
    net = random_net(40, seed)
    found, expected = infer(net, random_evidence(net, seed)), answers[seed]
    for name in net.names:
        peer = expected["marginals"][name]
        np.testing.assert_allclose(found.marginals[name], peer, rtol=0, atol=1e-12)
    assert math.exp(found.log_evidence) == pytest.approx(expected["probability"], rel=1e-10)
