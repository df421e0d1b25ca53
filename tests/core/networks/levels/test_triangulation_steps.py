"""Level 2: from the moral graph to the clique tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.levels.greedy import GREEDY_RULES
from core.networks.levels.triangulation_steps import WATCHED_RULES, triangulation_steps
from core.networks.markov_network import MarkovNetwork, Potential, Variable, neutral_table
from core.networks.model import BayesNet
from core.networks.moral import factor_scopes, married_pairs, moral_edges
from tests.core.networks.levels.random_models import models
from tests.core.networks.strategies import patient


def _grid(side):
    """A square lattice of binary variables with a potential on every edge."""
    names = [f"{i},{k}" for i in range(side) for k in range(side)]
    pairs = [(f"{i},{k}", f"{i},{k + 1}") for i in range(side) for k in range(side - 1)]
    pairs += [(f"{i},{k}", f"{i + 1},{k}") for i in range(side - 1) for k in range(side)]
    potentials = [Potential(f"φ{a};{b}", (a, b), neutral_table((2, 2))) for a, b in pairs]
    return MarkovNetwork([Variable(name, ("0", "1")) for name in names], potentials)


@pytest.mark.parametrize("rule", WATCHED_RULES)
def test_the_chest_clinic_has_six_cliques_of_forty_cells(asia, rule):
    """Lauritzen and Spiegelhalter (1988): width 2, one fill-in edge."""
    run = triangulation_steps(asia, rule)
    assert (len(run.cliques), run.cells, run.width) == (6, 40, 2)
    assert len(run.fill_in) == 1
    assert len(run.links) == 5


def test_married_parents_are_told_apart(asia):
    number = asia.names.index
    married = married_pairs(asia)
    expected = {("tub", "lung"), ("bronc", "either")}
    assert {frozenset(pair) for pair in married} == {
        frozenset(map(number, pair)) for pair in expected
    }
    assert set(married) < set(moral_edges(asia))
    assert len(moral_edges(asia)) == asia.arc_count + 2


def test_a_markov_network_marries_nobody(misconception):
    assert married_pairs(misconception) == ()
    assert moral_edges(misconception) == ((0, 1), (0, 3), (1, 2), (2, 3))


@pytest.mark.parametrize("side", [2, 3, 4])
def test_a_square_lattice_has_the_width_of_its_side(side):
    assert triangulation_steps(_grid(side), "exact").width == side


def test_a_loop_of_four_needs_one_edge(misconception):
    run = triangulation_steps(misconception, ["A", "B", "C", "D"])
    assert run.steps[0].fill_in == ((1, 3),)
    assert run.steps[0].is_maximal
    assert not run.steps[2].is_maximal
    assert run.cliques == ((0, 1, 3), (1, 2, 3))
    assert run.links[0].separator == (1, 3)


@patient
@given(st.data())
def test_every_clique_tree_is_valid(data):
    model = data.draw(models(8))
    order = data.draw(st.sampled_from(GREEDY_RULES) | st.permutations(model.names).map(tuple))
    run = triangulation_steps(model, order)
    cliques = [set(clique) for clique in run.cliques]
    for scope, home in zip(factor_scopes(model), run.clique_of_factor, strict=False):
        assert set(scope) <= cliques[home]
    assert not any(a < b for a in cliques for b in cliques)
    for v in range(len(run.names)):
        # running intersection: the cliques with v hang together, so they have one link fewer
        holding = [clique for clique in cliques if v in clique]
        links = [link for link in run.links if v in link.separator]
        assert len(links) == len(holding) - 1
    for a, b in run.moral:
        assert any({a, b} <= clique for clique in cliques)


def test_the_rule_tells_its_cost_at_every_elimination(asia):
    run = triangulation_steps(asia, "min-fill")
    assert [step.cost for step in run.steps] == [len(step.fill_in) for step in run.steps]
    own = triangulation_steps(asia, asia.names)
    assert {step.cost for step in own.steps} == {None}


def test_parts_that_do_not_touch_are_not_linked(two_parts):
    run = triangulation_steps(two_parts)
    assert len(run.cliques) == 2
    assert run.links == ()


def test_a_network_without_variables_has_no_cliques():
    run = triangulation_steps(BayesNet())
    assert (run.cliques, run.links, run.width, run.cells) == ((), (), 0, 0)


def test_unknown_rules_and_short_orders_are_refused(asia):
    with pytest.raises(NetworkError, match="no rule 'best'"):
        triangulation_steps(asia, "best")
    with pytest.raises(NetworkError, match="leaves out 'asia'"):
        triangulation_steps(asia, asia.names[1:])
