"""Ensembles of perturbed runs: the same by the same seed, harder where the level is higher."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.robustness.ensemble import _ended, robustness
from core.automata.robustness.perturbations import PERTURBATIONS, perturbations_named
from core.automata.robustness.survival import wilson_interval
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LifeLike
from core.automata.run import Run
from core.automata.search.archive import Archive
from core.automata.search.candidate import candidate_world
from core.automata.search.search import BATCH, search
from core.automata.topology import Topology
from core.automata.world import World


@pytest.fixture(scope="module")
def creature() -> World:
    archive = search(Archive("mass", seed=3), trials=4 * BATCH)
    return candidate_world(archive.best()[0].candidate, 64)


def test_the_interval_is_wilsons() -> None:
    # Wilson (1927) as in statsmodels: proportion_confint(8, 10, method="wilson").
    assert wilson_interval(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson_interval(0, 5)[0] == 0.0
    assert wilson_interval(5, 5)[1] == pytest.approx(1.0)
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("perturbation", PERTURBATIONS, ids=lambda each: each.name)
def test_each_perturbation_gives_a_world_that_can_be_run(creature: World, perturbation) -> None:  # type: ignore[no-untyped-def]
    mildest = replace(perturbation, levels=perturbation.levels[:1])
    (found,) = robustness(creature, [mildest], runs=2, steps=20)
    assert found.runs == 2
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_the_same_seed_gives_the_same_curves_whatever_the_threads(creature: World) -> None:
    chosen = perturbations_named(["noise", "erase"])
    one = robustness(creature, chosen, runs=3, seed=4, steps=100, threads=1)
    two = robustness(creature, chosen, runs=3, seed=4, steps=100, threads=2)
    assert one == two


def test_a_creature_survives_nothing_and_does_not_survive_being_erased(creature: World) -> None:
    (erase,) = perturbations_named(["erase"])
    never, ever = robustness(creature, [replace(erase, levels=(0.0, 4.0))], runs=3, steps=100)
    assert never.survived == 3
    assert ever.survived == 0


def test_a_scaled_creature_is_the_same_creature(creature: World) -> None:
    (scale,) = perturbations_named(["scale"])
    (found,) = robustness(creature, [replace(scale, levels=(1.0,))], runs=2, steps=100)
    assert found.survived == 2


def test_obstacles_hold_their_cells_as_in_a_run(creature: World) -> None:
    (obstacles,) = perturbations_named(["obstacles"])
    perturbed = obstacles.apply(creature, 3, np.random.default_rng(1))
    run = Run(perturbed.world, perturbed.interventions)
    run.step(60)
    np.testing.assert_array_equal(_ended(perturbed, 60, None), run.stepper.cells())


def test_an_unknown_perturbation_is_told_with_those_there_are() -> None:
    with pytest.raises(AutomataError, match="use some of noise"):
        perturbations_named(["insults"])


@pytest.mark.parametrize(
    "world",
    [
        World("e", lenia(10, 10, 0.15, 0.015), Topology("torus", 64, 64), np.zeros((1, 64, 64))),
        World("l", LifeLike("3", "23"), Topology("torus", 8, 8), np.ones((8, 8), np.uint8)),
    ],
    ids=["empty", "life"],
)
def test_what_is_no_creature_is_refused_in_one_sentence(world: World) -> None:
    with pytest.raises(AutomataError):
        robustness(world, PERTURBATIONS[:1], runs=1)
