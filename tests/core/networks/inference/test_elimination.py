"""Elimination: the kernels and the named rules against slow twins written from definitions."""

import itertools
import math

import networkx as nx  # noqa: TID253
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks import kernels_elimination as kernels
from core.networks import kernels_graph
from core.networks.clique_tree import plan_clique_tree
from core.networks.elimination_order import RULES, elimination_order
from core.networks.errors import NetworkError
from core.networks.structure import structure_from

quick = settings(max_examples=80, deadline=None)
NUMBERS = {"min-weight": 0, "min-fill": 1, "weighted-min-fill": 2, "min-degree": 3}
NAMED = sorted(NUMBERS)


@st.composite
def problems(draw, most=70):
    """Random scopes over variables of few states, and the neighbours that they make."""
    count = draw(st.integers(1, most))
    vertex = st.integers(0, count - 1)
    scopes = draw(st.lists(st.lists(vertex, max_size=4, unique=True), max_size=2 * count))
    sizes = draw(st.lists(st.integers(1, 5), min_size=count, max_size=count))
    neighbours = {v: set() for v in range(count)}
    for scope in scopes:
        for a, b in itertools.permutations(scope, 2):
            neighbours[a].add(b)
    return structure_from(sizes, scopes), neighbours


def rows_of(structure):
    count = structure.sizes.size
    graph = kernels_graph.moral_lists(count, structure.scope_starts, structure.scope_members)
    return kernels_graph.bit_rows(*graph, np.arange(count), np.full(count, -1))


def members_of(row):
    out = np.empty(64 * row.size, np.int64)
    return out[: kernels.list_members(row, out)].tolist()


def slow_weight(v, neighbours, sizes):
    return math.log(sizes[v]) + sum(math.log(sizes[u]) for u in sorted(neighbours[v]))


def slow_cost(v, neighbours, sizes, rule):
    if rule == "min-weight":
        return slow_weight(v, neighbours, sizes)
    if rule == "min-degree":
        return len(neighbours[v])
    pairs = itertools.combinations(sorted(neighbours[v]), 2)
    missing = [(a, b) for a, b in pairs if b not in neighbours[a]]
    return sum(1 if rule == "min-fill" else int(sizes[a] * sizes[b]) for a, b in missing)


def slow_elimination(v, neighbours):
    for a, b in itertools.combinations(neighbours[v], 2):
        neighbours[a].add(b)
        neighbours[b].add(a)
    for a in neighbours.pop(v):
        neighbours[a].discard(v)


@quick
@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted(word):
    assert kernels.count_bits(np.uint64(word)) == word.bit_count()


