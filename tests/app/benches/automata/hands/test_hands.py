"""What a user does with hands on a field of Life."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.automata.interventions import Gun, Obstacle, Patch, Stroke

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
GLIDER = "#C from the web\nx = 3, y = 3, rule = B3/S23\nbob$2bo$3o!"


def alive(field):
    return {(int(x), int(y)) for y, x in np.argwhere(field.cells())}


def test_a_painted_cell_lives_and_undo_takes_it_away(life):
    life.key(Qt.Key.Key_B)
    life.click(10, 12)
    assert alive(life) == {(10, 12)}
    assert life.study.undo_stack.undoText() == "Paint"
    life.undo()
    assert alive(life) == set()
    life.study.redo()
    life.wait()
    assert alive(life) == {(10, 12)}


def test_a_drag_at_rest_is_one_stroke_without_gaps(life):
    life.key(Qt.Key.Key_B)
    life.drag((5, 5), (12, 5), (12, 9))
    assert alive(life) == {(x, 5) for x in range(5, 13)} | {(12, y) for y in range(5, 10)}
    assert len(life.done) == 1
    assert isinstance(life.done[0], Stroke)


def test_alt_erases_with_the_brush(life):
    life.key(Qt.Key.Key_B)
    life.drag((5, 5), (12, 5))
    life.click(7, 5, ALT)
    assert (7, 5) not in alive(life)
    assert len(alive(life)) == 7


def test_brackets_change_the_size_of_the_brush(life):
    life.key(Qt.Key.Key_B)
    life.key(Qt.Key.Key_BracketRight)
    life.click(10, 10)
    assert alive(life) == {(10, 10), (9, 10), (11, 10), (10, 9), (10, 11)}
    life.key(Qt.Key.Key_BracketLeft)
    assert life.hands.settings["radius"] == 0.5


def test_painting_while_the_world_runs_is_one_undo_step(life):
    life.key(Qt.Key.Key_B)
    life.session.set_speed(5)
    life.session.play()
    life.press(5, 5)
    for x in range(6, 20):
        life.move(x, 5)
        life.qtbot.wait(20)
    life.release(20, 5)
    life.session.pause()
    life.wait()
    assert len(life.done) > 1
    while life.study.undo_stack.undoText() != "Paint":
        life.undo()
    life.undo()
    assert life.done == ()


def test_a_rectangle_is_filled_and_a_click_floods(life):
    life.key(Qt.Key.Key_F)
    life.drag((5, 5), (10, 9))
    assert alive(life) == {(x, y) for x in range(5, 11) for y in range(5, 10)}
    life.click(30, 30)
    assert life.cells().all()


def test_a_random_patch_keeps_to_its_rectangle_and_its_seed(life):
    life.key(Qt.Key.Key_N)
    life.drag((5, 5), (24, 24))
    first = life.cells()
    assert 80 < first.sum() < 200
    assert first[5:25, 5:25].sum() == first.sum()
    life.undo()
    life.hands.settings.set("seed", 0)
    life.drag((5, 5), (24, 24))
    np.testing.assert_array_equal(life.cells(), first)


def test_a_pattern_from_the_web_is_pasted_turned_and_stamped(life):
    QGuiApplication.clipboard().setText(GLIDER)
    life.key(Qt.Key.Key_V, CTRL)
    assert life.hands.tool.id == "stamp"
    life.key(Qt.Key.Key_X)
    life.click(20, 20)
    assert alive(life) == {(20, 19), (19, 20), (19, 21), (20, 21), (21, 21)}
    assert isinstance(life.done[0], Patch)


def test_text_that_is_no_pattern_is_refused_in_one_sentence(life, said):
    QGuiApplication.clipboard().setText("Dear Sir or Madam, what a day it was?")
    life.key(Qt.Key.Key_V, CTRL)
    assert life.hands.tool.id == "pointer"
    assert said[-1].startswith("The clipboard")
    assert "\n" not in said[-1]


def test_a_selection_is_copied_as_text_cut_turned_and_put_elsewhere(life):
    life.key(Qt.Key.Key_B)
    life.drag((5, 5), (8, 5))
    life.key(Qt.Key.Key_S)
    life.drag((4, 4), (9, 7))
    life.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "x = 6, y = 4, rule = B3/S23\n$b4o!\n"
    life.key(Qt.Key.Key_R)
    assert alive(life) == {(7, y) for y in range(4, 8)}
    assert life.hands.tool.box == (5, 3, 4, 6)
    life.key(Qt.Key.Key_X)
    assert alive(life) == {(6, y) for y in range(4, 8)}
    life.key(Qt.Key.Key_X, CTRL)
    assert alive(life) == set()
    life.key(Qt.Key.Key_V, CTRL)
    life.click(20, 20)
    assert len(alive(life)) == 4


def test_everything_is_selected_and_cleared(life):
    life.key(Qt.Key.Key_B)
    life.click(3, 3)
    life.key(Qt.Key.Key_S)
    life.key(Qt.Key.Key_A, CTRL)
    life.key(Qt.Key.Key_Delete)
    assert alive(life) == set()
    assert len(life.done) == 2


def test_a_gun_is_aimed_by_a_drag_and_fires(life):
    life.key(Qt.Key.Key_G)
    life.drag((10, 20), (10, 10))
    gun = life.done[0]
    assert isinstance(gun, Gun)
    assert gun.angle == -90.0
    assert (10, 20) in alive(life)
    life.session.step(6)
    life.wait()
    assert (10, 14) in alive(life)


def test_an_obstacle_is_dragged_to_size_moved_and_switched_off(life):
    life.key(Qt.Key.Key_O)
    life.drag((20, 20), (24, 20))
    assert life.done[0].radius == 4.0
    life.key(Qt.Key.Key_V)
    life.drag((20, 21), (22, 25))
    moved = life.done[0]
    assert isinstance(moved, Obstacle)
    assert (moved.x, moved.y) == (22.5, 24.5)
    life.tab.list.follow()
    item = life.tab.list.topLevelItem(0)
    item.setCheckState(1, Qt.CheckState.Unchecked)
    life.wait()
    assert life.done[0].until == life.done[0].generation


def test_rewinding_and_replaying_gives_the_same_state(life):
    life.key(Qt.Key.Key_N)
    life.drag((2, 2), (30, 30))
    life.session.step(7)
    life.wait()
    life.key(Qt.Key.Key_B)
    life.drag((5, 30), (30, 30))
    life.key(Qt.Key.Key_G)
    life.drag((20, 20), (25, 25))
    life.session.step(15)
    life.wait()
    before, done = life.cells(), life.done
    life.session.go_to(3)
    life.wait()
    life.session.go_to(22)
    life.wait()
    np.testing.assert_array_equal(life.cells(), before)
    assert life.done == done


def test_removing_an_intervention_gives_the_world_without_it(life):
    life.key(Qt.Key.Key_B)
    life.drag((5, 5), (7, 5))
    life.drag((5, 20), (7, 20))
    life.session.step(4)
    life.wait()
    life.tab.list.follow()
    life.tab.list.topLevelItem(0).setSelected(True)
    life.tab.list.remove_selected()
    life.wait()
    assert life.session.generation == 4
    assert alive(life) == {(5, 20), (6, 20), (7, 20)}


def test_the_list_keeps_its_rows_and_follows_again_when_it_is_seen(life):
    shown = life.tab.list
    life.key(Qt.Key.Key_B)
    for y in (5, 12, 20):
        life.drag((5, y), (7, y))
    shown.follow()
    first = [shown.topLevelItem(number) for number in range(3)]
    life.undo()
    life.drag((5, 30), (9, 30))
    shown.follow()
    assert [shown.topLevelItem(number) for number in range(2)] == first[:2]
    assert shown.topLevelItemCount() == 3
    life.tab.hide()
    life.drag((15, 30), (19, 30))
    life.qtbot.wait(100)
    assert shown.topLevelItemCount() == 3
    life.tab.show()
    assert shown.topLevelItemCount() == 4


def test_a_click_in_the_list_goes_to_its_generation(life):
    life.session.step(9)
    life.wait()
    life.key(Qt.Key.Key_B)
    life.click(5, 5)
    life.session.step(9)
    life.wait()
    life.tab.list.follow()
    rect = life.tab.list.visualItemRect(life.tab.list.topLevelItem(0))
    life.qtbot.mouseClick(life.tab.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    life.qtbot.waitUntil(lambda: life.session.generation == 9, timeout=30_000)


def test_a_number_of_the_list_is_changed_in_its_form(life):
    life.key(Qt.Key.Key_O)
    life.drag((20, 20), (24, 20))
    life.tab.list.follow()
    life.tab.list.topLevelItem(0).setSelected(True)
    life.tab.details.boxes["radius"].setValue(7.0)
    life.wait()
    assert life.done[0].radius == 7.0
    life.undo()
    assert life.done[0].radius == 4.0
