"""Times exact inference beside pyAgrum's, on BIF files or, without any, on nets made here.

    python tests/benchmarks/inference_speed.py [FILE.bif ...] [--rounds 7]

Each round observes one node and reads the posteriors of all nodes; the medians are printed, and how
many times as long the peer took. Run it from the project's folder with the extra `peers` installed;
without it the peer's columns stay empty.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.networks.evidence import Evidence  # noqa: E402
from core.networks.formats import bif  # noqa: E402
from core.networks.inference import compile_network, warm_up  # noqa: E402
from core.networks.model import BayesNet, Node  # noqa: E402

try:
    import pyagrum
except ImportError:
    pyagrum = None


def random_net(count, reach, seed=0):
    """A net whose nodes have up to three parents among the `reach` nodes before them."""
    random = np.random.default_rng(seed)
    nodes = []
    for v in range(count):
        near = np.arange(max(0, v - reach), v)
        wanted = min(near.size, int(random.integers(0, 4)))
        parents = sorted(random.choice(near, size=wanted, replace=False)) if wanted else []
        size = int(random.integers(2, 5))
        table = random.dirichlet(np.ones(size), size=[len(nodes[p].states) for p in parents])
        states = tuple(f"s{k}" for k in range(size))
        nodes.append(Node(f"n{v}", states, tuple(f"n{p}" for p in parents), table))
    return BayesNet(nodes, f"random {count}/{reach}")


def median_ms(work, rounds):
    times = []
    for k in range(rounds):
        start = time.perf_counter()
        work(k)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def ours(net, rounds):
    start = time.perf_counter()
    compiled = compile_network(net)
    compile_ms = 1000 * (time.perf_counter() - start)

    likely = {name: int(p.argmax()) for name, p in compiled.propagate().marginals.items()}

    def ask(k):
        name = net.names[k % len(net)]
        compiled.propagate(Evidence({name: likely[name]}))

    ask(0)
    return compiled.cost, compile_ms, median_ms(ask, rounds), likely


def theirs(net, likely, rounds):
    peer = pyagrum.BayesNet(net.name)
    for node in net:
        peer.add(pyagrum.LabelizedVariable(node.name, node.name, list(node.states)))
    for node in net:
        for parent in node.parents:
            peer.addArc(parent, node.name)
    for node in net:
        table = peer.cpt(node.name)
        axes = [(*node.parents, node.name).index(name) for name in reversed(table.names)]
        table[:] = np.ascontiguousarray(np.transpose(node.table, axes))
    engine = pyagrum.LazyPropagation(peer)

    def ask(k):
        name = net.names[k % len(net)]
        engine.setEvidence({name: likely[name]})
        engine.makeInference()
        for name in net.names:
            engine.posterior(name).toarray()

    ask(0)
    return median_ms(ask, rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    nets = [bif.read(path) for path in given.files]
    nets = nets or [random_net(37, 8), random_net(200, 8), random_net(1000, 6)]
    warm_up()
    print(f"{'net':24}{'cells':>12}{'compile ms':>12}{'ask ms':>10}{'peer ms':>10}{'ratio':>8}")
    for net in nets:
        cost, compile_ms, ask_ms, likely = ours(net, given.rounds)
        line = f"{net.name:24}{cost.clique_cells:12,}{compile_ms:12.1f}{ask_ms:10.2f}"
        if pyagrum is not None:
            peer_ms = theirs(net, likely, given.rounds)
            line += f"{peer_ms:10.1f}{peer_ms / ask_ms:8.1f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
