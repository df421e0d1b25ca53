from itertools import product

import numpy as np
import pytest

from core.crossings.unroll import unrolled
from core.networks.inference import compile_network
from core.networks.questions.joint import joint
from core.processes.errors import NotPossible, ProcessError
from core.processes.word import word_probability
from core.processes.zoo import PROCESSES, process
from tests.core.processes.machines import golden_mean

ORDINARY = [entry for entry in PROCESSES if not entry.build().is_generalized]


@pytest.mark.parametrize("entry", ORDINARY, ids=lambda entry: entry.name)
def test_observed_variables_have_the_probabilities_of_words(entry):
    model = entry.build()
    table = joint(compile_network(unrolled(model, 3)), ["X0", "X1", "X2"], None)
    expected = [word_probability(model, word) for word in product(model.alphabet, repeat=3)]
    assert np.ravel(table) == pytest.approx(expected, abs=1e-12)


def test_variables_are_numbered_by_time_and_stand_in_two_rows():
    net = unrolled(golden_mean(), 3)
    assert net.names == ("H0", "X0", "H1", "X1", "H2", "X2")
    assert net["H1"].states == ("A", "B")
    assert net["X1"].states == ("0", "1")
    assert net["H2"].parents == ("H1", "X1")
    assert {net[f"H{t}"].position[1] for t in range(3)} == {0.0}
    assert {net[f"X{t}"].position[1] for t in range(3)} == {150.0}
    assert all(not net.bad_columns(name, 1e-12) for name in net.names)


def test_a_start_and_other_names_can_be_given():
    net = unrolled(golden_mean(), 2, start=[0.0, 1.0], hidden="S", observed="Y", first=5)
    assert net.names == ("S5", "Y5", "S6", "Y6")
    assert net["S5"].table.tolist() == [0.0, 1.0]


@pytest.mark.parametrize("steps", [0, -1, 10**9])
def test_a_number_of_steps_that_makes_no_sense_is_refused(steps):
    with pytest.raises(ProcessError, match="unrolled over 1 to 10,000 steps"):
        unrolled(golden_mean(), steps)


def test_a_generalized_process_has_no_hidden_variables():
    with pytest.raises(NotPossible, match="A hidden variable has no meaning"):
        unrolled(process("tom-quantum"), 2)
