"""Messages of large cliques, contracted two tables at a time, against the same thing said plainly.

Cliques of small nets are contracted here as well, which they would not be otherwise.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks import kernels_rows as rows
from core.networks import messages
from core.networks.brute_force import infer_by_enumeration
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.kernels_contraction import LEFT_OUT, form_target
from tests.core.networks.inference.test_random_nets import assert_same, problems
from tests.core.networks.strategies import patient

LETTERS = "abcdef"
ALWAYS, NEVER = 0, 2**62


@st.composite
def products(draw):
    """A few tables over some axes, which of them lie among the factors, and the axes to keep."""
    shape = draw(st.lists(st.integers(2, 7), min_size=1, max_size=6))
    axes = range(len(shape))
    scopes = draw(st.lists(st.permutations(axes), min_size=1, max_size=4))
    scopes = [scope[: draw(st.integers(0, len(shape)))] for scope in scopes]
    target = draw(st.permutations(axes))[: draw(st.integers(0, len(shape)))]
    factors = [draw(st.booleans()) for _ in scopes]
    left_out = draw(st.sampled_from([LEFT_OUT, *range(len(scopes))]))
    return shape, scopes, target, factors, left_out, draw(st.integers(0, 2**32 - 1))


def strides_of(shape, scope):
    """Strides of a table whose axes come in the order of `scope`, and one cell in two is used."""
    strides, step = [0] * len(shape), 1
    for j in reversed(scope):
        strides[j] = step
        step *= shape[j]
    return strides, step


def numbers(random, shape, scope):
    table = random.random([shape[j] for j in scope])
    return table * (random.random(table.shape) < 0.8)


def placed(shape, scopes, target, tables, factors):
    """The tables one after another, in the two arrays that kernels know, and where they lie."""
    columns = len(scopes) + 1 + 5 * len(scopes) + 8
    strides = np.zeros((len(shape), columns), np.int64)
    base = np.zeros(columns, np.int64)
    term = np.zeros((len(scopes) + 1, 5), np.int64)
    parts = [[], []]
    for t, (table, is_factor) in enumerate(zip(tables, factors, strict=True)):
        array = parts[0 if is_factor else 1]
        strides[:, t], _ = strides_of(shape, scopes[t])
        base[t] = sum(part.size for part in array)
        term[t, 1] = 0 if is_factor else 1
        array.append(table.reshape(-1))
    strides[:, len(scopes)], size = strides_of(shape, target)
    base[len(scopes)] = sum(part.size for part in parts[1])
    term[len(scopes), 1] = 1
    cells, work = (np.concatenate([*part, np.empty(0)]) for part in parts)
    return cells, np.concatenate([work, np.zeros(size)]), strides, base, term


@patient
@given(products())
def test_a_target_is_the_sum_of_products_whatever_the_order_of_the_axes(problem):
    shape, scopes, target, factors, left_out, seed = problem
    random = np.random.default_rng(seed)
    tables = [numbers(random, shape, scope) for scope in scopes]
    cells, work, strides, base, term = placed(shape, scopes, target, tables, factors)
    count, used = len(scopes), work.size
    before = work.copy()
    work = np.concatenate([work, np.full(100_000, np.nan)])
    sizes = np.array(shape, np.int64)
    given_ = (left_out, count, count + 1, used, len(shape), cells, work, sizes)
    cost = form_target(True, count, *given_, strides.copy(), base.copy(), term)
    assert np.isfinite(cost)
    form_target(False, count, *given_, strides, base, term)

    taken = [t for t in range(count) if t != left_out]
    everything = np.ones(shape)
    expected = np.einsum(
        ",".join(["".join(LETTERS[j] for j in range(len(shape)))] * 1)
        + "".join("," + "".join(LETTERS[j] for j in scopes[t]) for t in taken)
        + "->"
        + "".join(LETTERS[j] for j in target),
        everything,
        *(tables[t] for t in taken),
    )
    # an axis that no table varies along is not summed over: the kernels know none
    idle = [
        j for j in range(len(shape)) if j not in target and not any(j in scopes[t] for t in taken)
    ]
    expected = expected / np.prod([shape[j] for j in idle])
    found = work[base[count] : used].reshape([shape[j] for j in target])
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert work[: base[count]].tolist() == before[: base[count]].tolist()


def test_where_there_is_no_room_the_cost_is_infinite():
    shape, scopes = [3, 4, 5], [(0, 2), (2, 1)]
    tables = [np.ones([shape[j] for j in scope]) for scope in scopes]
    cells, work, strides, base, term = placed(shape, scopes, (1, 0), tables, [True, True])
    given_ = (LEFT_OUT, 2, 3, work.size, 3, cells, work, np.array(shape))
    assert form_target(True, 2, *given_, strides, base, term) == np.inf


@patient
@given(st.integers(0, 40), st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_rows_times_rows_are_added_up(length, pairs, seed):
    random = np.random.default_rng(seed)
    cells = random.random(1000)
    steps = random.integers(0, 400, (2, pairs))
    left = np.array([cells[100 + a : 100 + a + length] for a in steps[0]]).reshape(pairs, length)
    right = np.array([cells[101 + b : 101 + b + length] for b in steps[1]]).reshape(pairs, length)
    given_ = (length, steps[0], steps[1], 0, pairs)
    sums = cells.copy()
    rows.add_products(sums, 100, 101, 900, *given_)
    expected = cells[900 : 900 + length] + (left * right).sum(axis=0)
    np.testing.assert_allclose(sums[900 : 900 + length], expected, rtol=1e-13)
    sums = cells.copy()
    rows.add_products_with_numbers(sums, 100, 101, 900, *given_)
    expected = cells[900 : 900 + length] + (left * cells[101 + steps[1]][:, None]).sum(axis=0)
    np.testing.assert_allclose(sums[900 : 900 + length], expected, rtol=1e-13)
    total = rows.sum_products(cells, 100, 101, *given_)
    assert total == pytest.approx((left * right).sum(), rel=1e-13)


@pytest.fixture
def contracted(monkeypatch):
    """Contract the messages of every clique."""
    monkeypatch.setattr(messages, "SMALLEST_CONTRACTED", ALWAYS)


@pytest.mark.usefixtures("contracted")
def test_contracted_messages_agree_with_the_joint_table():
    @patient
    @given(problems())
    def agree(problem):
        net, evidence = problem
        compiled = compile_network(net)
        try:
            expected = infer_by_enumeration(net, evidence)
        except ImpossibleEvidence:
            with pytest.raises(ImpossibleEvidence):
                compiled.propagate(evidence)
        else:
            assert_same(compiled.propagate(evidence), expected)

    agree()


@pytest.mark.usefixtures("contracted")
def test_contracted_messages_stay_good_from_one_finding_to_the_next():
    @patient
    @given(problems(), st.data())
    def agree(problem, data):
        net, evidence = problem
        live = compile_network(net).live
        steps = data.draw(st.lists(st.sampled_from(net.names), min_size=1, max_size=6))
        for name in steps:
            state = data.draw(st.none() | st.integers(0, len(net[name].states) - 1))
            if state is None:
                evidence = Evidence({n: f for n, f in evidence.items() if n != name})
            else:
                evidence = evidence.observing(name, state)
            try:
                expected = infer_by_enumeration(net, evidence)
            except ImpossibleEvidence:
                with pytest.raises(ImpossibleEvidence):
                    live.update(evidence)
            else:
                assert_same(live.update(evidence), expected)

    agree()


def large_net(random):
    """Three crossing chains of many states: a clique of some 100 000 cells, zeros in the tables."""
    from core.networks.model import BayesNet, Node

    sizes = {"a": 9, "b": 7, "c": 8, "d": 6, "e": 11, "f": 5, "g": 6}
    parents = {"a": "", "b": "a", "c": "ab", "d": "b", "e": "ad", "f": "ce", "g": "df"}
    nodes = []
    for name, above in parents.items():
        table = random.gamma(0.5, size=[*(sizes[p] for p in above), sizes[name]])
        table[random.random(table.shape) < 0.2] = 0.0
        table[..., 0] += table.sum(axis=-1) == 0
        table /= table.sum(axis=-1, keepdims=True)
        nodes.append(Node(name, tuple(f"s{k}" for k in range(sizes[name])), tuple(above), table))
    return BayesNet(nodes, "crossing")


@pytest.mark.parametrize("seed", range(5))
def test_both_ways_of_sending_messages_agree(seed, monkeypatch):
    random = np.random.default_rng(seed)
    net = large_net(random)
    compiled = compile_network(net, rule=tuple("abcdefg"[seed % 3 :] + "abcdefg"[: seed % 3]))
    likelihood = tuple(random.random(6))
    for evidence in (Evidence(), Evidence({"g": 0}), Evidence({"f": 1, "d": likelihood})):
        monkeypatch.setattr(messages, "SMALLEST_CONTRACTED", ALWAYS)
        found = compiled.propagate(evidence)
        beliefs = compiled.calibrate(evidence)
        monkeypatch.setattr(messages, "SMALLEST_CONTRACTED", NEVER)
        assert_same(found, compiled.propagate(evidence))
        expected = compiled.calibrate(evidence)
        for clique in range(len(expected.scopes)):
            np.testing.assert_allclose(
                beliefs.belief(clique), expected.belief(clique), rtol=1e-9, atol=1e-13
            )
