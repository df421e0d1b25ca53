"""All pairs: the table of cliques fills up by distance, and pairs are picked from the matrix."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.fixture
def pairs(clinic):
    clinic.level(3)
    return clinic


def test_joints_of_cliques_appear_by_growing_distance(pairs):
    pairs.panel.trigger("levels.to_start")
    distances = []
    while pairs.moment.picture.matrix is None:
        if pairs.moment.picture.made:
            row, column = pairs.panel.pairs.heat_map.cells.now
            distances.append(pairs.panel.pairs.heat_map.cells.values[row, column])
        pairs.step()
    assert len(distances) == 15
    assert distances == sorted(distances)


def test_clicking_a_cell_shows_the_joint_and_rings_both_nodes(pairs):
    pairs.press("levels.to_end")
    heat_map = pairs.panel.pairs.heat_map
    names = pairs.bench.document.net.names
    cell = heat_map.cell_rect(names.index("asia"), names.index("dysp"))
    QTest.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
    table = pairs.panel.pairs.table.model
    pairs.qtbot.waitUntil(lambda: table.shown is not None and table.rowCount() == 4)
    # Lauritzen and Spiegelhalter's numbers: P(asia = yes, dysp = yes) = .004501375.
    assert table.shown.columns[0][1][0, 0] == pytest.approx(0.004501375, abs=1e-12)
    nodes = pairs.bench.canvas.graph.wanted
    assert {name for name in nodes if nodes[name].emphasis == "accent"} == {"asia", "dysp"}


def test_arrow_keys_walk_through_the_cells(pairs):
    pairs.press("levels.to_end")
    heat_map = pairs.panel.pairs.heat_map
    heat_map.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(heat_map, key)
    assert heat_map.chosen == (1, 1)


def test_the_tip_of_a_cell_has_its_unit(pairs):
    pairs.press("levels.to_end")
    cells = pairs.panel.pairs.heat_map.cells
    assert cells.tip(0, 1).endswith("nats")
    assert cells.tip(0, 0).startswith("Entropy of")


def test_the_matrix_holds_the_mutual_information(pairs):
    pairs.press("levels.to_end")
    matrix, names = pairs.panel.pairs.heat_map.cells.values, pairs.bench.document.net.names
    smoke, xray, asia = (names.index(name) for name in ("smoke", "xray", "asia"))
    # From the joint table of both by enumeration.
    assert matrix[smoke, xray] == pytest.approx(0.00893392865918, abs=1e-12)
    assert abs(matrix[asia, smoke]) < 1e-15
    assert np.array_equal(matrix, matrix.T)
