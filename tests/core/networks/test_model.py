"""What a Bayes net is, and what every edit of it does."""

import numpy as np
import pytest

from core.networks.errors import CycleError, NetworkError, TableError
from core.networks.model import MAX_STATES, BayesNet, Node, frozen, uniform_table, unused_name
from core.networks.zoo import example

STATES = ("no", "yes")


@pytest.fixture
def rain():
    """Rain → Grass ← Sprinkler, with numbers that tell all entries apart."""
    table = [[[0.9, 0.1], [0.7, 0.3]], [[0.4, 0.6], [0.2, 0.8]]]
    return BayesNet(
        [
            Node("Rain", STATES, (), frozen([0.8, 0.2])),
            Node("Sprinkler", STATES, (), frozen([0.5, 0.5])),
            Node("Grass", ("dry", "wet"), ("Rain", "Sprinkler"), frozen(table), (3.0, 4.0)),
        ]
    )


def test_nodes_keep_their_order_and_parents_come_first_in_the_topological_one(rain):
    shuffled = BayesNet([rain["Grass"], rain["Rain"], rain["Sprinkler"]])
    assert shuffled.names == ("Grass", "Rain", "Sprinkler")
    assert shuffled.topological_order() == ("Rain", "Sprinkler", "Grass")


def test_arcs_children_and_sizes_are_those_of_the_parents(rain):
    assert list(rain.arcs) == [("Rain", "Grass"), ("Sprinkler", "Grass")]
    assert rain.arc_count == 2
    assert rain.children("Rain") == ("Grass",)
    assert rain.sizes(["Grass", "Rain"]) == (2, 2)
    assert rain.state_index("Grass", "wet") == 1


def test_the_student_net_has_fifteen_free_parameters_by_hand():
    # Difficulty 1, Intelligence 1, Grade 4 columns of 2, SAT 2 of 1, Letter 3 of 1
    assert example("student").build().net.parameter_count() == 1 + 1 + 8 + 2 + 3


def test_tables_cannot_be_written_to(rain):
    with pytest.raises(ValueError, match="read-only"):
        rain["Rain"].table[0] = 1.0
    assert not Node("A", STATES, (), np.array([0.5, 0.5])).table.flags.writeable


def test_nets_with_equal_nodes_are_equal_and_others_are_not(rain):
    assert BayesNet(rain, rain.name) == rain
    assert hash(BayesNet(rain, rain.name)) == hash(rain)
    assert rain.with_table("Rain", [0.2, 0.8]) != rain
    assert rain.renamed_net("other") != rain
    assert BayesNet(list(rain)[::-1]) != rain


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        ([Node("", STATES, (), frozen([0.5, 0.5]))], "cannot be called"),
        ([Node("a\nb", STATES, (), frozen([0.5, 0.5]))], "one line"),
        ([Node("A", (), (), frozen([]))], "at least one state"),
        ([Node("A", ("x", "x"), (), frozen([0.5, 0.5]))], "'x' twice"),
        ([Node("A", ("x", " "), (), frozen([0.5, 0.5]))], "not blank"),
        ([Node("A", STATES, ("B",), frozen([[0.5, 0.5]]))], "not in the net"),
        ([Node("A", STATES, (), frozen([0.5, 0.25, 0.25]))], "shape"),
        ([Node("A", STATES, (), frozen([1.5, -0.5]))], "negative"),
        ([Node("A", STATES, (), frozen([np.nan, 1]))], "not a number"),
        ([Node("A", STATES, (), frozen([np.inf, 1]))], "not a number"),
        ([Node("A", STATES, (), frozen([0.5, 0.5]), (np.nan, 0))], "position"),
        ([Node("A", STATES, (), frozen([0.5, 0.5]), colour="red")], "#rrggbb"),
        ([Node("A", STATES, (), frozen([0.5, 0.5]), note="\ud800")], "half a character"),
        ([Node("A", STATES, (), frozen([0.5, 0.5]))] * 2, "Two nodes"),
        (
            [
                Node("A", STATES, (), frozen([0.5, 0.5])),
                Node("B", STATES, ("A", "A"), uniform_table((2, 2), 2)),
            ],
            "same parent twice",
        ),
        (
            [Node("A", tuple(map(str, range(MAX_STATES + 1))), (), frozen([]))],
            "limit is 10,000",
        ),
    ],
)
def test_what_is_not_a_net_is_refused_in_one_sentence(nodes, sentence):
    with pytest.raises(NetworkError, match=sentence) as caught:
        BayesNet(nodes)
    assert "\n" not in str(caught.value)


