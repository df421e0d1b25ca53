"""However hands wander through time, the state is that of a straight run with the same deeds."""

import random
from dataclasses import replace

import numpy as np
import pytest

from core.automata.interventions import (
    ChangeRule,
    Fill,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Randomise,
    Stroke,
)
from core.automata.patterns.flow import flow_world
from core.automata.rules.generations import Generations
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.rules.rule import Rule
from core.automata.run import Run
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World

FAR = 2**28


def lenia_world(side: int, share: float, kind: str = "torus") -> World:
    """Return random values in the upper left, of which the rest is empty."""
    cells = np.zeros((1, side, side))
    part = int(side * share)
    cells[0, :part, :part] = np.random.default_rng(side).random((part, part))
    return World("lenia", lenia(9, 10, 0.15, 0.02), Topology(kind, side, side), cells)


def soup(rule: Rule, topology: Topology) -> World:
    cells = np.random.default_rng(6).integers(0, rule.states, (48, 48), dtype=np.uint8)
    return World("soup", rule, topology, cells, seed=2)


WORLDS = {
    "windows": (lenia_world(180, 0.2), lenia(7, 10, 0.15, 0.02), lenia(9, 10, 0.16, 0.02)),
    "the whole": (lenia_world(150, 1.0), lenia(7, 10, 0.15, 0.02), lenia(9, 10, 0.16, 0.02)),
    "a plane": (lenia_world(60, 0.4, "plane"), lenia(9, 10, 0.16, 0.02)),
    "life": (soup(LIFE, Topology("torus", 48, 48)), LifeLike("36", "23")),
    "life without end": (soup(LIFE, UNBOUNDED), LifeLike("36", "23")),
    "generations": (soup(Generations("2", "", 3), Topology("torus", 48, 48)),),
    "mass": (flow_world("drops", 48, 48),),
}


def deed(draw: random.Random, world: World, rules: tuple[Rule, ...], now: int) -> Intervention:
    """Return something that hands may do."""
    x, y = draw.uniform(0, 48), draw.uniform(0, 48)
    value = draw.random() if world.is_field else 1.0
    states, seed, until = (
        max(2, world.rule.states),
        draw.randrange(99),
        now + draw.choice((0, 9, 40)),
    )
    choices: list[Intervention] = [
        Stroke(now, ((x, y), (x + 5, y + 3)), 3.0, value),
        Stroke(now, ((x, y),), 4.0, 0.0),
        Fill(now, int(x), int(y), 7, 5, 0.0),
        Randomise(now, int(x), int(y), 12, 12, 0.5, seed, states=states),
        Obstacle(now, x, y, 4.0, until=draw.choice((None, until))),
        Gun(now, x, y, draw.uniform(0, 360), 1.0, 2.0, value, 15, 20, 10.0, seed, until),
        NoiseBrush(now, x, y, 5.0, 0.2, seed, until, states),
        *(ChangeRule(now, rule) for rule in rules),
    ]
    return draw.choice(choices)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", WORLDS)
def test_a_wandering_run_is_the_straight_one_bit_for_bit(name: str, seed: int) -> None:
    world, *rules = WORLDS[name]
    draw = random.Random(f"{name} {seed}")
    live = Run(world, memory=draw.choice((FAR, 2**22, 1)))
    lists = [live.interventions]
    for _ in range(24):
        act = draw.randrange(10)
        if act < 4:
            live.step(draw.randrange(1, 30))
        elif act < 8:
            live.intervene(deed(draw, world, (world.rule, *rules), live.generation))
            lists.append(live.interventions)
        elif act == 8:
            live.go_to(draw.randrange(live.generation + 1))
        else:
            live.take(draw.choice(lists))
    straight = Run(world, live.interventions)
    straight.go_to(live.generation)
    found, expected = live.present(), straight.present()
    np.testing.assert_array_equal(found.array, expected.array)
    assert (found.origin, found.rule) == (expected.origin, expected.rule)


def test_what_lasts_does_so_for_as_long_as_it_was_meant_to() -> None:
    live = Run(lenia_world(60, 0.4))
    live.step(30)
    live.intervene(Obstacle(25, 10.0, 10.0, 4.0, until=35))
    assert [(each.generation, each.until) for each in live.interventions] == [(30, 40)]


def test_what_is_over_before_it_begins_does_nothing() -> None:
    live = Run(lenia_world(60, 0.4))
    live.step(30)
    before = live.stepper.cells()
    live.intervene(replace(Obstacle(30, 10.0, 10.0, 4.0), until=30))
    np.testing.assert_array_equal(live.stepper.cells(), before)
