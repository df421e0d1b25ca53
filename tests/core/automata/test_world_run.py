"""A run without a window tells how far it is, and stops where it is told to."""

import numpy as np
import pytest

from core.automata.patterns import pattern_world
from core.automata.rules.reading import rule_of
from core.automata.topology import UNBOUNDED
from core.automata.world import World
from core.automata.world_run import run_world
from core.progress import Cancelled, Progress


def test_the_progress_of_a_run_never_goes_back() -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, _message: told.append(fraction))
    places = np.random.default_rng(1).random((30, 2)) * 5.0
    world = World("p", rule_of("particle-lenia"), UNBOUNDED, places)
    run_world(world, 60, every=20, measures=("mass",), progress=progress)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_run_stops_soon_after_it_was_cancelled() -> None:
    progress = Progress(lambda fraction, _message: progress.cancel() if fraction > 0.2 else None)
    seen: list[int] = []
    with pytest.raises(Cancelled):
        run_world(
            pattern_world("acorn"),
            1000,
            every=10,
            on_frame=lambda stepper: seen.append(stepper.generation),
            progress=progress,
        )
    assert 200 <= seen[-1] < 300
