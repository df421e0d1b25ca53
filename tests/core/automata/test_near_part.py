"""A part of a plane with its surroundings does what the whole does there, as long as promised."""

import numpy as np
import pytest

from core.automata.errors import TooLarge
from core.automata.near_part import can_be_cut, near_part
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.stepper import make_stepper
from core.automata.topology import torus
from core.automata.world import World, pattern
from tests.core.automata.far_gliders import GLIDER, gliders_far_apart

SOUP = np.random.default_rng(7).integers(0, 2, (120, 120), dtype=np.uint8)


def test_a_part_does_what_the_whole_does_until_the_margin_is_crossed():
    whole = pattern("soup", LIFE, SOUP, origin=(-30, 5))
    box, margin = (10, 40, 12, 9), 17
    part = near_part(whole, box, margin)
    assert part.array.shape == (9 + 34, 12 + 34)
    live, cut = make_stepper(whole), make_stepper(part)
    for _ in range(margin):
        live.step()
        cut.step()
        assert np.array_equal(live.frame(*box), cut.frame(*box))


def test_what_is_far_away_is_left_out():
    part = near_part(gliders_far_apart(), (0, 0, 4, 4), 10)
    assert int(part.array.sum()) == GLIDER.sum()
    with pytest.raises(TooLarge, match="in 3,000 steps is 6,004 by 6,004"):
        near_part(gliders_far_apart(), (0, 0, 4, 4), 3000)


def test_boards_with_an_end_and_planes_that_flash_are_not_cut():
    assert can_be_cut(gliders_far_apart())
    assert not can_be_cut(pattern("flash", LifeLike("03", "23"), SOUP))
    assert not can_be_cut(World("soup", LIFE, torus(120, 120), SOUP))
