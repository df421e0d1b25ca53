"""Multiplications and additions: what is predicted is what is counted, at every level."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.calibration import METHODS, calibrate
from core.networks.levels.clique_pairs import clique_pairs
from core.networks.levels.naive_marginalization import naive_steps
from core.networks.levels.operation_counts import (
    LEVELS,
    Operations,
    cost_table,
    level_costs,
    predicted_operations,
)
from core.networks.levels.tree_reading import read_query
from core.networks.levels.variable_elimination import eliminate
from core.networks.levels.variable_pairs import variable_pairs
from core.networks.model import BayesNet, Node
from core.networks.zoo import example
from tests.core.networks.levels.random_models import problems
from tests.core.networks.strategies import patient


@patient
@given(st.data())
def test_predicted_is_counted_at_every_level(data):
    model, evidence = data.draw(problems())
    query = data.draw(st.lists(st.sampled_from(model.names), max_size=2, unique=True))
    run = calibrate(model, evidence)
    targets = [model.names.index(name) for name in query]
    reading = read_query(run.tree, run.beliefs, targets).operations
    counted = {
        "naive": naive_steps(model, evidence, query).operations,
        "variable-elimination": eliminate(model, evidence, query).operations,
        "clique-tree": run.operations + reading,
        "all-pairs": run.operations + clique_pairs(run.tree, run.beliefs).operations + reading,
        "variable-pairs": run.operations
        + variable_pairs(run.tree, run.beliefs).operations
        + reading,
    }
    for level in LEVELS:
        assert predicted_operations(model, evidence, query, level) == counted[level]


@pytest.mark.parametrize("method", METHODS)
@patient
@given(problem=problems())
def test_both_calibrations_cost_what_was_predicted(method, problem):
    run = calibrate(*problem, method)
    assert run.operations == level_costs(*problem, method=method).calibration


@patient
@given(problems(5))
def test_the_table_of_all_pairs_adds_up_what_runs_count(problem):
    model, evidence = problem
    rows = {row.level: row for row in cost_table(model, evidence, model.names[:1], 3)}
    run = calibrate(model, evidence)
    pairs = clique_pairs(run.tree, run.beliefs)
    free = [v for v, name in enumerate(model.names) if not isinstance(evidence.get(name), int)]
    chosen = [(a, b) for k, a in enumerate(free) for b in free[k + 1 :]]
    naive = tree = Operations()
    cliques = pairs.operations
    for a, b in chosen:
        naive += naive_steps(model, evidence, [model.names[a], model.names[b]]).operations
        tree += read_query(run.tree, run.beliefs, (a, b)).operations
        cliques += pairs.joint_of_pair(a, b)[1]
    assert rows["naive"].all_pairs == naive
    assert rows["clique-tree"].all_pairs == run.operations + tree
    assert rows["all-pairs"].all_pairs == run.operations + cliques


def test_naive_marginalisation_multiplies_cell_by_cell(sprinkler):
    """Products over 4, 8 and 16 cells; sums 16 → 8 → 4 → 2; normalising two cells."""
    expected = Operations(4 + 8 + 16 + 2, 8 + 4 + 2 + 1)
    assert predicted_operations(sprinkler, None, [sprinkler.names[0]], "naive") == expected


def test_a_chain_of_three_cliques_costs_what_the_convention_says():
    """Cliques ab, bc, cd of four cells; the middle one collects from both sides."""
    step = np.array([[0.9, 0.1], [0.2, 0.8]])
    names = "abcd"
    nodes = [Node("a", ("0", "1"), (), np.array([0.5, 0.5]))]
    nodes += [Node(v, ("0", "1"), (u,), step) for u, v in itertools.pairwise(names)]
    run = calibrate(BayesNet(nodes), None, "belief-update")
    # potentials: P(a) P(b | a) costs 4; each of 4 messages sums 4 → 2, divides 2, multiplies 4
    assert run.operations == Operations(4 + 4 * (2 + 4), 4 * 2)
    # sum-product: the clique in the middle multiplies a message for each of its two answers, and
    # every clique its messages for its belief; what it has multiplied before it keeps
    assert calibrate(BayesNet(nodes)).operations == Operations(4 + 4 * 5, 4 * 2)


def test_each_level_is_worth_its_while(asia):
    """Why there are levels: many queries favour the tree, and all pairs favour the pairs."""
    rows = {row.level: row for row in cost_table(asia, None, ["dysp"], 20)}
    assert rows["variable-elimination"].this_query.total < rows["naive"].this_query.total
    assert rows["variable-elimination"].this_query.total < rows["clique-tree"].this_query.total
    assert rows["clique-tree"].many_queries.total < rows["variable-elimination"].many_queries.total
    assert rows["all-pairs"].all_pairs.total < rows["clique-tree"].all_pairs.total
    assert rows["clique-tree"].all_pairs.total < rows["variable-elimination"].all_pairs.total
    assert rows["variable-elimination"].all_pairs.total < rows["naive"].all_pairs.total


def test_nothing_is_run_where_a_level_could_not_be():
    net = example("monitoring").build().net
    rows = {row.level: row for row in cost_table(net, Evidence(), net.names[:1], 2)}
    assert rows["naive"].this_query.multiplications > 10**15


def test_an_unknown_level_is_refused(asia):
    with pytest.raises(NetworkError, match="no level 'fifth'"):
        predicted_operations(asia, None, ["dysp"], "fifth")
