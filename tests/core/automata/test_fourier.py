"""Our transforms against numpy's."""

import numpy as np
import pytest

from core.automata.fourier_plan import axis_plan, is_fast_size, lane_weights, next_fast_size
from core.automata.kernels_fourier import (
    BOTH,
    rows_back,
    rows_forward,
    transform,
    transform_back,
    transform_columns,
)

SIZES = (32, 64, 96, 128, 160, 192, 288, 480, 512, 1024)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES)
def test_sixteen_transforms_at_once_equal_numpys(size, dtype):
    rng = np.random.default_rng(size)
    given = rng.standard_normal((size, 2, 16)).astype(dtype)
    data = given.copy().reshape(-1)
    plan = axis_plan(size, dtype)
    transform(data, 0, plan.radices, plan.factors)
    found = data.reshape(size, 2, 16)[plan.places]
    expected = np.fft.fft(given[:, 0].astype(float) + 1j * given[:, 1], axis=0)
    tolerance = 20 * np.finfo(dtype).eps * np.sqrt(size)
    assert np.abs(found[:, 0] + 1j * found[:, 1] - expected).max() < tolerance * 4
    transform_back(data, 0, plan.radices, plan.factors)
    assert np.abs(data.reshape(given.shape) / size - given).max() < tolerance


@pytest.mark.parametrize("shape", [(32, 32), (64, 32), (32, 96), (160, 64), (256, 128)])
def test_a_convolution_equals_numpys(shape):
    rng = np.random.default_rng(5)
    field = rng.random(shape)
    half = rng.random(shape)
    kernel = half + np.roll(half[::-1, ::-1], (1, 1), (0, 1))  # symmetric through the centre
    kernel /= kernel.sum()
    spectrum = np.fft.rfft2(kernel).real
    columns, rows = axis_plan(shape[0], np.float64), axis_plan(shape[1], np.float64)
    weights, blocks = lane_weights(spectrum, columns, rows)
    work = np.empty(blocks * shape[0] * 32)
    row, square, out = np.empty(shape[1] * 32), np.empty(1024), np.empty(shape)
    rows_forward(field, work, blocks, row, square, rows.radices, rows.factors, rows.places)
    plan = (columns.radices, columns.factors, shape[0], BOTH)
    transform_columns(work, weights.reshape(-1), blocks, work, *plan)
    for y in range(0, shape[0], 32):
        part = out[y : y + 32]
        rows_back(work, blocks, y, part, row, square, rows.radices, rows.factors, rows.places)
    expected = np.fft.irfft2(np.fft.rfft2(field) * spectrum, s=shape)
    assert np.abs(out - expected).max() < 1e-13


def test_columns_without_weight_are_left_out():
    y, x = (np.minimum(np.arange(128), 128 - np.arange(128)) for _ in range(2))
    kernel = np.exp(-(y[:, None] ** 2 + x[None, :] ** 2) / (2 * 6.0**2))
    spectrum = np.fft.rfft2(kernel / kernel.sum()).real
    plan = axis_plan(128)
    _, blocks = lane_weights(spectrum, plan, plan)
    # The spectrum exp(-2 pi^2 6^2 f^2) falls below 2^-25 at f = 0.156, which is column 20 of 64.
    assert blocks == 2


def test_fast_sizes_are_multiples_of_32_of_small_primes():
    assert [n for n in range(1, 330) if is_fast_size(n)] == [
        32, 64, 96, 128, 160, 192, 256, 288, 320,
    ]  # fmt: skip
    assert next_fast_size(1) == 32
    assert next_fast_size(193) == 256
    assert next_fast_size(256) == 256
