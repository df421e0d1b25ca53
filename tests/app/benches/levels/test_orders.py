"""The elimination order is dragged by the mouse or moved by keys; its cost follows the hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.networks.levels.elimination_plan import order_cost


def test_dragging_a_chip_makes_an_order_of_ones_own(clinic):
    clinic.level(1)
    before = clinic.panel.controls.order.chips.order
    clinic.drag_chip("either", before[0])
    assert clinic.panel.programme.order == ("either", *(n for n in before if n != "either"))
    assert clinic.panel.controls.rule.choice == "own"


def test_the_cost_follows_while_a_chip_is_dragged(clinic):
    clinic.level(1)
    first = clinic.panel.controls.order.chips.order[0]
    seen = clinic.drag_chip("either", first)
    assert len(set(seen)) > 1
    net = clinic.bench.document.net
    cost = order_cost(net, None, ["dysp"], clinic.panel.programme.order)
    # Eliminating either first joins its parents, its children and bronc: 2^6 cells... of the scope
    # {lung, tub, either, xray, bronc, dysp}.
    assert cost.largest == 64
    assert "64 cells" in clinic.panel.controls.order_cost.text()


def test_the_own_order_counts_at_the_clique_tree_too(clinic):
    clinic.level(2)
    clinic.drag_chip("either", clinic.panel.controls.order.chips.order[0])
    assert clinic.panel.programme.order[0] == "either"


def test_alt_and_an_arrow_key_move_a_chip(clinic):
    clinic.level(1)
    chips = clinic.panel.controls.order.chips
    before = chips.order
    chips.setFocus()
    QTest.keyClick(chips, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    clinic.wait()
    assert clinic.panel.programme.order[:2] == (before[1], before[0])


def test_escape_gives_a_held_chip_back(clinic):
    from tests.app.benches.levels.conftest import drag

    clinic.level(1)
    chips = clinic.panel.controls.order.chips
    before = chips.order
    start = chips.place_of(before[0]).center()
    QTest.mousePress(chips, Qt.MouseButton.LeftButton, pos=start.toPoint())
    drag(chips, chips.place_of(before[3]).center())
    assert chips.order != before
    QTest.keyClick(chips, Qt.Key.Key_Escape)
    assert chips.order == before
    assert clinic.panel.controls.rule.choice != "own"


@pytest.mark.parametrize(
    "rule", ["Weighted min-fill", "Min-weight", "Min-degree", "Exact treewidth"]
)
@pytest.mark.parametrize("level", [1, 2])
def test_every_rule_gives_an_order_of_width_two(clinic, rule, level):
    clinic.level(level)
    clinic.choose(clinic.panel.controls.rule, rule)
    assert clinic.panel.programme.request.rule in ("weighted-min-fill", "min-weight",
                                                   "min-degree", "exact")  # fmt: skip
    assert "8 cells" in clinic.panel.controls.order_cost.text()


def test_a_choice_without_room_ends_with_an_ellipsis(clinic):
    rule = clinic.panel.controls.rule
    clinic.choose(rule, "Weighted min-fill")
    rule.setFixedWidth(90)
    assert rule.shown_text().endswith("…")
    rule.setFixedWidth(240)
    assert rule.shown_text() == "Weighted min-fill"
