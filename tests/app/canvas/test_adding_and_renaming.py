"""Double-clicks add and open nodes; names are typed in place."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.rename_editor import RenameEditor


def editor_of(canvas):
    return canvas.viewport().findChild(RenameEditor)


def retype(canvas, text):
    editor = editor_of(canvas)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    return editor


def test_a_double_click_on_empty_canvas_asks_for_a_node_there(hand, ear):
    hand.double_click(250, 120)
    assert ear.all("node_requested") == [(250.0, 120.0)]


def test_a_double_click_on_a_node_opens_it(hand, ear):
    hand.double_click(0, -140)
    assert ear.all("node_activated") == [("A",)]
    assert ear.all("node_requested") == []


def test_a_double_click_on_an_arc_adds_no_node(hand, ear):
    hand.double_click(0, -70)
    assert ear.all("node_requested") == []


def test_a_name_typed_in_place_is_asked_for(canvas, ear):
    canvas.begin_rename("A")
    QTest.keyClick(retype(canvas, "Rain"), Qt.Key.Key_Return)
    assert ear.all("rename_requested") == [("A", "Rain")]


def test_the_editor_stays_in_its_place_while_a_name_is_typed(canvas):
    canvas.begin_rename("A")
    before = editor_of(canvas).geometry()
    assert retype(canvas, "abcdefg").geometry() == before


def test_f2_renames_the_selected_node(canvas, hand):
    canvas.set_selected(["B"])
    hand.key(Qt.Key.Key_F2)
    assert editor_of(canvas).text() == "B"


def test_escape_keeps_the_old_name(canvas, ear):
    canvas.begin_rename("A")
    QTest.keyClick(retype(canvas, "Rain"), Qt.Key.Key_Escape)
    assert ear.all("rename_requested") == []


def test_the_same_name_is_not_asked_for(canvas, ear):
    canvas.begin_rename("A")
    QTest.keyClick(editor_of(canvas), Qt.Key.Key_Return)
    assert ear.all("rename_requested") == []


def test_a_click_elsewhere_commits_the_name(canvas, ear):
    canvas.begin_rename("A")
    retype(canvas, "Rain")
    canvas.setFocus()
    assert ear.all("rename_requested") == [("A", "Rain")]


def test_a_name_that_is_not_allowed_keeps_the_editor_open_and_says_why(canvas, ear, qtbot):
    canvas.set_name_check(lambda name, new: "That name is taken." if new == "B" else "")
    canvas.begin_rename("A")
    editor = retype(canvas, "B")
    with qtbot.waitSignal(canvas.said, check_params_cb=lambda text: text == "That name is taken."):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert ear.all("rename_requested") == []


def test_a_blank_name_is_not_asked_for(canvas, ear):
    canvas.begin_rename("A")
    retype(canvas, "   ")
    canvas.setFocus()
    assert ear.all("rename_requested") == []


def test_the_editor_goes_with_its_node(canvas, ear):
    canvas.begin_rename("A")
    canvas.set_graph([], [])
    assert ear.all("rename_requested") == []


def test_letters_typed_in_the_editor_do_not_reach_the_canvas(canvas, ear):
    canvas.set_selected(["A"])
    canvas.begin_rename("A")
    QTest.keyClick(editor_of(canvas), Qt.Key.Key_Delete)
    QTest.keyClick(editor_of(canvas), Qt.Key.Key_Left)
    assert ear.all("delete_requested") == ear.all("moved") == []
