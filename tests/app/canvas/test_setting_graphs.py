"""Another graph is shown by changing the items that differ, not by building anew."""

from dataclasses import replace

from app.canvas.graph import Bar, GraphArc, GraphNode
from app.canvas.view import GraphCanvas
from resources import palette


def shown(canvas):
    nodes = [item.node for item in canvas.graph.nodes.values()]
    return nodes, [item.arc for item in canvas.graph.arcs.values()]


def test_what_stays_keeps_its_item(canvas):
    nodes, arcs = shown(canvas)
    before = dict(canvas.graph.nodes)
    canvas.set_graph([replace(nodes[0], note="new"), *nodes[1:]], arcs)
    assert canvas.graph.nodes == before


def test_a_moved_node_takes_its_arcs_along(canvas):
    nodes, arcs = shown(canvas)
    canvas.set_graph([replace(nodes[0], position=(300.0, 0.0)), *nodes[1:]], arcs)
    assert canvas.graph.nodes["A"].pos().toTuple() == (300.0, 0.0)
    assert canvas.graph.arcs["A", "B", ""].route.tip[0] > 30


def test_arcs_go_with_their_nodes(canvas):
    nodes, arcs = shown(canvas)
    canvas.set_graph(nodes[1:], arcs[1:])
    assert list(canvas.graph.arcs) == [("B", "C", "")]


def test_a_node_that_grows_shortens_its_arcs(canvas):
    nodes, arcs = shown(canvas)
    before = canvas.graph.arcs["A", "B", ""].route.tip[1]
    taller = replace(nodes[1], bars=tuple(Bar(str(k), 0.25) for k in range(4)))
    canvas.set_graph([nodes[0], taller, nodes[2]], arcs)
    assert canvas.graph.arcs["A", "B", ""].route.tip[1] < before - 20


def test_animated_nodes_glide_to_their_places(canvas, qtbot):
    nodes, arcs = shown(canvas)
    canvas.set_graph([replace(nodes[0], position=(300.0, 0.0)), *nodes[1:]], arcs, animate=True)
    assert canvas.graph.nodes["A"].pos().x() < 300.0
    qtbot.waitUntil(lambda: canvas.graph.nodes["A"].pos().toTuple() == (300.0, 0.0), timeout=3000)


def test_new_bars_do_not_stop_the_glide(canvas, qtbot):
    nodes, arcs = shown(canvas)
    nodes[2] = replace(nodes[2], position=(200.0, 160.0))
    canvas.set_graph(nodes, arcs, animate=True)
    nodes[2] = replace(nodes[2], bars=(Bar("true", 0.9), Bar("false", 0.1)))
    canvas.set_graph(nodes, arcs)
    assert canvas.graph.nodes["C"].pos().x() < 200.0
    qtbot.waitUntil(lambda: canvas.graph.nodes["C"].pos().x() == 200.0, timeout=3000)


def test_with_reduced_motion_nodes_jump(canvas):
    canvas.set_reduced_motion(True)
    nodes, arcs = shown(canvas)
    canvas.set_graph([replace(nodes[0], position=(300.0, 0.0)), *nodes[1:]], arcs, animate=True)
    assert canvas.graph.nodes["A"].pos().toTuple() == (300.0, 0.0)


def test_two_arcs_between_the_same_nodes_bend_apart(canvas):
    nodes, _ = shown(canvas)
    arcs = [GraphArc("A", "B", "0"), GraphArc("A", "B", "1"), GraphArc("B", "A")]
    canvas.set_graph(nodes, arcs)
    middles = {round(item.route.label_at[0]) for item in canvas.graph.arcs.values()}
    assert len(middles) == 3


def test_an_arc_to_an_unknown_node_is_not_drawn(canvas):
    nodes, _ = shown(canvas)
    canvas.set_graph(nodes, [GraphArc("A", "Nowhere")])
    assert canvas.graph.arcs == {}


def test_an_equal_graph_keeps_every_item_of_a_thousand_nodes(qtbot):
    canvas = GraphCanvas(palette("light"))
    qtbot.addWidget(canvas)
    nodes = [GraphNode(str(k), f"Node {k}", (k * 10.0, k * 3.0)) for k in range(1000)]
    arcs = [GraphArc(str(k), str(k + 1)) for k in range(999)]
    canvas.set_graph(nodes, arcs)
    qtbot.waitUntil(lambda: len(canvas.graph.arcs) == 999)
    items = list(canvas.graph.nodes.values())
    canvas.set_graph([replace(node) for node in nodes], [replace(arc) for arc in arcs])
    assert all(a is b for a, b in zip(canvas.graph.nodes.values(), items, strict=True))


def test_the_hint_shows_on_an_empty_canvas_alone(canvas):
    canvas.set_empty_hint("Double-click to add a node")
    assert not canvas._hint.isVisible()
    canvas.set_graph([], [])
    assert canvas._hint.isVisible()


def test_the_description_for_screen_readers_counts(canvas):
    assert canvas.accessibleName() == "Graph canvas"
    assert canvas.accessibleDescription() == "3 nodes and 2 arcs"


def test_an_edge_without_direction_has_no_head(canvas):
    nodes, arcs = shown(canvas)
    arc = canvas.graph.arcs["A", "B", ""]
    assert arc.has_head
    canvas.set_graph(nodes, [replace(arcs[0], directed=False), *arcs[1:]])
    assert not arc.has_head
    canvas.set_graph(nodes, arcs)
    assert arc.has_head


def test_an_inert_edge_cannot_be_hit(canvas):
    nodes, arcs = shown(canvas)
    a, b = (canvas.graph.nodes[name].pos() for name in "AB")
    middle = canvas.mapFromScene((a + b) / 2).toPointF()
    assert canvas.hit(middle).part == "arc"
    canvas.set_graph(nodes, [replace(arc, inert=True) for arc in arcs])
    assert canvas.hit(middle).part == "empty"
