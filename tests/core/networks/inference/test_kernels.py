"""The kernels against slow twins written from their formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks import kernels

quick = settings(max_examples=80, deadline=None)


@quick
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=5))
def test_a_map_holds_the_sum_of_digits_times_strides(axes):
    sizes = np.array([size for size, _ in axes], dtype=np.int64)
    strides = np.array([stride for _, stride in axes], dtype=np.int64)
    out = np.empty(int(np.prod(sizes)), np.uint32)
    kernels.fill_map(sizes, strides, out)
    digits = itertools.product(*(range(size) for size in sizes))
    assert out.tolist() == [int(np.dot(each, strides)) for each in digits]


@quick
@given(st.lists(st.floats(-700, 700), min_size=1, max_size=20), st.integers(1, 3))
def test_logarithms_are_added_as_numbers_are(values, targets):
    row = np.array([*values, -np.inf])
    target = np.full(targets, -np.inf)
    low = np.arange(row.size, dtype=np.uint32) % np.uint32(targets)
    kernels.log_add_row(row, target, low)
    for cell in range(targets):
        mine = row[low == cell]
        largest = mine.max(initial=-np.inf)
        if largest == -np.inf:
            assert target[cell] == -np.inf
        else:
            expected = largest + math.log(np.exp(mine - largest).sum())
            assert target[cell] == pytest.approx(expected, abs=1e-12)


def test_products_near_the_end_of_the_range_are_noticed():
    low = np.zeros(3, np.uint32)
    for run in (1, 3):
        row = np.array([1e-200, 0.0, 1.0])
        assert kernels.multiply_row(row, np.array([1e-100]), low, run) == 1
        row = np.array([1e-100, 0.0, 1.0])
        assert kernels.multiply_row(row, np.array([1e-100]), low, run) == 0
        assert row.tolist() == [1e-200, 0.0, 1e-100]
        assert kernels.multiply_row(row, np.array([0.0]), low, run) == 0


@quick
@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_rows_are_multiplied_and_summed_as_their_maps_say(run, stretches, targets, seed):
    random = np.random.default_rng(seed)
    low = np.repeat(random.integers(0, targets, stretches), run).astype(np.uint32)
    row, table = random.random(low.size), random.random(targets)
    for multiply in (kernels.multiply_row, kernels.scale_row):
        product = row.copy()
        multiply(product, table, low, run)
        assert product.tolist() == (row * table[low]).tolist()
    kernels.add_row(row, sums := table.copy(), low, run)
    expected = [table[t] + row[low == t].sum() for t in range(targets)]
    assert sums.tolist() == pytest.approx(expected, abs=1e-14)


def test_a_message_divided_by_nothing_is_nothing():
    down, up = np.array([0.0, 0.25]), np.array([0.0, 0.5])
    assert kernels.divide_message(down, up, 0.5, kernels.LINEAR)
    assert down.tolist() == [0.0, 1.0]
