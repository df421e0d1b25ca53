"""Compiling once and asking often: what is reused, refused and cancelled."""

import subprocess
import sys
import threading
from importlib import import_module

import numpy as np
import pytest

from core.networks import inference
from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import EvidenceError, TableError
from core.networks.evidence import Evidence
from core.networks.inference import TooLarge, compile_network, infer
from core.networks.model import BayesNet, Node, uniform_table
from core.progress import Cancelled, Progress

STATES = ("no", "yes")

MESSAGE_KERNELS = (
    "kernels_cliques",
    "kernels_factors",
    "kernels_logarithms",
    "kernels_message_plan",
    "kernels_messages",
    "kernels_rows",
)


def lattice(rows, columns, size=2):
    """A lattice in which every node has its neighbours above and to the left as parents."""
    random = np.random.default_rng(5)
    nodes = []
    for i in range(rows):
        for j in range(columns):
            parents = [f"{a},{b}" for a, b in ((i - 1, j), (i, j - 1)) if a >= 0 and b >= 0]
            table = random.dirichlet(np.ones(size), size=(size,) * len(parents))
            states = tuple(map(str, range(size)))
            nodes.append(Node(f"{i},{j}", states, tuple(parents), table))
    return BayesNet(nodes, "lattice")


class CountingProgress(Progress):
    """Cancels itself at its n-th check."""

    def __init__(self, checks):
        super().__init__()
        self.left = checks

    def check(self):
        self.left -= 1
        if self.left == 0:
            self.cancel()
        super().check()


def test_a_net_without_nodes_has_no_posteriors():
    posteriors = infer(BayesNet())
    assert posteriors.marginals == {}
    assert posteriors.log_evidence == 0.0


def test_a_compiled_net_matches_nets_of_the_same_structure_only(asia):
    compiled = compile_network(asia)
    assert compiled.matches(asia)
    assert compiled.matches(asia.moved({"lung": (3, 4)}).with_table("asia", [0.5, 0.5]))
    assert not compiled.matches(asia.renamed("lung", "cancer"))
    assert not compiled.matches(asia.without_arc("smoke", "bronc"))
    assert not compiled.matches(asia.without_nodes(["xray"]))
    assert not compiled.matches(asia.with_states("asia", ["yes", "no", "?"], [0, 1, None]))
    assert not compiled.matches(asia.with_parents_reordered("dysp", ["either", "bronc"]))


def test_a_changed_table_gives_the_posteriors_of_a_net_compiled_anew(asia):
    compiled = compile_network(asia)
    before = compiled.propagate().marginals["dysp"].tolist()
    edited = asia.with_table("smoke", [0.2, 0.8]).with_table("bronc", [[0.7, 0.3], [0.1, 0.9]])
    found = compiled.with_tables(edited).propagate(Evidence({"dysp": 0}))
    expected = infer_by_enumeration(edited, Evidence({"dysp": 0}))
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(found.marginals[name], marginal, atol=1e-13)
    assert compiled.propagate().marginals["dysp"].tolist() == before


def test_tables_that_did_not_change_are_not_touched(asia):
    compiled = compile_network(asia)
    assert compiled.with_tables(asia) is compiled
    moved = compiled.with_tables(asia.moved({"asia": (1.0, 2.0)}))
    assert moved.potentials is compiled.potentials
    assert moved.net["asia"].position == (1.0, 2.0)


def test_an_edit_that_is_undone_is_not_triangulated_again():
    net = lattice(4, 4)
    before = compile_network(net).tree.triangulation
    edited = net.with_arc("0,0", "2,2")
    assert compile_network(edited).tree.triangulation is not before
    assert compile_network(edited.without_arc("0,0", "2,2")).tree.triangulation is before


def test_a_column_of_zeros_is_named(asia):
    table = np.array(asia["dysp"].table)
    table[0, 1] = 0.0
    sentence = "The table of dysp holds only zeros in the column bronc = yes, either = no"
    with pytest.raises(TableError, match=sentence):
        compile_network(asia.with_table("dysp", table))
    with pytest.raises(TableError, match="The table of smoke holds only zeros; give"):
        compile_network(asia).with_tables(asia.with_table("smoke", [0.0, 0.0]))


def test_evidence_that_does_not_fit_is_refused(asia):
    compiled = compile_network(asia)
    with pytest.raises(EvidenceError, match="rain"):
        compiled.propagate(Evidence({"rain": 0}))
    with pytest.raises(EvidenceError, match="lung"):
        compiled.propagate(Evidence({"lung": 2}))


def test_tables_beyond_the_limit_are_refused_with_their_number():
    with pytest.raises(TooLarge, match=r"in lattice would need [\d,]+ table cells .* limit is 50;"):
        compile_network(lattice(4, 4), cell_limit=50)


def test_a_net_far_beyond_any_memory_is_refused_without_an_attempt():
    with pytest.raises(TooLarge, match=r"about \d\.\de\+\d+ table cells") as caught:
        compile_network(lattice(40, 40, size=4))
    assert caught.value.cells > 1e20