@quick
@given(st.sets(st.integers(0, 199)))
def test_the_members_of_a_row_are_listed_in_order(members):
    words = [sum(1 << (v - 64 * w) for v in members if v // 64 == w) for w in range(4)]
    assert members_of(np.array(words, dtype=np.uint64)) == sorted(members)


@quick
@given(problems())
def test_the_moral_graph_joins_the_variables_of_every_scope(problem):
    structure, neighbours = problem
    starts, lists = kernels_graph.moral_lists(
        structure.sizes.size, structure.scope_starts, structure.scope_members
    )
    rows = rows_of(structure)
    for v, expected in neighbours.items():
        assert lists[starts[v] : starts[v + 1]].tolist() == sorted(expected)
        assert members_of(rows[v]) == sorted(expected)
        for u in neighbours:
            assert kernels_graph.are_neighbours(starts, lists, v, u) == (u in expected)


@quick
@given(problems())
def test_peeling_takes_vertices_with_complete_neighbourhoods_until_there_are_none(problem):
    structure, neighbours = problem
    count = structure.sizes.size
    starts, lists = kernels_graph.moral_lists(
        count, structure.scope_starts, structure.scope_members
    )
    order, is_gone = np.empty(count, np.int64), np.zeros(count, np.uint8)
    done = kernels_graph.peel(starts, lists, order, is_gone)
    part_starts, vertices = kernels_graph.parts_left(starts, lists, is_gone)
    for v in order[:done].tolist():
        assert slow_cost(v, neighbours, structure.sizes, "min-fill") == 0
        slow_elimination(v, neighbours)
    assert all(slow_cost(v, neighbours, structure.sizes, "min-fill") > 0 for v in neighbours)
    graph = nx.Graph((v, u) for v in neighbours for u in neighbours[v])
    parts = [vertices[a:b].tolist() for a, b in itertools.pairwise(part_starts.tolist())]
    assert parts == sorted(map(sorted, nx.connected_components(graph)))


@quick
@given(problems(), st.sampled_from(NAMED))
def test_costs_of_elimination_are_those_of_their_definitions(problem, rule):
    structure, neighbours = problem
    sizes = structure.sizes.astype(np.float64)
    cost, weight = np.empty(sizes.size), np.empty(sizes.size)
    kernels.start_costs(rows_of(structure), sizes, np.log(sizes), NUMBERS[rule], cost, weight)
    expected = [slow_cost(v, neighbours, sizes, rule) for v in range(sizes.size)]
    assert cost.tolist() == pytest.approx(expected)
    weights = [slow_weight(v, neighbours, sizes) for v in range(sizes.size)]
    assert weight.tolist() == pytest.approx(weights)


@quick
@given(problems(), st.sampled_from(NAMED))
def test_a_rule_takes_the_cheapest_and_breaks_ties_by_weight_and_number(problem, rule):
    structure, neighbours = problem
    sizes = structure.sizes
    for v in elimination_order(structure, rule):
        keys = {
            u: (
                round(slow_cost(u, neighbours, sizes, rule), 9),
                round(slow_weight(u, neighbours, sizes), 9),
                u,
            )
            for u in neighbours
        }
        assert v == min(keys, key=keys.__getitem__)
        slow_elimination(v, neighbours)


@quick
@given(problems(most=30), st.sampled_from(NAMED))
def test_the_costs_kept_up_to_date_give_the_cells_of_the_cliques(problem, rule):
    structure, neighbours = problem
    sizes = structure.sizes.astype(np.float64)
    rows, count = rows_of(structure), sizes.size
    cost, weight, order = np.empty(count), np.empty(count), np.empty(count, np.int64)
    kernels.start_costs(rows, sizes, np.log(sizes), NUMBERS[rule], cost, weight)
    found, _ = kernels.eliminate(
        rows, sizes, np.log(sizes), NUMBERS[rule], np.ones(count), np.inf, cost, weight,
        np.arange(count), count, order,
    )  # fmt: skip
    cliques = []
    for v in order.tolist():
        assert members_of(rows[v]) == sorted(neighbours[v])
        cliques.append({v, *neighbours[v]})
        slow_elimination(v, neighbours)
    maximal = {frozenset(c) for c in cliques if not any(c < other for other in cliques)}
    cells = sum(math.prod(sizes[v] for v in clique) for clique in maximal)
    assert kernels.maximal_cells(rows, order, sizes) == pytest.approx(cells)
    assert found <= cells * (1 + 1e-9)


def test_a_sweep_numbers_a_path_from_one_end_to_the_other():
    names = [4, 0, 3, 6, 1, 5, 2]
    structure = structure_from([2] * 7, list(itertools.pairwise(names)))
    place = np.empty(7)
    kernels.sweep(rows_of(structure), place)
    along = [place[v] for v in names]
    assert along in ([1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1])


@quick
@given(st.lists(st.integers(0, 59), max_size=60, unique=True), st.data())
def test_numbers_are_sorted_by_their_keys_and_equal_keys_by_number(values, data):
    keys = np.array(data.draw(st.lists(st.integers(0, 5), min_size=60, max_size=60)), float)
    out = np.array(values, dtype=np.int64)
    kernels_graph.sort_by(out, keys)
    assert out.tolist() == sorted(values, key=lambda x: (keys[x], x))


def test_an_order_beyond_the_bound_is_given_up():
    structure = structure_from([2] * 6, [range(6)])
    sizes = structure.sizes.astype(np.float64)
    cost, weight, order = np.empty(6), np.empty(6), np.empty(6, np.int64)
    rows = rows_of(structure)
    kernels.start_costs(rows, sizes, np.log(sizes), 0, cost, weight)
    found, _ = kernels.eliminate(
        rows, sizes, np.log(sizes), 0, np.ones(6), 63.0, cost, weight, np.arange(6), 6, order
    )
    assert found == pytest.approx(64.0)


@quick
@given(problems(most=20), st.sampled_from(RULES), st.data())
def test_variables_that_are_free_go_last(problem, rule, data):
    structure, neighbours = problem
    free = data.draw(st.sets(st.sampled_from(sorted(neighbours))))
    order = elimination_order(structure, rule, free_last=free)
    assert sorted(order) == sorted(neighbours)
    assert set(order[len(order) - len(free) :]) == free


def test_a_rule_that_does_not_exist_is_named(asia):
    with pytest.raises(NetworkError, match="no elimination rule 'widest'; the rules are min-fill"):
        elimination_order(asia, "widest")


def test_an_astronomical_elimination_is_refused():
    structure = structure_from([2] * 1100, [range(1100)])
    with pytest.raises(NetworkError, match="by min-fill would make tables of more than 1e300"):
        elimination_order(structure, "min-fill")


@pytest.mark.parametrize("rule", RULES)
def test_a_tree_may_be_planned_by_every_rule(asia, rule):
    tree = plan_clique_tree(asia, rule=rule)
    assert tree.cost.treewidth == 2


def test_a_tree_may_be_planned_by_an_order_of_ones_own(asia):
    order = ("either", "asia", "tub", "smoke", "lung", "bronc", "xray", "dysp")
    tree = plan_clique_tree(asia, rule=order)
    assert tuple(asia.names[v] for v in tree.triangulation.order) == order
    # either meets tub, lung, bronc, xray and dysp: 2^6 cells; smoke then joins lung and bronc.
    assert tree.cost.treewidth == 5
    assert tree.cost.clique_cells == 64 + 8 + 4


def test_an_order_must_name_every_variable_once(asia):
    with pytest.raises(NetworkError, match="names 2 of 8 variables; name each of them once"):
        plan_clique_tree(asia, rule=("asia", "tub"))
    with pytest.raises(NetworkError, match="names 'rain', which is no variable"):
        plan_clique_tree(asia, rule=("rain",))
