"""What hands do to cells, fields and particles, against plain loops over the cells."""

import json
from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.intervention_record import interventions_from_record, interventions_record
from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Push,
    Randomise,
    Stroke,
)
from core.automata.regions import cropped, flooded, mirrored, rotated, trimmed
from core.automata.rules.generations import Generations
from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, lenia
from core.automata.rules.life_like import LifeLike
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.run import Run
from core.automata.sparse_lenia import SparseLenia
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World

LIFE = LifeLike("3", "23")
TORUS = Topology("torus", 20, 12)


def life() -> World:
    return World("life", LIFE, TORUS, np.zeros((12, 20), dtype=np.uint8))


def field(channels: int = 2) -> World:
    kernels = tuple(LeniaKernel(Growth(0.15, 0.015), source=c, target=c) for c in range(channels))
    rule = LeniaRule(radius=4, steps_per_unit=10, kernels=kernels, channels=channels)
    cells = np.random.default_rng(2).random((channels, 12, 20))
    return World("field", rule, TORUS, cells)


def particles() -> World:
    places = np.array([[1.0, 1.0], [5.0, 1.0], [9.0, 1.0], [9.0, 4.0]])
    return World("dust", ParticleLeniaRule(), UNBOUNDED, places)


def done(world: World, *interventions: Intervention) -> np.ndarray:
    """Return the cells right after interventions at the first generation."""
    return Run(world, interventions, precision="float64").stepper.cells()


def distance_to_segment(point, first, last) -> float:
    (x, y), (x0, y0), (x1, y1) = point, first, last
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    share = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length
    share = min(1.0, max(0.0, share))
    return ((x - x0 - share * (x1 - x0)) ** 2 + (y - y0 - share * (y1 - y0)) ** 2) ** 0.5


def test_a_stroke_paints_every_cell_whose_middle_the_disc_sweeps_over():
    first, last = (4.5, 3.5), (11.2, 7.9)
    cells = done(life(), Stroke(0, (first, last), 1.6, 1.0))
    for y in range(12):
        for x in range(20):
            near = distance_to_segment((x + 0.5, y + 0.5), first, last) <= 1.6
            assert cells[y, x] == near


def test_erasing_leaves_the_cells_beside_the_stroke():
    full = replace(life(), cells=np.ones((12, 20), dtype=np.uint8))
    cells = done(full, Stroke(0, ((5.5, 5.5),), 1.0, 0.0))
    gone = {(int(x), int(y)) for y, x in np.argwhere(cells == 0)}
    assert gone == {(5, 5), (4, 5), (6, 5), (5, 4), (5, 6)}


def test_a_stroke_goes_on_at_the_other_side_of_a_torus():
    cells = done(life(), Stroke(0, ((0.5, 0.5),), 1.0, 1.0))
    alive = {(int(x), int(y)) for y, x in np.argwhere(cells)}
    assert alive == {(0, 0), (1, 0), (19, 0), (0, 1), (0, 11)}


def test_a_disc_larger_than_a_torus_covers_all_of_it():
    assert done(life(), Stroke(0, ((3.5, 3.5),), 30.0, 1.0)).all()
    assert (done(field(), Stroke(0, ((3.5, 3.5),), 30.0, 0.25, channel=1))[1] == 0.25).all()


def test_painting_one_channel_leaves_every_other_number_as_it_is():
    world = field()
    cells = done(world, Stroke(0, ((6.5, 6.5),), 2.0, 0.7, channel=1))
    np.testing.assert_array_equal(cells[0], world.cells[0])
    changed = cells[1] != world.cells[1]
    assert changed.sum() == 13
    assert (cells[1][changed] == 0.7).all()


def test_an_obstacle_holds_all_channels():
    assert (done(field(), Obstacle(0, 6.5, 6.5, 2.0))[:, 6, 6] == 0.0).all()


def test_states_are_painted_over_other_states():
    rule = Generations("2", "345", 4)
    cells = np.full((12, 20), 3, dtype=np.uint8)
    painted = done(World("wars", rule, TORUS, cells), Stroke(0, ((6.5, 6.5),), 1.0, 2.0))
    assert painted[6, 6] == 2
    assert np.bincount(painted.ravel(), minlength=4).tolist() == [0, 0, 5, 235]


def test_random_patches_draw_the_states_and_channels_asked_for():
    rule = Generations("2", "345", 4)
    empty = World("wars", rule, TORUS, np.zeros((12, 20), dtype=np.uint8))
    states = done(empty, Randomise(0, 0, 0, 20, 12, 0.6, seed=1, states=4))
    assert set(np.unique(states)) == {0, 1, 2, 3}
    assert 0.5 < (states > 0).mean() < 0.7
    field_cells = done(field(), Randomise(0, 0, 0, 20, 12, 0.5, seed=1, channels=2))
    assert not np.array_equal(field_cells[0], field_cells[1])
    assert 0.35 < (field_cells > 0).mean() < 0.65


