"""Sliders, matrices, parameters and measures in the inspector."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.processes.examples import build


def test_a_slider_keeps_the_row_at_1_and_is_one_step(golden_bench):
    panel = golden_bench.inspector().state_panel
    golden_bench.canvas.set_selected(["A"])
    assert [row.edge.symbol for row in panel.rows] == ["0", "1"]
    slider = panel.rows[1].slider
    slider.sliderPressed.emit()
    for value in (600, 900, 1000, 250):
        slider.setValue(value)
    slider.sliderReleased.emit()
    T = golden_bench.document.model.T
    assert T[1, 0, 1] == 0.25 and T[0, 0, 0] == pytest.approx(0.75)
    assert golden_bench.context.document.undo_stack.count() == 1


def test_a_typed_probability_is_taken(golden_bench):
    golden_bench.canvas.select(arcs=[("A", "B", "1")])
    row = golden_bench.inspector().state_panel.rows[1]
    row.field.setText("1/3")
    row.field.textEdited.emit("1/3")
    row.field.editingFinished.emit()
    assert golden_bench.document.model.T[1, 0, 1] == pytest.approx(1 / 3)


def test_a_row_typed_into_the_matrix_may_miss_1_until_it_is_normalised(golden_bench, measured):
    panel = golden_bench.inspector().matrix_panel
    golden_bench.trigger("network.edit_table")
    assert panel.matrix.setData(panel.matrix.index(0, 0), "1.0")
    assert golden_bench.document.model.bad_rows() == ("A",)
    assert "Measures wait" in panel.callout.label.text()
    assert "'A'" in measured(golden_bench).problem
    assert golden_bench.is_enabled("process.normalise")
    golden_bench.trigger("process.normalise")
    assert golden_bench.document.model.T[0, 0, 0] == pytest.approx(2 / 3)
    assert measured(golden_bench).problem == ""


def test_a_matrix_refuses_what_is_no_probability(golden_bench, said):
    matrix = golden_bench.inspector().matrix_panel.matrix
    assert not matrix.setData(matrix.index(0, 0), "much")
    assert any("not a number" in sentence for sentence in said)


def test_the_sum_of_all_symbols_is_only_looked_at(golden_bench):
    panel = golden_bench.inspector().matrix_panel
    panel.choice.setCurrentIndex(2)
    assert panel.symbol is None
    assert not panel.matrix.flags(panel.matrix.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_measures_are_those_of_the_literature_with_formula_and_method(golden_bench, measured):
    found = measured(golden_bench).measures
    assert found["h_mu"].value == pytest.approx(2 / 3)
    panel = golden_bench.inspector().measures_panel
    assert panel.text("h_mu") == "0.66667"
    panel.tree.setCurrentItem(panel._items["h_mu"])
    assert "Entropy rate" in panel.formula.text()
    assert found["h_mu"].method in panel.formula.text()


def test_measures_follow_an_edit(golden_bench, measured):
    measured(golden_bench)
    p = 0.2
    golden_bench.gestures.set_edge(("A", "B", "1"), str(p))
    h = -(p * math.log2(p) + (1 - p) * math.log2(1 - p)) / (1 + p)
    assert measured(golden_bench).measures["h_mu"].value == pytest.approx(h)


def test_the_parameters_of_the_zoo_rebuild_the_machine_in_place(golden_bench):
    panel = golden_bench.inspector().zoo_panel
    places = golden_bench.document.subject.positions
    slider = panel.sliders.sliders["p"]
    slider.setValue(300)
    slider.sliderReleased.emit()
    assert golden_bench.document.model.T[1, 0, 1] == pytest.approx(0.3)
    assert golden_bench.document.subject.positions == places
    golden_bench.gestures.set_edge(("A", "B", "1"), "0.4")
    assert panel.sliders is None and panel.title.text() == "Own machine"


def test_symbols_are_renamed_and_removed(golden_bench):
    golden_bench.context.dialogs.text = "one"
    panel = golden_bench.inspector().state_panel
    panel.symbols.rename_asked.emit("1")
    assert golden_bench.document.model.alphabet == ("0", "one")
    panel.symbols.remove_asked.emit("one")
    assert golden_bench.document.model.T[0, 0, 0] == 1.0


def test_the_zoo_can_be_filtered_and_adds_a_process(golden_bench):
    golden_bench.trigger("process.from_zoo")
    dialog = golden_bench.commands.dialog
    QTest.keyClicks(dialog.filter, "mess3")
    assert dialog.entry.name == "mess3"
    dialog.sliders.sliders["x"].setValue(200)
    dialog.accept()
    added = golden_bench.context.document.study.subjects[-1]
    assert added.value.zoo == "mess3"
    assert added.value.parameters["x"] == pytest.approx(0.1)


def test_a_process_run_backwards_is_added(open_bench, qtbot):
    bench = open_bench(build("irreversible"))
    bench.trigger("process.reverse")
    study = bench.context.document
    qtbot.waitUntil(lambda: len(study.study.subjects) == 2, timeout=20000)
    assert study.study.subjects[1].name.endswith("backwards")
