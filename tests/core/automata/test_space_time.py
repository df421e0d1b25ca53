"""Rows of one-dimensional worlds, kept one below the other."""

import numpy as np

from core.automata import space_time
from core.automata.rules.elementary import Elementary
from core.automata.space_time import SpaceTime
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED
from core.automata.world import World


def diagram(number, steps):
    world = World("row", Elementary(number), UNBOUNDED, np.ones(1, dtype=np.uint8))
    stepper, rows = make_stepper(world), SpaceTime.of(world)
    rows.add(stepper, 0)
    for generation in range(1, steps + 1):
        stepper.step()
        rows.add(stepper, generation)
    return rows


def test_rule_90_from_one_cell_is_pascals_triangle_of_odd_numbers():
    rows = diagram(90, 63).frame(-63, 0, 127, 64)
    # 3^6 odd binomial coefficients in the first 2^6 rows (Glaisher 1899)
    assert rows.sum() == 729
    assert rows[4].nonzero()[0].tolist() == [59, 67]


def test_rows_wider_than_the_first_room_keep_their_place():
    rows = diagram(150, 300)
    assert rows.frame(-300, 300, 601, 1)[0, [0, 300, 600]].tolist() == [1, 1, 1]
    assert rows.frame(-1, 1, 3, 1).tolist() == [[1, 1, 1]]


def test_forgotten_rows_are_empty_and_come_again():
    rows = diagram(90, 20)
    rows.forget_after(10)
    assert rows.last == 10
    assert not rows.frame(-20, 11, 41, 10).any()


def test_the_oldest_rows_go_first_where_memory_is_short(monkeypatch):
    monkeypatch.setattr(space_time, "MOST_ROWS", 64)
    rows = diagram(90, 200)
    assert rows.last == 200
    assert rows.first > 100
    assert rows.start_for(150, 0) <= 150


def test_a_pixel_of_several_cells_lives_where_one_of_them_does():
    rows = diagram(90, 7)
    assert rows.frame(-8, 0, 2, 1, 8).tolist() == [[1, 1]]


def test_a_world_of_two_dimensions_has_no_rows():
    from core.automata.world_subject import blank_world

    assert SpaceTime.of(blank_world().world) is None
