"""A region of a world goes to the boundaries bench, by mouse and keys alone."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.automata.region_ensembles.dialog import RegionEnsembleDialog
from app.benches.boundaries.bench import BoundaryBench
from core.automata.rules.life_like import LIFE
from core.automata.topology import torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject
from tests.journeys.world_hands import COMPILING, WorldHands

LEFT = Qt.MouseButton.LeftButton
COMMAND = "ensemble of a region"


def block_world():
    """Return a block in the middle of a torus of Life."""
    cells = np.zeros((32, 32), dtype=np.uint8)
    cells[15:17, 15:17] = 1
    return WorldSubject(World("block", LIFE, torus(32, 32), cells))


def run_command(window, qtbot, letters):
    """Open the command palette by its keys, type, and run what is found first."""
    QTest.keySequence(window, "Ctrl+Shift+P")
    qtbot.waitUntil(window.palette_panel.isVisible)
    QTest.keyClicks(QApplication.focusWidget(), letters)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def type_number(box, number):
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, str(number))
    QTest.keyClick(box, Qt.Key.Key_Tab)


def test_a_selected_region_becomes_an_ensemble_with_values(window, qtbot):
    window.document.add("world", "Block", block_world())
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None)
    hands = WorldHands(window, qtbot)
    hands.settle()
    hands.view.fit()

    run_command(window, qtbot, COMMAND)
    assert not window.findChildren(RegionEnsembleDialog)
    assert "Drag a rectangle" in window.messages.messages[-1].text
    assert hands.bench.is_checked("hands.select")

    hands.drag_cells((13, 13), (16, 16), (18, 18))
    run_command(window, qtbot, COMMAND)
    (dialog,) = window.findChildren(RegionEnsembleDialog)
    type_number(dialog.trajectories, 120)
    type_number(dialog.steps, 6)
    assert "6 by 6 cells at (13, 13)" in dialog.hint.text()
    QTest.mouseClick(dialog.make, LEFT)

    def is_open():
        return isinstance(window.workspace.current_bench, BoundaryBench)

    qtbot.waitUntil(is_open, timeout=COMPILING)
    bench = window.workspace.current_bench
    qtbot.waitUntil(lambda: not bench.measuring.is_waiting, timeout=COMPILING)
    ensemble, flow = bench.document.ensemble, bench.measuring.measured.flow
    assert ensemble.trajectories == 120
    assert ensemble.times.tolist() == list(range(7))
    assert {1, 2, 3, 4} <= set(np.unique(ensemble.mask).tolist())
    assert flow.lag == 2
    assert len(flow.times) == 5
    assert bench.inspector().values.row("infil.mean").number == flow.infil.mean.value

    with qtbot.waitActive(window):  # off-screen no window is active once a dialog has gone
        window.activateWindow()
    hands.shortcut("Ctrl+Z")
    qtbot.waitUntil(lambda: len(window.document.study.subjects) == 1)
