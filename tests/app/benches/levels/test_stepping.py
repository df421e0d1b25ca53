"""Every level is stepped, left, gone back through and jumped over; its counter ends as predicted.

Chest clinic: 8 binary nodes, 8 factors of 36 cells together; a tree of 6 cliques and 40 cells
(Lauritzen and Spiegelhalter, 1988).
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.networks.levels.cost_panel import CostPanel
from core.networks.brute_force import infer_by_enumeration
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from resources import palette

THIS, MANY, PAIRS = range(3)


@pytest.mark.parametrize("level", range(4))
def test_the_counter_ends_at_what_was_predicted(clinic, level):
    clinic.level(level)
    costs = clinic.panel.costs
    clinic.qtbot.waitUntil(lambda: costs.predicted(level, THIS) is not None, timeout=10000)
    clinic.press("levels.to_end")
    column = PAIRS if level == 3 else THIS
    assert clinic.moment.operations == costs.predicted(level, column)


@pytest.mark.parametrize("level", range(4))
def test_the_operations_never_fall_from_step_to_step(clinic, level):
    clinic.level(level)
    totals = [moment.operations.total for moment in clinic.moments]
    assert totals == sorted(totals)


@pytest.mark.parametrize("level", range(4))
def test_going_back_shows_what_was_shown_on_the_way(clinic, level):
    clinic.level(level)
    there = [shown(clinic)]
    while clinic.player.index < clinic.player.last:
        clinic.step()
        there.append(shown(clinic))
    back = [shown(clinic)]
    while clinic.player.index > 0:
        clinic.press("levels.back")
        back.append(shown(clinic))
    assert back == there[::-1]


def shown(clinic):
    panel = clinic.panel
    stage = panel.stages.currentWidget()
    table = stage.table.model.shown
    tree = panel.tree.canvas.graph
    return (
        panel.sentence.text(),
        panel.costs.counter.text(),
        panel.decoration(),
        None if table is None else table.title,
        tuple(tree.wanted.values()),
        tuple(tree.wanted_arcs.values()),
        panel.factors.flow.cards,
    )


def test_the_slider_jumps_to_any_step(clinic):
    clinic.level(2)
    clinic.panel.controls.transport.slider.setValue(9)
    assert clinic.player.index == 9
    assert clinic.panel.sentence.text() == clinic.moments[9].sentence


def test_the_answer_of_each_level_is_the_posterior(clinic):
    clinic.observe("asia", "yes")
    clinic.observe("xray", "no")
    answers = []
    for level in range(3):
        clinic.level(level)
        clinic.press("levels.to_end")
        answers.append(clinic.moment.table().columns[0][1])
    net, evidence = clinic.bench.document.net, clinic.bench.document.evidence
    expected = infer_by_enumeration(net, evidence).marginals["dysp"]
    for answer in answers:
        assert answer == pytest.approx(expected, abs=1e-12)


def test_keys_step_and_jump(clinic):
    panel = clinic.panel
    panel.setFocus()
    for key, index in ((Qt.Key.Key_End, 8), (Qt.Key.Key_Comma, 7), (Qt.Key.Key_Home, 0),
                       (Qt.Key.Key_Period, 1)):  # fmt: skip
        QTest.keyClick(panel, key)
        assert clinic.player.index == index


def test_playing_goes_on_by_itself_and_pauses(clinic):
    clinic.panel.controls.transport.speed.setCurrentIndex(4)
    clinic.press("levels.play")
    clinic.qtbot.waitUntil(lambda: clinic.player.index >= 2, timeout=10000)
    clinic.press("levels.play")
    assert not clinic.player.is_playing


def test_the_variable_at_work_is_ringed_and_the_eliminated_ones_step_back(clinic):
    clinic.level(1)
    clinic.panel.player.go_to(2)
    first, second = clinic.panel.programme.order[:2]
    nodes = clinic.bench.canvas.graph.wanted
    assert nodes[first].emphasis == "faint"
    assert nodes[second].emphasis == "accent"


def test_fill_in_edges_are_dashed_over_the_net(clinic):
    clinic.level(2)
    clinic.panel.trigger("levels.to_start")
    last = next(k for k, m in enumerate(clinic.moments) if m.stage == "Cliques")
    clinic.player.go_to(last)
    extra = [arc for arc in clinic.bench.canvas.graph.wanted_arcs.values() if arc.key == "levels"]
    # The chest clinic marries tub with lung and bronc with either, and needs one fill-in edge.
    assert len(extra) == 3
    assert all(arc.dashed and arc.inert and not arc.directed for arc in extra)


def test_a_hidden_panel_draws_nothing_and_asks_for_nothing(clinic):
    clinic.panel.player.go_to(3)
    clinic.bench.trigger("panel.levels")
    assert all(not node.emphasis for node in clinic.bench.canvas.graph.wanted.values())
    before = clinic.panel.programme
    clinic.bench.document.observe("Observe", Evidence({"asia": 0}))
    clinic.qtbot.wait(200)
    assert clinic.panel.programme is before


def test_edits_are_followed_at_the_same_step(clinic):
    clinic.level(1)
    clinic.player.go_to(4)
    clinic.bench.document.edit_net("Remove", lambda net: net.without_nodes(["asia"]))
    clinic.qtbot.waitUntil(
        lambda: len(clinic.panel.programme.request.net) == 7 and not clinic.panel.is_waiting
    )
    assert (clinic.panel.level, clinic.player.index) == (1, 4)


def test_moving_a_node_makes_nothing_anew(clinic):
    before = clinic.panel.programme
    clinic.bench.document.edit_net("Move", lambda net: net.moved({"asia": (5.0, 5.0)}))
    clinic.qtbot.wait(200)
    assert clinic.panel.programme is before


def test_a_net_too_large_for_a_level_says_so_with_the_number_and_other_levels_work(watch):
    monitor = watch("monitoring")
    monitor.level(0)
    assert not monitor.moments
    assert "3.2e+15 cells" in monitor.panel.empty.text()
    monitor.level(1)
    assert monitor.moments


def test_a_net_without_nodes_says_what_to_do(open_bench, qtbot):
    bench = open_bench(NetworkSubject(BayesNet()))
    bench.trigger("panel.levels")
    assert "no node yet" in bench.deck.panel("levels").empty.text()


def test_the_selection_of_the_net_can_be_the_query(clinic):
    clinic.level(1)
    clinic.bench.canvas.set_selected(["lung", "bronc"])
    clinic.panel.trigger("levels.query")
    clinic.wait()
    clinic.press("levels.to_end")
    assert clinic.moment.table().names == ("lung", "bronc")


def test_clicking_a_factor_shows_its_entries(clinic):
    clinic.level(1)
    clinic.panel.trigger("levels.to_start")
    flow = clinic.panel.factors.flow
    card = next(card for card in flow.cards if card.text == "P(dysp | bronc, either)")
    place = flow.place_of(card.key).center().toPoint()
    QTest.mouseClick(flow, Qt.MouseButton.LeftButton, pos=place)
    shown = clinic.panel.factors.table.model
    assert shown.rowCount() == 8
    assert shown.shown.names == ("bronc", "either", "dysp")


def test_a_panel_hidden_before_its_steps_are_ready_stops_preparing_them(clinic):
    clinic.panel.controls.levels.buttons[3].click()
    clinic.bench.trigger("panel.levels")
    titles = [job.title for job in clinic.bench.context.jobs.running]
    assert "Prepare the steps" not in titles
    clinic.bench.trigger("panel.levels")
    clinic.wait()
    assert clinic.panel.programme.request.level == 3
    assert clinic.panel.stages.currentWidget() is clinic.panel.pairs


def test_operations_that_are_not_counted_yet_are_dots(qtbot):
    costs = CostPanel(palette("light"))
    qtbot.addWidget(costs)
    table = costs.table
    cells = {table.item(row, column).text() for row in range(4) for column in range(3)}
    assert cells == {"…"}
