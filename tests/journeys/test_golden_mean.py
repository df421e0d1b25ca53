"""The golden mean process from nothing: drawn, measured, played, changed, exported."""

import math
import re
import zlib

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.figures.dialog import ExportDialog
from core.processes.zoo import process
from tests.journeys.hands import Hands

RETURN = Qt.Key.Key_Return


class MachineHands(Hands):
    """Works on the current bench of processes."""

    @property
    def model(self):
        return self.bench.document.model

    def draw_edge(self, source, target, text):
        self.canvas.finish_motion()
        self.qtbot.wait(1)
        self.drag(self.rim(source), self.centre(target))
        self.type_edge(text)

    def type_edge(self, text):
        field = QApplication.focusWidget()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, RETURN)
        self.qtbot.wait(1)

    def double_click_edge(self, *edge):
        viewport, at = self.canvas.viewport(), self.canvas.arc_rect(edge).center()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    def measures(self):
        bench = self.bench
        self.qtbot.waitUntil(lambda: not bench.measuring.is_waiting, timeout=300000)
        return bench.measuring.measured.measures


@pytest.fixture
def drawn(window, qtbot):
    window.actions_registry.trigger("subject.new_process")
    hands = MachineHands(window, qtbot)
    hands.canvas.set_reduced_motion(True)
    qtbot.wait(1)
    hands.add_node(-120, 0, "A")
    hands.canvas.finish_motion()
    qtbot.wait(1)
    hands.add_node(60, 0, "B")
    hands.draw_edge("A", "A", "0 | 1")
    hands.draw_edge("A", "B", "1 | 0.5")
    hands.draw_edge("B", "A", "0 | 1")
    return hands


def test_the_machine_drawn_by_hand_has_the_measures_of_the_literature(drawn):
    assert np.array_equal(drawn.model.T, process("golden-mean").T)
    found = drawn.measures()
    assert found["h_mu"].value == pytest.approx(2 / 3)
    assert found["C_mu"].value == pytest.approx(0.9182958340544896)
    assert found["E"].value == pytest.approx(0.2516291673878229)
    assert found["markov_order"].value == 1


def test_undone_step_by_step_nothing_is_left_and_redone_all_is_back(drawn):
    whole = drawn.bench.document.subject
    stack = drawn.window.document.undo_stack
    # the empty process itself was the first step
    while stack.index() > 1:
        drawn.shortcut("Ctrl+Z")
    assert drawn.model.n == 0 and not drawn.canvas.graph.wanted
    while stack.canRedo():
        drawn.shortcut("Ctrl+Shift+Z")
    assert drawn.bench.document.subject == whole


def test_played_it_never_emits_two_ones_in_a_row(drawn):
    drawn.shortcut("Ctrl+3") if drawn.bench.deck.shown_id != "simulate" else None
    panel = drawn.bench.deck.panel("simulate")
    drawn.qtbot.waitUntil(lambda: panel.runner is not None, timeout=300000)
    panel.speed.setValue(panel.speed.maximum() - 2)
    QTest.mouseClick(panel.play, Qt.MouseButton.LeftButton)
    drawn.qtbot.waitUntil(lambda: panel.shown is not None and panel.shown.time > 200, timeout=60000)
    QTest.mouseClick(panel.play, Qt.MouseButton.LeftButton)
    drawn.qtbot.waitUntil(lambda: not panel.is_running, timeout=10000)
    tape = "".join(drawn.model.alphabet[x] for x in panel.shown.tape)
    assert "1" in tape and "11" not in tape


def test_dragging_the_probability_changes_the_values_and_one_undo_brings_all_back(drawn):
    before, old = drawn.model, drawn.measures()["h_mu"].value
    QTest.mouseClick(drawn.canvas.viewport(), Qt.MouseButton.LeftButton, pos=drawn.centre("A"))
    inspector = drawn.bench.inspector()
    inspector.setCurrentWidget(inspector.state_panel)
    drawn.qtbot.wait(1)
    slider = inspector.state_panel.rows[1].slider
    middle = slider.rect().center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    for x in range(middle.x(), slider.rect().left() + slider.width() // 5, -4):
        point = middle.__class__(x, middle.y())
        QTest.mouseMove(slider, point)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=point)
    p = float(drawn.model.T[1, 0, 1])
    assert 0.05 < p < 0.4
    h = -(p * math.log2(p) + (1 - p) * math.log2(1 - p)) / (1 + p)
    new = drawn.measures()["h_mu"].value
    assert new == pytest.approx(h) and new != pytest.approx(old)
    assert inspector.measures_panel.text("h_mu") == f"{h:.5g}"
    drawn.shortcut("Ctrl+Z")
    assert drawn.model == before


def test_an_edge_is_edited_where_it_is_drawn(drawn):
    drawn.double_click_edge("A", "B", "1")
    drawn.type_edge("1 | 1/4")
    assert drawn.model.T[1, 0, 1] == 0.25
    assert drawn.model.T[0, 0, 0] == pytest.approx(0.75)


def export(drawn, path):
    drawn.window.dialogs.save_answer = path
    drawn.shortcut("Ctrl+E")
    dialog = drawn.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(path.suffix))
    with drawn.qtbot.waitSignal(dialog.exported, timeout=20000):
        dialog.export_button.click()


def test_the_exported_svg_is_a_picture_of_the_machine(drawn, tmp_path):
    from PySide6.QtSvg import QSvgRenderer

    path = tmp_path / "golden.svg"
    export(drawn, path)
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert len({image.pixel(x, y) for x in range(0, 400, 3) for y in range(0, 200, 3)}) > 8


def test_the_exported_pdf_is_a_page(drawn, tmp_path):
    path = tmp_path / "golden.pdf"
    export(drawn, path)
    data = path.read_bytes()
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert len(boxes) == 1
    assert float(boxes[0][0]) == pytest.approx(86 / 25.4 * 72, abs=0.5)
    # ink: the page strokes or fills some curves, of the loop and of the circles at least
    pages = [
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(\x78.+?)\r?\nendstream", data, re.DOTALL)
    ]
    drawing = max(pages, key=lambda page: len(re.findall(rb"\bc\r?\n", page)))
    assert len(re.findall(rb"[\d.]+ [\d.]+ c\r?\n", drawing)) >= 8
    assert re.search(rb"\b[SfB]\*?\r?\n", drawing)
