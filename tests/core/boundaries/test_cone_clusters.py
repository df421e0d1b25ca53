"""Real values as symbols, typical cones of them, and the means that they are nearest to."""

import numpy as np
import pytest

from core.boundaries.cone_clusters import clustered_cones
from core.boundaries.errors import BoundaryError
from core.boundaries.k_means import k_means, nearest
from core.boundaries.light_cones import LightCones
from core.boundaries.local_causal_states import states_of_cones
from core.boundaries.quantising import quantised


def test_symbols_come_about_equally_often():
    values = np.random.default_rng(1).normal(size=(100, 100))
    symbols, edges = quantised(values, 4)
    assert np.bincount(symbols.reshape(-1)) == pytest.approx([2500] * 4, abs=2)
    assert edges == pytest.approx(np.quantile(values, [0.25, 0.5, 0.75]), abs=0.01)


def test_a_value_that_is_very_frequent_is_a_symbol_of_its_own():
    values = np.zeros(1000)
    values[:300] = np.linspace(0.1, 0.9, 300)
    symbols, _ = quantised(values, 4)
    assert np.bincount(symbols).tolist() == [700, 100, 100, 100]
    assert (symbols[300:] == 0).all()


@pytest.mark.parametrize(
    ("values", "expected"), [([3.0] * 5, [0] * 5), ([0.0, 1.0, 1.0, 1.0], [0, 1, 1, 1])]
)
def test_few_values_have_few_symbols(values, expected):
    assert quantised(np.array(values), 8)[0].tolist() == expected


def test_order_is_kept_whatever_is_done_to_the_values():
    values = np.random.default_rng(2).random(500)
    assert np.array_equal(quantised(values, 5)[0], quantised(np.exp(3 * values), 5)[0])


@pytest.mark.parametrize("levels", [1, 65])
def test_a_number_of_symbols_out_of_range_is_refused(levels):
    with pytest.raises(BoundaryError, match="symbols"):
        quantised(np.zeros(4), levels)


def test_values_that_are_none_are_refused():
    block = np.zeros((20, 20))
    block[4, 4] = np.nan
    with pytest.raises(BoundaryError, match="finite"):
        quantised(block, 4)
    cones = LightCones(1, 1)
    with pytest.raises(BoundaryError, match="finite"):
        clustered_cones(block, 4, cones, cones.past_offsets())


def test_means_of_groups_that_lie_apart_are_found():
    rng = np.random.default_rng(3)
    middles = np.array([[0, 0], [9, 0], [0, 9], [9, 9]], dtype=np.float32)
    points = np.concatenate(
        [m + rng.normal(0, 0.3, (50 + 10 * i, 2)) for i, m in enumerate(middles)]
    ).astype(np.float32)
    found = k_means(points, 4, seed=7)
    assert found == pytest.approx(middles[::-1], abs=0.2)  # the one with most points first
    direct = ((points[:, None] - found[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert np.array_equal(nearest(points, found), direct)
    assert np.array_equal(k_means(points, 4, seed=7), found)


def test_there_are_no_more_means_than_points():
    points = np.array([[1.0], [1.0], [2.0]], dtype=np.float32)
    assert sorted(k_means(points, 8).reshape(-1).tolist()) == [1.0, 2.0]


@pytest.mark.parametrize("shape", [(40, 60), (24, 16, 16)])
def test_a_wave_has_the_states_of_its_phases(shape):
    t, x = np.indices(shape)[[0, -1]]
    block = np.sin(2 * np.pi * (x - t) / 4) + np.random.default_rng(4).normal(0, 0.01, shape)
    cones = LightCones(1, 1, 1, (True,) * (len(shape) - 1))
    past, future = (
        clustered_cones(block, 4, cones, offsets)
        for offsets in (cones.past_offsets(), cones.future_offsets())
    )
    found = states_of_cones(past, future, block.shape, cones)
    assert found.n == 4
    inside = found.labels >= 0
    assert len(set(zip(found.labels[inside].tolist(), ((x - t) % 4)[inside].tolist(),
                       strict=True))) == 4  # fmt: skip


@pytest.mark.parametrize("clusters", [1, 65])
def test_a_number_of_typical_cones_out_of_range_is_refused(clusters):
    cones = LightCones(1, 1)
    with pytest.raises(BoundaryError, match="clusters"):
        clustered_cones(np.zeros((9, 9)), clusters, cones, cones.past_offsets())
