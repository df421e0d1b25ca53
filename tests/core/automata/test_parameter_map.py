"""A map of mu and sigma says what becomes of a creature."""

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.parameter_map import VERDICTS, ParameterMap, parameter_map
from core.automata.rules.lenia import lenia
from core.automata.search.archive import Archive
from core.automata.search.candidate import candidate_world
from core.automata.search.search import BATCH, search
from core.automata.topology import Topology
from core.automata.world import World
from core.progress import Cancelled, Progress


@pytest.fixture(scope="module")
def creature() -> World:
    archive = search(Archive("mass", seed=3), trials=4 * BATCH)
    return candidate_world(archive.best()[0].candidate, 64)


def test_a_creature_lives_at_its_own_place_and_dies_far_from_it(creature: World) -> None:
    growth = creature.rule.kernels[0].growth  # type: ignore[attr-defined]
    found = parameter_map(
        creature, (growth.mu, 3 * growth.mu), (growth.sigma, growth.sigma), points=2
    )
    assert VERDICTS[found.verdict[0, 0]] in ("still", "moving")
    assert VERDICTS[found.verdict[0, 1]] == "extinct"
    assert found.mass[0, 0] > 0
    assert np.isnan(found.mass[0, 1])


def test_coarse_points_come_first_and_all_come(creature: World) -> None:
    seen: list[ParameterMap] = []
    found = parameter_map(creature, (0.3, 0.6), (0.01, 0.02), points=5, on_batch=seen.append)
    assert found.is_whole
    assert not seen[0].is_whole
    assert (seen[0].verdict[::4, ::4] >= 0).all()


def test_it_can_be_cancelled(creature: World) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        parameter_map(creature, (0.1, 0.2), (0.01, 0.02), points=4, progress=progress)


def test_an_empty_world_has_no_map() -> None:
    empty = World("e", lenia(10, 10, 0.15, 0.015), Topology("torus", 64, 64), np.zeros((1, 64, 64)))
    with pytest.raises(AutomataError, match="Nothing lives"):
        parameter_map(empty, (0.1, 0.2), (0.01, 0.02))
