"""A doctor's afternoon with the chest clinic: separation, blame, the best next test, a file."""

import csv

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.benches.networks.questions.batch_page import BatchPage
from app.benches.networks.questions.explanation_page import ExplanationPage
from app.benches.networks.questions.moral_page import MoralPage
from app.benches.networks.questions.sensitivity_page import SensitivityPage
from app.benches.networks.questions.value_page import ValuePage
from app.figures.dialog import ExportDialog
from tests.journeys.hands import Hands

LEFT = Qt.MouseButton.LeftButton


class Asking(Hands):
    """Hands that also read the panels below the net."""

    @property
    def panel(self):
        return self.bench.deck.shown_panel()

    @property
    def page(self):
        return self.panel.page

    def wait_for_answer(self):
        self.wait_for_beliefs()
        self.qtbot.wait(80)  # the selection is followed a moment later
        page = self.page
        self.qtbot.waitUntil(
            lambda: not (page.asker.is_waiting or page._timer.isActive()), timeout=60000
        )

    def select(self, name):
        super().select(name)
        self.wait_for_answer()

    def turn_to(self, kind):
        """Press the button of a page."""
        number = self.panel.pages.index(kind)
        QTest.mouseClick(self.panel._buttons.button(number), LEFT)
        self.wait_for_answer()

    def click_row(self, table, wanted):
        place = next(k for k, row in enumerate(table.rows) if wanted(row))
        where = table.visualRect(table.model_.index(place, 0)).center()
        QTest.mouseClick(table.viewport(), LEFT, pos=where)
        self.wait_for_answer()

    def emphasis(self, name):
        return self.canvas.graph.nodes[name].node.emphasis


@pytest.fixture
def clinic(window, qtbot):
    """Hands on the chest clinic, opened from the gallery."""
    window.open_example(next(key for key in window.examples if "chest-clinic" in key))
    qtbot.waitUntil(lambda: window.workspace.current_bench is not None, timeout=20000)
    hands = Asking(window, qtbot)
    hands.canvas.set_reduced_motion(True)
    hands.wait_for_beliefs()
    hands.canvas.fit()
    return hands


def test_separation_is_seen_to_open_when_the_collider_is_observed(clinic):
    clinic.shortcut("Ctrl+4")
    clinic.canvas.fit()
    clinic.select("asia")
    assert clinic.emphasis("smoke") == "faint"
    clinic.click_bar("dysp", 0)
    clinic.wait_for_answer()
    assert clinic.emphasis("smoke") == "success"
    clinic.click_row(clinic.page.nodes, lambda row: row.name == "bronc")
    assert clinic.page.trails.rows[0].is_open
    reasons = {node.name: node.reason for node in clinic.page.reasons.rows}
    assert reasons["dysp"] == "is observed, which opens a collider"
    clinic.shortcut("Ctrl+4")
    assert clinic.emphasis("smoke") == ""


def test_from_a_symptom_to_its_explanation_and_the_best_next_test(clinic):
    clinic.click_bar("dysp", 0)
    clinic.shortcut("Ctrl+5")
    clinic.canvas.fit()
    clinic.turn_to(ExplanationPage)
    # Dawid's most probable explanation of dyspnoea: smoking and bronchitis
    states = {row.name for row in clinic.page.table.rows if row.state == "yes"}
    assert states == {"smoke", "bronc", "dysp"}
    clinic.shortcut("Ctrl+6")
    clinic.turn_to(ValuePage)
    clinic.select("lung")
    values = {row.name: row.entropy_drop for row in clinic.page.table.rows}
    assert max(values, key=values.get) == "either"
    assert values["xray"] > values["smoke"] > values["asia"]


