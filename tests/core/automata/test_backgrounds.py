"""What differs from a background that flips with every step."""

import numpy as np
import pytest

from core.automata.backgrounds import background_at, differing, seen
from core.automata.rules.reading import rule_of
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World

FLIPPING = (
    "margolus:critters",
    "margolus:tron",
    "B0123478/S3467",
    "B02/S3V",
    "noisy(0):B03/S23",
    "23/03/4",
    "R2,C0,M1,S3..9,B0..4,NM",
)
STEADY = (
    "B3/S23", "B03/S238", "margolus:hpp", "margolus:bbm", "R2,C0,M0,S3..24,B0..4,NM", "3/2/3",
)  # fmt: skip


@pytest.mark.parametrize("text", FLIPPING)
def test_the_background_is_what_becomes_of_an_empty_board(text):
    rule, board = rule_of(text), torus(12, 12)
    stepper = make_stepper(World("empty", rule, board, np.zeros((12, 12), dtype=np.uint8)))
    found = []
    for generation in range(9):
        assert np.unique(stepper.cells()).tolist() == [background_at(rule, board, generation)]
        found.append(background_at(rule, board, generation))
        stepper.step(1)
    assert any(found)


@pytest.mark.parametrize("text", STEADY)
def test_a_board_that_stays_empty_or_full_is_shown_as_it_is(text):
    assert [background_at(rule_of(text), torus(12, 12), each) for each in range(6)] == [0] * 6


def test_the_plane_without_end_is_shown_as_it_is():
    assert background_at(rule_of("B0/S"), UNBOUNDED, 1) == 0


def test_no_state_is_lost_where_background_and_empty_are_exchanged():
    states = np.arange(4, dtype=np.uint8)
    assert differing(states, 2).tolist() == [2, 1, 0, 3]
    assert np.array_equal(differing(differing(states, 2), 2), states)


@pytest.mark.parametrize("steps", [1, 2])
def test_critters_keep_their_number_and_their_box_in_sight(steps):
    cells = np.zeros((20, 30), dtype=np.uint8)
    cells[4:9, 6:12] = np.random.default_rng(4).integers(0, 2, (5, 6), dtype=np.uint8)
    world = World("critters", rule_of("margolus:critters"), torus(30, 20), cells)
    stepper = make_stepper(world)
    stepper.step(steps)
    eyes = seen(stepper, world.rule, world.topology)
    full = steps % 2
    shown = stepper.cells() ^ full
    assert eyes.population() == np.count_nonzero(shown) < 40
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    box = (columns[0], rows[0], np.ptp(columns) + 1, np.ptp(rows) + 1)
    assert eyes.bounding_box() == box
    assert np.array_equal(eyes.frame(0, 0, 30, 20), shown)
    padded = np.pad(shown, ((0, 1), (0, 0)))
    blocks = padded.reshape(7, 3, 10, 3).max(axis=(1, 3))
    assert np.array_equal(eyes.frame(0, 0, 10, 7, 3), blocks)
    assert not eyes.frame(-4, -4, 4, 28).any()
