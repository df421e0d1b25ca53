"""Large graphs are shown little by little, and what is asked meanwhile is done in the end."""

import pytest

from app.canvas.graph import GraphArc, GraphNode

COUNT = 400


@pytest.fixture
def large():
    nodes = [GraphNode(f"N{k}", f"N{k}", (k % 20 * 150.0, k // 20 * 90.0)) for k in range(COUNT)]
    arcs = [GraphArc(f"N{k}", f"N{k + 1}") for k in range(COUNT - 1)]
    return nodes, arcs


def is_whole(canvas):
    return len(canvas.graph.nodes) == COUNT and len(canvas.graph.arcs) == COUNT - 1


def test_a_large_graph_comes_little_by_little(canvas, large, qtbot):
    canvas.set_graph(*large)
    assert 0 < len(canvas.graph.nodes) < COUNT
    qtbot.waitUntil(lambda: is_whole(canvas), timeout=3000)
    assert all(arc.route is not None for arc in canvas.graph.arcs.values())
    assert list(canvas.graph.nodes) == [node.id for node in large[0]]


def test_a_node_still_to_come_is_selected_when_it_is_there(canvas, large, qtbot):
    canvas.set_graph(*large)
    canvas.set_selected(["N399"])
    assert canvas.selected() == []
    qtbot.waitUntil(lambda: canvas.selected() == ["N399"], timeout=3000)


def test_another_graph_replaces_one_still_to_come(canvas, large, qtbot):
    canvas.set_graph(*large)
    canvas.set_graph(large[0][:2], large[1][:1])
    assert list(canvas.graph.nodes) == ["N0", "N1"]
    assert list(canvas.graph.arcs) == [("N0", "N1", "")]


def test_moves_still_to_come_survive_another_graph(canvas, large):
    nodes, arcs = large
    canvas.set_graph(nodes, arcs)
    canvas.finish_motion()
    moved = [GraphNode(n.id, n.label, (n.position[0], n.position[1] + 500.0)) for n in nodes]
    canvas.set_graph(moved, arcs)
    canvas.set_graph([GraphNode(n.id, n.label, n.position, note="x") for n in moved], arcs)
    canvas.finish_motion()
    places = [canvas.graph.nodes[n.id].pos().toTuple() for n in moved]
    assert places == [n.position for n in moved]


def test_the_view_fits_what_is_still_to_come(canvas, large, qtbot):
    canvas.set_graph(*large)
    canvas.fit()
    qtbot.waitUntil(lambda: is_whole(canvas), timeout=3000)
    assert canvas.visible_rect().contains(canvas.graph.node_bounds())
