"""Times exact inference beside pyAgrum's, on network files or, without any, on nets made here.

    python tests/benchmarks/inference_speed.py [FILE.bif|.bif.gz|.uai ...] [--rounds 5]

With no evidence, 10% and 50% of the leaves observed: a fresh engine (triangulate, build, propagate
and read every posterior) beside the faster of the peer's LazyPropagation and ShaferShenoy, and
one changed finding on an engine that knows the rest, beside the peer told of the same change. The
peer runs in a process of its own, on one thread, with plain names for nodes and states; without it
its columns stay empty. Run it from the project's folder with the extra `peers` installed.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.kernel_cache import configure_kernel_cache

configure_kernel_cache()

from core.networks.evidence import Evidence  # noqa: E402
from core.networks.formats import bif, uai  # noqa: E402
from core.networks.inference import compile_network, warm_up, warm_up_contraction  # noqa: E402
from core.networks.live_engine import LiveEngine  # noqa: E402
from core.networks.model import BayesNet, Node  # noqa: E402
from core.networks.triangulation import forget_triangulations  # noqa: E402

SHARES = (0.0, 0.1, 0.5)
"""Parts of the leaves that are observed."""

PEER = """
import json, statistics, sys, time
import numpy as np, pyagrum
nodes, levels, rounds = json.load(open(sys.argv[1]))
net = pyagrum.BayesNet()
for name, size, parents, table in nodes:
    net.add(pyagrum.LabelizedVariable(name, name, size))
for name, size, parents, table in nodes:
    for parent in parents:
        net.addArc(parent, name)
for name, size, parents, table in nodes:
    family = [*parents, name]
    shape = [net.variable(each).domainSize() for each in family]
    cpt = net.cpt(name)
    axes = [family.index(each) for each in reversed(cpt.names)]
    cpt[:] = np.ascontiguousarray(np.transpose(np.array(table).reshape(shape), axes))
names = [node[0] for node in nodes]
def read(engine):
    engine.makeInference()
    for name in names:
        engine.posterior(name).tolist()
answers = []
for evidence, switch in levels:
    best = []
    for kind in (pyagrum.LazyPropagation, pyagrum.ShaferShenoyInference):
        fresh, changed = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            engine = kind(net)
            if hasattr(engine, "setNumberOfThreads"):
                engine.setNumberOfThreads(1)
            engine.setEvidence(evidence)
            read(engine)
            fresh.append(time.perf_counter() - start)
            if switch:
                start = time.perf_counter()
                engine.addEvidence(*switch)
                read(engine)
                changed.append(time.perf_counter() - start)
            if sum(fresh) > 10:
                break
        best.append((statistics.median(fresh), statistics.median(changed or [0.0])))
    answers.append([min(pair) for pair in zip(*best)])
json.dump(answers, sys.stdout)
"""


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


def read_model(path):
    return uai.read(path) if ".uai" in path.name else bif.read(path)


def possible_case(model):
    """A state for each variable that together are possible: the likeliest, one after another."""
    engine, evidence = LiveEngine(compile_network(model)), Evidence()
    for name in model.names:
        marginal = engine.update(evidence, [name]).marginals[name]
        evidence = evidence.observing(name, int(marginal.argmax()))
    return evidence


def questions(model, case):
    """For each share of leaves the evidence and one more finding."""
    if isinstance(model, BayesNet):
        leaves = [name for name in model.names if not model.children(name)]
    else:
        leaves = list(model.names)
    order = np.random.default_rng(1).permutation(len(leaves))
    asked = []
    for share in SHARES:
        count = max(1, round(share * len(leaves))) if share else 0
        seen = [leaves[k] for k in sorted(order[:count])]
        free = [name for name in model.names if name not in seen]
        switch = free[len(free) // 2] if free else None
        asked.append((Evidence({name: case[name] for name in seen}), switch))
    return asked


def ours(model, evidence, switch, case, rounds):
    """Return the cells, and the medians of a fresh engine, of its compiling and of a change."""

    def read(posteriors):
        return [posteriors.marginals[name].tolist() for name in model.names]

    compiling, fresh, changed = [], [], []
    for _ in range(rounds):
        forget_triangulations()
        start = time.perf_counter()
        compiled = compile_network(model)
        compiling.append(time.perf_counter() - start)
        read(compiled.propagate(evidence))
        fresh.append(time.perf_counter() - start)
    engine = LiveEngine(compiled)
    for _ in range(rounds if switch else 0):
        engine.update(evidence)
        start = time.perf_counter()
        read(engine.update(evidence.observing(switch, case[switch])))
        changed.append(time.perf_counter() - start)
    times = (compiling, fresh, changed or [math.nan])
    return compiled.cost.clique_cells, *map(statistics.median, times)


def theirs(model, asked, case, rounds):
    """Return (fresh, changed) seconds of the peer for each question, or None without it."""
    if not isinstance(model, BayesNet):
        return None
    plain = {name: f"v{k}" for k, name in enumerate(model.names)}
    nodes = [
        (plain[n.name], len(n.states), [plain[p] for p in n.parents], n.table.reshape(-1).tolist())
        for n in model
    ]
    levels = [
        ({plain[n]: f for n, f in evidence.items()}, (plain[s], case[s]) if s else None)
        for evidence, s in asked
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump((nodes, levels, rounds), file)
        file.flush()
        done = subprocess.run([sys.executable, "-c", PEER, file.name], capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    models = [(path.name.split(".")[0], path) for path in given.files]
    made = [random_net(37, 8), random_net(200, 8), random_net(1000, 6)]
    warm_up()
    warm_up_contraction()
    print(
        f"{'net':16}{'leaves':>7}{'cells':>12}{'compile ms':>12}{'fresh ms':>10}{'peer ms':>10}"
        f"{'ratio':>7}{'change ms':>11}{'peer ms':>10}{'ratio':>7}"
    )
    ratios = {"fresh": [], "change": []}
    for name, model in [(n, read_model(p)) for n, p in models] or [(n.name, n) for n in made]:
        case = possible_case(model)
        asked = questions(model, case)
        peer = theirs(model, asked, case, given.rounds)
        for k, (evidence, switch) in enumerate(asked):
            cells, compiling, fresh, change = ours(model, evidence, switch, case, given.rounds)
            line = f"{name:16}{SHARES[k]:7.0%}{cells:12,}{1e3 * compiling:12.2f}{1e3 * fresh:10.2f}"
            if peer is None:
                print(line + f"{'':17}{1e3 * change:11.2f}", flush=True)
                continue
            ratios["fresh"].append(peer[k][0] / fresh)
            ratios["change"].append(peer[k][1] / change)
            line += f"{1e3 * peer[k][0]:10.2f}{ratios['fresh'][-1]:7.1f}"
            line += f"{1e3 * change:11.2f}{1e3 * peer[k][1]:10.2f}{ratios['change'][-1]:7.1f}"
            print(line, flush=True)
    for what, found in ratios.items():
        if found:
            print(
                f"{what}: {statistics.geometric_mean(found):.1f} times as fast as the peer "
                f"(geometric mean), at least {min(found):.1f} times"
            )


if __name__ == "__main__":
    main()
