"""Features as symbols: nothing lost of symbols, real values in quantiles or clusters."""

import numpy as np
import pytest

from core.boundaries.ensemble import Ensemble
from core.boundaries.flow_result import FlowSettings
from core.boundaries.joint_symbols import joint_symbols, merged


def ensemble_of(values: np.ndarray) -> Ensemble:
    bits = np.zeros((*values.shape[:2], 1), dtype=np.uint8)
    return Ensemble("", values, bits[:, :, :0], bits[:, :, :0], bits)


def test_rows_become_numbers_in_their_order():
    rows = np.array([[2, 5], [0, 7], [2, 5], [0, -3]])
    symbols, count = merged(list(rows.T))
    assert symbols.tolist() == [2, 1, 2, 0]
    assert count == 3


def test_many_features_and_far_symbols_do_not_run_over():
    random = np.random.default_rng(0)
    rows = random.integers(-(2**62), 2**62, (50, 40))
    rows[25:] = rows[:25]
    symbols, count = merged(list(rows.T))
    assert count == 25
    assert np.array_equal(symbols[25:], symbols[:25])
    assert len(set(symbols[:25].tolist())) == 25


def test_symbols_are_told_apart_as_they_are():
    values = np.random.default_rng(0).integers(0, 3, (30, 5, 4))
    symbols, count = joint_symbols(ensemble_of(values), "V", FlowSettings())
    kinds, inverse = np.unique(values.reshape(-1, 4), axis=0, return_inverse=True)
    assert count == len(kinds)
    assert np.array_equal(symbols.ravel(), inverse.ravel())


def test_a_part_without_features_has_one_symbol():
    symbols, count = joint_symbols(ensemble_of(np.zeros((3, 2, 1))), "A", FlowSettings())
    assert (symbols.tolist(), count) == ([[0, 0]] * 3, 1)


def test_quantiles_hold_as_many_values_each():
    values = np.random.default_rng(0).normal(size=(1000, 2, 1)) ** 3
    symbols, count = joint_symbols(ensemble_of(values), "V", FlowSettings(symbols=5))
    assert count == 5
    assert np.bincount(symbols.ravel()).tolist() == [400] * 5
    inorder = symbols.ravel()[np.argsort(values.ravel())]
    assert (np.diff(inorder) >= 0).all()


def test_values_that_are_often_the_same_are_one_symbol():
    values = np.zeros((100, 1, 1))
    values[:10] = np.arange(10).reshape(10, 1, 1)
    symbols, _count = joint_symbols(ensemble_of(values), "V", FlowSettings(symbols=4))
    assert len(set(symbols[10:].ravel().tolist())) == 1


def test_clusters_are_found_where_values_lie():
    random = np.random.default_rng(3)
    middles = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 700.0]])
    chosen = random.integers(0, 3, (500, 2))
    values = middles[chosen] + random.normal(size=(500, 2, 2)) * (0.1, 5.0)
    settings = FlowSettings(symbols=3, way="clusters")
    symbols, count = joint_symbols(ensemble_of(values), "V", settings)
    assert count == 3
    table = np.zeros((3, 3), dtype=int)
    np.add.at(table, (symbols.ravel(), chosen.ravel()), 1)
    assert np.count_nonzero(table) == 3
    again, _ = joint_symbols(ensemble_of(values), "V", settings)
    assert np.array_equal(symbols, again)


@pytest.mark.parametrize("way", ["quantiles", "clusters"])
def test_constant_values_are_one_symbol(way: str):
    values = np.full((20, 2, 3), 1.5)
    symbols, count = joint_symbols(ensemble_of(values), "V", FlowSettings(way=way))
    assert (count, int(symbols.max())) == (1, 0)
