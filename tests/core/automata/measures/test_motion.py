"""Periods, verdicts, exponents and the samples of a run, against known facts of known worlds."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.measures.board import Board, board_of, setting_of
from core.automata.measures.damage import spread_damage
from core.automata.measures.lyapunov import lyapunov_exponent
from core.automata.measures.recurrence import (
    Recurrence,
    canonical_pattern,
    canonical_state,
    find_period,
)
from core.automata.measures.registry import DEFAULT, MEASURES, measures_for
from core.automata.measures.series import Series, write_series
from core.automata.measures.soliton import judge
from core.automata.measures.tracker import Tracker
from core.automata.rules.elementary import Elementary
from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, Rings
from core.automata.rules.life_like import LIFE
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World

PATTERNS = {
    "glider": ".O.\n..O\nOOO",
    "block": "OO\nOO",
    "blinker": "OOO",
    "lwss": ".O..O\nO....\nO...O\nOOOO.",
    "pulsar": "\n".join((WING := ["..OOO...OOO..", "", *["O....O.O....O"] * 3, "..OOO...OOO.."])
                        + [""] + WING[::-1]),
    "pentadecathlon": "..O....O..\nOO.OOOO.OO\n..O....O..",
}  # fmt: skip


def cells_of(name):
    rows = PATTERNS[name].split("\n")
    width = max(map(len, rows))
    return np.array([[cell == "O" for cell in row.ljust(width, ".")] for row in rows], np.uint8)


def life(name, side=0, at=(0, 0)):
    cells = cells_of(name)
    if not side:
        return World(name, LIFE, UNBOUNDED, cells)
    board = np.zeros((side, side), np.uint8)
    board[: cells.shape[0], : cells.shape[1]] = cells
    return World(name, LIFE, torus(side, side), np.roll(board, at, (0, 1)))


def lenia(cells, **more):
    rule = LeniaRule(
        radius=9.0, steps_per_unit=10.0, kernels=(LeniaKernel(Growth(0.15, 0.015)),), **more
    )
    return World("field", rule, torus(cells.shape[-1], cells.shape[-2]), cells)


@pytest.mark.parametrize(
    ("name", "period", "way"),
    [("glider", 4, (1, 1)), ("lwss", 4, (2, 0)), ("blinker", 2, (0, 0)), ("block", 1, (0, 0)),
     ("pulsar", 3, (0, 0)), ("pentadecathlon", 15, (0, 0))],
)  # fmt: skip
@pytest.mark.parametrize("side", [0, 40])
def test_known_patterns_return_after_their_period_also_across_the_seam(name, period, way, side):
    world = life(name, side, (35, 36))
    found = find_period(make_stepper(world), setting_of(world), 50)
    assert found is not None
    assert found.period == period
    assert tuple(abs(each) for each in found.displacement) == way


def test_the_period_of_a_ring_includes_its_transient():
    # Reference table: rule 110 on a ring of 14, one cell: transient 20, period 91.
    row = np.zeros(14, np.uint8)
    row[7] = 1
    world = World("ring", Elementary(110), torus(14, 1), row)
    found = find_period(make_stepper(world), setting_of(world), 200)
    assert found is not None
    assert 91 % found.period == 0  # the ring may come back turned before
    assert found.since >= 0


def test_nothing_is_found_in_a_run_that_is_too_short():
    world = life("pentadecathlon", 40)
    assert find_period(make_stepper(world), setting_of(world), 14) is None


def test_a_moved_state_has_the_same_digest_and_tells_where_it_lies():
    world = life("glider", 32)
    setting = setting_of(world)
    one, place = canonical_state(Board(world.array, (0, 0), setting))
    for shift in ((3, 5), (30, 31), (16, 0)):
        moved = np.roll(world.array, shift, (0, 1))
        other, there = canonical_state(Board(moved, (0, 0), setting))
        assert other == one
        assert ((there[1] - place[1]) % 32, (there[0] - place[0]) % 32) == shift


def test_turned_and_mirrored_patterns_have_one_form():
    glider = cells_of("glider")
    forms = {canonical_pattern(np.rot90(each, turns)).tobytes()
             for each in (glider, glider.T) for turns in range(4)}  # fmt: skip
    assert len(forms) == 1


def test_a_recurrence_is_written_as_in_life():
    assert Recurrence(0, 4, (1, 1)).text == "(1, 1)c/4"
    assert Recurrence(0, 4, (2, 0)).speed == 0.5


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("glider", "Spaceship: moves by (1, 1) in 4 steps."), ("block", "Still life."),
     ("pulsar", "Oscillator of period 3.")],
)  # fmt: skip
def test_patterns_of_life_are_judged_by_what_they_do(name, sentence):
    assert judge(life(name, 40, (30, 30)), 100, 100).sentence == sentence


def life_as_lenia(name, side=32):
    """Return a pattern of Life as a field: kernel of nine cells, growth by a step."""
    kernel = LeniaKernel(Growth(0.35, 0.07, "step"), Rings((1.0,), "staircase"))
    rule = LeniaRule(radius=2.0, steps_per_unit=1.0, kernels=(kernel,))
    field = life(name, side, (20, 20)).array[None].astype(np.float64)
    return World(name, rule, torus(side, side), field)


def test_a_glider_of_life_as_lenia_is_a_soliton_that_translates():
    found = judge(life_as_lenia("glider"), 40, 80)
    assert found.kind == "translating"
    assert found.is_soliton
    assert found.period == 4
    assert found.speed == pytest.approx(np.sqrt(2) / 4, rel=1e-2)
    assert found.heading == pytest.approx(45.0, abs=0.5)
    assert (found.mass, found.mass_variation) == (pytest.approx(5.0), pytest.approx(0.0, abs=1e-6))
    assert found.recurrence_error == pytest.approx(0.0, abs=1e-5)


def test_a_block_of_life_as_lenia_is_a_stationary_soliton():
    found = judge(life_as_lenia("block"), 20, 40)
    assert (found.kind, found.is_soliton, found.period) == ("stationary", True, None)


def test_two_blocks_far_apart_are_no_soliton_but_several_pieces():
    world = life_as_lenia("block")
    two = replace(world, cells=np.maximum(world.array, np.roll(world.array, 10, axis=2)))
    assert judge(two, 20, 40).kind == "several pieces"


def test_a_field_that_dies_is_extinct():
    assert judge(lenia(np.full((1, 32, 32), 0.01)), 100, 20).kind == "extinct"


def test_a_field_of_middle_density_explodes_or_is_no_soliton():
    random = np.random.default_rng(0).random((1, 64, 64))
    assert not judge(lenia(random), 60, 60).is_soliton


def test_damage_of_rule_90_is_that_of_one_cell():
    # The rule is linear: the difference of twins is its own history, 2^(ones in t) cells.
    row = np.random.default_rng(5).integers(0, 2, 301).astype(np.uint8)
    world = World("row", Elementary(90), torus(301, 1), row)
    found = spread_damage(world, 64, (150, 0))
    assert found.cells.tolist() == [2 ** step.bit_count() for step in range(65)]


def test_damage_on_a_still_block_heals_or_stays():
    found = spread_damage(life("block", 20), 10, (10, 10))
    assert found.cells[0] == 1
    assert found.healed  # one cell alone dies


def test_a_field_that_forgets_all_but_its_decay_has_that_exponent():
    # Asymptotic Lenia with a step map far from its step: A' = A + dt (0 - A), so log(1 - 1/T).
    rule = LeniaRule(
        radius=5.0, steps_per_unit=10.0, kernels=(LeniaKernel(Growth(0.9, 0.01, "step")),),
        update="target",
    )  # fmt: skip
    field = np.random.default_rng(1).random((1, 32, 32)) * 0.5
    found = lyapunov_exponent(World("decay", rule, torus(32, 32), field), 40)
    assert found.per_step == pytest.approx(np.log(0.9), rel=1e-6)
    assert found.per_time == pytest.approx(10 * np.log(0.9), rel=1e-6)


def test_exponents_and_damage_are_asked_of_the_right_worlds():
    with pytest.raises(AutomataError, match="damage"):
        lyapunov_exponent(life("block", 8))
    with pytest.raises(AutomataError, match="Lyapunov"):
        spread_damage(lenia(np.zeros((1, 32, 32))))


# Samples of a run


def followed(world, names, steps, **more):
    tracker, stepper = Tracker(world, names, **more), make_stepper(world)
    tracker.look(stepper)
    while stepper.generation < steps:
        stepper.step(min(tracker.next_look(stepper.generation), steps) - stepper.generation)
        tracker.look(stepper)
    return tracker, stepper


def test_a_glider_is_followed_round_and_round_a_torus():
    tracker, _ = followed(life("glider", 16), ["population", "displacement", "period"], 400)
    samples = tracker.series.samples()
    assert len(samples.generations) == 401
    assert (samples.column("population") == 5).all()
    assert samples.column("displacement_x")[-1] == pytest.approx(100)
    assert samples.column("displacement_y")[-1] == pytest.approx(100)
    assert np.nanmin(samples.column("period")) == 4
    assert tracker.recurrence.text == "(1, 1)c/4"


@pytest.mark.parametrize("every", [1, 4, 5])
def test_activity_is_that_of_the_last_step_however_far_samples_are_apart(every):
    tracker, _ = followed(life("blinker", 10), ["activity"], 40, every=every)
    samples = tracker.series.samples()
    assert (np.diff(samples.generations) == every).all()
    assert samples.column("activity")[1:] == pytest.approx(4 / 100)


def test_activity_on_the_plane_compares_cells_that_lie_over_each_other():
    # A glider on the plane changes 4 cells a step, whatever its box; it spans 3 by 3.
    tracker, _ = followed(life("glider"), ["activity"], 12)
    assert tracker.series.samples().column("activity")[1:] == pytest.approx(4 / 9)


def test_turning_time_back_forgets_the_later_samples():
    tracker, _ = followed(life("glider", 16), None, 20)
    seen = tracker.series.samples()
    tracker.truncate(10)
    assert tracker.series.generations[-1] == 10
    assert seen.generations[-1] == 20  # what was handed out does not change
    again = make_stepper(life("glider", 16))
    again.step(8)
    tracker.look(again)
    assert tracker.series.generations.tolist() == list(range(9))


def test_samples_move_apart_where_looking_costs_too_much_and_together_again(monkeypatch):
    monkeypatch.setattr("core.automata.measures.tracker.CREDIT_SECONDS", 1e-6)
    world = life("glider", 64)
    tracker, stepper = Tracker(world, cost_share=0.1), make_stepper(world)
    for _ in range(12):
        tracker.stepped(1, 1e-9)
        tracker.look(stepper)
        stepper.step(tracker.next_look(stepper.generation) - stepper.generation)
    far = tracker.interval
    assert far > 1
    for _ in range(60):
        tracker.stepped(1, 1e6)
        monkeypatch.setattr("core.automata.measures.tracker.CREDIT_SECONDS", 1e6)
        tracker.sample(stepper)
        stepper.step()
    assert tracker.interval == 1


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_a_state_is_compared_with_the_one_before_in_the_same_pass(dtype):
    from core.automata.measures.kernels_measures import add_up

    random = np.random.default_rng(4)
    one, other = ((random.random((2, 9, 37)) < 0.5) * random.random((2, 9, 37))).astype(dtype)
    if dtype == np.uint8:
        one, other = random.integers(0, 2, (2, 9, 37), dtype=np.uint8)
    before, rows, columns, found = one.copy(), np.empty(9), np.empty(37), np.zeros(2)
    above = add_up(other, before, 0.1, rows, columns, found)
    apart = np.abs(other.astype(float) - one)
    assert above == np.count_nonzero(other > 0.1)
    assert np.allclose(rows, other.sum(axis=1), rtol=1e-6)
    assert np.allclose(columns, other.sum(axis=0), rtol=1e-6)
    assert found == pytest.approx([apart.sum(), np.count_nonzero(apart)], rel=1e-6)
    assert np.array_equal(before, other)


def test_the_change_of_a_field_is_that_of_the_last_step():
    world = lenia(np.random.default_rng(3).random((1, 48, 48)))
    tracker, stepper = Tracker(world, ("change",)), make_stepper(world)
    tracker.look(stepper)
    for _ in range(3):
        before = stepper.cells()
        stepper.step()
        tracker.look(stepper)
        expected = np.abs(stepper.cells() - before).sum() * 10  # T = 10
        assert tracker.series.latest()["change"] == pytest.approx(expected, rel=1e-6)


def test_a_leap_of_a_billion_steps_has_few_stops(monkeypatch):
    monkeypatch.setattr("core.automata.measures.tracker.CREDIT_SECONDS", 1e-6)
    world = life("glider", 64)
    tracker, stepper = Tracker(world, cost_share=0.1), make_stepper(world)
    stops = 0
    while stepper.generation < 2**30:
        tracker.stepped(1, 1e-15)
        tracker.look(stepper)
        stepper.generation = min(2**30, tracker.next_look(stepper.generation))
        stops += 1
    assert stops < 1000


def test_a_short_run_is_sampled_at_every_step_whatever_it_costs():
    world = life("glider", 64)
    tracker, stepper = Tracker(world, cost_share=0.1), make_stepper(world)
    tracker.look(stepper)
    for _ in range(20):
        stepper.step(tracker.next_look(stepper.generation) - stepper.generation)
        tracker.stepped(1, 1e-9)
        tracker.look(stepper)
    assert tracker.series.generations.tolist() == list(range(21))


def test_a_long_run_fits_by_leaving_out_every_second_sample():
    series = Series(("a",), most=8)
    for generation in range(9):
        series.append(generation, {"a": float(generation)})
    assert series.generations.tolist() == [0, 2, 4, 6, 8]
    assert series.column("a").tolist() == [0, 2, 4, 6, 8]


def test_every_measure_of_a_family_gives_numbers():
    field = np.zeros((1, 48, 48))
    field[0, 10:24, 12:30] = np.random.default_rng(2).random((14, 18))
    points = np.random.default_rng(3).random((30, 2)) * 12
    from core.automata.rules.particle_lenia import ParticleLeniaRule

    worlds = [
        life("glider", 16),
        lenia(field),
        World("row", Elementary(30), torus(41, 1), np.eye(1, 41, 20, dtype=np.uint8)[0]),
        World("cloud", ParticleLeniaRule(), UNBOUNDED, points),
        life("glider"),
    ]
    for world in worlds:
        names = [each.name for each in measures_for(setting_of(world))]
        tracker, _ = followed(world, names, 3)
        latest = tracker.series.latest()
        assert latest["mass"] > 0
        assert latest["gyradius"] > 0
        assert set(DEFAULT[tracker.setting.family]) <= set(names)


def test_moving_and_pausing_lenia_changes_as_its_definition_says():
    field = np.zeros((1, 48, 48))
    field[0, 10:24, 12:30] = np.random.default_rng(2).random((14, 18))
    world = lenia(field)
    tracker, _ = followed(world, ["change", "mass", "mass_rate", "volume", "density"], 1)
    stepper = make_stepper(world)
    stepper.step()
    after = stepper.cells()
    latest = tracker.series.latest()
    assert latest["change"] == pytest.approx(np.abs(after - field).sum() * 10, rel=1e-5)
    assert latest["mass"] == pytest.approx(after.sum(), rel=1e-6)
    assert latest["density"] == pytest.approx(after.mean(), rel=1e-6)
    assert latest["volume"] == np.count_nonzero(after > 1e-3)
    assert latest["mass_rate"] == pytest.approx((after.sum() - field.sum()) * 10, rel=1e-4)


def test_a_translated_field_is_followed_across_the_seam_to_parts_of_a_cell():
    places = np.arange(64)

    class Gliding:
        """Shows a Gaussian that moves by (1.7, -0.6) cells a step."""

        generation = 0

        def cells(self):
            x, y = 60 + 1.7 * self.generation, 3 - 0.6 * self.generation
            dx, dy = ((places - each + 32) % 64 - 32 for each in (x, y))
            return np.exp(-(dx[None, :] ** 2 + dy[:, None] ** 2) / 18)[None]

        def origin(self):
            return (0, 0)

    world, gliding = lenia(np.zeros((1, 64, 64))), Gliding()
    tracker = Tracker(world, ["displacement", "speed", "direction", "asymmetry", "angular_speed"])
    for gliding.generation in range(200):
        tracker.look(gliding)
    latest = tracker.series.latest()
    assert latest["displacement_x"] == pytest.approx(1.7 * 199, abs=1e-3)
    assert latest["displacement_y"] == pytest.approx(-0.6 * 199, abs=1e-3)
    assert latest["speed"] == pytest.approx(np.hypot(1.7, 0.6), abs=1e-4)
    assert latest["direction"] == pytest.approx(np.degrees(np.arctan2(-0.6, 1.7)), abs=1e-2)


def test_unknown_and_unfit_measures_are_refused_in_a_sentence():
    with pytest.raises(AutomataError, match="There is no measure 'weight'"):
        Tracker(life("block", 8), ["weight"])
    with pytest.raises(AutomataError, match="not measured of a world of states"):
        Tracker(life("block", 8), ["growth"])


def test_a_pattern_too_large_to_look_at_is_counted_all_the_same(monkeypatch):
    monkeypatch.setattr("core.automata.measures.board.MOST_CELLS", 4)
    tracker, _ = followed(life("glider"), None, 4)
    assert tracker.series.latest()["population"] == 5
    assert np.isnan(tracker.series.latest()["gyradius"])


@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_samples_are_written_with_a_column_for_each_number(tmp_path, ending):
    tracker, _ = followed(life("glider", 16), ["population", "centroid"], 8)
    path = tmp_path / f"series.{ending}"
    write_series(path, tracker.series.samples().arrays())
    if ending == "csv":
        lines = path.read_text().splitlines()
        assert lines[0].startswith("generation,population,centroid_x,centroid_y")
        assert len(lines) == 10
        return
    with np.load(path) as found:
        assert found["population"].tolist() == [5.0] * 9
        assert found["generation"].tolist() == list(range(9))


def test_every_measure_is_explained():
    for measure in MEASURES.values():
        assert measure.title
        assert measure.symbol
        assert measure.explanation
        assert measure.families


def test_a_board_on_a_shifted_torus_does_not_go_round():
    world = life("block", 8)
    shifted = replace(world, topology=replace(world.topology, shift=2, axis="x"))
    assert setting_of(shifted).wraps == (False, False)
    assert board_of(make_stepper(world), setting_of(world)).plane.sum() == 4
