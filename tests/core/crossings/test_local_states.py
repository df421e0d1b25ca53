"""Local causal states of worlds."""

import numpy as np
import pytest

from core.automata.errors import AutomataError, TooLarge
from core.automata.rules.cyclic import Cyclic
from core.automata.rules.elementary import Elementary
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE
from core.automata.rules.noisy import Noisy
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World, pattern
from core.crossings.local_states import (
    LocalStatesSettings,
    local_states_of_world,
    speed_of,
)
from core.progress import Cancelled, Progress
from tests.core.automata.far_gliders import GLIDER, gliders_far_apart


def ring(number, width=200, seed=1):
    cells = np.random.default_rng(seed).integers(0, 2, width).astype(np.uint8)
    return World("ring", Elementary(number), torus(width, 1), cells)


def test_an_additive_rule_has_one_state_and_is_as_sensitive_everywhere():
    found = local_states_of_world(ring(90, 400), LocalStatesSettings(100, sensitivity=True))
    assert found.states.n == 1
    inside = found.states.labels >= 0
    # a change of one cell of rule 90 is on 2 cells after a step and on 2 after two
    assert (found.sensitivity[inside] == 4).all()
    assert (found.sensitivity[~inside] == -1).all()


def test_a_glider_is_complex_where_it_flies():
    cells = np.zeros((16, 16), dtype=np.uint8)
    cells[0:3, 0:3] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
    world = World("glider", LIFE, torus(16, 16), cells)
    found = local_states_of_world(world, LocalStatesSettings(80, sensitivity=True))
    bits = found.states.complexity_field()
    lives = (found.block.values == 1) & (found.states.labels >= 0)
    assert np.nanmedian(bits) < 0.3
    assert bits[lives].min() > 4
    # a cell put into empty space dies of loneliness and leaves nothing
    empty = (found.states.labels == 0) & (found.block.values == 0)
    assert np.median(found.sensitivity[empty]) == 0


def test_twins_of_a_noisy_world_have_the_same_noise():
    world = ring(204, 100)
    noisy = World("noisy", Noisy(world.rule, 0.2), world.topology, world.array, seed=3)
    found = local_states_of_world(
        noisy, LocalStatesSettings(20, past=1, future=1, sensitivity=True, skip=4)
    )
    inside = found.states.labels >= 0
    assert (found.sensitivity[inside] == 1).all()  # rule 204 keeps a change, noise turns both


def test_a_region_leaves_out_its_rim():
    found = local_states_of_world(
        ring(30), LocalStatesSettings(30, region=(20, 0, 50, 1), past=2, future=1)
    )
    assert (found.states.labels >= 0).sum() == (31 - 3) * (50 - 4)


@pytest.mark.parametrize("more", [{"symbols": 3}, {"clusters": 6}])
def test_a_field_is_told_apart_in_symbols_or_in_typical_cones(more):
    cells = np.zeros((1, 40, 40))
    cells[0, 10:24, 12:26] = np.random.default_rng(1).random((14, 14))
    world = World("lenia", lenia(6, 10, 0.15, 0.02), torus(40, 40), cells)
    found = local_states_of_world(world, LocalStatesSettings(30, **more))
    assert found.states.n > 1
    assert found.states.labels[15, 38, 38] == 0
    assert found.sensitivity is None
    assert len(found.edges) == (2 if "symbols" in more else 0)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Elementary(30), 1),
        (LIFE, 1),
        (LargerThanLife(5, 2, True, (34, 58), (34, 45)), 5),
        (Cyclic(3, 2, 4, "M"), 3),
        (Noisy(Cyclic(2, 2, 4, "M"), 0.1), 2),
        (lenia(13, 10, 0.15, 0.015), 1),
    ],
)
def test_light_is_as_fast_as_the_rule_sees(rule, expected):
    assert speed_of(rule) == expected


def test_slices_farther_apart_have_faster_light():
    found = local_states_of_world(ring(30), LocalStatesSettings(20, every=2, past=1, future=1))
    assert found.states.cones.speed == 2
    slow = local_states_of_world(
        ring(30), LocalStatesSettings(20, every=2, past=1, future=1, speed=1)
    )
    assert slow.states.cones.speed == 1


def test_everything_leaves_as_arrays(tmp_path):
    found = local_states_of_world(ring(54), LocalStatesSettings(20, sensitivity=True))
    np.savez(tmp_path / "found.npz", **found.columns())
    with np.load(tmp_path / "found.npz") as read:
        assert np.array_equal(read["labels"], found.states.labels)
        assert read["generations"].tolist() == list(range(21))
        assert read["future_offsets"].tolist() == [
            [1, -1], [1, 0], [1, 1], [2, -2], [2, -1], [2, 0], [2, 1], [2, 2],
        ]  # fmt: skip
        assert read["sensitivity"].shape == (21, 200)


def test_particles_are_refused():
    world = World("dots", ParticleLeniaRule(), UNBOUNDED, np.zeros((3, 2)))
    with pytest.raises(AutomataError, match="Particles"):
        local_states_of_world(world, LocalStatesSettings(20))


@pytest.mark.parametrize("fraction", [0.05, 0.5, 0.9])
def test_cancelling_ends_it_wherever_it_is(fraction):
    def listen(now, _message):
        if now > fraction:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(Cancelled):
        local_states_of_world(ring(30), LocalStatesSettings(40, sensitivity=True), progress)


def test_of_a_world_too_large_for_an_array_a_region_is_looked_at():
    settings = LocalStatesSettings(20, (0, 0, 16, 16), sensitivity=True)
    near = local_states_of_world(gliders_far_apart(), settings)
    alone = local_states_of_world(pattern("glider", LIFE, GLIDER), settings)
    assert np.array_equal(near.block.values, alone.block.values)
    assert np.array_equal(near.states.labels, alone.states.labels)
    assert np.array_equal(near.sensitivity, alone.sensitivity)
    with pytest.raises(TooLarge, match="a smaller region"):
        local_states_of_world(gliders_far_apart(), LocalStatesSettings(20))