def test_a_cycle_among_given_nodes_is_named():
    table = uniform_table((2,), 2)
    nodes = [Node(n, STATES, (p,), table) for n, p in [("A", "C"), ("B", "A"), ("C", "B")]]
    with pytest.raises(CycleError, match="no directed cycles") as caught:
        BayesNet(nodes)
    assert "".join(caught.value.cycle) in {"ABC", "BCA", "CAB"}
    assert " → ".join(caught.value.cycle) in str(caught.value)


def test_columns_that_miss_one_are_found(rain):
    net = rain.with_table("Grass", [[[0.9, 0.1], [0.7, 0.2]], [[0.4, 0.6], [0.2, 0.8 + 1e-7]]])
    assert net.bad_columns("Grass") == [(0, 1)]
    assert net.bad_columns("Grass", 1e-8) == [(0, 1), (1, 1)]


def test_adding_an_arc_repeats_the_table_along_the_new_parent(rain):
    net = rain.with_arc("Rain", "Sprinkler")
    assert net["Sprinkler"].parents == ("Rain",)
    assert net["Sprinkler"].table.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_an_arc_that_closes_a_cycle_is_refused_with_the_cycle(rain):
    net = rain.with_arc("Rain", "Sprinkler")
    with pytest.raises(CycleError) as caught:
        net.with_arc("Grass", "Rain")
    assert caught.value.cycle in [("Rain", "Grass"), ("Rain", "Sprinkler", "Grass")]
    assert net.cycle_closed_by("Rain", "Rain") == ("Rain",)
    assert net.cycle_closed_by("Sprinkler", "Grass") is None


def test_an_arc_cannot_be_doubled_or_removed_where_there_is_none(rain):
    with pytest.raises(NetworkError, match="already an arc"):
        rain.with_arc("Rain", "Grass")
    with pytest.raises(NetworkError, match="no arc"):
        rain.without_arc("Rain", "Sprinkler")


def test_a_table_beyond_the_limit_is_refused_before_it_is_made():
    wide = tuple(map(str, range(9000)))
    net = BayesNet([Node(name, wide, (), uniform_table((), 9000)) for name in "AB"])
    net = net.with_node(Node("C", STATES, (), frozen([0.5, 0.5]))).with_arc("A", "C")
    with pytest.raises(TableError, match="162,000,000 entries"):
        net.with_arc("B", "C")


def test_removing_an_arc_averages_over_the_parent(rain):
    table = rain.without_arc("Rain", "Grass")["Grass"].table
    assert table == pytest.approx(np.array([[0.65, 0.35], [0.45, 0.55]]))


def test_removing_nodes_averages_their_childrens_tables(rain):
    net = rain.without_nodes(["Rain", "Sprinkler"])
    assert net.names == ("Grass",)
    assert net["Grass"].table == pytest.approx(np.array([0.55, 0.45]))
    assert net["Grass"].parents == ()


def test_reordering_parents_keeps_every_probability(rain):
    node = rain.with_parents_reordered("Grass", ["Sprinkler", "Rain"])["Grass"]
    assert node.parents == ("Sprinkler", "Rain")
    assert node.table[1, 0].tolist() == rain["Grass"].table[0, 1].tolist()


def test_renaming_keeps_the_place_and_the_arcs(rain):
    net = rain.renamed("Rain", "Regen")
    assert net.names == ("Regen", "Sprinkler", "Grass")
    assert net["Grass"].parents == ("Regen", "Sprinkler")
    assert net.children("Regen") == ("Grass",)
    with pytest.raises(NetworkError, match="already a node"):
        rain.renamed("Rain", "Grass")


