"""Steps of Lenia: Life as a special case, engines that agree, variants, hands on the state."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.growth import growth_of
from core.automata.halo import neighbour_at
from core.automata.lenia_board import LeniaBoard
from core.automata.lenia_reference import LeniaReference
from core.automata.rules.lenia import LIFE_AS_LENIA, lenia
from core.automata.rules.lenia_obstacles import with_obstacles
from core.automata.stepper import Stepper, make_stepper
from core.automata.topology import Topology
from core.automata.world import World
from core.progress import Cancelled, Progress
from tests.core.automata.lenia_worlds import (
    GLIDER_SPEED,
    GLIDING,
    centroid,
    direct_potential,
    glider,
    noise,
    on_torus,
    two_channels,
    world,
)

ENGINES = [LeniaReference, LeniaBoard]


def life_step(cells):
    around = sum(
        np.roll(cells, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx
    )
    return ((around == 3) | (cells.astype(bool) & (around == 2))).astype(int)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("shape", [(64, 64), (45, 70)])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_conways_life_is_a_lenia(engine, shape, precision):
    cells = (noise(*shape) < 0.4).astype(int)
    stepper = engine(world(LIFE_AS_LENIA, cells[None].astype(float)), precision)
    for _ in range(60):
        stepper.step()
        cells = life_step(cells)
    assert np.array_equal(stepper.cells()[0], cells)


def test_conways_life_is_a_lenia_in_single_precision_too():
    cells = (noise(160, 160) < 0.4).astype(int)
    stepper = LeniaBoard(world(LIFE_AS_LENIA, cells[None].astype(float)), "float32")
    for _ in range(60):
        stepper.step()
        cells = life_step(cells)
    assert np.array_equal(stepper.cells()[0], cells)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_is_the_formula_of_expanded_lenia(engine):
    rule, cells = two_channels(), noise(2, 16, 20)
    expected = cells.copy()
    for target in (0, 1):
        kernels = [(i, k) for i, k in enumerate(rule.kernels) if k.target == target]
        growth = sum(
            k.weight * growth_of(direct_potential(rule, i, cells, on_torus), k.growth)
            for i, k in kernels
        ) / sum(k.weight for _, k in kernels)
        expected[target] = np.clip(cells[target] + growth / 5, 0, 1)
    stepper = engine(world(rule, cells))
    stepper.step()
    assert np.abs(stepper.cells() - expected).max() < 1e-12
    assert stepper.generation == 1


@pytest.mark.parametrize("mapping", ["polynomial", "exponential", "obstacle"])
def test_single_precision_follows_double(mapping):
    rule = lenia(9, 10, 0.15, 0.03, mapping=mapping)
    start = world(rule, noise(1, 160, 192))
    exact, fast = LeniaReference(start), LeniaBoard(start, "float32")
    exact.step(10)
    fast.step(10)
    assert np.abs(exact.cells() - fast.cells()).max() < 1e-4


@pytest.mark.parametrize("kind", ["plane", "reflecting", "torus"])
def test_engines_agree_at_all_borders(kind):
    start = world(two_channels(), noise(2, 45, 50), kind)
    exact, fast = LeniaReference(start), LeniaBoard(start)
    exact.step(20)
    fast.step(20)
    assert np.abs(exact.cells() - fast.cells()).max() < 1e-10


TWISTED = {
    "shifted torus": Topology("torus", 40, 40, 7, "x"),
    "torus shifted the other way": Topology("torus", 40, 40, -3, "y"),
    "klein": Topology("klein", 40, 40, 0, "x"),
    "klein the other way": Topology("klein", 40, 40, 1, "y"),
    "cross-surface": Topology("cross-surface", 40, 40),
    "sphere": Topology("sphere", 40, 40),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", TWISTED)
def test_a_potential_reaches_over_twisted_sides(engine, name):
    rule, topology = lenia(4, 5, 0.3, 0.1), TWISTED[name].resized(16, 16)
    cells = noise(1, 16, 16)

    def beyond(field, place):
        x, y = neighbour_at(topology, place[1], place[0])
        return field[int(y), int(x)]

    stepper = engine(World("lenia", rule, topology, cells))
    expected = direct_potential(rule, 0, cells, beyond)
    assert np.abs(stepper.potentials()[0] - expected).max() < 1e-12


@pytest.mark.parametrize("name", TWISTED)
def test_engines_agree_where_sides_are_twisted(name):
    start = World("lenia", two_channels(), TWISTED[name], noise(2, 40, 40))
    exact, fast = LeniaReference(start), LeniaBoard(start)
    exact.step(20)
    fast.step(20)
    assert np.abs(exact.cells() - fast.cells()).max() < 1e-10


def test_a_glider_comes_whole_through_the_sides_of_a_klein_bottle():
    field = glider(96, 96, y=30, x=20)
    start = World("lenia", GLIDING, Topology("klein", 96, 96, 0, "x"), field[None])
    stepper = make_stepper(start)
    stepper.step(400)
    assert stepper.population() == pytest.approx(field.sum(), rel=0.05)


def test_a_glider_moves_as_orbium_does():
    stepper = make_stepper(world(GLIDING, glider()[None]))
    before = centroid(stepper.cells()[0])
    path = 0.0
    for _ in range(30):
        stepper.step(10)
        after = centroid(stepper.cells()[0])
        path += math.hypot(*((after - before + 64) % 128 - 64))
        before = after
    assert path / 300 == pytest.approx(GLIDER_SPEED, rel=5e-3)


def test_lenia_lives_in_one_and_three_dimensions():
    for shape, dimensions in (((1, 60), 1), ((1, 12, 14, 16), 3)):
        rule = lenia(5, 10, 0.3, 0.1, dimensions=dimensions)
        stepper = make_stepper(world(rule, noise(*shape)))
        u = direct_potential(rule, 0, stepper.cells(), on_torus)
        expected = np.clip(stepper.cells()[0] + growth_of(u, rule.kernels[0].growth) / 10, 0, 1)
        stepper.step()
        tolerance = 1e-5
        assert np.abs(stepper.cells()[0] - expected).max() < tolerance
        assert stepper.frame(0, 0, 8, 1).shape == (1, 1, 8)


@pytest.mark.parametrize("engine", ENGINES)
def test_asymptotic_lenia_goes_towards_its_target(engine):
    rule = replace(lenia(5, 4, 0.3, 0.1), update="target")
    cells = noise(1, 32, 32)
    u = direct_potential(rule, 0, cells, on_torus)
    target = (growth_of(u, rule.kernels[0].growth) + 1) / 2
    stepper = engine(world(rule, cells))
    stepper.step()
    assert np.abs(stepper.cells()[0] - (cells[0] + (target - cells[0]) / 4)).max() < 1e-12


@pytest.mark.parametrize("engine", ENGINES)
def test_adams_and_bashforth_combine_two_growths(engine):
    rule = replace(lenia(5, 4, 0.3, 0.1), method="adams-bashforth")
    stepper = engine(world(rule, noise(1, 32, 32)))
    first, before = stepper.growth(), stepper.cells()
    stepper.step()
    second, middle = stepper.growth(), stepper.cells()
    assert np.abs(middle - np.clip(before + first / 4, 0, 1)).max() < 1e-12
    stepper.step()
    expected = np.clip(middle + (3 * second - first) / 8, 0, 1)
    assert np.abs(stepper.cells() - expected).max() < 1e-12


def test_levels_are_multiples_of_one_over_p():
    stepper = LeniaBoard(world(replace(GLIDING, levels=10), noise(1, 64, 64)))
    stepper.step(3)
    tenths = stepper.cells() * 10
    assert np.abs(tenths - np.rint(tenths)).max() < 1e-9


def test_a_masked_cell_keeps_its_value():
    cells = noise(1, 64, 64)
    frozen = LeniaBoard(world(replace(GLIDING, mask_rate=1.0), cells))
    frozen.step(5)
    assert np.array_equal(frozen.cells(), cells)
    half = LeniaBoard(world(replace(GLIDING, mask_rate=0.5), cells))
    half.step()
    kept = np.mean(half.cells() == cells)
    assert kept == pytest.approx(0.5, abs=0.05)  # 6.4 standard errors of 4096 draws


@pytest.mark.parametrize("variant", [{"noise": 2.0}, {"growth_noise": 0.1}, {"mask_rate": 0.3}])
def test_random_steps_depend_on_the_seed_and_the_step_alone(variant):
    rule = replace(GLIDING, **variant)
    start = world(rule, noise(1, 64, 64))
    one, two = LeniaBoard(start), LeniaBoard(start)
    other = LeniaBoard(replace(start, seed=1))
    one.step(6)
    for _ in range(6):
        two.step()
    other.step(6)
    assert np.array_equal(one.cells(), two.cells())
    assert not np.array_equal(one.cells(), other.cells())


VARIANTS = {
    "masked": {"mask_rate": 0.3},
    "multiplied noise": {"noise": 2.0},
    "noise on the growth": {"growth_noise": 0.1},
    "softly clipped": {"clip": "soft"},
    "softly clipped in small steps": {"clip": "soft", "steps_per_unit": 900.0},
    "two-step": {"method": "adams-bashforth"},
    "in levels": {"levels": 255, "mask_rate": 0.1},
    "all": {
        "mask_rate": 0.2,
        "noise": 1.0,
        "growth_noise": 0.05,
        "clip": "soft",
        "method": "adams-bashforth",
        "update": "target",
        "levels": 1000,
    },
}


@pytest.mark.parametrize("shape", [(64, 64), (45, 70)])
@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_stepped_as_the_definition_says(name, shape):
    rule = replace(two_channels(), **VARIANTS[name])
    start = replace(world(rule, noise(2, *shape)), seed=5)
    exact, fast = LeniaReference(start), LeniaBoard(start)
    exact.step(10)
    fast.step(10)
    assert np.abs(exact.cells() - fast.cells()).max() < 1e-10


@pytest.mark.parametrize("name", ["softly clipped", "multiplied noise", "masked", "two-step"])
def test_variants_in_single_precision_follow_double(name):
    rule = replace(lenia(9, 10, 0.15, 0.03), **VARIANTS[name])
    start = world(rule, noise(1, 160, 192))
    exact, fast = LeniaReference(start, "float32"), LeniaBoard(start, "float32")
    exact.step(10)
    fast.step(10)
    assert np.abs(exact.cells() - fast.cells()).max() < 1e-4


def test_a_two_step_run_goes_on_from_a_snapshot_as_if_nothing_had_been():
    rule = replace(GLIDING, **VARIANTS["all"])
    stepper = LeniaBoard(world(rule, noise(1, 64, 64)))
    stepper.step(3)
    kept = stepper.snapshot()
    stepper.step(4)
    after = stepper.cells()
    stepper.restore(kept)
    stepper.step(4)
    assert np.array_equal(stepper.cells(), after)


def test_obstacles_kill_and_stay():
    cells = np.zeros((2, 128, 128))
    cells[0] = glider()
    y, x = np.mgrid[:128, :128]
    cells[1] = np.hypot(y - 20, x - 20) < 10
    stepper = make_stepper(world(with_obstacles(GLIDING), cells))
    stepper.step(20)
    after = stepper.cells()
    assert np.array_equal(after[1], cells[1])
    alone = make_stepper(world(GLIDING, cells[:1]))
    alone.step(20)
    assert np.abs(after[0] - alone.cells()[0]).max() < 1e-12  # far away, nothing is felt
    wall = np.zeros((2, 60, 60))
    wall[1] = 1.0
    stepper.paste(wall, 40, 40, "maximum")
    stepper.step(60)
    assert stepper.cells()[0].sum() == 0.0


def test_obstacles_are_felt_on_top_of_averaged_growth():
    rule, cells = two_channels(), noise(2, 32, 32)
    walls = np.zeros((1, 32, 32))
    walls[0, 10, 10] = 1.0
    plain = LeniaReference(world(rule, cells)).growth()
    found = LeniaReference(world(with_obstacles(rule), np.concatenate([cells, walls]))).growth()
    y, x = np.mgrid[:32, :32]
    is_far = np.hypot(y - 10, x - 10) >= 4
    assert np.abs(found[:2] - plain)[:, is_far].max() < 1e-12
    assert (found[:2, 10, 10] < plain[:, 10, 10]).all()
    assert not found[2].any()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("variant", [{}, {"method": "adams-bashforth"}, {"noise": 1.0}])
def test_a_restored_snapshot_goes_on_alike(engine, variant):
    stepper = engine(world(replace(GLIDING, **variant), noise(1, 64, 64)))
    stepper.step(5)
    kept = stepper.snapshot()
    stepper.step(7)
    expected = stepper.cells()
    stepper.step(9)
    stepper.restore(kept)
    assert stepper.generation == 5
    stepper.step(7)
    assert np.array_equal(stepper.cells(), expected)


def test_a_patch_goes_on_at_the_other_side_of_a_torus_and_is_cut_on_a_plane():
    patch = np.full((4, 6), 0.5)
    torus = LeniaBoard(world(GLIDING, np.zeros((1, 64, 64))))
    torus.paste(patch, 61, -2)
    assert torus.population() == pytest.approx(12)
    assert torus.cells()[0, 63, 2] == 0.5
    torus.paste(patch, 61, -2, "add")
    torus.paste(patch, 61, -2, "add")
    assert torus.cells().max() == 1.0
    plane = LeniaBoard(world(GLIDING, np.zeros((1, 64, 64)), "plane"))
    plane.paste(patch, 61, -2)
    assert plane.bounding_box() == (61, 0, 3, 2)
    with pytest.raises(AutomataError, match="xor"):
        plane.paste(patch, 0, 0, "xor")


def test_patches_in_one_and_three_dimensions():
    line = make_stepper(world(lenia(5, 10, 0.3, 0.1, dimensions=1), np.zeros((1, 60))))
    line.paste(np.array([[0.5, 0.5, 0.5]]), 58, 0)
    line.paste(np.array([1.0]), 30, 0)
    assert line.population() == pytest.approx(2.5)
    assert line.cells()[0, 0] == pytest.approx(0.5)
    solid = make_stepper(world(lenia(3, 10, 0.3, 0.1, dimensions=3), np.zeros((1, 9, 8, 8))))
    solid.paste(np.full((1, 3, 2, 2), 1.0), 7, 7)
    assert np.array_equal(np.flatnonzero(solid.cells()[0].any(axis=(1, 2))), [3, 4, 5])
    assert solid.population() == 12
    with pytest.raises(AutomataError, match="planes"):
        solid.paste(np.zeros((1, 10, 2, 2)), 0, 0)


def test_a_frame_is_the_mean_of_squares_and_0_beyond_the_sides():
    cells = noise(2, 32, 64)
    stepper = LeniaBoard(world(two_channels(), cells))
    frame = stepper.frame(-2, 4, 5, 3, 2)
    assert frame.dtype == np.float32 and frame.shape == (2, 3, 5)
    assert np.all(frame[:, :, 0] == 0)
    assert frame[1, 2, 3] == pytest.approx(cells[1, 8:10, 4:6].mean(), abs=1e-6)
    padded = np.pad(cells, ((0, 0), (3, 9), (4, 9)))
    odd = stepper.frame(-4, -3, 24, 14, 3)
    assert odd == pytest.approx(
        padded[:, :42, :72].reshape(2, 14, 3, 24, 3).mean(axis=(2, 4)), abs=1e-6
    )


def test_another_rule_can_be_used_in_the_middle_of_a_run():
    cells = noise(1, 50, 64)
    stepper = LeniaBoard(world(GLIDING, cells, "plane"))
    stepper.step(2)
    middle = stepper.cells()
    larger = lenia(20, 5, 0.2, 0.05)
    stepper.use(larger)
    fresh = LeniaBoard(world(larger, middle, "plane"))
    stepper.step(3)
    fresh.step(3)
    assert np.array_equal(stepper.cells(), fresh.cells())
    assert stepper.generation == 5
    with pytest.raises(AutomataError, match="another world"):
        stepper.use(two_channels())


def test_a_slider_of_mu_acts_at_the_next_step():
    cells = noise(1, 160, 160)
    stepper = LeniaBoard(world(GLIDING, cells))
    changed = GLIDING.with_growth(0, mu=0.3, sigma=0.1)
    stepper.use(changed)
    fresh = LeniaBoard(world(changed, cells))
    stepper.step(3)
    fresh.step(3)
    assert np.array_equal(stepper.cells(), fresh.cells())


def test_replacing_refuses_other_shapes_and_numbers_that_are_none():
    stepper = LeniaBoard(world(GLIDING, np.zeros((1, 64, 64))))
    with pytest.raises(AutomataError, match="64"):
        stepper.replace(np.zeros((1, 32, 64)))
    with pytest.raises(AutomataError, match="finite"):
        stepper.replace(np.full((1, 64, 64), np.nan))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cancelled_run_stops_after_a_whole_step(engine):
    stepper = engine(world(GLIDING, noise(1, 64, 64)))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        stepper.step(100000, progress)
    fresh = engine(world(GLIDING, noise(1, 64, 64)))
    fresh.step(stepper.generation)
    assert np.array_equal(stepper.cells(), fresh.cells())


def test_engines_are_steppers_and_are_found():
    small = make_stepper(world(GLIDING, noise(1, 64, 64)))
    assert isinstance(small, LeniaBoard) and isinstance(small, Stepper)
    solid = lenia(4, 10, 0.2, 0.05, dimensions=3)
    assert isinstance(make_stepper(world(solid, noise(1, 8, 9, 10))), LeniaReference)
