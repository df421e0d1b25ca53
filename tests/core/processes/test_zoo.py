from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest

from core.processes.errors import ProcessError
from core.processes.stationary import stationary_distribution
from core.processes.word import word_probability
from core.processes.zoo import OTHER_NAMES, PROCESSES, process, zoo_entry
from tests.core.processes.known_values import KNOWN, ZOO


@pytest.mark.parametrize("name", KNOWN)
def test_processes_are_those_of_the_reference(name):
    entry, parameters = ZOO[name]
    model = process(entry, **parameters)
    expected = np.array(KNOWN[name]["T"])
    orders = [list(order) for order in permutations(range(model.n))]
    assert any(np.allclose(model.T[:, o][:, :, o], expected, rtol=0, atol=1e-12) for o in orders)


@pytest.mark.parametrize("entry", PROCESSES, ids=lambda entry: entry.name)
def test_every_process_is_one_at_its_defaults_and_says_where_it_comes_from(entry):
    model = entry.build()
    assert model.name == entry.name
    pi = stationary_distribution(model)
    assert pi @ model.transition == pytest.approx(pi, abs=1e-12)
    assert entry.source.endswith(".")
    assert entry.look_at.endswith(".")


@pytest.mark.parametrize("entry", PROCESSES, ids=lambda entry: entry.name)
def test_the_ends_of_every_slider_are_allowed(entry):
    for parameter in entry.parameters:
        assert parameter.low <= parameter.default <= parameter.high
        for end in (parameter.low, parameter.high):
            entry.build(**{parameter.name: end})


@pytest.mark.parametrize("name", ["tom-quantum", "fanizza"])
def test_words_of_generalized_processes_have_probabilities(name):
    model = process(name)
    words = list(product(model.alphabet, repeat=4))
    probabilities = [word_probability(model, word) for word in words]
    assert min(probabilities) > -1e-12
    assert sum(probabilities) == pytest.approx(1.0, abs=1e-12)


def test_there_are_at_least_28_processes_with_names_of_their_own():
    assert len({entry.name for entry in PROCESSES}) == len(PROCESSES) >= 28
    assert all(zoo_entry(other).name == name for other, name in OTHER_NAMES.items())


def test_names_of_the_literature_are_understood():
    assert process("Golden mean") == process("golden_mean") == process("golden-mean")
    assert process("Z1R").name == "zero-one-random"


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("nothing", {}, "no process 'nothing' in the zoo; there are coin, die"),
        ("coin", {"q": 0.5}, "coin has no parameter 'q'; it has p"),
        ("coin", {"p": 1.5}, "p of coin is 1.5, and it lies between 0 and 1"),
        ("coin", {"p": float("nan")}, "p of coin is nan"),
        ("period", {"n": 2.5}, "n of period is 2.5, no whole number"),
    ],
)
def test_what_is_not_there_is_refused(name, values, told):
    with pytest.raises(ProcessError) as caught:
        process(name, **values)
    assert told in str(caught.value)


def test_the_guide_names_every_process():
    page = Path(__file__).parents[3] / "resources" / "guide" / "processes.md"
    text = page.read_text(encoding="utf-8")
    assert [entry.name for entry in PROCESSES if f"| `{entry.name}` |" not in text] == []
