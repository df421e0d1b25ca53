"""All four levels on the chest clinic, watched by mouse and keys, and exported for a paper."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.figures.dialog import ExportDialog
from tests.journeys.hands import LEFT, Hands


class Watching(Hands):
    """Hands on the panel of the levels."""

    @property
    def panel(self):
        return self.bench.deck.panel("levels")

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.panel.is_waiting, timeout=20000)

    def choose_level(self, level):
        QTest.mouseClick(self.panel.controls.levels.buttons[level], LEFT)
        self.wait()

    def press(self, action_id):
        QTest.mouseClick(self.panel.controls.transport.buttons[action_id], LEFT)

    def step_through(self):
        """Press step until the end; return the sentences on the way."""
        self.press("levels.to_start")
        said = [self.panel.sentence.text()]
        while self.panel.controls.transport.buttons["levels.step"].isEnabled():
            self.press("levels.step")
            said.append(self.panel.sentence.text())
        return said

    def messages(self, state):
        arcs = self.panel.tree.canvas.graph.wanted_arcs.values()
        return [arc for arc in arcs if arc.key == "message" and arc.emphasis == state]


@pytest.fixture
def watching(window, qtbot):
    window.preferences.set("reduced_motion", True)
    window.open_example("network/chest-clinic")
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=10000)
    hands = Watching(window, qtbot)
    hands.wait_for_beliefs()
    hands.shortcut("Ctrl+3")
    hands.wait()
    qtbot.wait(50)  # the net is fitted above the panel in the next turn of the event loop
    return hands


def test_naive_marginalisation_builds_the_whole_table(watching):
    watching.choose_level(0)
    said = watching.step_through()
    # 8 binary nodes: 256 cells before anything is summed.
    assert any("256 cells" in sentence for sentence in said)
    assert said[-1].endswith("P(dysp) is the answer.")


def test_variable_elimination_never_makes_more_than_eight_cells(watching):
    watching.choose_level(1)
    said = watching.step_through()
    assert sum(sentence.startswith("Eliminate ") for sentence in said) == 7
    sizes = [m.picture.made.size for m in watching.panel.programme.moments if m.picture.made]
    assert max(sizes) <= 8


def test_the_clique_tree_is_built_and_calibrated_by_ten_messages(watching):
    watching.choose_level(2)
    said = watching.step_through()
    assert any("1 fill-in edge" in sentence for sentence in said)
    assert any("6 cliques" in sentence and "40 cells" in sentence for sentence in said)
    assert sum(sentence.startswith("Message ") for sentence in said) == 10
    assert len(watching.messages("accent")) == 10


def test_all_pairs_end_in_a_matrix_whose_cells_open_joints(watching):
    watching.choose_level(3)
    said = watching.step_through()
    assert "Distance 3" in said[-2]
    heat_map = watching.panel.pairs.heat_map
    names = watching.net.names
    cell = heat_map.cell_rect(names.index("smoke"), names.index("xray"))
    QTest.mouseClick(heat_map, LEFT, pos=cell.center().toPoint())
    table = watching.panel.pairs.table.model
    watching.qtbot.waitUntil(lambda: table.rowCount() == 4, timeout=10000)
    # By enumeration: P(smoke = yes, xray = yes) = .0758524.
    assert table.shown.columns[0][1][0, 0] == pytest.approx(0.0758524, abs=1e-12)


def test_an_order_dragged_by_hand_costs_what_the_hand_was_told(watching):
    watching.choose_level(1)
    panel, chips = watching.panel, watching.panel.controls.order.chips
    first = chips.order[0]
    start, end = chips.place_of("either").center(), chips.place_of(first).center()
    QTest.mousePress(chips, LEFT, pos=start.toPoint())
    seen = set()
    for k in range(1, 11):
        point = start + (end - QPointF(8, 0) - start) * k / 10
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            point,
            QPointF(chips.mapToGlobal(point.toPoint())),
            Qt.MouseButton.NoButton,
            LEFT,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(chips, move)
        seen.add(panel.controls.order_cost.text())
    told = panel.controls.order_cost.text()
    QTest.mouseRelease(chips, LEFT, pos=QPoint(2, 12))
    watching.wait()
    assert len(seen) > 1
    assert panel.programme.order[0] == "either"
    assert panel.controls.order_cost.text() == told
    watching.press("levels.to_end")
    spent = panel.moment.operations
    assert told.endswith(f"{spent.multiplications} × {spent.additions} +")


def test_an_observation_moves_only_the_stale_messages(watching):
    watching.choose_level(2)
    watching.press("levels.to_end")
    watching.click_bar("xray", 0)
    watching.qtbot.waitUntil(lambda: watching.panel.player.is_playing, timeout=20000)
    watching.press("levels.play")
    watching.panel.trigger("levels.to_end")
    sent, resting = watching.messages("accent"), watching.messages("success")
    # xray's clique is a leaf: of both messages on each of the five links one points away from it.
    assert (len(sent), len(resting)) == (5, 5)
    watching.wait_for_beliefs()
    posterior = watching.bench.beliefs.beliefs.posteriors.marginals["dysp"]
    assert watching.panel.moment.table().columns[0][1] == pytest.approx(posterior, abs=1e-12)


@pytest.mark.parametrize("suffix", [".svg", ".tex"])
def test_the_clique_tree_leaves_as_svg_and_as_tikz(watching, tmp_path, suffix):
    watching.choose_level(2)
    path = tmp_path / f"tree{suffix}"
    watching.window.dialogs.save_answer = path
    watching.shortcut("Ctrl+E")
    dialog = watching.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(suffix))
    with watching.qtbot.waitSignal(dialog.exported, timeout=20000):
        dialog.export_button.click()
    text = path.read_text(encoding="utf-8")
    assert "tub, lung, either" in text.replace("{,}", ",")
    assert text.count("ellipse [" if suffix == ".tex" else "<ellipse") == 6


def test_nothing_watched_is_an_undo_step(watching):
    before = watching.window.document.undo_stack.count()
    for level in range(4):
        watching.choose_level(level)
        watching.press("levels.to_end")
    assert watching.window.document.undo_stack.count() == before
