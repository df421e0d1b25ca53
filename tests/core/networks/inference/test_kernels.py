"""The kernels against slow twins written from their formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks import kernels, kernels_elimination
from core.networks.triangulation import Structure, members_of, moral_graph

quick = settings(max_examples=80, deadline=None)


@st.composite
def graphs(draw, most=80):
    """A random graph as (moral graph in words, neighbour sets, sizes)."""
    count = draw(st.integers(1, most))
    vertex = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(vertex, vertex), max_size=3 * count))
    sizes = tuple(draw(st.lists(st.integers(1, 5), min_size=count, max_size=count)))
    neighbours = {v: set() for v in range(count)}
    for a, b in edges:
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    structure = Structure(sizes, (*((v,) for v in range(count)), *edges))
    return moral_graph(structure), neighbours, np.array(sizes, dtype=np.float64)


def slow_cost(v, neighbours, sizes, rule):
    weight = math.log(sizes[v]) + sum(math.log(sizes[u]) for u in sorted(neighbours[v]))
    if rule == kernels_elimination.MIN_WEIGHT:
        return weight
    missing = [
        (a, b) for a, b in itertools.combinations(neighbours[v], 2) if b not in neighbours[a]
    ]
    return sum(
        1 if rule == kernels_elimination.MIN_FILL else sizes[a] * sizes[b] for a, b in missing
    )


@quick
@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted(word):
    assert kernels_elimination.count_bits(np.uint64(word)) == word.bit_count()


@quick
@given(st.sets(st.integers(0, 199)))
def test_the_members_of_a_row_are_listed_in_order(members):
    words = [sum(1 << (v - 64 * w) for v in members if v // 64 == w) for w in range(4)]
    row, out = np.array(words, dtype=np.uint64), np.empty(256, np.int64)
    count = kernels_elimination.list_members(row, out)
    assert out[:count].tolist() == sorted(members)
    assert members_of(row) == sorted(members)


@quick
@given(graphs())
def test_costs_of_elimination_are_those_of_their_definitions(problem):
    graph, neighbours, sizes = problem
    scratch = np.empty(sizes.size, np.int64)
    for v in range(sizes.size):
        fill = kernels_elimination.fill_cost(v, graph, sizes, scratch, False, np.inf)
        weighted = kernels_elimination.fill_cost(v, graph, sizes, scratch, True, np.inf)
        weight = kernels_elimination.weight_cost(v, graph, np.log(sizes), scratch)
        assert fill == slow_cost(v, neighbours, sizes, kernels_elimination.MIN_FILL)
        assert (
            3 < kernels_elimination.fill_cost(v, graph, sizes, scratch, False, 3.0) <= fill
            or fill <= 3
        )
        assert weighted == slow_cost(v, neighbours, sizes, kernels_elimination.WEIGHTED_MIN_FILL)
        assert weight == pytest.approx(
            slow_cost(v, neighbours, sizes, kernels_elimination.MIN_WEIGHT)
        )


@quick
@given(
    graphs(),
    st.sampled_from(
        [
            kernels_elimination.MIN_WEIGHT,
            kernels_elimination.MIN_FILL,
            kernels_elimination.WEIGHTED_MIN_FILL,
        ]
    ),
)
def test_each_step_eliminates_a_cheapest_vertex(problem, rule):
    graph, neighbours, sizes = problem
    order = np.empty(sizes.size, np.int64)
    total = kernels_elimination.eliminate(graph, sizes, rule, np.ones(sizes.size), np.inf, order)
    assert sorted(order) == list(range(sizes.size))
    cells = 0.0
    for v in order.tolist():
        costs = {u: slow_cost(u, neighbours, sizes, rule) for u in neighbours}
        assert costs[v] <= min(costs.values()) + 1e-9
        assert members_of(graph[v]) == sorted(neighbours[v])
        cells += math.prod(sizes[u] for u in {v, *neighbours[v]})
        for a, b in itertools.combinations(neighbours[v], 2):
            neighbours[a].add(b)
            neighbours[b].add(a)
        for a in neighbours.pop(v):
            neighbours[a].discard(v)
    assert total == pytest.approx(cells)


def test_an_order_beyond_the_bound_is_given_up():
    graph = moral_graph(Structure((2,) * 6, (tuple(range(6)),)))
    order = np.empty(6, np.int64)
    assert (
        kernels_elimination.eliminate(graph, np.full(6, 2.0), 0, np.ones(6), 63.0, order) == np.inf
    )


@quick
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=5))
def test_a_map_holds_the_sum_of_digits_times_strides(axes):
    sizes = np.array([size for size, _ in axes], dtype=np.int64)
    strides = np.array([stride for _, stride in axes], dtype=np.int64)
    out = np.empty(int(np.prod(sizes)), np.uint32)
    kernels.fill_map(sizes, strides, out)
    digits = itertools.product(*(range(size) for size in sizes))
    assert out.tolist() == [int(np.dot(each, strides)) for each in digits]


@quick
@given(st.lists(st.floats(-700, 700), min_size=1, max_size=20), st.integers(1, 3))
def test_logarithms_are_added_as_numbers_are(values, targets):
    row = np.array([*values, -np.inf])
    target = np.full(targets, -np.inf)
    low = np.arange(row.size, dtype=np.uint32) % np.uint32(targets)
    kernels.log_add_row(row, target, low)
    for cell in range(targets):
        mine = row[low == cell]
        largest = mine.max(initial=-np.inf)
        if largest == -np.inf:
            assert target[cell] == -np.inf
        else:
            expected = largest + math.log(np.exp(mine - largest).sum())
            assert target[cell] == pytest.approx(expected, abs=1e-12)


def test_products_near_the_end_of_the_range_are_noticed():
    low = np.zeros(3, np.uint32)
    for run in (1, 3):
        row = np.array([1e-200, 0.0, 1.0])
        assert kernels.multiply_row(row, np.array([1e-100]), low, run) == 1
        row = np.array([1e-100, 0.0, 1.0])
        assert kernels.multiply_row(row, np.array([1e-100]), low, run) == 0
        assert row.tolist() == [1e-200, 0.0, 1e-100]
        assert kernels.multiply_row(row, np.array([0.0]), low, run) == 0


@quick
@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_rows_are_multiplied_and_summed_as_their_maps_say(run, stretches, targets, seed):
    random = np.random.default_rng(seed)
    low = np.repeat(random.integers(0, targets, stretches), run).astype(np.uint32)
    row, table = random.random(low.size), random.random(targets)
    for multiply in (kernels.multiply_row, kernels.scale_row):
        product = row.copy()
        multiply(product, table, low, run)
        assert product.tolist() == (row * table[low]).tolist()
    kernels.add_row(row, sums := table.copy(), low, run)
    expected = [table[t] + row[low == t].sum() for t in range(targets)]
    assert sums.tolist() == pytest.approx(expected, abs=1e-14)


def test_a_message_divided_by_nothing_is_nothing():
    down, up = np.array([0.0, 0.25]), np.array([0.0, 0.5])
    assert kernels.divide_message(down, up, 0.5, kernels.LINEAR)
    assert down.tolist() == [0.0, 1.0]
