"""Conditional information from counts, against the definition and against chance."""

from collections import Counter
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.boundaries.plug_in import SymbolSample
from core.progress import Cancelled, Progress


def by_definition(rows: list[tuple[int, int, int]]) -> float:
    """Return the sum over (x, y, z) of p(xyz) log2 p(xyz) p(z) / p(xz) p(yz)."""
    n = len(rows)
    xyz, z = Counter(rows), Counter(row[2] for row in rows)
    xz, yz = Counter((x, z) for x, _, z in rows), Counter((y, z) for _, y, z in rows)
    return sum(
        count / n * log2(count * z[c] / (xz[a, c] * yz[b, c])) for (a, b, c), count in xyz.items()
    )


def sample_of(rows: list[tuple[int, int, int]], sizes: tuple[int, int, int]) -> SymbolSample:
    x, y, z = np.array(rows, dtype=np.int64).T
    return SymbolSample(x, y, z, sizes)


def dependent(n: int, seed: int = 0) -> SymbolSample:
    random = np.random.default_rng(seed)
    z, y = random.integers(0, 3, n), random.integers(0, 2, n)
    x = np.where(random.random(n) < 0.3, (z + y) % 4, random.integers(0, 4, n))
    return SymbolSample(x, y, z, (4, 2, 3))


symbols = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 4))


@given(st.lists(symbols, min_size=1, max_size=40))
def test_it_is_the_definition(rows: list[tuple[int, int, int]]):
    sample = sample_of(rows, (4, 3, 5))
    assert sample.value == pytest.approx(by_definition(rows), abs=1e-9)
    assert sample.value <= min(sample.entropies()) + 1e-9
    assert sample.occupied == len(set(rows))


@given(st.lists(symbols, min_size=2, max_size=30), st.integers(0, 2**31))
def test_a_resample_is_the_estimate_of_the_rows_drawn(rows: list[tuple[int, int, int]], seed: int):
    draws = np.random.default_rng(seed).integers(0, len(rows), (3, len(rows)))
    found = sample_of(rows, (4, 3, 5)).resampled(draws)
    for row, value in zip(draws, found, strict=True):
        assert value == pytest.approx(by_definition([rows[i] for i in row]), abs=1e-9)


def test_tables_and_shuffles_are_the_same_chance():
    sample = dependent(600)
    tables = sample._by_tables(np.random.default_rng(1), 4000, None)
    shuffles = sample._by_shuffling(np.random.default_rng(2), 4000, None)
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    np.testing.assert_allclose(
        np.quantile(tables, levels), np.quantile(shuffles, levels), rtol=0.12
    )
    assert tables.mean() == pytest.approx(shuffles.mean(), rel=0.05)


def test_chance_gives_what_the_number_of_cells_lets_expect():
    sample = dependent(5000)
    null = sample.shuffled(np.random.default_rng(1), 2000)
    freedom = 3 * (4 - 1) * (2 - 1)
    expected = freedom / (2 * 5000 * np.log(2))
    assert null.mean() == pytest.approx(expected, rel=0.05)
    assert null.var() == pytest.approx(2 * freedom / (2 * 5000 * np.log(2)) ** 2, rel=0.15)
    assert sample.bias == pytest.approx(expected)


def test_where_the_condition_tells_all_nothing_can_be_shuffled():
    z = np.arange(200) % 8
    sample = SymbolSample(z // 2, z % 2, z, (4, 2, 8))
    assert sample.value == 0
    assert sample.entropies() == (0, 0)
    assert sample.shuffled(np.random.default_rng(0), 50).max() == 0
    alone = SymbolSample(np.arange(9), np.arange(9), np.arange(9), (9, 9, 9))
    assert alone.shuffled(np.random.default_rng(0), 50).max() == 0


def test_shuffles_can_be_cancelled():
    progress = Progress()
    progress.cancel()
    for n in (30, 3000):
        with pytest.raises(Cancelled):
            dependent(n).shuffled(np.random.default_rng(0), 100, progress)
