"""Editing conditional tables in the inspector."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from app.benches.networks.deterministic_dialog import DeterministicDialog
from app.benches.networks.noisy_max_dialog import NoisyMaxDialog
from app.benches.networks.noisy_or_dialog import NoisyOrDialog
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.subject import NetworkSubject


def show_table(bench, name):
    bench.canvas.set_selected([name])
    bench.trigger("network.edit_table")
    return bench.inspector().table_editor


def select(editor, *cells):
    model = editor.view.selectionModel()
    model.clear()
    for row, column in cells:
        index = editor.model.index(row, column)
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)


def dialog_of(editor, kind):
    return next(d for d in editor.window().findChildren(QDialog) if isinstance(d, kind))


def column(bench, name, index):
    node = bench.document.net[name]
    return node.table.reshape(-1, len(node.states))[index].tolist()


def test_columns_are_headed_by_the_states_of_the_parents(sprinkler_bench):
    model = show_table(sprinkler_bench, "WetGrass").model
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert heads == ["true\ntrue", "true\nfalse", "false\ntrue", "false\nfalse"]
    rows = [model.headerData(i, Qt.Orientation.Vertical) for i in range(model.rowCount())]
    assert rows == ["true", "false", "Sum"]


def test_a_typed_number_is_one_undo_step_and_moves_to_the_next_cell(sprinkler_bench):
    before = sprinkler_bench.document.net
    editor = show_table(sprinkler_bench, "Rain")
    editor.model.setData(editor.model.index(0, 0), "0,75")
    assert column(sprinkler_bench, "Rain", 0) == [0.75, 0.2]
    sprinkler_bench.context.document.undo()
    assert sprinkler_bench.document.net == before


def test_numbers_are_typed_with_the_keyboard_one_after_the_other(sprinkler_bench, qtbot):
    editor = show_table(sprinkler_bench, "Cloudy")
    editor.view.setFocus()
    editor.view.setCurrentIndex(editor.model.index(0, 0))
    for text in ("0.3", "0.7"):
        editor.view.edit(editor.view.currentIndex())
        field = editor.view.viewport().findChildren(QLineEdit)[-1]
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.wait(1)
    assert column(sprinkler_bench, "Cloudy", 0) == [0.3, 0.7]


def test_text_that_is_no_probability_is_refused_with_a_sentence(sprinkler_bench, said):
    before = sprinkler_bench.document.net
    editor = show_table(sprinkler_bench, "Rain")
    editor.model.setData(editor.model.index(0, 0), "often")
    assert sprinkler_bench.document.net == before
    assert said[-1] == "'often' is not a number; write it as 0.25, 0,25, 25 % or 1/4."


def test_a_column_that_misses_one_is_marked_and_can_be_normalised(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    editor.model.setData(editor.model.index(0, 1), "0.3")
    warning = editor._warning
    assert not warning.isHidden()
    assert "Sprinkler=true, Rain=false sums to 0.4" in warning.label.text()
    sums = editor.model.index(2, 1)
    assert editor.model.data(sums) == "⚠ 0.4"
    assert "not 1" in editor.model.data(sums, Qt.ItemDataRole.ToolTipRole)
    warning.button.click()
    assert column(sprinkler_bench, "WetGrass", 1) == pytest.approx([0.75, 0.25])
    assert warning.isHidden()


def test_a_table_comes_from_a_spreadsheet_and_goes_back(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    QGuiApplication.clipboard().setText("0,1\t0,2\t0,3\t0,4\n0,9\t0,8\t0,7\t0,6\n")
    sprinkler_bench.trigger("table.paste")
    assert [column(sprinkler_bench, "WetGrass", i)[0] for i in range(4)] == [0.1, 0.2, 0.3, 0.4]
    select(editor, (0, 1), (0, 2))
    sprinkler_bench.trigger("table.copy")
    assert QGuiApplication.clipboard().text() == "0.2\t0.3"


def test_normalise_and_uniform_touch_the_selected_columns_only(sprinkler_bench):
    editor = show_table(sprinkler_bench, "Rain")
    select(editor, (0, 1))
    sprinkler_bench.trigger("table.uniform")
    assert column(sprinkler_bench, "Rain", 0) == [0.8, 0.2]
    assert column(sprinkler_bench, "Rain", 1) == [0.5, 0.5]


def test_random_columns_come_from_the_seed_and_the_seed_is_remembered(sprinkler_bench):
    show_table(sprinkler_bench, "WetGrass")
    sprinkler_bench.trigger("table.randomise")
    first = sprinkler_bench.document.net["WetGrass"].table
    sprinkler_bench.trigger("table.uniform")
    sprinkler_bench.trigger("table.randomise")
    assert sprinkler_bench.document.net["WetGrass"].table.tolist() == first.tolist()
    assert sprinkler_bench.context.preferences.get("networks.table_seed") == 7


def test_the_noisy_or_dialog_makes_the_table_it_previews(sprinkler_bench, qtbot):
    editor = show_table(sprinkler_bench, "WetGrass")
    sprinkler_bench.trigger("table.noisy_or")
    dialog = dialog_of(editor, NoisyOrDialog)
    for field, value in zip(dialog.strengths, (0.9, 0.5), strict=True):
        field.setValue(value)
    dialog.leak.setValue(0.1)
    dialog._buttons.accepted.emit()
    # P(dry) = (1 - leak) times the product of (1 - strength) over the parents that are true
    dry = [0.9 * 0.1 * 0.5, 0.9 * 0.1, 0.9 * 0.5, 0.9]
    assert [column(sprinkler_bench, "WetGrass", i)[1] for i in range(4)] == pytest.approx(dry)


def test_the_noisy_or_dialog_reads_strengths_off_a_noisy_or_table(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    dry = [0.9 * 0.1 * 0.5, 0.9 * 0.1, 0.9 * 0.5, 0.9]
    table = [[[1 - dry[0], dry[0]], [1 - dry[1], dry[1]]], [[1 - dry[2], dry[2]], [0.1, 0.9]]]
    sprinkler_bench.document.edit_net("Edit", lambda net: net.with_table("WetGrass", table))
    sprinkler_bench.trigger("table.noisy_or")
    dialog = dialog_of(editor, NoisyOrDialog)
    assert [f.value() for f in dialog.strengths] == pytest.approx([0.9, 0.5], abs=1e-6)
    assert dialog.leak.value() == pytest.approx(0.1, abs=1e-6)
    dialog.reject()


def test_a_noisy_max_line_that_misses_one_stops_the_dialog(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    sprinkler_bench.trigger("table.noisy_max")
    dialog = dialog_of(editor, NoisyMaxDialog)
    dialog.grid.item(0, 0).setText("0.5")
    assert dialog._table is None
    assert "sums to 0.7, not 1" in dialog._problem.text()
    dialog.grid.item(0, 1).setText("0.5")
    assert dialog._table is not None
    dialog.reject()


def test_a_rule_makes_a_deterministic_table(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    sprinkler_bench.trigger("table.deterministic")
    dialog = dialog_of(editor, DeterministicDialog)
    dialog.rule.setCurrentIndex(dialog.rule.findData("AND"))
    dialog._buttons.accepted.emit()
    wet = [column(sprinkler_bench, "WetGrass", i)[0] for i in range(4)]
    assert wet == [1, 0, 0, 0]


def test_dragging_a_parent_down_transposes_the_table(sprinkler_bench):
    before = sprinkler_bench.document.net["WetGrass"].table
    editor = show_table(sprinkler_bench, "WetGrass")
    corner = editor.view.corner
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(corner, left, pos=QPoint(20, 8))
    QTest.mouseMove(corner, QPoint(20, 36))
    QTest.mouseRelease(corner, left, pos=QPoint(20, 36))
    node = sprinkler_bench.document.net["WetGrass"]
    assert node.parents == ("Rain", "Sprinkler")
    assert node.table.tolist() == before.transpose(1, 0, 2).tolist()


def test_a_press_on_a_parent_state_selects_all_its_columns(sprinkler_bench):
    editor = show_table(sprinkler_bench, "WetGrass")
    head = editor.view.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(3) + 5, 8)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert {column for _, column in editor.view.selected_cells()} == {2, 3}


def test_states_are_added_renamed_reordered_and_removed_and_evidence_follows(sprinkler_bench):
    bench = sprinkler_bench
    bench.canvas.bar_clicked.emit("Rain", 1)
    bench.canvas.set_selected(["Rain"])
    states = bench.inspector().part_panel.states
    states.list.setCurrentRow(1)
    states.move_up()
    assert bench.document.net["Rain"].states == ("false", "true")
    assert bench.document.evidence["Rain"] == 0
    assert column(bench, "Rain", 0) == [0.2, 0.8]
    assert bench.document.net["WetGrass"].table[0].tolist() == [[0.9, 0.1], [0.99, 0.01]]
    states.add_state()
    assert bench.document.net["Rain"].states == ("false", "true", "state 3")
    states.list.item(2).setText("drizzle")
    assert bench.document.net["Rain"].states[2] == "drizzle"
    states.list.setCurrentRow(0)
    states.remove_state()
    assert bench.document.net["Rain"].states == ("true", "drizzle")
    assert "Rain" not in bench.document.evidence
    for _ in range(5):
        bench.context.document.undo()
    assert bench.document.net["Rain"].states == ("true", "false")


def test_a_wide_table_is_shown_at_once(open_bench, qtbot):
    parents = [Node(f"P{i}", ("a", "b"), (), uniform_table([], 2)) for i in range(14)]
    names = tuple(node.name for node in parents)
    child = Node("Child", ("a", "b"), names, uniform_table([2] * 14, 2))
    bench = open_bench(NetworkSubject(BayesNet([*parents, child])))
    editor = show_table(bench, "Child")
    assert editor.model.columnCount() == 2**14
    editor.view.scrollTo(editor.model.index(0, 2**14 - 1))
    assert not editor.view.grab().isNull()
