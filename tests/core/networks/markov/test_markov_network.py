"""Markov networks as values: what is refused, and what each edit changes."""

import numpy as np
import pytest
from hypothesis import given

from core.networks.brute_force import joint_table
from core.networks.errors import NetworkError, TableError
from core.networks.factor_model import factor_model
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import BayesNet, Node
from core.networks.zoo import example
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.strategies import patient

BITS = ("0", "1")


def chain():
    variables = [Variable(name, BITS) for name in "ABC"]
    potentials = [
        Potential("f", ("A", "B"), [[30, 5], [1, 10]]),
        Potential("g", ("B", "C"), [[100, 1], [1, 100]]),
    ]
    return MarkovNetwork(variables, potentials, "chain")


def test_the_edges_join_variables_that_stand_in_a_scope_together():
    assert chain().edges == (("A", "B"), ("B", "C"))


def test_potentials_may_share_a_scope_and_count_once():
    net = chain().with_potential(Potential("f again", ("B", "A"), [[1, 2], [3, 4]]))
    assert net.edges == chain().edges
    assert net.potentials_over("A") == ("f", "f again")


def test_a_row_of_zeros_is_legal():
    net = chain().with_table("f", [[0, 0], [1, 2]])
    assert net.potential("f").table[0].tolist() == [0, 0]


def test_a_constant_has_an_empty_scope():
    net = MarkovNetwork([Variable("A", BITS)], [Potential("c", (), 3.0)])
    assert net.potential("c").table.shape == ()
    assert joint_table(net).tolist() == [3.0, 3.0]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([[0, 0], [0, 0]], "only zeros"),
        ([[1, -1], [1, 1]], "negative"),
        ([[1, np.nan], [1, 1]], "not a finite number"),
        ([[1, np.inf], [1, 1]], "not a finite number"),
        ([1, 2], "shape"),
    ],
)
def test_a_table_that_is_no_potential_is_refused(table, words):
    with pytest.raises(TableError, match=words):
        chain().with_table("f", table)


@pytest.mark.parametrize(
    ("potential", "words"),
    [
        (Potential("A", ("B",), [1, 1]), "already a variable called 'A'"),
        (Potential("h", ("X",), [1, 1]), "not in the network"),
        (Potential("h", ("A", "A"), np.ones((2, 2))), "twice"),
        (Potential(" ", ("A",), [1, 1]), "cannot be called"),
    ],
)
def test_a_potential_that_does_not_fit_is_refused(potential, words):
    with pytest.raises(NetworkError, match=words):
        chain().with_potential(potential)


def test_a_potential_is_over_at_most_64_variables():
    names = [f"v{k}" for k in range(65)]
    net = MarkovNetwork([Variable(name, ("only",)) for name in names])
    with pytest.raises(NetworkError, match="the limit is 64"):
        net.with_potential(Potential("wide", tuple(names), np.ones(1)))


def test_the_array_that_was_given_may_change_afterwards():
    table = np.ones((2, 2))
    net = chain().with_table("f", table)
    table[0, 0] = 7
    assert net.potential("f").table[0, 0] == 1


def test_removing_a_variable_averages_what_reaches_further_and_drops_what_says_nothing():
    left = chain().without(["A"])
    assert left.names == ("B", "C")
    assert left.potential("f").scope == ("B",)
    assert left.potential("f").table.tolist() == [15.5, 7.5]
    assert chain().without(["C"]).potential_names == ("f",)


def test_extending_a_scope_changes_no_probability():
    net = chain()
    wider = net.with_scope_member("f", "C")
    assert wider.potential("f").scope == ("A", "B", "C")
    np.testing.assert_array_equal(joint_table(wider), joint_table(net))


def test_reordering_a_scope_changes_no_probability():
    net = chain()
    turned = net.with_scope_reordered("f", ("B", "A"))
    np.testing.assert_array_equal(joint_table(turned), joint_table(net))


def test_renaming_a_variable_reaches_every_scope():
    net = chain().renamed("B", "Beta")
    assert [potential.scope for potential in net.potentials] == [("A", "Beta"), ("Beta", "C")]
    with pytest.raises(NetworkError, match="already a potential"):
        chain().renamed("B", "g")


def test_a_new_state_weighs_one_everywhere():
    net = chain().with_states("B", ("0", "1", "2"), (0, 1, None))
    assert net.potential("f").table.tolist() == [[30, 5, 1], [1, 10, 1]]


def test_states_that_leave_only_zeros_are_refused():
    net = chain().with_table("f", [[0, 0], [1, 1]])
    with pytest.raises(TableError, match="only zeros"):
        net.with_states("A", ("0",), (0,))


def test_a_copy_holds_the_potentials_inside_and_gets_names_of_its_own():
    net, names = chain().with_pasted(chain().fragment(["A", "B"]), (10, 20))
    assert names == ("A 2", "B 2", "f 2")
    assert net.potential("f 2").scope == ("A 2", "B 2")
    assert net["A 2"].position == (10, 20)


def test_a_copy_of_a_numbered_potential_gets_the_next_number():
    net = example("misconception").build().net
    _, names = net.with_pasted(net.fragment(["Alice", "Bob"]))
    assert names == ("Alice 2", "Bob 2", "φ5")
    assert net.unused_potential_name() == "φ5"


def test_places_colours_and_notes_belong_to_variables_and_potentials_alike():
    net = chain().moved({"A": (1, 2), "f": (3, 4)}).with_colour(["f"], "#ff0000")
    net = net.with_note("f", "agree")
    assert net["A"].position == (1.0, 2.0)
    assert (net.part("f").position, net.part("f").colour) == ((3.0, 4.0), "#ff0000")
    assert net.part("f").note == "agree"


def test_the_factors_of_a_bayes_net_are_its_families_with_the_child_last():
    net = BayesNet(
        [
            Node("effect", BITS, ("cause",), np.array([[2.0, 2.0], [1.0, 3.0]])),
            Node("cause", BITS, (), np.array([0.5, 0.5])),
        ]
    )
    model = factor_model(net)
    assert model.is_bayes
    assert [factor.scope for factor in model.factors] == [(1, 0), (1,)]
    assert model.factors[0].table.tolist() == [[0.5, 0.5], [0.25, 0.75]]


def test_the_factors_of_a_markov_network_are_its_potentials_as_they_are():
    model = factor_model(example("misconception").build().net)
    assert not model.is_bayes
    assert model.sizes == (2, 2, 2, 2)
    assert [factor.scope for factor in model.factors] == [(0, 1), (1, 2), (2, 3), (3, 0)]
    assert model.factors[2].table.tolist() == [[1, 100], [100, 1]]


@patient
@given(networks())
def test_removing_nothing_and_pasting_nothing_change_nothing(net):
    assert net.without([]) == net
    assert net.with_pasted(MarkovNetwork())[0] == net
    assert net.fragment([*net.names, *net.potential_names]) == net