def test_states_can_be_reordered_with_their_probabilities(rain):
    net = rain.with_states("Rain", ("yes", "no"), [1, 0])
    assert net["Rain"].table.tolist() == [0.2, 0.8]
    assert net["Grass"].table[0].tolist() == rain["Grass"].table[1].tolist()


def test_a_new_state_has_probability_zero_and_uniform_columns_below(rain):
    net = rain.with_states("Rain", ("no", "yes", "hail"), [0, 1, None])
    assert net["Rain"].table.tolist() == [0.8, 0.2, 0.0]
    assert net["Grass"].table[2].tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_removing_a_state_shares_its_mass_in_proportion():
    net = BayesNet([Node("A", ("a", "b", "c"), (), frozen([0.5, 0.3, 0.2]))])
    assert net.with_states("A", ("b", "c"), [1, 2])["A"].table == pytest.approx([0.6, 0.4])


def test_removing_a_certain_state_leaves_a_uniform_column():
    net = BayesNet([Node("A", ("a", "b", "c"), (), frozen([1.0, 0.0, 0.0]))])
    assert net.with_states("A", ("b", "c"), [1, 2])["A"].table.tolist() == [0.5, 0.5]


def test_states_need_labels_and_origins_that_exist(rain):
    for states, origins in [((), []), (("a", "a"), [0, 1]), (("a",), []), (("a",), [7])]:
        with pytest.raises(NetworkError):
            rain.with_states("Rain", states, origins)


def test_looks_change_without_touching_tables(rain):
    net = rain.with_colour(["Rain"], "#00ff00").with_note("Rain", "often").moved({"Rain": (5, 6)})
    node = net["Rain"]
    assert (node.colour, node.note, node.position) == ("#00ff00", "often", (5.0, 6.0))
    assert node.table is rain["Rain"].table
    with pytest.raises(NetworkError, match="colour"):
        rain.with_colour(["Rain"], "green")
    with pytest.raises(NetworkError, match="position"):
        rain.moved({"Rain": (float("nan"), 0)})


def test_an_edit_shares_all_untouched_nodes(rain):
    net = rain.with_table("Rain", [0.1, 0.9])
    assert net["Grass"] is rain["Grass"]
    assert net.names == rain.names


def test_a_table_of_the_wrong_shape_is_refused_by_the_edit(rain):
    with pytest.raises(TableError, match="shape"):
        rain.with_table("Rain", [0.2, 0.3, 0.5])


def test_replacing_a_parent_by_one_with_other_states_is_refused(rain):
    wider = Node("Rain", ("a", "b", "c"), (), uniform_table((), 3))
    with pytest.raises(TableError, match="Grass"):
        rain.with_node(wider)


def test_a_fragment_keeps_the_arcs_inside_it(rain):
    part = rain.fragment(["Rain", "Grass"])
    assert part.names == ("Rain", "Grass")
    assert part["Grass"].parents == ("Rain",)
    assert part["Grass"].table == pytest.approx(np.array([[0.8, 0.2], [0.3, 0.7]]))


def test_a_pasted_fragment_gets_free_names_and_an_offset(rain):
    net, names = rain.with_pasted(rain.fragment(["Rain", "Grass"]), (10.0, 20.0))
    assert names == ("Rain 2", "Grass 2")
    assert net["Grass 2"].parents == ("Rain 2",)
    assert net["Grass 2"].position == (13.0, 24.0)
    assert unused_name("Rain 2", ["Rain", "Rain 2"]) == "Rain 3"


def test_asking_for_what_is_not_there_is_one_sentence(rain):
    for ask in (lambda: rain["Snow"], lambda: rain.state_index("Rain", "maybe")):
        with pytest.raises(NetworkError, match=r"no (node|state)"):
            ask()


def test_the_empty_net_and_the_single_state_are_nets():
    assert len(BayesNet()) == 0
    assert BayesNet().topological_order() == ()
    assert BayesNet([Node("A", ("only",), (), frozen([1.0]))]).parameter_count() == 0
