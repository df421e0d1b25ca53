"""Tiles of bits step the unbounded plane, and HashLife takes over where there is far to go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.automata.bit_tiles import BitTilesStepper
from core.automata.errors import AutomataError, TooLarge
from core.automata.hash_life import HashLifeStepper
from core.automata.quadtree import Quadtree, quadtree_of
from core.automata.quadtree_leaves import leaves_of, tree_of_leaves
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.stepper import Stepper, make_stepper
from core.automata.unbounded import UnboundedStepper
from core.automata.world import pattern as pattern_world
from core.progress import Cancelled, Progress
from tests.core.automata.life_oracle import run_unbounded
from tests.core.automata.life_patterns import pattern

RULES = [
    LIFE,
    LifeLike("36", "23"),
    LifeLike("2", ""),
    LifeLike("3678", "34678"),
    LifeLike("13", "23", "V"),
    LifeLike("2", "34", "H"),
    LifeLike("2ce3", "23-a"),
    LifeLike("", ""),
]
patient = settings(deadline=None, max_examples=40)


def soup(height, width, seed, density=0.4):
    return (np.random.default_rng(seed).random((height, width)) < density).astype(np.uint8)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.text)
@patient
@given(
    height=st.integers(1, 80),
    width=st.integers(1, 80),
    steps=st.lists(st.integers(0, 30), min_size=1, max_size=3),
    x=st.integers(-90, 90),
    y=st.integers(-90, 90),
    seed=st.integers(0, 1000),
)
def test_tiles_step_as_the_table_says(rule, height, width, steps, x, y, seed):
    cells = soup(height, width, seed)
    stepper = BitTilesStepper(cells, rule.table, origin=(x, y))
    for each in steps:
        stepper.step(each)
    room = sum(steps)
    expected = run_unbounded(cells, rule.table, room)
    seen = stepper.frame(x - room, y - room, width + 2 * room, height + 2 * room)
    assert np.array_equal(seen, expected)
    assert stepper.population() == expected.sum()
    assert stepper.generation == room


@pytest.mark.parametrize("rule", [LIFE, LifeLike("36", "23"), LifeLike("0123478", "01234")])
@pytest.mark.parametrize("seed", range(4))
def test_tiles_and_hash_life_agree_on_soups(rule, seed):
    cells = soup(100, 130, seed, density=0.3)
    tiles, hashed = BitTilesStepper(cells, rule.table), HashLifeStepper(cells, rule.table)
    for steps in (1, 2, 61, 64, 300):
        tiles.step(steps)
        hashed.step(steps)
        assert tiles.population() == hashed.population()
        assert tiles.bounding_box() == hashed.bounding_box()
        assert np.array_equal(tiles.cells(), hashed.cells())
        assert tiles.background == hashed.background


@pytest.mark.parametrize(
    ("name", "generation", "population"),
    [("r-pentomino", 1103, 116), ("acorn", 5206, 633), ("diehard", 130, 0), ("gosper gun", 60, 46)],
)
@pytest.mark.parametrize("engine", [BitTilesStepper, UnboundedStepper])
def test_populations_that_are_known(engine, name, generation, population):
    stepper = engine(pattern(name), LIFE.table)
    for _ in range(3):
        stepper.step(1)
    stepper.step(generation - 3)
    assert stepper.population() == population


def test_tiles_that_gliders_left_are_given_up():
    stepper = BitTilesStepper(pattern("glider"), LIFE.table)
    stepper.step(400_000)
    assert stepper.bounding_box() == (100_000, 100_000, 3, 3)
    assert stepper._capacity <= 128


def test_what_comes_to_rest_wakes_when_a_glider_comes():
    cells = np.zeros((300, 300), dtype=np.uint8)
    cells[:3, :3] = pattern("glider")
    cells[200:230, 190:220] = soup(30, 30, 1)
    tiles, hashed = BitTilesStepper(cells, LIFE.table), HashLifeStepper(cells, LIFE.table)
    for _ in range(40):
        tiles.step(50)
        hashed.step(50)
        assert tiles.population() == hashed.population()
        assert tiles.bounding_box() == hashed.bounding_box()


@patient
@given(
    x=st.integers(-160, 160),
    y=st.integers(-160, 160),
    mode=st.sampled_from(["copy", "or", "and", "xor"]),
    centre=st.tuples(st.integers(-3, 3), st.integers(-70, 70)),
)
def test_a_patch_lands_where_it_is_put(x, y, mode, centre):
    cells, patch = soup(40, 40, 1), soup(83, 71, 2)
    at = quadtree_of(cells, (-centre[0], -centre[1]))
    tree = Quadtree(at.levels, at.children, at.leaves, at.root, at.level, centre)
    stepper = BitTilesStepper(tree, LIFE.table)
    stepper.paste(patch, x, y, mode)
    room = np.zeros((500, 500), dtype=np.uint8)
    room[200:240, 200:240] = cells
    met = room[200 + y : 283 + y, 200 + x : 271 + x]
    meet = {"or": np.bitwise_or, "and": np.bitwise_and, "xor": np.bitwise_xor}
    met[:] = patch if mode == "copy" else meet[mode](met, patch)
    assert np.array_equal(stepper.frame(-200, -200, 500, 500), room)
    stepper.step(2)
    expected = run_unbounded(room, LIFE.table, 2)
    assert np.array_equal(stepper.frame(-202, -202, 504, 504), expected)


@patient
@given(
    x=st.integers(-90, 150),
    y=st.integers(-90, 150),
    shrink=st.sampled_from([1, 2, 3, 8, 11, 64, 100]),
)
def test_a_frame_shows_the_living_cells_of_each_pixel(x, y, shrink):
    cells = soup(150, 150, 1, density=0.003)
    frame = BitTilesStepper(cells, LIFE.table).frame(x, y, 20, 10, shrink)
    room = np.zeros((90 + 150 + 2000, 90 + 150 + 2000), dtype=np.uint8)
    room[90:240, 90:240] = cells
    seen = room[90 + y :, 90 + x :][: 10 * shrink, : 20 * shrink]
    assert np.array_equal(frame, seen.reshape(10, shrink, 20, shrink).max(axis=(1, 3)))


@patient
@given(x=st.integers(-300, 300), y=st.integers(-300, 300), seed=st.integers(0, 99))
def test_a_tree_is_made_of_its_leaves_again(x, y, seed):
    cells = soup(50, 60, seed, density=0.01)
    tree = quadtree_of(cells, (x, y))
    again = tree_of_leaves(*leaves_of(tree), tree.centre)
    assert again.bounding_box() == tree.bounding_box()
    assert np.array_equal(again.region(x, y, 60, 50), cells)


def test_the_gun_goes_far_and_back_to_single_steps():
    stepper = UnboundedStepper(pattern("gosper gun"), LIFE.table)
    stepper.step(3000)
    assert stepper.population() == 536
    kept = stepper.snapshot()
    stepper.step(2**30 - 3000)
    assert stepper.population() == 178_957_021
    stepper.step(1)
    assert stepper.generation == 2**30 + 1
    stepper.restore(kept)
    assert (stepper.population(), stepper.generation) == (536, 3000)
    for _ in range(30):
        stepper.step(1)
    hashed = HashLifeStepper(pattern("gosper gun"), LIFE.table)
    hashed.step(3030)
    assert np.array_equal(stepper.cells(), hashed.cells())
    assert stepper.origin() == hashed.origin()


def test_a_gun_stepped_in_growing_leaps_ends_up_with_hash_life():
    stepper = UnboundedStepper(pattern("gosper gun"), LIFE.table)
    leap = 1
    while stepper.generation + leap < 2**20:
        stepper.step(leap)
        leap *= 2
    assert stepper.leaps
    stepper.step(2**20 - stepper.generation)
    hashed = HashLifeStepper(pattern("gosper gun"), LIFE.table)
    hashed.step(2**20)
    assert stepper.population() == hashed.population()


def test_soups_take_either_engine_to_the_same_end():
    cells = soup(300, 300, 5)
    stepper, tiles = UnboundedStepper(cells, LIFE.table), BitTilesStepper(cells, LIFE.table)
    for steps in (1, 700, 2, 1500):
        stepper.step(steps)
        tiles.step(steps)
        assert stepper.population() == tiles.population()
        assert stepper.bounding_box() == tiles.bounding_box()
    assert np.array_equal(stepper.cells(), tiles.cells())


@pytest.mark.parametrize("engine", [BitTilesStepper, UnboundedStepper])
def test_cancelling_leaves_the_state_of_a_whole_step(engine):
    class Impatient(Progress):
        looks = 0

        def check(self) -> None:
            self.looks += 1
            if self.looks > 6:
                self.cancel()
            super().check()

    cells = soup(200, 200, 3)
    stepper = engine(cells, LifeLike("3", "2345678").table)
    with pytest.raises(Cancelled):
        stepper.step(30_000, Impatient())
    fresh = BitTilesStepper(cells, LifeLike("3", "2345678").table)
    fresh.step(stepper.generation)
    assert stepper.population() == fresh.population()


def test_far_too_much_life_for_tiles_is_hash_lifes():
    full = np.arange(-1, 30)[:, None].repeat(4, axis=1).clip(0)
    leaves = np.zeros(31, dtype=np.uint64)
    leaves[1] = 2**64 - 1
    tree = Quadtree([0, *range(3, 33)], full, leaves, 30, 32)
    stepper = UnboundedStepper(tree, LIFE.table)
    assert stepper.population() == 4**32
    stepper.step(1)
    # the corners live on, and along each side all but the two outermost cells give birth
    assert stepper.population() == 4 + 4 * (2**32 - 2)
    with pytest.raises(TooLarge):
        BitTilesStepper(tree, LIFE.table)


def test_life_too_far_apart_for_tiles_stays_with_hash_life():
    stepper = UnboundedStepper(pattern("gosper gun"), LIFE.table)
    stepper.step(2**64)
    kept = stepper.population()
    for _ in range(30):
        stepper.step(1)
    assert stepper.generation == 2**64 + 30
    assert stepper.population() == kept + 5


def test_far_away_places_are_refused_or_empty():
    stepper = BitTilesStepper(pattern("glider"), LIFE.table)
    with pytest.raises(TooLarge, match="away"):
        stepper.paste(pattern("glider"), 2**60, 0)
    with pytest.raises(AutomataError, match="paste"):
        stepper.paste(pattern("glider"), 0, 0, "nand")
    assert not stepper.frame(2**70, 0, 4, 4).any()


def test_life_on_the_plane_is_stepped_by_the_unbounded_engine():
    stepper = make_stepper(pattern_world("glider", LIFE, pattern("glider"), origin=(5, 6)))
    assert isinstance(stepper, UnboundedStepper)
    assert isinstance(stepper, Stepper)
    stepper.step(4)
    assert stepper.bounding_box() == (6, 7, 3, 3)
