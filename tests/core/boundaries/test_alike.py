"""Chances that two samples are alike, against all tables with the same margins."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.boundaries.alike import Pools, chance_alike


def tables(n1, columns):
    """Yield (first row, chance) of all tables with these margins."""
    ways = comb(sum(columns), n1)
    for row in product(*[range(each + 1) for each in columns]):
        if sum(row) == n1:
            yield (
                row,
                np.prod([float(comb(c, r)) for r, c in zip(row, columns, strict=True)]) / ways,
            )


def statistic(one, other):
    table = np.array([one, other], dtype=float)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return ((table - expected) ** 2 / expected).sum()


@pytest.mark.parametrize(
    ("n1", "columns"),
    [(10, (8, 7, 9)), (6, (20, 3, 2)), (12, (12, 12)), (5, (40, 4, 3, 2)), (9, (6, 6, 6, 6))],
)
def test_tails_are_near_those_of_all_tables_with_the_same_margins(n1, columns):
    found = list(tables(n1, columns))
    values = [
        statistic(row, [c - r for r, c in zip(row, columns, strict=True)]) for row, _ in found
    ]
    for (row, _), value in zip(found, values, strict=True):
        exact = sum(
            chance for (_, chance), each in zip(found, values, strict=True) if each >= value - 1e-9
        )
        told = chance_alike(row, [c - r for r, c in zip(row, columns, strict=True)])
        if exact < 0.05:
            assert exact / 30 < told < max(30 * exact, 0.05)
        if exact > 0.2:
            assert told > 0.03


def test_a_rare_outcome_seen_once_tells_nothing_apart():
    # One of 50 samples has what none of a million has: that comes so with a chance of 5e-5.
    assert chance_alike([49, 1], [999_950, 0]) > 1e-6


def test_samples_without_a_common_outcome_are_told_apart_as_far_as_their_size_allows():
    # Of 25 tosses any 5 are as likely as any others.
    assert chance_alike([5, 0], [0, 20]) == pytest.approx(1 / comb(25, 5), rel=1e-6)
    assert chance_alike([5, 0], [0, 10_000]) < 1e-14


def test_large_samples_have_the_classical_chance():
    # (530 - 515)^2 and so on over 515, 485: X^2 = 1.8018; chi-squared with 1 degree: 0.1795
    assert chance_alike([500, 500], [530, 470]) == pytest.approx(0.1795, abs=1e-3)


@pytest.mark.parametrize(("one", "other"), [([1], [1]), ([5], [7]), ([1, 0], [0, 1]), ([3], [900])])
def test_nothing_is_said_of_single_outcomes_and_of_tiny_samples(one, other):
    assert chance_alike(one, other) == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_the_order_of_samples_and_of_outcomes_does_not_matter(pairs):
    one, other = (list(each) for each in zip(*pairs, strict=True))
    if sum(one) and sum(other):
        told = chance_alike(one, other)
        assert 0 <= told <= 1
        assert chance_alike(other, one) == pytest.approx(told, abs=1e-9)
        assert chance_alike(one[::-1], other[::-1]) == pytest.approx(told, abs=1e-9)


def test_a_pool_is_the_sum_of_its_samples():
    rng = np.random.default_rng(1)
    pools, total = Pools(30), np.zeros(30)
    for place in range(12):
        sample = rng.integers(0, 3, 30).astype(float)
        known = np.flatnonzero(sample)
        if place:
            pools.join(0, known, sample[known])
        else:
            pools.begin(known, sample[known])
        total += sample
    assert np.array_equal(pools.counts[0], total)
    fresh = rng.integers(0, 4, 30).astype(float)
    known = np.flatnonzero(fresh)
    told = pools.chances(known, fresh[known])[0]
    assert told == pytest.approx(chance_alike(fresh, total), rel=1e-9)
