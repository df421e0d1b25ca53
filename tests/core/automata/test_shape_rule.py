"""Rules on shapes are stepped by a polynomial; it has to be the rule's table, cell for cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.automata.bit_board import BitBoardStepper
from core.automata.bit_tiles import BitTilesStepper
from core.automata.rules.isotropic import CENTRE, LETTERS, configurations
from core.automata.shape_rule import shape_places
from tests.core.automata.life_oracle import step_plane, step_table

SHAPES = [(count, letter) for count in range(9) for letter in LETTERS[count] or ("",)]
ORBITS = [
    [middle | around for around in configurations(count, letter)]
    for middle in (0, CENTRE)
    for count, letter in SHAPES
]


def table_of(orbits):
    table = np.zeros(512, dtype=np.uint8)
    for orbit in orbits:
        table[orbit] = 1
    return table


def soup(height, width, seed):
    return (np.random.default_rng(seed).random((height, width)) < 0.5).astype(np.uint8)


rules = st.lists(st.booleans(), min_size=102, max_size=102).map(
    lambda chosen: table_of(
        orbit for orbit, is_chosen in zip(ORBITS, chosen, strict=True) if is_chosen
    )
)


def test_there_are_102_neighbourhoods_up_to_turning_and_mirroring():
    assert len(ORBITS) == 102
    assert sorted(each for orbit in ORBITS for each in orbit) == list(range(512))


@pytest.mark.parametrize("orbit", ORBITS, ids=lambda orbit: f"{orbit[0]:03x}")
def test_each_neighbourhood_alone_gives_life_where_it_is(orbit):
    cells = soup(128, 128, 3)  # 16384 cells hold all 512 neighbourhoods
    stepper = BitBoardStepper(cells, table_of([orbit]))
    stepper.step()
    assert np.array_equal(stepper.cells(), step_table(cells, table_of([orbit])))


@settings(deadline=None, max_examples=60)
@given(table=rules, height=st.sampled_from([1, 7, 64, 65]), width=st.sampled_from([1, 64, 70, 129]))
def test_any_rule_on_shapes_steps_as_its_table_says(table, height, width):
    cells = soup(height, width, 1)
    for joined, oracle in ((True, step_table), (False, step_plane)):
        stepper, expected = BitBoardStepper(cells, table, joined=joined), cells
        stepper.step(3)
        for _ in range(3):
            expected = oracle(expected, table)
        assert np.array_equal(stepper.cells(), expected)


@settings(deadline=None, max_examples=30)
@given(table=rules)
def test_the_plane_without_end_steps_as_a_large_board(table):
    table[0] = 0
    cells = soup(60, 60, 2)
    stepper = BitTilesStepper(cells, table)
    stepper.step(4)
    expected = np.pad(cells, 8)
    for _ in range(4):
        expected = step_plane(expected, table)
    x, y = stepper.origin()
    found = np.zeros_like(expected)
    part = stepper.cells()
    found[8 + y : 8 + y + part.shape[0], 8 + x : 8 + x + part.shape[1]] = part
    assert np.array_equal(found, expected)


def test_a_rule_that_minds_turning_is_no_rule_on_shapes():
    table = np.zeros(512, dtype=np.uint8)
    table[1] = 1
    with pytest.raises(AssertionError, match="turning"):
        shape_places(table)
