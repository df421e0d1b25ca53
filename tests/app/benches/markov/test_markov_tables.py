"""The table of a potential: numbers, logarithms, the clipboard."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.benches.markov.potential_table import logarithm_text, number_from_logarithm
from app.graphical.number_text import NumberTextError
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.markov_subject import MarkovSubject

EDIT = Qt.ItemDataRole.EditRole


def shown(bench, name="φ1"):
    bench.canvas.set_selected([name])
    return bench.inspector().table_editor


def texts(editor):
    model = editor.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_rows_are_the_last_variable_and_there_is_no_row_of_sums(students_bench):
    editor = shown(students_bench)
    assert texts(editor) == [["30", "1"], ["5", "10"]]


def test_a_typed_number_may_be_larger_than_one_and_is_one_undo_step(students_bench):
    editor = shown(students_bench)
    assert editor.model.setData(editor.model.index(1, 0), "250", EDIT)
    assert students_bench.document.net.potential("φ1").table.tolist() == [[30, 250], [1, 10]]
    students_bench.context.document.undo_stack.undo()
    assert students_bench.document.net.potential("φ1").table.tolist() == [[30, 5], [1, 10]]


def test_a_negative_number_is_refused_with_a_sentence(students_bench, said):
    editor = shown(students_bench)
    assert not editor.model.setData(editor.model.index(0, 0), "-3", EDIT)
    assert "a potential is a number from 0 on" in said[-1]


def test_a_table_of_zeros_is_refused_with_a_sentence(students_bench, said):
    students_bench.canvas.set_selected(["φ1"])
    QGuiApplication.clipboard().setText("0\t0\n0\t0")
    students_bench.trigger("table.paste")
    assert "only zeros" in said[-1]


def test_logarithms_are_shown_and_typed(students_bench):
    editor = shown(students_bench)
    students_bench.trigger("potential.logarithms")
    assert students_bench.is_checked("potential.logarithms")
    assert texts(editor)[0] == ["3.4012", "0"]
    editor.model.setData(editor.model.index(0, 1), "−∞", EDIT)
    assert students_bench.document.net.potential("φ1").table[1, 0] == 0.0


def test_scaling_changes_z_and_no_belief(students_bench, qtbot):
    before = students_bench.beliefs.beliefs.posteriors
    shown(students_bench)
    students_bench.trigger("potential.scale")
    qtbot.waitUntil(lambda: not students_bench.beliefs.is_waiting, timeout=60000)
    after = students_bench.beliefs.beliefs.posteriors
    assert students_bench.document.net.potential("φ1").table.max() == 1.0
    assert after.log_evidence == pytest.approx(before.log_evidence - math.log(30), abs=1e-9)
    assert after.marginals["Bob"] == pytest.approx(before.marginals["Bob"], abs=1e-12)


def test_numbers_go_to_a_spreadsheet_and_come_back(students_bench):
    shown(students_bench)
    students_bench.trigger("table.copy")
    assert QGuiApplication.clipboard().text() == "30.0\t1.0\n5.0\t10.0"
    QGuiApplication.clipboard().setText("1\t2\n3\t4")
    students_bench.trigger("table.paste")
    assert students_bench.document.net.potential("φ1").table.tolist() == [[1, 3], [2, 4]]


def test_unary_potentials_and_constants_have_one_column(open_bench):
    net = MarkovNetwork(
        [Variable("A", ("0", "1"))], [Potential("f", ("A",), [1, 2]), Potential("c", (), 3.0)]
    )
    bench = open_bench(MarkovSubject(net))
    assert texts(shown(bench, "f")) == [["1"], ["2"]]
    assert texts(shown(bench, "c")) == [["3"]]
    editor = shown(bench, "c")
    assert editor.model.setData(editor.model.index(0, 0), "7", EDIT)
    assert float(bench.document.net.potential("c").table) == 7.0


def test_two_variables_of_a_markov_graph_select_what_is_over_both(students_bench):
    students_bench.trigger("markov.markov_graph")
    students_bench.canvas.set_selected(["Alice", "Bob"])
    assert students_bench.inspector().table_editor.potential.name == "φ1"


@pytest.mark.parametrize("text", ["x", "710", "nan", "inf", ""])
def test_what_is_no_logarithm_of_a_number_is_refused(text):
    with pytest.raises(NumberTextError):
        number_from_logarithm(text)


def test_logarithms_read_back():
    assert logarithm_text(0.0) == "−∞"
    assert number_from_logarithm(logarithm_text(0.25, is_exact=True)) == pytest.approx(0.25)
