"""While an arc is drawn one reads what it would cost."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.networks.arc_cost import arc_cost_text
from app.graphical.cost_text import cost_text
from core.networks import zoo
from core.networks.model import BayesNet, Node
from core.networks.predicted_cost import PredictedCost

LEFT = Qt.MouseButton.LeftButton


def drag_arc(bench, source, target):
    canvas = bench.canvas
    box = canvas.node_rect(source)
    start, end = QPointF(box.center().x(), box.bottom()), QPointF(canvas.node_rect(target).center())
    QTest.mousePress(canvas.viewport(), LEFT, pos=start.toPoint())
    for share in (0.3, 0.7, 1.0):
        at = start + (end - start) * share
        everywhere = QPointF(canvas.viewport().mapToGlobal(at.toPoint()))
        none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, at, everywhere, none, LEFT, no_keys)
        QApplication.sendEvent(canvas.viewport(), move)
    return end.toPoint()


def test_the_cost_stands_beside_the_pointer_before_the_arc_is_there(clinic_bench, qtbot, said):
    """asia → smoke joins the two sides of the clinic: six cliques of 40 cells (K&F, width 2)."""
    end = drag_arc(clinic_bench, "asia", "smoke")
    caption = clinic_bench.canvas.overlay.caption
    qtbot.waitUntil(lambda: "clique cells" in caption.text, timeout=60000)
    assert "40 → " in caption.text
    assert said[-1] == caption.text
    QTest.mouseRelease(clinic_bench.canvas.viewport(), LEFT, pos=end)
    assert "smoke" in clinic_bench.document.net
    assert ("asia", "smoke") in set(clinic_bench.document.net.arcs)


def test_a_prediction_makes_no_huge_table():
    parents = [Node(f"p{k}", ("a", "b"), (), np.array([0.5, 0.5])) for k in range(21)]
    many = tuple(node.name for node in parents[:20])
    child = Node("child", ("a", "b"), many, np.broadcast_to(0.5, (2,) * 21))
    net = BayesNet([*parents, child])
    assert arc_cost_text(net, "p20", "child") == "treewidth 20 → 21, " + (
        "2,097,154 → 4,194,304 clique cells, 33.6 MB, about 21 ms"
    )
    wider = Node("wide", tuple("abc"), (), np.full(3, 1 / 3))
    text = arc_cost_text(net.with_node(wider), "wide", "child")
    assert text == "The table of child alone would have 6,291,456 entries"


def test_what_cannot_fit_is_said_with_its_number():
    small = PredictedCost(40, 320, 2e-7, 2, 6)
    large = PredictedCost(1e15, 8e15, 5e6, 48, 9)
    text = cost_text(small, large)
    assert text == "treewidth 2 → 48, 40 → 1.0e+15 clique cells: 8 PB would not fit in memory"


def test_an_arc_that_changes_nothing_says_one_number():
    net = zoo.example("chest-clinic").build().net
    assert arc_cost_text(net, "asia", "xray").startswith("treewidth 2")