def test_a_noise_brush_stays_within_its_disc():
    world = life()
    run = Run(world, [NoiseBrush(0, 10.0, 6.0, 3.0, 1.0, seed=4)])
    alive = np.argwhere(run.stepper.cells())
    assert len(alive)
    assert all((x + 0.5 - 10) ** 2 + (y + 0.5 - 6) ** 2 <= 9 for y, x in alive)


def test_a_block_with_depth_goes_to_the_middle_planes():
    rule = LeniaRule(
        radius=3, steps_per_unit=10, kernels=(LeniaKernel(Growth(0.15, 0.015)),), dimensions=3
    )
    empty = World("deep", rule, Topology("torus", 12, 12), np.zeros((1, 8, 12, 12)))
    block = np.random.default_rng(1).random((1, 4, 3, 3))
    cells = done(empty, Patch(0, 11, 2, block))
    np.testing.assert_array_equal(cells[0, 2:6, 2:5, [11, 0, 1]].transpose(1, 2, 0), block[0])
    assert cells.sum() == pytest.approx(block.sum())


def test_a_ball_is_swept_round_a_path_in_one_plane():
    rule = LeniaRule(
        radius=3, steps_per_unit=10, kernels=(LeniaKernel(Growth(0.15, 0.015)),), dimensions=3
    )
    empty = World("deep", rule, Topology("torus", 12, 12), np.zeros((1, 8, 12, 12)))
    cells = done(empty, Stroke(0, ((6.5, 5.5),), 2.2, 0.5, plane=3))
    for z in range(8):
        for y in range(12):
            for x in range(12):
                inside = (x - 6) ** 2 + (y - 5) ** 2 + (z - 3) ** 2 <= 2.2**2
                assert cells[0, z, y, x] == (0.5 if inside else 0.0)


def test_particles_are_added_removed_and_pushed():
    added = done(particles(), Stroke(0, ((2.0, 3.0), (2.5, 3.0)), 1.0, 1.0))
    assert added[4:].tolist() == [[2.0, 3.0], [2.5, 3.0]]
    removed = done(particles(), Stroke(0, ((4.0, 1.0), (8.0, 1.0)), 1.0, 0.0))
    assert removed.tolist() == [[1.0, 1.0], [9.0, 4.0]]
    pushed = done(particles(), Push(0, 5.0, 1.0, 2.0, 3.0, -1.0))
    assert pushed[1].tolist() == [8.0, 0.0]
    assert pushed[[0, 2, 3]].tolist() == particles().cells[[0, 2, 3]].tolist()
    emptied = done(particles(), Fill(0, 4, 0, 6, 2, 0.0))
    assert emptied.tolist() == [[1.0, 1.0], [9.0, 4.0]]


def test_particles_are_pushed_out_of_obstacles_to_their_rims():
    moved = done(particles(), Obstacle(0, 9.0, 2.0, 1.5))
    assert moved[2] == pytest.approx((9.0, 0.5))
    assert moved[3].tolist() == [9.0, 4.0]


def test_what_a_world_cannot_take_is_said_in_one_sentence():
    with pytest.raises(AutomataError, match="Only particles can be pushed"):
        done(life(), Push(0, 1.0, 1.0, 1.0, 1.0, 0.0))
    with pytest.raises(AutomataError, match="no food"):
        done(life(), Food(0, 1.0, 1.0, 1.0, 0.1))
    with pytest.raises(AutomataError, match="no channel 5"):
        done(field(), Stroke(0, ((1.0, 1.0),), 1.0, 1.0, channel=5))
    with pytest.raises(AutomataError, match="smaller brush"):
        done(life(), Stroke(0, ((1.0, 1.0),), 1e6, 1.0))


EVERY_KIND = (
    Stroke(0, ((1.1, 2.0), (1 / 3, 7.25)), 2.5, 0.1, channel=1),
    Stroke(0, ((1.0, 2.0),), 2.5, 0.0, plane=4),
    Patch(1, -3, 4, np.random.default_rng(0).random((2, 3, 5)), "maximum"),
    Patch(1, 0, 0, np.array([[0, 1], [1, 1]], dtype=np.uint8)),
    Fill(2, 1, 2, 3, 4, 1.0),
    Randomise(3, 0, 0, 5, 5, 0.3, seed=2**40, states=3, channels=2),
    Push(3, 1.0, 2.0, 3.0, 4.0, 5.0),
    ChangeRule(4, LifeLike("36", "23")),
    Obstacle(5, 1.5, 2.5, 3.0, until=70),
    Food(6, 1.5, 2.5, 3.0, 0.01),
    NoiseBrush(7, 1.5, 2.5, 3.0, 0.2, seed=9, states=3),
    Gun(8, 1.5, 2.5, 30.0, speed=1 / 7, every=9, life=33, spread=4.0, seed=3),
)


def test_a_record_gives_every_intervention_back_bit_for_bit():
    records, arrays = interventions_record(EVERY_KIND)
    again = interventions_from_record(json.loads(json.dumps(records)), arrays)
    assert [type(each) for each in again] == [type(each) for each in EVERY_KIND]
    for before, after in zip(EVERY_KIND, again, strict=True):
        if isinstance(before, Patch):
            assert before.cells.dtype == after.cells.dtype
            np.testing.assert_array_equal(before.cells, after.cells)
            assert (before.x, before.y, before.mode) == (after.x, after.y, after.mode)
        else:
            assert before == after


