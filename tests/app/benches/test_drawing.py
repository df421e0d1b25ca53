"""Drawing a network with the mouse and the keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from core.networks import zoo
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from tests.app.benches.mouse import add, double_click, drag, draw_arc


def type_name(bench, text):
    editor = QGuiApplication.focusObject() or bench.canvas
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def draw_sprinkler(bench):
    places = {"C": (0, -150), "S": (-150, 0), "R": (150, 0), "W": (0, 150)}
    for name, (x, y) in places.items():
        add(bench, name, x, y)
    for source, target in (("C", "S"), ("C", "R"), ("S", "W"), ("R", "W")):
        draw_arc(bench, source, target)


def test_a_double_click_adds_a_node_there_and_lets_its_name_be_typed(blank_bench, qtbot):
    double_click(blank_bench, 40, 60)
    assert blank_bench.document.net.names == ("Node 1",)
    node = blank_bench.document.net["Node 1"]
    assert node.position == pytest.approx((40, 60), abs=2)
    assert node.table.tolist() == [0.5, 0.5]
    qtbot.waitUntil(lambda: blank_bench.canvas.selected() == ["Node 1"])


def test_the_sprinkler_net_can_be_drawn_and_all_of_it_undone_and_redone(blank_bench):
    draw_sprinkler(blank_bench)
    net = blank_bench.document.net
    assert sorted(net.arcs) == [("C", "R"), ("C", "S"), ("R", "W"), ("S", "W")]
    stack = blank_bench.context.document.undo_stack
    while stack.canUndo():
        stack.undo()
    assert blank_bench.document.net == BayesNet()
    while stack.canRedo():
        stack.redo()
    assert blank_bench.document.net == net


def test_an_arc_that_would_close_a_cycle_is_refused(sprinkler_bench):
    before = sprinkler_bench.document.net
    draw_arc(sprinkler_bench, "WetGrass", "Cloudy")
    assert sprinkler_bench.document.net == before


def test_dragging_a_node_is_one_undo_step(sprinkler_bench):
    before = sprinkler_bench.document.net
    box = sprinkler_bench.canvas.node_rect("Rain")
    start = QPoint(box.center().x(), box.top() + 12)
    drag(sprinkler_bench, start, start + QPoint(60, 30))
    assert sprinkler_bench.document.net["Rain"].position != before["Rain"].position
    sprinkler_bench.context.document.undo()
    assert sprinkler_bench.document.net == before


def test_removing_a_node_says_whose_table_is_averaged(sprinkler_bench, said):
    sprinkler_bench.canvas.set_selected(["Rain"])
    sprinkler_bench.canvas.setFocus()
    QTest.keyClick(sprinkler_bench.canvas, Qt.Key.Key_Delete)
    net = sprinkler_bench.document.net
    assert "Rain" not in net
    # mean over Rain of P(wet | sprinkler=true, rain): (.99 + .9) / 2
    assert net["WetGrass"].table[0, 0] == pytest.approx(0.945)
    assert "Removing Rain averages its children's tables: WetGrass." in said


def test_nodes_go_to_another_study_with_their_tables(sprinkler_bench, open_bench):
    sprinkler_bench.canvas.select_all()
    sprinkler_bench.trigger("network.copy")
    other = open_bench(NetworkSubject(BayesNet(name="other")))
    other.trigger("network.paste")
    assert list(other.document.net) == list(sprinkler_bench.document.net)
    assert other.canvas.selected() == list(sprinkler_bench.document.net.names)
    other.trigger("network.paste")
    assert len(other.document.net) == 8


def test_copied_nodes_are_bif_to_an_editor_and_bif_text_can_be_pasted(sprinkler_bench, open_bench):
    sprinkler_bench.canvas.set_selected(["Cloudy", "Rain"])
    sprinkler_bench.trigger("network.copy")
    text = QGuiApplication.clipboard().text()
    assert "variable Rain" in text
    QGuiApplication.clipboard().setText(text)
    other = open_bench(NetworkSubject(BayesNet()))
    other.trigger("network.paste")
    assert list(other.document.net.arcs) == [("Cloudy", "Rain")]
    assert other.document.net["Rain"].table.tolist() == [[0.8, 0.2], [0.2, 0.8]]


def test_pasting_what_is_no_network_says_so_and_changes_nothing(blank_bench, said):
    QGuiApplication.clipboard().setText("a letter to a friend")
    blank_bench.trigger("network.paste")
    assert said == ["The clipboard holds no nodes and no network in BIF."]
    assert len(blank_bench.document.net) == 0


def test_cut_and_duplicate_are_one_step_each(sprinkler_bench):
    before = sprinkler_bench.document.net
    sprinkler_bench.canvas.set_selected(["Cloudy", "Rain"])
    sprinkler_bench.trigger("network.duplicate")
    assert sprinkler_bench.canvas.selected() == ["Cloudy 2", "Rain 2"]
    sprinkler_bench.trigger("network.cut")
    assert sprinkler_bench.document.net == before
    sprinkler_bench.context.document.undo()
    sprinkler_bench.context.document.undo()
    assert sprinkler_bench.document.net == before


@pytest.mark.parametrize(
    "way",
    ["align_left", "align_centre", "align_right", "align_top", "align_middle", "align_bottom"],
)
def test_aligned_nodes_share_a_line(sprinkler_bench, way):
    sprinkler_bench.canvas.set_selected(["Cloudy", "Sprinkler", "Rain"])
    sprinkler_bench.trigger(f"network.{way}")
    places = [sprinkler_bench.document.net[n].position for n in ("Cloudy", "Sprinkler", "Rain")]
    axis = 0 if way in ("align_left", "align_centre", "align_right") else 1
    same_size = sprinkler_bench.canvas.node_rect("Cloudy").width()
    if axis or same_size == sprinkler_bench.canvas.node_rect("Rain").width():
        assert len({round(place[axis], 3) for place in places}) == 1


def test_automatic_layout_points_every_arc_downwards(open_bench, qtbot, settled):
    net = zoo.example("chest-clinic").build().net
    heap = net.moved(dict.fromkeys(net.names, (0.0, 0.0)))
    bench = open_bench(NetworkSubject(heap))
    bench.trigger("network.layout")
    qtbot.waitUntil(lambda: bench.document.net != heap, timeout=30000)
    placed = bench.document.net
    assert all(placed[a].position[1] < placed[b].position[1] for a, b in placed.arcs)
    bench.context.document.undo()
    assert bench.document.net == heap


def test_every_action_of_the_bench_can_be_asked_for_its_state(sprinkler_bench):
    from app.benches.networks.spec import ACTIONS

    sprinkler_bench.canvas.set_selected(["WetGrass"])
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    for spec in ACTIONS:
        assert isinstance(sprinkler_bench.is_enabled(spec.id), bool)
        assert sprinkler_bench.action(spec.id).text() == spec.title
        assert spec.help.endswith(".")


def test_the_style_of_one_node_and_of_all_can_be_switched(sprinkler_bench):
    sprinkler_bench.canvas.set_selected(["Rain"])
    sprinkler_bench.trigger("network.toggle_style")
    assert sprinkler_bench.document.subject.style_of("Rain") == "name"
    assert sprinkler_bench.document.subject.style_of("Cloudy") == "bars"
    sprinkler_bench.trigger("network.show_names")
    assert sprinkler_bench.is_checked("network.show_names")
