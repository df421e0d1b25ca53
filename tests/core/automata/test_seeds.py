"""Counter-based random numbers: any of them can be asked for, whatever came before."""

import numpy as np
import pytest

from core.automata.seeds import random_bits, step_key, stream_of, threshold, uniforms

KEY = step_key(stream_of(5, 2), 7)


def test_the_kernels_derive_the_same_keys():
    from core.automata import kernels_random

    for seed in (0, 1, 2**63, -3):
        for generation in (0, 1, 10**12):
            stream = stream_of(seed, 1)
            assert kernels_random.step_key(np.uint64(stream), np.uint64(generation)) == step_key(
                stream, generation
            )


def test_a_number_depends_on_key_and_counter_alone():
    assert np.array_equal(uniforms(KEY, 10)[4:7], uniforms(KEY, 3, first=4))
    others = [
        step_key(stream_of(6, 2), 7), step_key(stream_of(5, 3), 7), step_key(stream_of(5, 2), 8)
    ]  # fmt: skip
    for other in others:
        assert not np.intersect1d(uniforms(KEY, 1000), uniforms(other, 1000)).size


def test_numbers_are_spread_evenly_and_not_correlated():
    numbers = uniforms(KEY, 200_000)
    counts = np.histogram(numbers, bins=100, range=(0, 1))[0]
    chi_squared = ((counts - 2000) ** 2 / 2000).sum()
    assert 50 < chi_squared < 160
    later = uniforms(step_key(stream_of(5, 2), 8), 200_000)
    for other in (np.roll(numbers, 1), np.roll(numbers, 64), later):
        assert abs(np.corrcoef(numbers, other)[0, 1]) < 0.01


@pytest.mark.parametrize("probability", [0.0, 1e-4, 0.01, 0.02, 0.3, 0.5, 0.7, 0.99, 1.0])
def test_a_bit_of_a_mask_is_1_with_its_probability(probability):
    count, ones = 0, np.zeros(64)
    for generation in range(8):
        bits = random_bits(step_key(stream_of(1, 0), generation), 1000, 500, probability)
        cells = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")
        assert not cells[:, 1000:].any()
        ones += cells[:, :960].reshape(500, 15, 64).sum(axis=(0, 1))
        count += 500 * 15
    deviation = np.sqrt(max(probability * (1 - probability), 1e-12) / (64 * count))
    assert abs(ones.sum() / (64 * count) - probability) < 4 * deviation
    assert np.abs(ones / count - probability).max() < 4.5 * 8 * deviation


def test_the_number_of_sparse_ones_has_the_variance_of_independent_ones():
    counts = [
        int(np.bitwise_count(random_bits(step_key(9, generation), 64, 64, 0.002)).sum())
        for generation in range(4000)
    ]
    mean = 4096 * 0.002
    assert np.mean(counts) == pytest.approx(mean, abs=4 * np.sqrt(mean / 4000))
    assert np.var(counts) == pytest.approx(mean, rel=0.1)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (63, 3), (64, 1), (65, 130)])
def test_masks_have_any_size(width, height):
    assert random_bits(KEY, width, height, 0.004).shape == (height, -(-width // 64))
    full = random_bits(KEY, width, height, 1.0)
    assert np.bitwise_count(full).sum() == width * height


def test_thresholds_go_from_never_to_always():
    assert int(threshold(0.0)) == 0
    assert int(threshold(0.25)) == 2**62
    assert int(threshold(1.0)) == 2**64 - 1