def test_a_parameter_is_found_in_the_tornado_and_changed_in_its_table(clinic):
    clinic.shortcut("Ctrl+6")
    clinic.canvas.fit()
    clinic.turn_to(SensitivityPage)
    clinic.select("lung")
    before = clinic.page.result.probability
    assert before == pytest.approx(0.055)

    def is_smokers(row):
        return (row.node, row.configuration, row.state) == ("lung", (0,), 0)

    clinic.click_row(clinic.page.table, is_smokers)
    view = clinic.bench.inspector().table_editor.view
    view.setFocus()
    QTest.keyClicks(view, "0")
    field = QApplication.focusWidget()
    QTest.keyClicks(field, ".2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    clinic.qtbot.wait(1)
    clinic.bench.trigger("table.complement")
    clinic.wait_for_answer()
    assert clinic.page.result.probability == pytest.approx((0.2 + 0.01) / 2)


def test_pointing_previews_and_clicking_keeps(clinic):
    # the pointer comes from elsewhere
    QTest.mouseMove(clinic.canvas.viewport(), clinic.canvas.viewport().rect().topLeft())
    QTest.mouseMove(clinic.canvas.viewport(), clinic.bar("dysp", 0))
    clinic.qtbot.waitUntil(lambda: bool(clinic.bench.brushing.previews), timeout=10000)
    shown = clinic.canvas.graph.nodes["bronc"].node.bars[0]
    assert shown.value == pytest.approx(0.83396733632956)
    assert clinic.window.document.undo_stack.index() == clinic.window.document.undo_stack.count()
    steps = clinic.window.document.undo_stack.count()
    clinic.click_bar("dysp", 0)
    clinic.wait_for_beliefs()
    assert clinic.window.document.undo_stack.count() == steps + 1
    assert clinic.canvas.graph.nodes["bronc"].node.bars[0].value == pytest.approx(shown.value)
    assert clinic.canvas.graph.nodes["bronc"].node.bars[0].role == "bar"


def test_a_file_of_patients_is_dropped_and_answered(clinic, tmp_path):
    data, out = tmp_path / "patients.csv", tmp_path / "answers.csv"
    data.write_text("asia,dysp,xray\nyes,yes,\n,yes,\nyes,yes,no\n")
    clinic.window.dialogs.save_answer = out
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(data))])
    at, copy = clinic.window.rect().center(), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(clinic.window, QDragEnterEvent(at, copy, mime, LEFT, none))
    drop = QDropEvent(QPointF(at), copy, mime, LEFT, none, QEvent.Type.Drop)
    QApplication.sendEvent(clinic.window, drop)
    clinic.wait_for_answer()
    assert isinstance(clinic.page, BatchPage)
    QTest.mouseClick(clinic.page.start, LEFT)
    clinic.qtbot.waitUntil(out.exists, timeout=60000)
    head, *rows = list(csv.reader(out.read_text().splitlines()))
    tub = head.index("tub=yes")
    # P(tub = yes | e) of the literature for the three patients
    expected = [0.0877509649829219, 0.0188453074588057, 0.00224869531196129]
    assert [float(row[tub]) for row in rows] == pytest.approx(expected)


def test_the_tornado_leaves_the_window_as_a_figure(clinic, tmp_path):
    clinic.shortcut("Ctrl+6")
    clinic.canvas.fit()
    clinic.turn_to(SensitivityPage)
    clinic.select("lung")
    path = tmp_path / "tornado.svg"
    clinic.window.dialogs.save_answer = path
    clinic.shortcut("Ctrl+E")
    dialog = clinic.window.findChild(ExportDialog)
    combo = dialog.form.file_format
    combo.setCurrentIndex(combo.findData(".svg"))
    with clinic.qtbot.waitSignal(dialog.exported, timeout=20000):
        dialog.export_button.click()
    assert "P(lung = yes)" in path.read_text()


def test_the_reduced_network_opens_as_a_markov_network(clinic):
    clinic.click_bar("either", 0)
    clinic.shortcut("Ctrl+4")
    clinic.turn_to(MoralPage)
    clinic.page.is_reduced.setChecked(True)
    clinic.wait_for_answer()
    QTest.mouseClick(clinic.page.open_button, LEFT)
    study = clinic.window.document
    clinic.qtbot.waitUntil(lambda: len(study.study.subjects) == 2, timeout=20000)
    opened = study.study.subjects[1]
    assert opened.kind == "markov-network"
    assert "either" not in opened.value.net.names
    assert len(opened.value.net.names) == 7
