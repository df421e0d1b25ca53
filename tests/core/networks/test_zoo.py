"""The examples: their structure, their numbers, their sources and their layout."""

from itertools import combinations

import pytest

from core.networks.errors import NetworkError
from core.networks.zoo import EXAMPLES, example

NODE_WIDTH = 194
"""About as wide as a node with bars is drawn when its labels are short."""

ALL = pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: each.name)


def test_the_examples_have_the_names_the_command_line_lists():
    assert [each.name for each in EXAMPLES] == [
        "sprinkler",
        "chest-clinic",
        "student",
        "burglary-alarm",
        "monitoring",
        "hidden-markov",
        "naive-bayes",
        "lattice",
    ]
    with pytest.raises(NetworkError, match="there are sprinkler, chest-clinic"):
        example("asia")


@ALL
def test_every_example_says_where_it_is_from_and_what_to_try(each):
    assert each.title[0].isupper()
    assert each.source.endswith(".")
    assert each.hint.endswith(".")
    assert each.build().net.name == each.name


@ALL
def test_every_table_of_every_example_sums_to_one(each):
    net = each.build().net
    assert all(net.bad_columns(name, 1e-15) == [] for name in net.names)


@ALL
def test_names_and_states_are_identifiers_that_any_program_reads(each):
    for node in each.build().net:
        assert all(text.replace("_", "").isalnum() and text.isascii() for text in node.states)
        assert node.name.replace("_", "").isalnum()


@ALL
def test_no_two_nodes_of_an_example_overlap(each):
    net = each.build().net
    for one, two in combinations(net, 2):
        across = abs(one.position[0] - two.position[0])
        down = abs(one.position[1] - two.position[1])
        heights = [36 + 18 * len(node.states) for node in (one, two)]
        assert across >= NODE_WIDTH or down >= sum(heights) / 2, (one.name, two.name)


@ALL
def test_arcs_point_down_or_to_the_right(each):
    net = each.build().net
    for parent, child in net.arcs:
        (x0, y0), (x1, y1) = net[parent].position, net[child].position
        assert y1 > y0 or (y1 == y0 and x1 > x0), (parent, child)


def test_the_chest_clinic_has_the_numbers_of_lauritzen_and_spiegelhalter():
    net = example("chest-clinic").build().net
    assert net["tub"].table[:, 0].tolist() == [0.05, 0.01]
    assert net["lung"].table[:, 0].tolist() == [0.1, 0.01]
    assert net["either"].table[..., 0].tolist() == [[1, 1], [1, 0]]
    assert net["dysp"].parents == ("bronc", "either")
    assert net["dysp"].table[..., 0].tolist() == [[0.9, 0.8], [0.7, 0.1]]
    assert net.arc_count == 8


def test_the_monitor_has_the_size_of_alarm():
    net = example("monitoring").build().net
    assert (len(net), net.arc_count) == (37, 46)
    assert max(len(node.states) for node in net) == 4


def test_the_monitor_reads_low_oxygen_when_the_tube_is_in_the_oesophagus():
    net = example("monitoring").build().net
    ventilation = net["LungVentilation"].table
    oesophagus = net.state_index("TubePosition", "oesophagus")
    assert (ventilation[:, oesophagus, 0] > 0.99).all()
    oxygen = net["BloodOxygen"].table
    assert (oxygen[0, :, :, 0] > 0.7).all()


def test_the_casino_unrolls_one_die_and_one_roll_a_step():
    net = example("hidden-markov").build().net
    assert (len(net), net.arc_count) == (16, 15)
    assert net["Roll_8"].table[1].tolist() == [0.1, 0.1, 0.1, 0.1, 0.1, 0.5]


def test_naive_bayes_has_one_class_and_features_that_share_nothing_else():
    net = example("naive-bayes").build().net
    assert net["Illness"].parents == ()
    assert all(node.parents == ("Illness",) for node in net if node.name != "Illness")


def test_the_lattice_is_symmetric_in_its_colours():
    net = example("lattice").build().net
    assert (len(net), net.arc_count) == (36, 60)
    for node in net:
        turned = node.table[tuple(slice(None, None, -1) for _ in node.table.shape)]
        assert turned == pytest.approx(node.table)
