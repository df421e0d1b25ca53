"""Ensembles of regions of worlds: layers, variation, followed bodies, features, limits."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import TooLarge
from core.automata.interventions import Fill, Obstacle
from core.automata.patterns import find_pattern
from core.automata.rules.elementary import Elementary
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.topology import Topology, torus
from core.automata.world import World, pattern
from core.boundaries.ensemble import Ensemble
from core.boundaries.errors import BoundaryError, TooManyValues
from core.boundaries.flow import infil_exfil
from core.boundaries.flow_result import FlowSettings
from core.crossings.region_ensemble import region_ensemble, require_region_ensemble
from core.crossings.region_settings import RegionSettings
from core.progress import Cancelled, Progress
from tests.core.automata.far_gliders import gliders_far_apart

GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)
FEW = FlowSettings(shuffles=20, resamples=20)


def row(rule: int = 110, width: int = 9) -> World:
    cells = np.zeros(width, dtype=np.uint8)
    cells[width // 2] = 1
    return World("row", Elementary(rule), torus(width, 1), cells)


def glider_on(side: int, at: tuple[int, int] = (10, 10)) -> World:
    cells = np.zeros((side, side), dtype=np.uint8)
    cells[at[1] : at[1] + 3, at[0] : at[0] + 3] = GLIDER
    return World("glider", LIFE, torus(side, side), cells)


def creature() -> tuple[World, tuple[int, int, int, int]]:
    found = find_pattern("swift-glider")
    assert found is not None
    world = found.build()
    lives = np.argwhere(world.array.sum(axis=0) > 0)
    (top, left), (bottom, right) = lives.min(axis=0), lives.max(axis=0) + 1
    return world, (int(left), int(top), int(right - left), int(bottom - top))


def all_parts(ensemble: Ensemble) -> np.ndarray:
    return np.concatenate([ensemble.part(part) for part in "VAPE"], axis=2)


def test_a_row_is_told_in_layers():
    settings = RegionSettings(trajectories=4, steps=3, layers=1, reach=2)
    ensemble = region_ensemble(row(), (3, 0, 3, 1), settings)
    assert ensemble.mask.tolist() == [[4, 4, 3, 2, 1, 2, 3, 4, 4]]
    assert [ensemble.features(part) for part in "VAPE"] == [1, 2, 2, 4]
    assert ensemble.labels["A"] == ("A 3,0", "A 5,0")
    assert ensemble.times.tolist() == [0, 1, 2, 3]
    assert ensemble.lag == 2
    assert ensemble.note == ""
    assert ensemble.is_symbolic


@pytest.mark.parametrize("vary", ["outside", "inside", "both"])
def test_told_rows_follow_the_rule(vary: str):
    settings = RegionSettings(
        trajectories=20, steps=6, layers=1, reach=2, vary=vary, damage=0.5, seed=3
    )
    ensemble = region_ensemble(row(30), (3, 0, 3, 1), settings)
    cells = np.empty((20, 7, 9), dtype=int)
    for number, part in enumerate("VAPE", start=1):
        cells[:, :, np.flatnonzero(ensemble.mask[0] == number)] = ensemble.part(part)
    now = cells[:, :-1]
    around = 4 * np.roll(now, 1, axis=2) + 2 * now + np.roll(now, -1, axis=2)
    assert np.array_equal(cells[:, 1:], 30 >> around & 1)


def test_only_what_is_to_vary_varies():
    def first(vary: str, **more: float) -> Ensemble:
        settings = RegionSettings(
            trajectories=60, steps=2, layers=1, reach=2, vary=vary, phases=1, **more
        )
        return region_ensemble(row(), (3, 0, 3, 1), settings)

    outside = first("outside")
    assert len(np.unique(outside.E[:, 0], axis=0)) == 16
    assert all(len(np.unique(outside.part(part)[:, 0], axis=0)) == 1 for part in "VAP")
    inside = first("inside", damage=1.0)
    assert len(np.unique(inside.V[:, 0])) == 2
    assert all(len(np.unique(inside.part(part)[:, 0], axis=0)) == 1 for part in "APE")
    both = first("both", damage=1.0)
    assert len(np.unique(both.E[:, 0], axis=0)) == 16 and len(np.unique(both.V[:, 0])) == 2
    assert first("outside", density=0.0).E[:, 0].max() == 0


def test_layers_let_nothing_in_at_lag_one_and_something_at_lag_two():
    settings = RegionSettings(trajectories=1500, steps=6, vary="both", damage=1.0, burn_in=2)
    ensemble = region_ensemble(row(110, 31), (12, 0, 5, 1), settings)
    at_once = infil_exfil(ensemble, replace(FEW, lag=1))
    assert np.abs(at_once.infil.plug_in).max() < 1e-9
    assert infil_exfil(ensemble, FEW).infil.mean.value > 0.2


def test_a_note_says_where_locality_alone_gives_zero():
    settings = RegionSettings(trajectories=2, steps=3, lag=1)
    assert "by locality" in region_ensemble(row(), (3, 0, 3, 1), settings).note
    thick = RegionSettings(trajectories=2, steps=5, layers=2)
    assert region_ensemble(row(30, 31), (8, 0, 9, 1), thick).lag == 3


def test_a_rectangle_on_a_plane_has_rings():
    settings = RegionSettings(trajectories=2, steps=2, features="sums")
    mask = region_ensemble(glider_on(30), (9, 9, 5, 4), settings).mask
    assert mask.shape == (8, 9)
    assert [int((mask == number).sum()) for number in range(5)] == [0, 6, 14, 22, 30]
    assert (mask[0] == 4).all() and (mask[1, 1:-1] == 3).all()


def test_scattered_cells_are_a_control_that_locality_does_not_help():
    settings = RegionSettings(
        trajectories=1500, steps=3, vary="both", damage=1.0, lag=1, outline="scattered", burn_in=2
    )
    ensemble = region_ensemble(row(110, 12), (4, 0, 3, 1), settings)
    assert sorted(ensemble.mask[ensemble.mask > 0].tolist()) == [1, 2, 2, 3, 3, 4, 4]
    assert ensemble.mask.shape == (1, 12)
    assert infil_exfil(ensemble, FEW).infil.plug_in.min() > 0.05
    with pytest.raises(BoundaryError, match="stay"):
        region_ensemble(row(), (3, 0, 3, 1), replace(settings, is_co_moving=True))
    with pytest.raises(BoundaryError, match="size"):
        region_ensemble(pattern("glider", LIFE, GLIDER), (-1, -1, 5, 5), settings)


def test_what_lies_beyond_is_stirred_and_nothing_else():
    settings = RegionSettings(trajectories=8, steps=20, features="sums", stir=0.3, density=0.5)
    still = World("still", LIFE, torus(20, 20), np.zeros((20, 20), dtype=np.uint8))
    stirred = region_ensemble(still, (7, 7, 5, 5), settings)
    assert stirred.E[:, 10:].std() > 0.5
    frozen = region_ensemble(still, (7, 7, 5, 5), replace(settings, stir=0.0, density=0.02))
    assert frozen.E[:, 10:].max() == 0
    whole = RegionSettings(trajectories=4, steps=6, reach=2, stir=1.0)
    alone = region_ensemble(row(30), (3, 0, 3, 1), whole)
    assert np.array_equal(
        all_parts(alone), all_parts(region_ensemble(row(30), (3, 0, 3, 1), replace(whole, stir=0)))
    )
    with pytest.raises(BoundaryError, match="end"):
        region_ensemble(pattern("glider", LIFE, GLIDER), (-1, -1, 5, 5), settings)


def test_a_field_is_stirred_round_its_creature():
    world, box = creature()
    settings = RegionSettings(
        trajectories=6, steps=40, outline="body", is_co_moving=True, density=0.2, level=0.3
    )
    quiet = region_ensemble(world, box, settings)
    stirred = region_ensemble(world, box, replace(settings, stir=0.2))
    assert stirred.E[:, 30:].std(axis=0).mean() > 2 * quiet.E[:, 30:].std(axis=0).mean()


def test_a_glider_is_followed_round_the_torus():
    settings = RegionSettings(
        trajectories=3, steps=150, outline="body", is_co_moving=True, density=0.0, vary="both"
    )
    for at in ((10, 10), (27, 26)):
        world = glider_on(32, at)
        ensemble = region_ensemble(world, (at[0] - 1, at[1] - 1, 5, 5), settings)
        body = ensemble.V[:, :, 0] + ensemble.A[:, :, 0] + ensemble.P[:, :, 0]
        assert (body == 5).all()
        assert ensemble.V.mean() > 1
    at_rest = replace(settings, is_co_moving=False)
    gone = region_ensemble(glider_on(32), (9, 9, 5, 5), at_rest)
    assert gone.V[:, 60].max() == 0


def test_a_region_may_lie_across_the_seam():
    settings = RegionSettings(trajectories=5, steps=8, features="bits", density=0.3, seed=2)
    here = region_ensemble(glider_on(24, (10, 10)), (9, 9, 5, 5), settings)
    world = glider_on(24, (10, 10))
    for x, y in ((0, 0), (19, 19)):
        moved = World("", LIFE, torus(24, 24), np.roll(world.array, (y - 9, x - 9), (0, 1)))
        there = region_ensemble(moved, (x, y, 5, 5), settings)
        for part in "VAP":
            assert np.array_equal(there.part(part)[:, 0], here.part(part)[:, 0])
        assert there.E[:, 0].std() > 0


def test_a_pattern_without_end_is_surrounded_too():
    settings = RegionSettings(
        trajectories=6, steps=20, outline="body", is_co_moving=True, sectors=2, density=0.1
    )
    world = pattern("glider", LIFE, GLIDER)
    ensemble = region_ensemble(world, (-1, -1, 5, 5), settings)
    assert ensemble.E[:, 0].std() > 0
    quiet = region_ensemble(world, (-1, -1, 5, 5), replace(settings, density=0.0))
    assert (quiet.V + quiet.A + quiet.P).sum(axis=2) == pytest.approx(5)


def test_a_creature_is_followed_and_told_in_sectors():
    world, box = creature()
    settings = RegionSettings(
        trajectories=3, steps=40, outline="body", is_co_moving=True, sectors=3, density=0.0
    )
    ensemble = region_ensemble(world, box, settings)
    assert ensemble.V.dtype == np.float64
    assert [ensemble.features(part) for part in "VAPE"] == [3, 3, 3, 3]
    assert ensemble.labels["V"][0] == "V 0°-120°"
    assert ensemble.frame.dtype == np.float32 and ensemble.frame.shape == ensemble.mask.shape
    assert ensemble.E.max() < 0.02
    assert ensemble.V.mean(axis=2).min() > 0.6 * ensemble.V[:, 0].mean()
    noisy = region_ensemble(world, box, replace(settings, density=0.3, level=0.4))
    assert np.array_equal(noisy.V[:, 0], ensemble.V[:, 0])
    assert noisy.E[:, 0].std() > 0.01
    at_rest = region_ensemble(world, box, replace(settings, is_co_moving=False))
    assert at_rest.V[:, -1].mean() < ensemble.V[:, -1].mean()


def test_the_same_seed_gives_the_same_ensemble_and_more_of_it_goes_on():
    settings = RegionSettings(trajectories=6, steps=5, vary="both", damage=0.2)
    one, other = (region_ensemble(glider_on(24), (8, 8, 7, 7), settings) for _ in range(2))
    assert np.array_equal(all_parts(one), all_parts(other))
    more = region_ensemble(glider_on(24), (8, 8, 7, 7), replace(settings, trajectories=9))
    assert np.array_equal(all_parts(more)[:6], all_parts(one))
    assert np.array_equal(more.seeds[:6], one.seeds)
    another = region_ensemble(glider_on(24), (8, 8, 7, 7), replace(settings, seed=1))
    assert not np.array_equal(all_parts(another), all_parts(one))


def test_hands_go_on_in_every_trajectory():
    settings = RegionSettings(trajectories=3, steps=6, density=0.0)
    hands = [Obstacle(0, 11.5, 11.5, 3.0), Fill(3, 8, 8, 7, 7, 1)]
    world = glider_on(24)
    ensemble = region_ensemble(world, (8, 8, 7, 7), settings, interventions=hands)
    assert ensemble.V[:, 1].max() == 0
    assert ensemble.A[:, 3].max() == 24


@pytest.mark.parametrize(
    ("region", "more", "told"),
    [
        ((8, 8, 2, 2), {}, "nothing is left"),
        ((8, 8, 0, 2), {}, "at least one cell"),
        ((20, 8, 9, 9), {}, "not within"),
        ((0, 0, 23, 23), {}, "once round the world"),
        ((0, 0, 5, 5), {"outline": "body"}, "no body"),
        ((0, 0, 5, 5), {"is_co_moving": True}, "nothing to follow"),
    ],
)
def test_regions_that_do_not_suit_are_told(region: tuple, more: dict, told: str):
    with pytest.raises(BoundaryError, match=told):
        region_ensemble(glider_on(24), region, RegionSettings(trajectories=2, steps=2, **more))


@pytest.mark.parametrize(
    "more",
    [{"trajectories": 1}, {"steps": 0}, {"lag": 21}, {"vary": "all"}, {"density": 2.0},
     {"sectors": 0}, {"seed": -1}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_told(more: dict):
    with pytest.raises(BoundaryError):
        RegionSettings(**more)


def test_what_is_too_large_is_refused_before_it_is_made():
    settings = RegionSettings(trajectories=1_000_000, steps=100_000)
    with pytest.raises(TooManyValues):
        region_ensemble(glider_on(24), (8, 8, 7, 7), settings)
    vast = pattern("far", LIFE, GLIDER, origin=(10**6, 0))
    with pytest.raises(TooManyValues):
        region_ensemble(vast, (0, 10**6, 5, 5), RegionSettings(trajectories=2, steps=2))
    with pytest.raises(TooManyValues):
        region_ensemble(vast, (0, 0, 10**5, 10**5), RegionSettings(trajectories=2, steps=2))


def test_particles_have_no_regions():
    from core.automata.rules.particle_lenia import ParticleLeniaRule

    world = World("", ParticleLeniaRule(), Topology(), np.zeros((3, 2)))
    with pytest.raises(BoundaryError, match="Particles"):
        region_ensemble(world, (0, 0, 5, 5))


def test_it_can_be_cancelled_and_tells_how_far_it_is():
    heard: list[float] = []
    settings = RegionSettings(trajectories=5, steps=3)
    progress = Progress(lambda fraction, _text: heard.append(fraction))
    region_ensemble(glider_on(24), (8, 8, 7, 7), settings, progress=progress)
    assert heard == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])
    progress.cancel()
    with pytest.raises(Cancelled):
        region_ensemble(glider_on(24), (8, 8, 7, 7), settings, progress=progress)


@pytest.mark.parametrize("vary", ["outside", "inside", "both"])
def test_a_region_of_a_world_too_large_for_an_array_is_taken_with_its_surroundings(vary):
    settings = RegionSettings(
        trajectories=6, steps=5, phases=4, vary=vary, density=0.0, damage=0.5, features="bits"
    )
    region = (-2, -2, 7, 7)
    found = region_ensemble(gliders_far_apart(), region, settings)
    require_region_ensemble(gliders_far_apart(), region, settings)
    assert found.trajectories == 6
    assert all_parts(found).any()
    if vary == "outside":
        alone = region_ensemble(pattern("glider", LIFE, GLIDER), region, settings)
        assert np.array_equal(all_parts(found), all_parts(alone))


def test_what_would_work_is_said_of_worlds_too_large():
    world, region = gliders_far_apart(), (-2, -2, 7, 7)
    with pytest.raises(TooManyValues, match="stay where they are"):
        require_region_ensemble(world, region, RegionSettings(is_co_moving=True))
    with pytest.raises(TooLarge, match="fewer steps"):
        region_ensemble(world, region, RegionSettings(steps=5000))
    flashing = World("flash", LifeLike("03", "23"), world.topology, world.cells)
    with pytest.raises(TooManyValues, match="a world of its own"):
        region_ensemble(flashing, region)
