"""Separation is asked by selecting nodes, seen on the net, and explained path by path."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.networks.questions.blanket_page import BlanketPage
from app.benches.networks.questions.map_page import MapPage
from app.benches.networks.questions.moral_page import MoralPage
from app.benches.networks.questions.separation_page import SeparationPage
from app.figures.description import FigureOptions
from core.networks.evidence import Evidence
from core.networks.model import BayesNet, Node
from core.networks.subject import NetworkSubject
from resources import palette


def two_coins():
    return BayesNet(Node(name, ("yes", "no"), (), np.array([0.5, 0.5])) for name in "AB")


def emphasis(bench, name):
    return bench.canvas.graph.nodes[name].node.emphasis


def choose(bench, panel, opened, *names):
    bench.canvas.select(names)
    opened.settle(bench, panel)


def row_named(table, name):
    return next(place for place, row in enumerate(table.rows) if row.name == name)


def test_without_a_selection_a_sentence_says_what_to_do(clinic_bench, opened):
    page = opened(clinic_bench, "separation").page
    assert "Select a node" in page.hint.text()
    assert not page.has_answer
    assert emphasis(clinic_bench, "asia") == ""


def test_what_the_selected_node_reaches_lights_up_and_the_rest_steps_back(clinic_bench, opened):
    """In the chest clinic asia is separated from smoke, lung and bronc (K&F algorithm 3.1)."""
    panel = opened(clinic_bench, "separation")
    choose(clinic_bench, panel, opened, "asia")
    assert set(panel.page.reached) == {"tub", "either", "xray", "dysp"}
    assert emphasis(clinic_bench, "xray") == "success"
    assert emphasis(clinic_bench, "smoke") == "faint"


def test_observing_the_collider_opens_the_path_at_once(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    choose(clinic_bench, panel, opened, "asia")
    clinic_bench.canvas.bar_clicked.emit("dysp", 0)
    opened.settle(clinic_bench, panel)
    assert "smoke" in panel.page.reached
    assert emphasis(clinic_bench, "dysp") == "warning"


def test_findings_count_only_while_they_are_asked_to(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    choose(clinic_bench, panel, opened, "asia")
    clinic_bench.canvas.bar_clicked.emit("dysp", 0)
    panel.page.uses_findings.click()
    opened.settle(clinic_bench, panel)
    assert "smoke" not in panel.page.reached


def test_a_blocked_path_says_which_node_blocks_it_and_why(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    page = panel.page
    choose(clinic_bench, panel, opened, "tub")
    page.nodes.choose(row_named(page.nodes, "lung"))
    opened.settle(clinic_bench, panel)
    assert page.trails.rows[0].text == "tub → either ← lung"
    reason = page.reasons.rows[0]
    assert (reason.name, reason.role, reason.is_open) == ("either", "collider", False)
    assert emphasis(clinic_bench, "either") == "refused"


def test_the_chosen_path_is_drawn_on_the_net(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    page = panel.page
    choose(clinic_bench, panel, opened, "smoke")
    page.nodes.choose(row_named(page.nodes, "either"))
    opened.settle(clinic_bench, panel)
    arcs = {arc.arc.id[:2]: arc.arc.emphasis for arc in clinic_bench.canvas.graph.arcs.values()}
    assert arcs["smoke", "lung"] == arcs["lung", "either"] == "success"
    assert arcs["smoke", "bronc"] == ""


def test_nodes_are_picked_by_clicks_without_observing_anything(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    page = panel.page
    page.given.pick.click()
    where = clinic_bench.canvas.node_rect("either").center()
    QTest.mouseClick(clinic_bench.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.given.names == ("either",)
    assert len(clinic_bench.document.evidence) == 0
    clinic_bench.deck.close_deck()
    assert not clinic_bench.canvas.is_picking


def test_the_keys_take_the_selection(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    clinic_bench.canvas.select(["either"])
    clinic_bench.trigger("separation.given")
    clinic_bench.canvas.select(["asia"])
    clinic_bench.trigger("separation.from")
    clinic_bench.canvas.select(["xray"])
    clinic_bench.trigger("separation.to")
    opened.settle(clinic_bench, panel)
    assert panel.page.sentence.text() == "xray ⊥ asia given either: no path is open."


def test_paths_are_copied_as_rows_for_a_spreadsheet(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    page = panel.page
    choose(clinic_bench, panel, opened, "tub")
    page.nodes.choose(row_named(page.nodes, "either"))
    opened.settle(clinic_bench, panel)
    page.trails.setFocus()
    QTest.keyClick(page.trails, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[1] == "tub → either\topen"


def test_a_hidden_panel_draws_nothing_and_asks_nothing(clinic_bench, opened):
    panel = opened(clinic_bench, "separation")
    choose(clinic_bench, panel, opened, "asia")
    clinic_bench.deck.close_deck()
    assert emphasis(clinic_bench, "smoke") == ""
    clinic_bench.canvas.bar_clicked.emit("dysp", 0)
    assert not panel.page.asker.is_waiting


def test_the_blanket_of_either_is_ringed(clinic_bench, opened):
    panel = opened(clinic_bench, "separation", BlanketPage)
    choose(clinic_bench, panel, opened, "either")
    members = {row.name: row.role for row in panel.page.members.rows}
    assert members == {
        "lung": "parent",
        "tub": "parent",
        "xray": "child",
        "dysp": "child",
        "bronc": "other parent of a child",
    }
    assert emphasis(clinic_bench, "asia") == "faint"


def test_the_moral_graph_marries_parents_with_dashed_edges_and_hides_heads(clinic_bench, opened):
    opened(clinic_bench, "separation", MoralPage)
    arcs = [item.arc for item in clinic_bench.canvas.graph.arcs.values()]
    married = {frozenset(arc.id[:2]) for arc in arcs if arc.dashed}
    assert married == {frozenset({"lung", "tub"}), frozenset({"bronc", "either"})}
    assert not any(arc.directed for arc in arcs)


def test_the_evidence_takes_edges_from_the_moral_graph(clinic_bench, opened):
    clinic_bench.canvas.bar_clicked.emit("either", 0)
    panel = opened(clinic_bench, "separation", MoralPage)
    panel.page.is_reduced.click()
    opened.settle(clinic_bench, panel)
    assert panel.page.sentence.text() == "10 edges, 2 marriages. The evidence leaves 5 edges."


def test_a_net_is_an_i_map_of_its_own_table_and_idle_arcs_are_found(open_bench, opened):
    """Two coins and an arc between them whose table ignores the parent."""
    net = two_coins().with_arc("A", "B")
    bench = open_bench(NetworkSubject(net))
    panel = opened(bench, "separation", MapPage)
    assert panel.page.result.is_map
    assert panel.page.result.removable == (("A", "B"),)
    assert "1 arc could go" in panel.page.sentence.text()


def test_another_nets_table_shows_what_the_arcs_state_wrongly(open_bench, opened, context):
    """Without an arc A and B are stated to be independent; in the table of A → B they are not."""
    bare = two_coins()
    chain = bare.with_arc("A", "B").with_table("B", [[0.9, 0.1], [0.2, 0.8]])
    context.document.add("network", "Chain", NetworkSubject(chain, Evidence()))
    bench = open_bench(NetworkSubject(bare))
    panel = opened(bench, "separation", MapPage)
    page = panel.page
    page.against.setCurrentText("Chain")
    page.against.activated.emit(page.against.currentIndex())
    opened.settle(bench, panel)
    assert page.sentence.text().startswith("Not an I-map")
    # I(A; B) with A uniform: H(0.55) - (H(0.9) + H(0.2)) / 2, in nats
    assert page.findings.rows[0].information == pytest.approx(0.2754, abs=1e-3)


@pytest.mark.parametrize("kind", [SeparationPage, BlanketPage, MoralPage])
def test_what_is_lit_up_leaves_as_a_figure_with_its_table(clinic_bench, opened, kind):
    panel = opened(clinic_bench, "separation", kind)
    choose(clinic_bench, panel, opened, "either")
    view = clinic_bench.views()[0]
    figure = view.make(FigureOptions(theme="light"))
    assert figure.title
    colours = {getattr(item, "colour", None) for item in figure.items}
    role = "accent" if kind is not BlanketPage else "category_2"
    assert palette("light")[role] in colours
    assert len(view.table().rows) > 4
