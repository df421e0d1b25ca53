"""Kernels on rows of cells against the same thing said in numpy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks import kernels_rows as rows
from core.networks.kernels_logarithms import add_logarithms

quick = settings(max_examples=60, deadline=None)
lengths = st.integers(0, 40)
seeds = st.integers(0, 2**32 - 1)


@quick
@given(lengths, st.integers(0, 5), seeds)
def test_neighbouring_cells_are_multiplied_and_added(length, first, seed):
    random = np.random.default_rng(seed)
    row, table = random.random(length + 3), random.random(length + first)
    part = table[first : first + length]
    copied = row.copy()
    rows.copy_row(copied, length, 0.5, table, first)
    assert copied.tolist() == [*(0.5 * part), *row[length:]]
    both = np.zeros(length)
    rows.copy_product(both, length, 0.5, row, table, first)
    assert both.tolist() == pytest.approx((0.5 * row[:length] * part).tolist(), rel=1e-15)
    for multiply in (rows.multiply_row, rows.multiply_row_watched):
        product = row.copy()
        multiply(product, length, table, first)
        assert product.tolist() == [*(row[:length] * part), *row[length:]]
    sums = table.copy()
    rows.add_row(row, length, sums, first)
    assert sums[first:].tolist() == (part + row[:length]).tolist()
    twice, sums = np.ones(length), table.copy()
    rows.add_twice(row, length, twice, sums, first)
    assert twice.tolist() == (1.0 + row[:length]).tolist()
    assert sums[first:].tolist() == (part + row[:length]).tolist()
    assert rows.sum_row(row, length) == pytest.approx(row[:length].sum(), abs=1e-13)


@quick
@given(lengths, st.integers(1, 5), seeds)
def test_cells_are_found_by_the_map_of_a_row(length, targets, seed):
    random = np.random.default_rng(seed)
    maps = random.integers(0, targets, length + 2).astype(np.uint32)
    row, table = random.random(length), random.random(targets + 1)
    wanted = table[1 + maps[2:]]
    for multiply in (rows.gather_row, rows.gather_row_watched):
        product = row.copy()
        multiply(product, length, table, 1, maps, 2)
        assert product.tolist() == (row * wanted).tolist()
    packed = np.zeros(length + 1)
    rows.pack_row(packed, 1, length, table, 1, maps, 2)
    assert packed[1:].tolist() == wanted.tolist()
    sums = table.copy()
    rows.scatter_row(row, length, sums, 1, maps, 2)
    expected = [table[1 + t] + row[maps[2:] == t].sum() for t in range(targets)]
    assert sums[1:].tolist() == pytest.approx(expected, abs=1e-13)
    both = np.concatenate([row, table])
    rows.unpack_row(both, 0, length, length + 1, maps, 2)
    assert both[length + 1 :].tolist() == pytest.approx(expected, abs=1e-13)


def test_products_near_the_end_of_the_range_are_noticed():
    maps = np.zeros(3, np.uint32)
    faint = np.full(3, 1e-100)
    row = np.array([1e-200, 0.0, 1.0])
    assert rows.multiply_row_watched(row.copy(), 3, faint, 0) == 1
    assert rows.gather_row_watched(row.copy(), 3, faint, 0, maps, 0) == 1
    row = np.array([1e-100, 0.0, 1.0])
    assert rows.multiply_row_watched(row, 3, faint, 0) == 0
    assert row.tolist() == [1e-200, 0.0, 1e-100]
    assert rows.multiply_row_watched(row, 3, np.zeros(3), 0) == 0


@quick
@given(st.lists(st.one_of(st.just(-np.inf), st.floats(-2000, 700)), min_size=1, max_size=9))
def test_logarithms_are_added_as_numbers_are(values):
    found, largest = add_logarithms(np.array(values)), max(values)
    if largest == -np.inf:
        assert found == -np.inf
    else:
        expected = largest + np.log(np.exp(np.array(values) - largest).sum())
        assert found == pytest.approx(expected, abs=1e-12)
