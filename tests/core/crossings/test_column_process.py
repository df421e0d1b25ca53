"""Machines from sequences of known processes, and from cells of known automata."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.rules.elementary import Elementary
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE
from core.automata.topology import torus
from core.automata.world import World
from core.crossings.column_process import column_history, column_process
from core.processes import zoo
from core.processes.errors import ProcessError
from core.processes.reconstruction import reconstruct
from core.processes.sampling import sample


def row(number, width, cells=None):
    if cells is None:
        cells = np.zeros(width, np.uint8)
        cells[width // 2] = 1
    return World("row", Elementary(number), torus(width, 1), cells)


@pytest.mark.parametrize("name", ["golden_mean", "even"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_processes_of_two_states_are_found_again_from_a_sample(name, seed):
    process = zoo.process(name)
    drawn = sample(process, 50_000, seed)
    found = reconstruct(drawn, process.alphabet)
    assert found.model.n == 2
    assert found.model.is_unifilar
    assert found.entropy_rate == pytest.approx(2 / 3, abs=0.01)
    assert found.complexity == pytest.approx(0.9183, abs=0.01)


def test_a_coin_has_one_state_whatever_its_bias():
    tosses = np.random.default_rng(4).random(30_000) < 0.3
    found = reconstruct(tosses.astype(int), ("a", "b"))
    assert found.model.n == 1
    assert found.model.alphabet == ("a", "b")
    assert found.entropy_rate == pytest.approx(0.8813, abs=0.01)


def test_a_rhythm_has_as_many_states_as_beats():
    found = reconstruct(np.arange(3000) % 3, ("x", "y", "z"))
    assert found.model.n == 3
    assert found.entropy_rate == 0.0
    assert found.complexity == pytest.approx(np.log2(3))


def test_one_symbol_alone_is_a_machine_of_one_state():
    found = reconstruct(np.full(2000, 2), ("0", "1", "2"))
    assert (found.model.n, found.model.alphabet) == (1, ("2",))


def test_too_short_a_sequence_is_refused():
    with pytest.raises(ProcessError, match="at least"):
        reconstruct([0, 1] * 10, ("0", "1"))


def test_the_middle_column_of_rule_30_begins_as_known():
    # The reference's centre column; 481 ones among the first 1000.
    column = column_history(row(30, 2401), 1200, 0, 1000)
    assert column.text.startswith(
        "1101110011000101100100111010111001110101011000011001010110101011"
    )
    assert int(column.symbols.sum()) == 481


def test_a_column_of_rule_30_looks_like_a_fair_coin():
    # Nobody knows of a bias; a test of so many steps finds none.
    column = column_history(row(30, 401), 200, 0, 12_000, skip=500)
    found = column_process(column)
    assert found.model.n == 1
    assert found.entropy_rate == pytest.approx(1.0, abs=2e-3)


def test_a_column_of_rule_18_differs_from_a_coin():
    # Within domains of rule 18 every second row and cell is 0; a quarter of all cells are 1.
    cells = np.random.default_rng(6).integers(0, 2, 601).astype(np.uint8)
    column = column_history(row(18, 601, cells), 300, 0, 20_000, skip=500)
    assert column.symbols.mean() == pytest.approx(0.25, abs=0.02)
    found = column_process(column)
    assert found.model.n > 1
    assert found.entropy_rate < 0.8113 - 0.05  # of a coin as biased


def test_a_cell_of_a_blinker_alternates():
    cells = np.zeros((8, 8), np.uint8)
    cells[4, 3:6] = 1
    world = World("blinker", LIFE, torus(8, 8), cells)
    column = column_history(world, 3, 4, 2000)
    assert column.text.startswith("101010")
    assert column_process(column).model.n == 2
    assert column_history(world, 4, 4, 50).text == "1" * 50


def test_a_field_is_read_in_levels():
    field = np.zeros((1, 32, 32))
    field[0, 5, 6] = 0.6
    world = World("field", lenia(9, 10, 0.15, 0.015), torus(32, 32), field)
    assert column_history(world, 6, 5, 1).symbols.tolist() == [1]
    assert column_history(world, 6, 5, 1, levels=10).symbols.tolist() == [6]


def test_what_cannot_be_followed_is_refused():
    world = row(30, 41)
    with pytest.raises(AutomataError, match=r"no cell \(41, 0\)"):
        column_history(world, 41)
    with pytest.raises(AutomataError, match="steps"):
        column_history(replace(world), 0, 0, 0)
