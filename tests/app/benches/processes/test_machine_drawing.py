"""Drawing a machine with the mouse and the keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.benches.processes.bench import EMPTY_HINT
from core.processes.zoo import process
from tests.app.benches.mouse import add, double_click_at, drag, draw_arc, rim

RETURN = Qt.Key.Key_Return


def connect(bench, source, target, text):
    """Draw an edge from rim to state and type what it says."""
    bench.canvas.finish_motion()
    QTest.qWait(1)
    draw_arc(bench, source, target, bow=30)
    editor = bench.gestures.edge_editing.editor
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, RETURN)


@pytest.fixture
def drawn(blank_bench):
    add(blank_bench, "A", -120, 0)
    add(blank_bench, "B", 120, 0)
    connect(blank_bench, "A", "A", "0")
    connect(blank_bench, "A", "B", "1 | 0.5")
    connect(blank_bench, "B", "A", "0 | 1")
    return blank_bench


def test_an_empty_canvas_says_how_to_begin(blank_bench):
    assert "add a state" in EMPTY_HINT
    assert "no states yet" in blank_bench.measuring.measured.problem
    assert blank_bench.status().startswith("0 states")


def test_the_golden_mean_is_drawn_from_nothing(drawn):
    model = drawn.document.model
    assert model.states == ("A", "B")
    assert np.array_equal(model.T, process("golden-mean").T)


def test_drawing_an_edge_and_typing_it_is_one_step(drawn):
    stack = drawn.context.document.undo_stack
    before = stack.count()
    connect(drawn, "B", "B", "1 | 0.25")
    assert stack.count() == before + 1
    stack.undo()
    assert drawn.document.model.T[1, 1, 1] == 0.0


def test_a_double_click_on_a_label_edits_the_edge(drawn):
    double_click_at(drawn, drawn.canvas.arc_rect(("A", "B", "1")).center())
    editor = drawn.gestures.edge_editing.editor
    assert editor.text() == "1 | 0.5"
    editor.selectAll()
    QTest.keyClicks(editor, "0.2")
    QTest.keyClick(editor, RETURN)
    assert drawn.document.model.T[1, 0, 1] == 0.2
    assert drawn.document.model.T[0, 0, 0] == pytest.approx(0.8)


def test_what_cannot_be_is_refused_while_it_is_typed(drawn, said):
    before = drawn.document.model
    drawn.gestures.edit_edge(("A", "B", "1"))
    editor = drawn.gestures.edge_editing.editor
    editor.selectAll()
    QTest.keyClicks(editor, "1 | 1.5")
    QTest.keyClick(editor, RETURN)
    assert drawn.document.model is before
    assert any("between 0 and 1" in sentence for sentence in said)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert drawn.gestures.edge_editing.editor is None


def test_an_edge_dropped_on_the_canvas_makes_its_state(blank_bench):
    add(blank_bench, "A", -120, 0)
    drag(blank_bench, rim(blank_bench, "A"), blank_bench.canvas.mapFromScene(120, 60))
    blank_bench.canvas.end_rename()
    assert [edge.target for edge in blank_bench.document.model.edges()] == ["B"]


def test_deleting_an_edge_lets_the_others_fill_up_to_1(drawn):
    drawn.canvas.select(arcs=[("A", "B", "1")])
    drawn.trigger("network.delete")
    assert drawn.document.model.T[0, 0, 0] == 1.0


def test_states_without_edges_are_marked_and_explained(blank_bench):
    add(blank_bench, "A", 0, 0)
    node = blank_bench.canvas.graph.wanted["A"]
    assert node.emphasis == "warning"
    assert "no edge leaves it" in node.tooltip


def test_copied_states_are_pasted_beside_the_others(drawn):
    drawn.trigger("network.select_all")
    drawn.trigger("network.duplicate")
    model = drawn.document.model
    assert model.states == ("A", "B", "A2", "B2")
    assert model.edge_count() == 6 and model.bad_rows() == ()
    drawn.canvas.set_selected(["A", "B"])
    drawn.trigger("network.copy")
    drawn.trigger("network.paste")
    assert drawn.document.model.n == 6


def test_a_process_written_as_edges_can_be_pasted(blank_bench, qapp):
    from core.processes.formats import edge_list

    qapp.clipboard().setText(edge_list.edge_text(process("even")))
    blank_bench.trigger("network.paste")
    assert np.array_equal(blank_bench.document.model.T, process("even").T)


def test_states_are_laid_out_apart(drawn, qtbot):
    drawn.gestures.move("Move", {"A": (0, 0), "B": (5, 5)})
    drawn.trigger("network.layout")
    qtbot.waitUntil(lambda: drawn.document.subject.position("B")[0] > 50, timeout=20000)


def test_a_state_that_nothing_leaves_is_named_and_cannot_be_normalised(blank_bench):
    add(blank_bench, "A", 0, 0)
    assert blank_bench.measuring.measured.problem.startswith("No edge leaves A yet")
    assert not blank_bench.is_enabled("process.normalise")
