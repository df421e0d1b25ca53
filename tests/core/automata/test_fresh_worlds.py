"""New worlds of every family."""

import numpy as np
import pytest

from core.automata.errors import UnreadableRule
from core.automata.patterns.flow import flow_world
from core.automata.patterns.fresh import FRESH, fresh_world, is_fresh, takes_cells
from core.automata.rules.reading import rule_of
from core.automata.stepper import make_stepper


@pytest.mark.parametrize("kind", FRESH, ids=lambda kind: kind.id)
def test_every_new_world_lives(kind):
    subject = fresh_world(kind.rule())
    stepper = make_stepper(subject.world)
    stepper.step(1)
    assert stepper.generation == 1
    assert is_fresh(subject)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("B36/S23", (256, 256)),
        ("W90", (601,)),
        ("lenia:R=8,T=10,c=2;m=0.15,s=0.02;m=0.15,s=0.02,c=0>1", (2, 256, 256)),
        ("lenia:R=8,T=10,d=3;m=0.15,s=0.02", (1, 64, 64, 64)),
        ("flow-lenia:herd", (2, 128, 128)),
        ("particle-lenia:dimensions=3", (500, 3)),
    ],
)
def test_a_new_world_has_the_cells_of_its_rule(text, shape):
    rule = rule_of(text)
    world = fresh_world(rule).world
    assert world.array.shape == shape and world.rule == rule
    assert takes_cells(rule, world)


def test_patches_of_a_new_lenia_world_become_bodies():
    lenia = next(each for each in FRESH if each.id == "lenia")
    stepper = make_stepper(fresh_world(lenia.rule()).world)
    stepper.step(200)
    assert stepper.cells().sum() > 100


def test_flow_lenia_is_read_by_name():
    assert rule_of("flow-lenia:drops") == flow_world("drops").rule
    with pytest.raises(UnreadableRule, match="drops, cells, herd, reef"):
        rule_of("flow-lenia:rivers")


def test_a_world_with_something_in_it_is_not_new():
    subject = fresh_world(rule_of("B3/S23"))
    cells = np.array(subject.world.array)
    cells[3, 3] = 1
    assert not is_fresh(subject.with_world(subject.world.with_cells(cells)))


@pytest.mark.parametrize(
    ("before", "after", "is_taken"),
    [
        ("B3/S23", "margolus:critters", True),
        ("B3/S23", "W30", False),
        ("lenia:R=8,T=10;m=0.15,s=0.02", "particle-lenia:", False),
        ("lenia:R=8,T=10;m=0.15,s=0.02", "flow-lenia:reef", False),
        ("flow-lenia:drops", "lenia:R=8,T=10;m=0.15,s=0.02", True),
    ],
)
def test_a_rule_takes_the_cells_that_it_can_step(before, after, is_taken):
    assert takes_cells(rule_of(after), fresh_world(rule_of(before)).world) == is_taken
