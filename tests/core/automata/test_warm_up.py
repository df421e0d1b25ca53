"""Specifies what is compiled ahead: all that a first step and a first picture need."""

import numpy as np
import pytest

from core.automata import (
    kernels_bit_board,
    kernels_elementary,
    kernels_lenia,
    kernels_particle_picture,
    kernels_particles,
)
from core.automata.patterns import pattern_world
from core.automata.rules.lenia import lenia
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.rules.reading import rule_of
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.warm_up import FAMILIES, warm_up_automata
from core.automata.world import World


def of_states():
    return World("life", rule_of("B36/S23"), torus(80, 70), np.eye(70, 80, dtype=np.uint8))


def of_values():
    return World("lenia", lenia(9, 10, 0.15, 0.017), torus(256, 160), np.ones((1, 160, 256)) / 8)


def of_particles():
    places = np.random.default_rng(1).random((20, 2))
    return World("particles", ParticleLeniaRule(), UNBOUNDED, places)


@pytest.mark.parametrize(
    ("family", "make", "kernels"),
    [
        ("life", of_states, (kernels_bit_board.step_board,)),
        ("lenia", of_values, (kernels_lenia.step_board,)),
        ("rows", lambda: pattern_world("rule-110"), (kernels_elementary.step_row,)),
        (
            "particles",
            of_particles,
            (kernels_particles.advance, kernels_particle_picture.splat),
        ),
    ],
)
def test_worlds_of_a_family_need_no_other_kernels_than_are_warm(family, make, kernels):
    warm_up_automata((family,))
    warm = [list(kernel.signatures) for kernel in kernels]
    assert all(warm)
    stepper = make_stepper(make())
    stepper.step(1)
    stepper.frame(0, 0, 20, 20)
    assert [list(kernel.signatures) for kernel in kernels] == warm


def test_warming_stops_when_it_is_not_wanted_any_more():
    asked = []
    warm_up_automata(tuple(FAMILIES), lambda: asked.append(1) is not None)
    assert len(asked) == 1
