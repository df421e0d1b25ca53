"""Blocks of worlds through time, whatever steps them."""

import numpy as np
import pytest

from core.automata.errors import AutomataError, TooLarge
from core.automata.patterns import pattern_world
from core.automata.rules.elementary import Elementary
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.space_time_block import space_time_block
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, Topology, torus
from core.automata.world import World, pattern


@pytest.fixture
def soup():
    cells = np.random.default_rng(2).integers(0, 2, (20, 30)).astype(np.uint8)
    return World("soup", LIFE, torus(30, 20), cells)


def test_slices_are_the_states_of_the_run(soup):
    block = space_time_block(soup, 6)
    stepper = make_stepper(soup)
    for slice_ in block.values:
        assert np.array_equal(slice_, stepper.cells())
        stepper.step()
    assert block.values.shape == (7, 20, 30)
    assert (block.wraps, block.box, block.states) == ((True, True), (0, 0, 30, 20), 2)


def test_a_region_is_a_window_that_is_joined_only_where_it_spans_the_world(soup):
    whole = space_time_block(soup, 4).values
    block = space_time_block(soup, 4, region=(5, 0, 12, 20))
    assert np.array_equal(block.values, whole[:, :, 5:17])
    assert block.wraps == (True, False)


def test_slices_can_be_skipped_and_taken_now_and_then(soup):
    whole = space_time_block(soup, 12).values
    block = space_time_block(soup, 9, skip=3, every=4)
    assert np.array_equal(block.values, whole[[3, 7, 11]])
    assert [block.generation(each) for each in range(3)] == [3, 7, 11]


def test_rows_of_cells_make_a_block_of_two_axes():
    cells = np.zeros(31, dtype=np.uint8)
    cells[15] = 1
    world = World("row", Elementary(90), torus(31, 1), cells)
    block = space_time_block(world, 4, region=(10, 7, 11, 3))
    assert block.values.sum(axis=1).tolist() == [1, 2, 2, 4, 2]  # rows of Pascal's triangle, odd
    assert block.wraps == (False,)
    assert space_time_block(world, 4).wraps == (True,)


def test_a_world_without_end_is_seen_where_it_lives():
    glider = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)
    block = space_time_block(pattern("glider", LIFE, glider), 8)
    assert block.box == (0, 0, 5, 5)
    assert block.wraps == (False, False)
    assert (block.values.sum(axis=(1, 2)) == 5).all()
    row = space_time_block(World("row", Elementary(90), UNBOUNDED, np.ones(1, np.uint8)), 5)
    assert row.box == (-5, 0, 11, 1)


def test_a_field_gives_one_channel_of_real_values():
    cells = np.random.default_rng(1).random((1, 24, 32))
    world = World("lenia", lenia(5, 10, 0.15, 0.02), torus(32, 24), cells)
    block = space_time_block(world, 2)
    assert (block.values.dtype, block.values.shape) == (np.float32, (3, 24, 32))
    assert block.values[0] == pytest.approx(cells[0], abs=1e-6)
    assert (block.states, block.wraps) == (0, (True, True))
    with pytest.raises(AutomataError, match="channel 1"):
        space_time_block(world, 2, channel=1)


def test_edges_that_are_not_joined_do_not_wrap():
    cells = np.ones((8, 8), dtype=np.uint8)
    plane = World("plane", LIFE, Topology("plane", 8, 8), cells)
    assert space_time_block(plane, 2).wraps == (False, False)


@pytest.mark.parametrize("region", [(-1, 0, 5, 5), (28, 0, 3, 5), (0, 0, 5, 21), (0, 0, 0, 5)])
def test_regions_beyond_the_board_are_refused(soup, region):
    with pytest.raises(AutomataError, match="region"):
        space_time_block(soup, 4, region=region)


def test_what_has_no_cells_or_too_many_is_refused(soup):
    particles = World("dots", ParticleLeniaRule(), UNBOUNDED, np.zeros((3, 2)))
    with pytest.raises(AutomataError, match="Particles"):
        space_time_block(particles, 4)
    with pytest.raises(TooLarge, match="fewer steps"):
        space_time_block(soup, 10**6)
    with pytest.raises(TooLarge, match="fewer steps"):
        space_time_block(soup, 10**17)
    with pytest.raises(AutomataError, match="at least one step"):
        space_time_block(soup, 0)
    dead = pattern("dead", LIFE, np.zeros((2, 2), np.uint8))
    with pytest.raises(AutomataError, match="Nothing lives"):
        space_time_block(dead, 4)


def test_the_world_itself_stays_as_it_is():
    world = pattern_world("rule-30")
    before = np.array(world.array)
    space_time_block(world, 20)
    assert np.array_equal(world.array, before)