def test_a_node_with_many_single_state_parents_is_no_trouble():
    causes = [Node(f"c{k}", ("only",), (), uniform_table([], 1)) for k in range(60)]
    parents = tuple(node.name for node in causes)
    first = Node("e", STATES, parents, np.full((1,) * 60 + (2,), 0.5))
    second = Node("f", STATES, (*parents[:50], "e"), np.full((1,) * 50 + (2, 2), 0.5))
    posteriors = infer(BayesNet([*causes, first, second]), Evidence({"f": 1}))
    assert posteriors.marginals["e"].tolist() == [0.5, 0.5]
    assert posteriors.marginals["c7"].tolist() == [1.0]


def test_posteriors_cannot_be_written_to(asia):
    with pytest.raises(ValueError, match="read-only"):
        infer(asia).marginals["lung"][0] = 1.0


@pytest.mark.parametrize("checks", [1, 2])
def test_compiling_can_be_cancelled(checks):
    with pytest.raises(Cancelled):
        compile_network(lattice(5, 5, size=3), CountingProgress(checks))


def with_small_budget(monkeypatch, cells):
    from core.networks import messages

    for content in messages.BUDGET_CELLS:
        monkeypatch.setitem(messages.BUDGET_CELLS, content, cells)


def test_passing_messages_can_be_cancelled_between_chunks(monkeypatch):
    compiled = compile_network(lattice(6, 6))
    with_small_budget(monkeypatch, 100)
    counting = CountingProgress(10**9)
    compiled.propagate(progress=counting)
    looks = 10**9 - counting.left
    assert looks > 10
    for checks in (1, looks // 2, looks):
        with pytest.raises(Cancelled):
            compiled.propagate(progress=CountingProgress(checks))
    progress = Progress()
    compiled.propagate(progress=progress)
    assert 0.9 < progress.fraction <= 1.0


@pytest.mark.parametrize("scale", [1.0, 1e-300])
def test_chunks_do_not_change_the_answer(monkeypatch, scale):
    net = lattice(5, 5, size=3)
    evidence = Evidence({"2,2": 1, "4,0": (0.2, 0.5, 1.0), "0,1": (scale, scale * scale, scale)})
    whole = infer(net, evidence)
    with_small_budget(monkeypatch, 50)
    parts = compile_network(net).propagate(evidence, Progress())
    assert parts.log_evidence == pytest.approx(whole.log_evidence, abs=1e-12)
    for name, marginal in whole.marginals.items():
        np.testing.assert_allclose(parts.marginals[name], marginal, atol=1e-13)


def test_several_threads_may_ask_one_compiled_net():
    compiled = compile_network(lattice(7, 7))
    questions = [Evidence({f"{k},{k}": s}) for k in range(7) for s in (0, 1)]
    expected = [compiled.propagate(e).log_evidence for e in questions]
    found = [None] * len(questions)

    def ask(k):
        found[k] = compiled.propagate(questions[k]).log_evidence

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_importing_inference_does_not_import_numba():
    code = (
        "import sys, core.networks.inference, core.networks.brute_force;"
        "print(sorted({'numba', 'scipy', 'networkx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_kernel_has_one_signature(asia):
    from numba.core.registry import CPUDispatcher
    from numba.types import unliteral

    compiled = inference.compile_network(asia)
    compiled.propagate(Evidence({"dysp": 0}))
    compiled.propagate(Evidence({"dysp": (1e-300, 1.0), "lung": (1e-300, 1.0)}))
    with pytest.raises(inference.ImpossibleEvidence):
        compiled.propagate(Evidence({"lung": 0, "either": 1}))
    compiled.with_tables(asia.with_table("smoke", [0.1, 0.9])).propagate()
    found = {
        name: len({tuple(map(unliteral, types)) for types in value.signatures})
        for module in MESSAGE_KERNELS
        for name, value in vars(import_module(f"core.networks.{module}")).items()
        if isinstance(value, CPUDispatcher)
    }
    assert len(found) > 30
    assert set(found.values()) <= {0, 1}  # 0 where a caller brought it along from the cache


WARMED = """
from numba.core.registry import CPUDispatcher
from core.kernel_cache import configure_kernel_cache
configure_kernel_cache()
from core.networks import inference, kernels_messages, kernels_message_plan, kernels_factors, zoo
from core.networks.evidence import Evidence

def fetched():
    modules = (kernels_messages, kernels_message_plan, kernels_factors)
    found = [v.stats for m in modules for v in vars(m).values() if isinstance(v, CPUDispatcher)]
    return sum(sum(each.cache_hits.values()) + sum(each.cache_misses.values()) for each in found)

inference.warm_up()
before = fetched()
net = zoo.example("chest-clinic").build().net
compiled = inference.compile_network(net)
compiled.propagate(Evidence({"dysp": (1e-300, 1.0), "lung": (1e-300, 1.0)}))
compiled.propagate(Evidence({"dysp": (1e-300, 1e-300), "lung": (1e-300, 1e-300)}))
try:
    compiled.propagate(Evidence({"lung": 0, "either": 1}))
except inference.ImpossibleEvidence:
    print(before > 0, fetched() - before)
"""


def test_after_the_warm_up_no_kernel_is_compiled_or_loaded_any_more():
    done = subprocess.run(
        [sys.executable, "-c", WARMED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "0"]