def test_a_study_with_hands_in_it_replays_exactly():
    hands = (
        Stroke(2, ((3.5, 3.5), (9.0, 6.0)), 1.5, 1.0),
        Gun(4, 4.0, 6.0, 15.0, every=5, life=6, spread=9.0, seed=3, until=40),
        NoiseBrush(6, 14.0, 6.0, 2.0, 0.4, seed=3),
        Patch(9, 18, 10, np.ones((3, 4), dtype=np.uint8), "xor"),
        ChangeRule(20, LifeLike("36", "23")),
    )
    run = Run(life(), hands)
    run.step(50)
    records, arrays = interventions_record(run.interventions)
    again = Run(
        life(), interventions_from_record(json.loads(json.dumps(records)), arrays), memory=1
    )
    again.step(37)
    again.go_to(11)
    again.go_to(50)
    np.testing.assert_array_equal(again.stepper.cells(), run.stepper.cells())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "spell"}, "no kind of intervention"),
        ({"radius": "wide"}, "where a number is expected"),
        ({"radius": float("nan")}, "where a number is expected"),
        ({"radius": -1.0}, "too small"),
        ({"generation": 1.5}, "not a whole number"),
    ],
)
def test_a_damaged_record_is_refused_with_the_place_and_the_reason(change, reason):
    records, arrays = interventions_record([Fill(0, 0, 0, 1, 1, 1.0), Obstacle(0, 1.0, 1.0, 1.0)])
    records[1].update(change)
    with pytest.raises(AutomataError, match=f"Intervention 2 cannot be read: .*{reason}"):
        interventions_from_record(records, arrays)


def test_a_patch_without_its_cells_is_refused():
    records, _arrays = interventions_record([Patch(0, 0, 0, np.ones((2, 2), dtype=np.uint8))])
    with pytest.raises(AutomataError, match="cells of its patch are missing"):
        interventions_from_record(records, {})


def test_four_quarter_turns_and_two_mirrorings_are_nothing():
    cells = np.arange(24).reshape(2, 3, 4)
    turned = cells
    for _ in range(4):
        turned = rotated(turned)
    np.testing.assert_array_equal(turned, cells)
    np.testing.assert_array_equal(mirrored(mirrored(cells, "x"), "x"), cells)
    assert rotated(np.array([[1, 2], [3, 4]])).tolist() == [[3, 1], [4, 2]]
    assert mirrored(np.array([[1, 2], [3, 4]]), "y").tolist() == [[3, 4], [1, 2]]


def test_a_region_reaches_beyond_the_cells():
    cells = np.arange(1, 7).reshape(2, 3)
    assert cropped(cells, (-1, -1, 3, 2)).tolist() == [[0, 0, 0], [0, 1, 2]]
    assert cropped(cells, (12, 11, 2, 2), origin=(10, 10)).tolist() == [[6, 0], [0, 0]]


def test_trimming_tells_where_the_living_cells_begin():
    cells = np.zeros((1, 6, 7))
    cells[0, 2, 3:5] = 0.5
    part, place = trimmed(cells)
    assert part.tolist() == [[[0.5, 0.5]]]
    assert place == (3, 2)
    assert trimmed(np.zeros((3, 3)))[0].size == 0


def test_a_flood_stops_at_other_values_and_at_corners():
    cells = np.array([[0, 1, 0], [0, 1, 0], [1, 0, 0]])
    assert flooded(cells, 0, 0).tolist() == [
        [True, False, False],
        [True, False, False],
        [False] * 3,
    ]


SPARSE_HANDS = (
    Obstacle(0, 60.0, 40.0, 5.0),
    Gun(2, 200.0, 200.0, 30.0, speed=1.5, radius=4.0, every=10, life=14, until=60),
    Stroke(5, ((90.0, 90.0), (97.0, 92.0)), 3.0, 0.0),
    Stroke(9, ((255.0, 30.0),), 6.0, 0.7),
    Food(12, 128.0, 128.0, 6.0, 0.02, until=40),
)


def test_hands_do_the_same_to_windows_as_to_the_whole_world():
    rule = lenia(6, 10, 0.15, 0.02)
    cells = np.zeros((1, 256, 256))
    cells[0, 88:104, 88:104] = np.random.default_rng(5).random((16, 16))
    world = World("sparse", rule, Topology("torus", 256, 256), cells)
    sparse = Run(world, SPARSE_HANDS, precision="float64")
    dense = Run(world, SPARSE_HANDS, precision="float64")
    dense.stepper._may_be_sparse = False
    assert isinstance(sparse.stepper, SparseLenia)
    for _ in range(50):
        sparse.step()
        dense.step()
    np.testing.assert_allclose(sparse.stepper.cells(), dense.stepper.cells(), atol=1e-9)
    again = Run(world, SPARSE_HANDS, precision="float64", memory=1)
    again.go_to(50)
    again.go_to(17)
    again.go_to(50)
    np.testing.assert_array_equal(again.stepper.cells(), sparse.stepper.cells())
