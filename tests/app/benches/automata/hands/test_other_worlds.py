"""Hands on fields, particles and rows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication

from core.automata.interventions import Food, Push, Stroke
from core.automata.rules.elementary import Elementary
from core.automata.rules.generations import Generations
from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import UNBOUNDED, Topology, torus
from core.automata.world import World

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(open_field):
    """Two channels of Lenia."""
    kernels = tuple(LeniaKernel(Growth(0.15, 0.015), source=c, target=c) for c in range(2))
    rule = LeniaRule(radius=5, steps_per_unit=10, kernels=kernels, channels=2)
    return open_field(World("field", rule, torus(40, 40), np.zeros((2, 40, 40))))


@pytest.fixture
def dust(open_field):
    """Particles."""
    places = np.random.default_rng(1).random((30, 2)) * 12.0
    return open_field(World("dust", ParticleLeniaRule(), UNBOUNDED, places))


@pytest.fixture
def row(open_field):
    """Rule 30."""
    world = World("row", Elementary(30), Topology("torus", 60, 1), np.zeros(60, dtype=np.uint8))
    return open_field(world)


def test_a_channel_of_a_field_is_painted_with_a_value(field):
    field.key(Qt.Key.Key_B)
    field.tab.form.boxes["channel"].setValue(1)
    field.tab.form.boxes["value"].setValue(0.4)
    field.click(20, 20)
    cells = field.cells()
    assert not cells[0].any()
    assert np.unique(cells[1]) == pytest.approx([0.0, 0.4])


def test_the_wheel_with_shift_changes_the_brush_and_does_not_zoom(field):
    field.key(Qt.Key.Key_B)
    scale, middle = field.view.scale, field.view.rect().center()
    for modifiers in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier):
        turned = QWheelEvent(
            middle,
            middle,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.view, turned)
    assert field.hands.settings["radius"] == 4.0
    assert field.view.scale == scale


def test_food_is_put_down_and_feeds(field):
    field.key(Qt.Key.Key_D)
    field.drag((20, 20), (24, 20))
    assert isinstance(field.done[0], Food)
    field.session.step(1)
    field.wait()
    assert field.cells()[0].sum() > 0


def test_cells_of_a_field_are_copied_and_pasted_bit_for_bit(field):
    field.key(Qt.Key.Key_N)
    field.drag((4, 4), (11, 9))
    field.key(Qt.Key.Key_S)
    field.drag((4, 4), (11, 9))
    field.key(Qt.Key.Key_C, CTRL)
    field.key(Qt.Key.Key_V, CTRL)
    field.click(28, 28)
    cells = field.cells()
    np.testing.assert_array_equal(cells[:, 25:31, 24:32], cells[:, 4:10, 4:12])
    assert cells[1].any()


def test_a_pattern_of_states_is_stamped_on_a_field(field):
    QGuiApplication.clipboard().setText("bo$2bo$3o!")
    field.key(Qt.Key.Key_V, CTRL)
    field.click(20, 20)
    assert field.cells()[0].sum() == 5.0


def test_only_tools_that_a_world_takes_are_offered(field, dust):
    assert "push" not in [tool.id for tool in field.hands.offered()]
    assert "push" in [tool.id for tool in dust.hands.offered()]
    assert "food" not in [tool.id for tool in dust.hands.offered()]
    assert dust.tab.strip.buttons["food"].isHidden()


def test_particles_are_painted_pushed_and_undone(dust):
    dust.key(Qt.Key.Key_B)
    dust.click(2, 2)
    assert len(dust.cells()) == 31
    assert isinstance(dust.done[0], Stroke)
    dust.key(Qt.Key.Key_U)
    dust.drag((2, 2), (3, 2))
    assert isinstance(dust.done[1], Push)
    assert dust.cells()[30][0] > 2.6
    dust.undo()
    dust.undo()
    assert len(dust.cells()) == 30


def test_particles_are_erased(dust):
    dust.hands.settings.set("radius", 40.0)
    dust.key(Qt.Key.Key_E)
    dust.click(6, 6)
    assert len(dust.cells()) == 0


def test_a_row_is_painted_at_the_present_generation(row):
    row.session.step(5)
    row.wait()
    row.key(Qt.Key.Key_B)
    row.click(30, 2)
    cells = row.cells()
    assert cells.tolist() == [int(x == 30) for x in range(60)]
    assert row.done[0].generation == 5


def test_the_state_of_many_is_chosen_in_the_form(open_field):
    rule = Generations("2", "345", 4)
    wars = open_field(World("wars", rule, torus(40, 40), np.zeros((40, 40), dtype=np.uint8)))
    wars.key(Qt.Key.Key_B)
    wars.tab.form.boxes["state"].setValue(3)
    wars.click(5, 5)
    assert wars.cells()[5, 5] == 3
    assert wars.cells().sum() == 3


def test_particles_are_copied_and_stamped_about_the_pointer(dust):
    before = dust.cells()
    dust.key(Qt.Key.Key_S)
    dust.key(Qt.Key.Key_A, CTRL)
    dust.key(Qt.Key.Key_C, CTRL)
    dust.key(Qt.Key.Key_V, CTRL)
    dust.click(30, 6)
    after = dust.cells()
    assert len(after) == 60
    np.testing.assert_array_equal(after[:30], before)
    assert after[30:].mean(axis=0) == pytest.approx((30.5, 6.5), abs=0.5)
