import numpy as np
import pytest

from app.benches.networks import table_commands
from app.benches.networks.table_rules import by_rule
from app.graphical import table_edits
from app.graphical.columns import configuration, described, flat
from app.graphical.number_text import NumberTextError
from core.networks import zoo
from core.networks.model import BayesNet, Node, uniform_table


def gate(states, parent_states, count=2):
    parents = [
        Node(f"P{i}", parent_states, (), uniform_table([], len(parent_states)))
        for i in range(count)
    ]
    names = tuple(node.name for node in parents)
    table = uniform_table([len(parent_states)] * count, len(states))
    return BayesNet([*parents, Node("Gate", states, names, table)])


def test_the_last_parent_changes_fastest_from_column_to_column():
    net = zoo.example("sprinkler").build().net
    node = net["WetGrass"]
    assert [configuration(node, i) for i in range(4)] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert described(net, node, 1) == "Sprinkler=true, Rain=false"
    assert flat(node)[1].tolist() == pytest.approx(node.table[0, 1].tolist())


# truth tables in the order of columns 00 01 10 11 of (P0, P1) with states ("no", "yes")
@pytest.mark.parametrize(
    ("rule", "yes"),
    [("OR", [0, 1, 1, 1]), ("AND", [0, 0, 0, 1]), ("XOR", [0, 1, 1, 0])],
)
def test_logical_rules_follow_their_truth_tables(rule, yes):
    net = gate(("no", "yes"), ("no", "yes"))
    assert by_rule(net, net["Gate"], rule).reshape(-1, 2)[:, 1].tolist() == yes


def test_a_rule_reads_yes_no_and_no_yes_alike():
    net = gate(("yes", "no"), ("yes", "no"))
    table = by_rule(net, net["Gate"], "OR")
    assert table[..., 0].tolist() == [[1, 1], [1, 0]]


@pytest.mark.parametrize(
    ("rule", "level"),
    [("MAX", lambda a, b: max(a, b)), ("MIN", lambda a, b: min(a, b)), ("SUM", lambda a, b: a + b)],
)
def test_graded_rules_work_on_levels_and_stop_at_the_top(rule, level):
    net = gate(("0", "1", "2"), ("0", "1", "2"))
    table = by_rule(net, net["Gate"], rule)
    chosen = [[int(table[a, b].argmax()) for b in range(3)] for a in range(3)]
    assert chosen == [[min(level(a, b), 2) for b in range(3)] for a in range(3)]


def test_complement_puts_the_rest_where_it_was_asked():
    net = gate(("a", "b", "c"), ("no", "yes"), 1)
    node = net.with_table("Gate", [[0.2, 0.3, 0.9], [0.1, 0.1, 0.1]])["Gate"]
    at_the_end = table_commands.complemented(node, [])
    assert at_the_end.tolist() == [
        pytest.approx([0.2, 0.3, 0.5]),
        pytest.approx([0.1, 0.1, 0.8]),
    ]
    at_the_first = table_commands.complemented(node, [(0, 1)])
    assert at_the_first.tolist() == [[0.2, 0.3, 0.9], pytest.approx([0.8, 0.1, 0.1])]


def test_fill_right_copies_the_first_column_over_the_rest():
    net = gate(("no", "yes"), ("no", "yes"))
    node = net.with_table("Gate", [[[0.9, 0.1], [0.8, 0.2]], [[0.7, 0.3], [0.6, 0.4]]])["Gate"]
    filled = table_edits.filled(node, [(0, 1), (1, 1)])
    assert filled.reshape(-1, 2)[:, 0].tolist() == [0.9, 0.8, 0.8, 0.8]


def test_a_grid_on_its_side_is_turned_when_only_that_fits():
    node = gate(("no", "yes"), ("no", "yes"))["Gate"]
    by_line = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]]
    assert table_edits.pasted(node, [], by_line).reshape(-1, 2).tolist() == by_line


def test_a_grid_that_does_not_fit_is_refused_with_both_sizes():
    node = gate(("no", "yes"), ("no", "yes"))["Gate"]
    with pytest.raises(NumberTextError, match=r"3 × 5 numbers .* 2 × 4 numbers"):
        table_edits.pasted(node, [], np.zeros((3, 5)).tolist())


def test_one_number_fills_every_selected_cell():
    node = gate(("no", "yes"), ("no", "yes"))["Gate"]
    table = table_edits.pasted(node, [(0, 0), (0, 3)], [[0.75]]).reshape(-1, 2)
    assert table[:, 0].tolist() == [0.75, 0.5, 0.5, 0.75]
