"""Drawing a factor graph with the mouse and the keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from app.benches.markov.edge_cost import edge_cost_text
from app.benches.markov.joining import joined
from core.networks import zoo
from core.networks.markov_network import MarkovNetwork
from tests.app.benches.mouse import add, double_click, drag, draw_arc, rim


def test_a_double_click_adds_a_variable_there(blank_bench):
    double_click(blank_bench, 40, 60)
    variable = blank_bench.document.net["X1"]
    assert variable.states == ("0", "1")
    assert variable.position == pytest.approx((40, 60), abs=2)


def test_a_drag_from_variable_to_variable_puts_a_potential_between_them(blank_bench):
    add(blank_bench, "A", -150, 0)
    add(blank_bench, "B", 150, 0)
    draw_arc(blank_bench, "A", "B")
    potential = blank_bench.document.net.potential("φ1")
    assert potential.scope == ("A", "B")
    assert potential.table.tolist() == [[1, 1], [1, 1]]
    assert potential.position == pytest.approx((0, 0), abs=3)


def test_a_drag_to_a_potential_extends_its_scope_and_changes_no_belief(blank_bench):
    add(blank_bench, "A", -150, 0)
    add(blank_bench, "B", 150, 0)
    draw_arc(blank_bench, "A", "B")
    add(blank_bench, "C", 0, 180)
    draw_arc(blank_bench, "C", "φ1")
    assert blank_bench.document.net.potential("φ1").scope == ("A", "B", "C")
    assert len(blank_bench.canvas.graph.arcs) == 3


def test_potentials_are_not_joined_to_each_other(students_bench, said):
    before = students_bench.document.net
    draw_arc(students_bench, "φ1", "φ3")
    assert students_bench.document.net == before
    assert any("not to each other" in sentence for sentence in said)


def test_a_variable_is_not_put_into_a_potential_twice(students_bench):
    before = students_bench.document.net
    draw_arc(students_bench, "Alice", "φ1")
    draw_arc(students_bench, "φ1", "Alice")
    assert students_bench.document.net == before


def test_a_drag_onto_empty_canvas_adds_a_neighbour(students_bench):
    bench = students_bench
    before = len(bench.document.net.potentials)
    drag(bench, rim(bench, "Charles"), rim(bench, "Charles") + QPoint(0, 90))
    bench.canvas.end_rename()
    assert "X1" in bench.document.net
    assert len(bench.document.net.potentials) == before + 1
    assert ("Charles", "X1") in bench.document.net.edges


def test_removing_an_edge_of_the_factor_graph_averages_the_potential(students_bench):
    bench = students_bench
    edge = next(arc for arc in bench.canvas.graph.arcs if arc[:2] == ("Alice", "φ1"))
    bench.canvas.select([], [edge])
    bench.trigger("network.delete")
    assert bench.document.net.potential("φ1").scope == ("Bob",)
    assert bench.document.net.potential("φ1").table.tolist() == [15.5, 7.5]


def test_removing_an_edge_of_the_markov_graph_removes_what_is_over_both(students_bench):
    bench = students_bench
    bench.trigger("markov.markov_graph")
    assert len(bench.canvas.graph.nodes) == 4
    edge = next(arc for arc in bench.canvas.graph.arcs if set(arc[:2]) == {"Alice", "Bob"})
    bench.canvas.select([], [edge])
    bench.trigger("network.delete")
    assert not bench.document.net.is_potential("φ1")
    assert ("Alice", "Bob") not in bench.document.net.edges


def test_everything_can_be_undone_and_redone(blank_bench):
    add(blank_bench, "A", -150, 0)
    add(blank_bench, "B", 150, 0)
    draw_arc(blank_bench, "A", "B")
    net, stack = blank_bench.document.net, blank_bench.context.document.undo_stack
    while stack.canUndo():
        stack.undo()
    assert blank_bench.document.net == MarkovNetwork()
    while stack.canRedo():
        stack.redo()
    assert blank_bench.document.net == net


def test_copies_of_a_part_stand_beside_it_with_their_potentials(students_bench):
    bench = students_bench
    bench.canvas.set_selected(["Alice", "Bob"])
    bench.trigger("network.copy")
    assert QGuiApplication.clipboard().text().startswith("MARKOV\n2\n2 2\n1\n2 0 1")
    bench.trigger("network.paste")
    net = bench.document.net
    assert {"Alice 2", "Bob 2"} <= set(net.names)
    assert ("Alice 2", "Bob 2") in net.edges
    assert len(net.potentials) == 5


def test_a_network_in_uai_can_be_pasted(blank_bench):
    QGuiApplication.clipboard().setText("MARKOV 2 2 3 1 2 0 1 6 1 2 3 4 5 6")
    blank_bench.trigger("network.paste")
    assert blank_bench.document.net.edges == (("0", "1"),)


def test_a_potential_over_the_selection_has_all_of_it_in_its_scope(students_bench):
    students_bench.canvas.set_selected(["Alice", "Bob", "Charles"])
    students_bench.trigger("markov.join")
    assert students_bench.document.net.potential("φ5").scope == ("Alice", "Bob", "Charles")


def test_lay_out_keeps_everything_apart(students_bench, qtbot):
    bench = students_bench
    bench.gestures.move("Heap", {name: (0.0, 0.0) for name in ("Alice", "Bob", "φ1", "φ2")})
    bench.trigger("network.layout")
    stack = bench.context.document.undo_stack
    qtbot.waitUntil(lambda: stack.undoText() == "Lay out the network", timeout=60000)
    net = bench.document.net
    places = np.array([part.position for part in (*net, *net.potentials)])
    apart = np.hypot(*(places[:, None] - places[None]).T) + 1e3 * np.eye(len(places))
    assert apart.min() > 60


def test_what_an_edge_would_cost_is_told():
    net = zoo.example("misconception").build().net
    assert edge_cost_text(net, "Alice", "Charles").startswith("treewidth 2, 16 clique cells")
    assert edge_cost_text(net, "φ1", "Charles").startswith("treewidth 2, 16 clique cells")
    both = joined(net, "Alice", "Charles")
    assert edge_cost_text(both, "Bob", "Debbie").startswith("treewidth 2 → 3, 16 clique cells")


def test_the_cost_is_told_while_the_edge_is_drawn(students_bench, said, qtbot):
    students_bench.canvas.arc_proposed.emit("Alice", "Charles")
    qtbot.waitUntil(lambda: not students_bench.edge_cost.is_waiting, timeout=60000)
