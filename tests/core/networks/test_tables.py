"""Fillings of tables, against their formulae."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks import tables
from core.networks.errors import TableError
from tests.core.networks.strategies import patient

PROBABILITIES = st.floats(0, 1)


def test_normalising_divides_each_column_by_its_sum():
    assert tables.normalised([[1, 3], [2, 2]]).tolist() == [[0.25, 0.75], [0.5, 0.5]]


def test_normalising_a_column_of_zeros_makes_it_uniform():
    assert tables.normalised([0, 0, 0, 0]).tolist() == [0.25] * 4


def test_normalising_survives_tiny_and_huge_entries():
    assert tables.normalised([5e-324, 5e-324]).tolist() == [0.5, 0.5]
    assert tables.normalised([1.7e308, 1.7e308]).tolist() == [0.5, 0.5]


def test_the_complement_of_the_other_entries_makes_the_column_whole():
    assert tables.complemented([[0.2, 0.3, 0.9]]).tolist() == [[0.2, 0.3, 0.5]]
    assert tables.complemented([0.9, 0.3, 0.2], 0).tolist() == [0.5, 0.3, 0.2]
    assert tables.complemented([0.7, 0.8, 0.9]).tolist() == [0.7, 0.8, 0.0]


def test_uniform_random_and_deterministic_tables_are_distributions():
    table = np.ones((2, 3, 4))
    assert tables.uniform(table).tolist() == np.full((2, 3, 4), 0.25).tolist()
    drawn = tables.randomised(table, 7)
    assert drawn.sum(axis=-1) == pytest.approx(np.ones((2, 3)))
    assert np.array_equal(drawn, tables.randomised(table, 7))
    assert not np.array_equal(drawn, tables.randomised(table, 8))
    assert tables.deterministic([[0.2, 0.8], [0.5, 0.5]]).tolist() == [[0, 1], [1, 0]]


def test_a_function_of_the_parents_is_certain():
    table = tables.from_function((2, 2), 2, lambda states: states[0] ^ states[1])
    assert table.tolist() == [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]


@patient
@given(st.lists(PROBABILITIES, max_size=4), PROBABILITIES)
def test_noisy_or_multiplies_the_chances_of_silence(strengths, leak):
    table = tables.noisy_or(strengths, leak, absent=0, parents_absent=[0] * len(strengths))
    for states in product((0, 1), repeat=len(strengths)):
        silence = (1 - leak) * np.prod(
            [1 - s for s, on in zip(strengths, states, strict=True) if on]
        )
        assert table[states] == pytest.approx([silence, 1 - silence], abs=1e-12)


def test_noisy_or_of_pearl_follows_the_order_of_the_states():
    # two causes of strength 0.9 and 0.8: silence of both is 0.1 * 0.2
    last = tables.noisy_or([0.9, 0.8])
    assert last[0, 0] == pytest.approx([0.98, 0.02])
    assert last[1, 1] == pytest.approx([0.0, 1.0])
    mixed = tables.noisy_or([0.9, 0.8], absent=-1, parents_absent=[0, 1])
    assert mixed[1, 0] == pytest.approx([0.98, 0.02])
    assert mixed[0, 1] == pytest.approx([0.0, 1.0])


@patient
@given(st.integers(0, 2**32), st.sampled_from([0, -1]), st.integers(1, 3))
def test_noisy_max_is_the_distribution_of_the_strongest_effect(seed, absent, parents):
    size = 3
    links = [tables.randomised(np.ones((2, size)), seed + i) for i in range(parents)]
    leak = tables.randomised(np.ones(size), seed + 9)
    table = tables.noisy_max(links, leak, absent=absent)
    strength = (lambda y: y) if absent == 0 else (lambda y: size - 1 - y)
    for states in product((0, 1), repeat=parents):
        expected = np.zeros(size)
        for effects in product(range(size), repeat=parents + 1):
            chance = leak[effects[-1]]
            for link, state, effect in zip(links, states, effects[:-1], strict=True):
                chance *= link[state, effect]
            expected[max(effects, key=strength)] += chance
        assert table[states] == pytest.approx(expected, abs=1e-12)


def test_noisy_max_of_two_states_is_noisy_or():
    links = [[[1, 0], [0.1, 0.9]], [[1, 0], [0.2, 0.8]]]
    expected = tables.noisy_or([0.9, 0.8], 0.05, absent=0, parents_absent=[0, 0])
    assert tables.noisy_max(links, [0.95, 0.05], absent=0) == pytest.approx(expected)


def test_noisy_gates_refuse_what_is_no_probability():
    for wrong in (lambda: tables.noisy_or([1.2]), lambda: tables.noisy_max([[[1.0, -0.1]]])):
        with pytest.raises(TableError, match="between 0 and 1"):
            wrong()
    with pytest.raises(TableError, match="a parent or a leak"):
        tables.noisy_max([])


@pytest.mark.parametrize(
    ("states", "index"),
    [(("no", "yes"), 0), (("yes", "no"), 1), (("Absent", "mild"), 0), (("hot", "cold"), 1)],
)
def test_the_absent_state_is_told_by_its_label(states, index):
    assert tables.absent_state(states) == index


def test_tables_beyond_the_limit_are_refused_before_they_are_made():
    with pytest.raises(TableError, match="limit"):
        tables.noisy_or([0.5] * 40)
    with pytest.raises(TableError, match="limit"):
        tables.from_function([10] * 12, 2, lambda states: 0)
