"""Langton's loop makes another of itself, as Langton (1984) tells."""

from pathlib import Path

import numpy as np
import pytest

from core.automata.formats.pattern_file import read_world
from core.automata.patterns import pattern_world
from core.automata.patterns.langton_loop import PERIOD, TRANSITIONS, loop_rule
from core.automata.stepper import make_stepper


def test_the_table_has_219_transitions_of_eight_states() -> None:
    rows = TRANSITIONS.split()
    assert len(rows) == len(set(rows)) == 219  # Langton (1984), table 1
    assert {len(row) for row in rows} == {6}
    assert loop_rule().states == 8


def test_a_loop_has_a_daughter_after_151_steps() -> None:
    world = pattern_world("langtons-loop")
    stepper = make_stepper(world)
    height, width = world.array.shape
    stepper.step(PERIOD - 1)
    assert not np.array_equal(stepper.frame(11, 0, width, height), world.array)
    stepper.step(1)
    assert np.array_equal(stepper.frame(11, 0, width, height), world.array)


@pytest.mark.parametrize(("steps", "population"), [(0, 86), (1, 86), (10, 88), (100, 138)])
def test_a_loop_grows_as_told_by_another_program(steps: int, population: int) -> None:
    stepper = make_stepper(pattern_world("langtons-loop"))
    stepper.step(steps)
    assert stepper.population() == population  # Golly 3.3, its own table of the rule


def test_a_file_of_the_rule_needs_no_table_beside_it(tmp_path: Path) -> None:
    (tmp_path / "l.rle").write_text("x = 2, y = 1, rule = Langtons-Loops\nAB!\n")
    assert read_world(tmp_path / "l.rle").rule == loop_rule()
