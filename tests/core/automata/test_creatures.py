"""The creatures that come with the program do what their names say, for 1000 steps and longer."""

import json

import numpy as np
import pytest

from core.automata.patterns import find_pattern, pattern_world
from core.automata.patterns.creatures import CREATURES, FILE, SIDE
from core.automata.search.trial import bodies, centroid
from core.automata.stepper import make_stepper
from resources import text

STEPS, EVERY, SETTLING = 1000, 10, 100


def life_of(name: str) -> tuple[float, float, np.ndarray, int]:
    """Return net way and length of the path in radii, masses over R², and the bodies at the end."""
    world = pattern_world(name)
    radius = world.rule.radius  # type: ignore[attr-defined]
    stepper = make_stepper(world)
    stepper.step(SETTLING)
    field = stepper.cells()[0]
    place, way, length, masses = centroid(field), np.zeros(2), 0.0, []
    for _ in range(STEPS // EVERY):
        stepper.step(EVERY)
        field = stepper.cells()[0]
        now = centroid(field)
        moved = (now - place + SIDE / 2) % SIDE - SIDE / 2
        way, length, place = way + moved, length + float(np.hypot(*moved)), now
        masses.append(field.sum())
    ways = float(np.hypot(*way)) / radius, length / radius
    return *ways, np.array(masses) / radius**2, bodies(field)


@pytest.mark.parametrize(
    ("name", "way", "swing"),
    [
        ("swift-glider", (55, 65), 0.01),
        ("steady-glider", (38, 43), 0.01),
        ("sturdy-glider", (23, 27), 0.02),
        ("pulsing-glider", (22, 28), 0.2),
        ("creeper", (10, 14), 0.01),
    ],
)
def test_gliders_get_on_straight_and_keep_their_mass(
    name: str, way: tuple[float, float], swing: float
) -> None:
    net, length, masses, count = life_of(name)
    assert way[0] < net < way[1]
    assert net > 0.9 * length
    assert np.abs(masses / masses.mean() - 1).max() < swing
    assert count == 1


def test_the_pulsing_glider_pulses() -> None:
    masses = life_of("pulsing-glider")[2]
    assert np.abs(masses / masses.mean() - 1).max() > 0.1


def test_the_circler_flies_far_and_comes_back() -> None:
    net, length, masses, count = life_of("circler")
    assert length > 20
    assert net < 3
    assert masses.std() < 0.05 * masses.mean()
    assert count == 1


def test_the_breather_stays_and_breathes() -> None:
    net, _, masses, count = life_of("breather")
    assert net < 1.5
    assert 0.05 < masses.std() / masses.mean() < 0.2
    assert count == 1


def test_the_sitter_stays_exactly_as_it_is() -> None:
    net, _, masses, count = life_of("sitter")
    assert net < 0.01
    assert np.ptp(masses) < 1e-3
    assert count == 1


@pytest.mark.parametrize("pattern", CREATURES, ids=lambda each: each.name)
def test_every_creature_says_which_search_found_it(pattern) -> None:  # type: ignore[no-untyped-def]
    record = next(each for each in json.loads(text(FILE)) if each["code"] == pattern.name)
    assert f"goal {record['goal']}, seed {record['seed']}, trial {record['trial']:,}" in (
        pattern.source
    )
    assert find_pattern(pattern.title) is pattern
