"""Worlds as studies keep them: hands, looks, the generation in view, other boards."""

import json

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    NoiseBrush,
    Obstacle,
    Patch,
    Randomise,
    Stroke,
)
from core.automata.resettling import resettled
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.topology import UNBOUNDED, Topology, torus
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.automata.world_subject import WorldSubject, blank_world

HANDS = (
    Gun(0, 3.5, 4.25, 30.0),
    Stroke(1, ((1.5, 2.5), (2.5, 2.5)), 1.5, 1.0),
    Patch(2, 5, 6, np.array([[1, 0], [0, 1]], dtype=np.uint8), "xor"),
    Fill(3, 1, 2, 3, 4, 1.0),
    Randomise(4, 0, 0, 9, 9, 0.5, seed=3),
    ChangeRule(5, LifeLike("36", "23")),
    Obstacle(6, 8.0, 9.0, 2.0, until=20),
    Food(7, 8.0, 9.0, 2.0, 0.1),
    NoiseBrush(8, 8.0, 9.0, 2.0, 0.1, seed=5),
)


def kept(subject):
    """Return the subject after it was written down as text and read again."""
    record, arrays = subject.to_record()
    return WorldSubject.from_record(json.loads(json.dumps(record)), arrays)


def test_everything_hands_can_do_is_kept():
    subject = blank_world().with_interventions(HANDS, 12)
    again = kept(subject)
    assert again.at == 12
    assert [each for each in again.interventions if type(each) is not Patch] == [
        each for each in HANDS if type(each) is not Patch
    ]
    patch = again.interventions[2]
    assert (patch.x, patch.y, patch.mode) == (5, 6, "xor")
    assert np.array_equal(patch.cells, HANDS[2].cells)


def test_real_values_and_looks_are_kept_bit_for_bit():
    cells = np.random.default_rng(1).random((1, 9, 9))
    look = WorldLook("ice", ("#102030",), "growth", ("trail", "box"), 3)
    world = World("field", lenia(3, 10, 0.15, 0.017), torus(9, 9), cells)
    again = kept(WorldSubject(world, look=look))
    assert again.world.array.tobytes() == cells.tobytes()
    assert again.look == look


def test_the_rule_in_force_is_the_last_one_put_in_place():
    subject = blank_world().with_interventions(HANDS)
    assert subject.rule_at(4) is LIFE
    assert subject.rule_at(5).text == "B36/S23"


@pytest.mark.parametrize(
    ("number", "field", "value"),
    [
        (0, "every", 0),
        (0, "x", float("nan")),
        (1, "points", [[1, 2], [3]]),
        (2, "mode", "smash"),
        (3, "width", 2.5),
        (4, "kind", "dance"),
        (5, "rule", "B9/S9"),
    ],
)
def test_a_damaged_hand_is_told_in_a_sentence(number, field, value):
    record, arrays = blank_world().with_interventions(HANDS).to_record()
    record["interventions"][number][field] = value
    with pytest.raises(AutomataError):
        WorldSubject.from_record(record, arrays)


def test_nothing_is_in_view_or_done_before_the_start():
    with pytest.raises(AutomataError, match="before"):
        blank_world().with_shown(-1)
    with pytest.raises(AutomataError, match="before"):
        blank_world().with_interventions((Fill(-2, 0, 0, 1, 1, 1.0),))


def test_cells_come_into_the_middle_of_a_larger_board_and_back():
    cells = np.arange(12, dtype=np.uint8).reshape(3, 4) % 2
    world = World("small", LIFE, torus(4, 3), cells)
    large = resettled(world, Topology("plane", 10, 9))
    assert np.array_equal(large.array[3:6, 3:7], cells)
    assert large.array.sum() == cells.sum()
    assert np.array_equal(resettled(large, torus(4, 3)).array, cells)


def test_a_board_becomes_a_pattern_around_the_origin():
    world = World("small", LIFE, torus(4, 3), np.ones((3, 4), dtype=np.uint8))
    assert resettled(world, UNBOUNDED).origin == (-2, -1)


def test_a_field_needs_sides():
    cells = np.zeros((1, 9, 9))
    world = World("field", lenia(3, 10, 0.15, 0.017), torus(9, 9), cells)
    with pytest.raises(AutomataError, match="sides"):
        resettled(world, UNBOUNDED)
