"""A run goes forwards and back, and repeats what hands did to it."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from core.automata.checkpoints import Checkpoints
from core.automata.errors import AutomataError
from core.automata.interventions import (
    ChangeRule,
    Fill,
    Food,
    Gun,
    NoiseBrush,
    Obstacle,
    Patch,
    Randomise,
    Stroke,
    flying,
)
from core.automata.patterns import pattern_world
from core.automata.patterns.flow import flow_world
from core.automata.rules.flow_lenia import FlowLeniaRule
from core.automata.rules.generations import Generations
from core.automata.rules.lenia import LeniaRule, lenia
from core.automata.rules.life_like import LifeLike
from core.automata.rules.noisy import Noisy
from core.automata.rules.rule import Rule
from core.automata.run import Run
from core.automata.topology import UNBOUNDED, Topology
from core.automata.world import World

LIFE = LifeLike("3", "23")
GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)


def torus_of_life(side: int = 40) -> World:
    cells = np.zeros((side, side), dtype=np.uint8)
    cells[5:8, 5:8] = GLIDER
    return World("life", LIFE, Topology("torus", side, side), cells)


def small_lenia() -> World:
    rule = lenia(5, 10, 0.15, 0.03)
    random = np.random.default_rng(3)
    cells = np.zeros((1, 48, 48))
    cells[0, 16:32, 16:32] = random.random((16, 16))
    return World("lenia", rule, Topology("torus", 48, 48), cells)


HANDS = (
    Stroke(3, ((10.5, 10.5), (12.5, 11.5)), 2.0, 1.0),
    Fill(7, 20, 20, 4, 3, 1.0),
    Randomise(11, 1, 30, 6, 6, 0.5, seed=9),
    Obstacle(13, 24.0, 24.0, 3.0, until=60),
    Gun(15, 4.0, 20.0, 0.0, every=9, life=7, spread=20.0, seed=4, until=70),
    NoiseBrush(20, 30.0, 12.0, 3.0, 0.3, seed=5, until=40),
)


def soup(rule, side: int = 40, topology: Topology | None = None) -> World:
    cells = np.random.default_rng(6).integers(0, rule.states, (side, side), dtype=np.uint8)
    return World("soup", rule, topology or Topology("torus", side, side), cells, seed=2)


def wide_lenia() -> World:
    """A creature on a torus so large that only windows of it are stepped."""
    creature = pattern_world("swift-glider")
    cells = np.zeros((1, 256, 256))
    cells[:, 20:148, 30:158] = creature.array
    return World("wide", creature.rule, Topology("torus", 256, 256), cells)


def widened(rule: Rule) -> LeniaRule:
    """Return a rule of Lenia whose kernel is wider."""
    assert isinstance(rule, LeniaRule)
    return replace(rule, radius=rule.radius + 2)


def slower(rule: Rule) -> FlowLeniaRule:
    """Return a rule of Flow-Lenia whose steps are half as long."""
    assert isinstance(rule, FlowLeniaRule)
    return replace(rule, dt=rule.dt / 2)


RULES = (
    (torus_of_life(), LifeLike("36", "23")),
    (soup(LIFE, topology=UNBOUNDED), LifeLike("36", "23")),
    (soup(Generations("2", "", 3)), Generations("2", "3", 3)),
    (soup(LIFE), Noisy(LIFE, 0.01)),
    (small_lenia(), widened(small_lenia().rule)),
    (wide_lenia(), widened(wide_lenia().rule)),
    (wide_lenia(), lenia(9, 8, 0.16, 0.02)),
    (flow_world("drops", 48, 48), slower(flow_world("drops", 48, 48).rule)),
)


@pytest.mark.parametrize(("world", "other"), RULES)
def test_going_back_over_changes_of_the_rule_is_exact(world: World, other: Rule) -> None:
    hands = (ChangeRule(20, other), ChangeRule(45, world.rule), ChangeRule(52, other))
    straight = Run(world, hands)
    states = {}
    for generation in range(71):
        straight.go_to(generation)
        states[generation] = straight.present()
    wandering = Run(world, hands)
    for generation in (70, 30, 10, 50, 19, 64, 44, 70, 0):
        wandering.go_to(generation)
        found = wandering.present()
        np.testing.assert_array_equal(found.array, states[generation].array)
        assert (found.origin, found.rule) == (states[generation].origin, states[generation].rule)


def test_rules_tried_one_after_the_other_leave_nothing_behind() -> None:
    live = Run(wide_lenia())
    live.step(20)
    for radius in (11, 12, 9, 10):
        live.intervene(ChangeRule(0, replace(live.world.rule, radius=radius)))
    live.step(30)
    again = Run(wide_lenia(), live.interventions)
    again.step(50)
    assert len(live.interventions) == 1
    np.testing.assert_array_equal(live.stepper.cells(), again.stepper.cells())


def test_checkpoints_keep_to_their_memory_whatever_the_states_weigh() -> None:
    kept = Checkpoints(memory=100_000)
    for generation in range(0, 40_000, 8):
        if kept.is_due(generation):
            weight = 8 if generation < 10_000 else 3_000
            kept.add(generation, np.zeros(weight, dtype=np.uint8), LIFE)
        assert kept.bytes <= 100_000
    assert 10 < len(kept) < 60
    assert kept.before(39_999).generation > 30_000
    kept.forget_after(-1)
    assert (len(kept), kept.last) == (1, 0)


def test_engines_of_former_rules_are_let_go() -> None:
    run = Run(small_lenia())
    engines = []
    for mu in np.linspace(0.1, 0.2, 6):
        engines.append(weakref.ref(run.stepper))
        run.step(40)
        run.intervene(ChangeRule(0, lenia(5, 10, float(mu), 0.03)))
    gc.collect()
    assert [each() for each in engines] == [None] * 6


@pytest.mark.parametrize("world", [torus_of_life(), small_lenia()], ids=["life", "lenia"])
def test_going_back_and_forth_gives_the_states_of_a_straight_run(world: World) -> None:
    straight = Run(world, HANDS)
    states = {}
    for generation in range(81):
        straight.go_to(generation)
        states[generation] = straight.stepper.cells()
    wandering = Run(world, HANDS, memory=1)
    for generation in (80, 12, 13, 59, 3, 0, 41, 40, 79):
        wandering.go_to(generation)
        np.testing.assert_array_equal(wandering.stepper.cells(), states[generation])


def test_steps_of_any_length_give_the_same_run() -> None:
    one_by_one, at_once = Run(torus_of_life(), HANDS), Run(torus_of_life(), HANDS)
    for _ in range(75):
        one_by_one.step()
    at_once.step(75)
    np.testing.assert_array_equal(one_by_one.stepper.cells(), at_once.stepper.cells())


def test_an_intervention_made_in_the_past_forgets_what_was_to_come() -> None:
    run = Run(torus_of_life(), HANDS)
    run.step(50)
    run.go_to(10)
    run.intervene(Patch(0, 0, 0, GLIDER))
    assert [each.generation for each in run.interventions] == [3, 7, 10]
    again = Run(torus_of_life(), run.interventions)
    run.step(30)
    again.step(40)
    np.testing.assert_array_equal(run.stepper.cells(), again.stepper.cells())


def test_taking_another_list_redoes_what_follows_the_first_change() -> None:
    run = Run(torus_of_life(), HANDS)
    run.step(50)
    run.take(HANDS[1:])
    expected = Run(torus_of_life(), HANDS[1:])
    expected.step(50)
    assert run.generation == 50
    np.testing.assert_array_equal(run.stepper.cells(), expected.stepper.cells())


def test_another_rule_holds_from_its_generation_on_and_is_undone_by_going_back() -> None:
    run = Run(torus_of_life(), [ChangeRule(6, LifeLike("36", "23"))])
    run.step(10)
    assert run.rule.text == "B36/S23"
    run.go_to(5)
    assert run.rule.text == "B3/S23"


def test_an_obstacle_keeps_its_cells_empty() -> None:
    run = Run(small_lenia(), [Obstacle(0, 24.0, 24.0, 6.0)])
    for _ in range(5):
        run.step()
        assert run.stepper.cells()[0, 24, 24] == 0.0


def test_food_feeds_a_field_up_to_one() -> None:
    rule = lenia(5, 10, 0.15, 0.015)
    empty = World("empty", rule, Topology("torus", 32, 32), np.zeros((1, 32, 32)))
    run = Run(empty, [Food(0, 16.0, 16.0, 2.0, 0.4)])
    run.step(1)
    assert 0.4 <= run.stepper.cells()[0, 15, 15] <= 1.0


def test_a_stroke_paints_the_cells_whose_middles_it_covers() -> None:
    run = Run(torus_of_life())
    run.intervene(Stroke(0, ((20.5, 20.5),), 0.5, 1.0))
    assert run.stepper.cells()[20, 20] == 1
    assert run.stepper.population() == 6


def test_a_gun_fires_straight_on_at_its_times() -> None:
    gun = Gun(10, 5.0, 5.0, 90.0, speed=2.0, every=4, life=6)
    assert [place for place in flying(gun, 10)] == [pytest.approx((5.0, 5.0))]
    assert [place for place in flying(gun, 15)] == [
        pytest.approx((5.0, 15.0)),
        pytest.approx((5.0, 7.0)),
    ]
    assert len(list(flying(gun, 16))) == 1


def test_nothing_is_before_the_start() -> None:
    with pytest.raises(AutomataError, match="begins at generation 0"):
        Run(torus_of_life()).go_to(-1)
