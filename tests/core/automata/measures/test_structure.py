"""Pieces, entropies, mutual information, spectrum, symmetry and lambda against other ways."""

from itertools import product
from math import log2

import numpy as np
import pytest

from core.automata.measures.components import components
from core.automata.measures.entropies import block_entropies, time_entropies, value_entropy
from core.automata.measures.langton import langton_lambda
from core.automata.measures.mutual_information import mutual_information
from core.automata.measures.spectrum import radial_spectrum
from core.automata.measures.symmetry import rotational_symmetry
from core.automata.rules.elementary import Elementary
from core.automata.rules.generations import Generations
from core.automata.rules.life_like import LifeLike
from core.automata.rules.totalistic import Totalistic


def areas_by_walking(living, wraps):
    """Return the areas of pieces, found by walking from cell to cell."""
    height, width = living.shape
    left, areas = {(int(y), int(x)) for y, x in np.argwhere(living)}, []
    while left:
        waiting, area = [left.pop()], 0
        while waiting:
            y, x = waiting.pop()
            area += 1
            for dy, dx in product((-1, 0, 1), repeat=2):
                row = (y + dy) % height if wraps[1] else y + dy
                column = (x + dx) % width if wraps[0] else x + dx
                if (row, column) in left:
                    left.remove((row, column))
                    waiting.append((row, column))
        areas.append(area)
    return sorted(areas, reverse=True)


@pytest.mark.parametrize("wraps", list(product((False, True), repeat=2)))
@pytest.mark.parametrize("density", [0.1, 0.25, 0.6])
def test_pieces_are_those_found_by_walking(wraps, density):
    for seed in range(8):
        living = np.random.default_rng(seed).random((9, 13)) < density
        count, areas = components(living, wraps)
        assert areas.tolist() == areas_by_walking(living, wraps)
        assert count == len(areas)


def test_a_piece_in_all_four_corners_of_a_torus_is_one():
    living = np.zeros((6, 6), dtype=bool)
    living[[0, 0, -1, -1], [0, -1, 0, -1]] = True
    assert components(living, (True, True))[0] == 1
    assert components(living, (True, False))[0] == 2
    assert components(living, (False, False))[0] == 4


def test_half_density_is_one_bit_and_a_uniform_state_none():
    plane = np.tile(np.array([[0, 1]], dtype=np.uint8), (8, 4))
    assert value_entropy(plane, 2) == pytest.approx(1.0)
    assert value_entropy(np.ones((4, 4), dtype=np.uint8), 2) == 0.0
    assert value_entropy(np.linspace(0, 1, 256, endpoint=False)[None, :], 0) == pytest.approx(8.0)


def test_a_chequerboard_has_one_bit_in_a_block_of_any_size_and_no_new_ones():
    board = np.indices((8, 8)).sum(axis=0) % 2
    found = block_entropies(board, 3)
    assert found.block == (pytest.approx(1.0),) * 3
    assert found.density[1:] == (pytest.approx(-1.0 + 1.0, abs=1e-12),) * 2


def test_independent_cells_have_as_many_bits_as_cells():
    board = np.random.default_rng(1).integers(0, 2, (512, 512))
    found = block_entropies(board, 3)
    assert found.block == (pytest.approx(1, abs=1e-3), pytest.approx(4, abs=1e-3),
                           pytest.approx(9, abs=3e-3))  # fmt: skip
    assert found.density == (pytest.approx(1, abs=2e-3),) * 3
    assert abs(found.excess) < 5e-3


def test_words_of_a_row_are_counted_as_by_hand():
    row = np.array([[0, 0, 1, 0, 1, 1]])
    words = [tuple(np.roll(row[0], -i)[:3]) for i in range(6)]
    shares = np.array([words.count(word) for word in set(words)]) / 6
    found = block_entropies(row, 3)
    assert found.block[2] == pytest.approx(-(shares * np.log2(shares)).sum())


def test_a_cell_that_alternates_has_no_entropy_rate():
    history = np.tile(np.array([[0, 1], [1, 0]]), (50, 1))
    H = time_entropies(history, 4)
    assert H[0] == pytest.approx(1.0)
    assert H[3] - H[2] == pytest.approx(0.0, abs=1e-3)


def test_noise_shares_nothing_and_stripes_share_a_bit_at_every_distance():
    noise = np.random.default_rng(2).integers(0, 2, (256, 256))
    shared = mutual_information(noise, 6)
    assert shared[0] == pytest.approx(1.0, abs=1e-3)
    assert np.abs(shared[1:]).max() < 5e-5
    rows = np.tile(np.array([[0, 1]]), (4, 8))
    along = mutual_information(rows[:1], 3)
    assert along == pytest.approx([1, 1, 1, 1], abs=0.1)


def test_neighbours_that_agree_with_a_chance_share_what_a_binary_channel_carries():
    random = np.random.default_rng(3)
    flips = random.random((1, 400_000)) < 0.1
    chain = np.cumsum(flips, axis=1) % 2
    shared = mutual_information(chain, 2, (False, False))
    for distance, chance in ((1, 0.1), (2, 2 * 0.1 * 0.9)):
        carried = 1 + chance * log2(chance) + (1 - chance) * log2(1 - chance)
        assert shared[distance] == pytest.approx(carried, abs=5e-3)


def test_a_wave_has_its_power_at_its_number():
    x = np.arange(64)
    plane = np.tile(np.cos(2 * np.pi * 5 * x / 64), (64, 1))
    numbers, power = radial_spectrum(plane)
    assert numbers[np.argmax(power)] == 5
    assert power[np.arange(len(power)) != 4].max() < 1e-12
    # Parseval: both waves of the cosine together hold the whole variance, 1/2 a cell.
    waves = sum(1 for ky in range(-32, 32) for kx in range(-32, 32)
                if round(np.hypot(ky, kx)) == 5)  # fmt: skip
    assert power[4] * waves == pytest.approx(plane.size / 2)


def test_white_noise_has_its_variance_at_every_number():
    noise = np.random.default_rng(4).standard_normal((256, 256))
    _, power = radial_spectrum(noise)
    assert power[8:].mean() == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("order", [2, 3, 5, 7])
def test_a_rose_of_k_leaves_has_k_fold_symmetry_and_tells_its_turn(order):
    y, x = np.mgrid[:101, :101] - 50.0

    def rose(turn):
        angle = np.arctan2(y, x) - np.deg2rad(turn)
        return np.exp(-((np.hypot(x, y) - 20) ** 2) / 50) * (1 + 0.8 * np.cos(order * angle))

    still, turned = (rotational_symmetry(rose(turn), (50, 50), 40) for turn in (0.0, 12.0))
    assert still.order == turned.order == order
    assert still.strength > 0.99
    part = 360 / order
    assert (turned.phases[order - 1] - still.phases[order - 1]) % part == pytest.approx(
        12.0, abs=0.05
    )
    # 0.8 cos has the power 0.8^2 / 2 of the constant, at both signs of the wave together.
    assert still.variation == pytest.approx(0.32, rel=0.05)


def test_rings_have_no_order():
    y, x = np.mgrid[:61, :61] - 30.0
    found = rotational_symmetry(np.exp(-((np.hypot(x, y) - 15) ** 2) / 40), (30, 30), 25)
    assert found.variation < 1e-4


def test_symmetry_is_seen_across_the_seam():
    y, x = np.mgrid[:61, :61] - 30.0
    plane = np.exp(-((np.hypot(x, y) - 12) ** 2) / 30) * (1 + np.cos(3 * np.arctan2(y, x)))
    inside = rotational_symmetry(plane, (30, 30), 20)
    across = rotational_symmetry(np.roll(plane, (31, 31), (0, 1)), (0, 0), 20, (True, True))
    assert across.strengths == pytest.approx(inside.strengths, abs=1e-9)


@pytest.mark.parametrize(("number", "share"), [(0, 0), (30, 4 / 8), (110, 5 / 8), (255, 1)])
def test_lambda_of_elementary_rules_is_their_share_of_ones(number, share):
    assert langton_lambda(Elementary(number)) == share


def test_lambda_of_life_counts_neighbourhoods():
    # C(8,3) births; C(8,2) + C(8,3) survivals, of 512
    assert langton_lambda(LifeLike("3", "23")) == (56 + 28 + 56) / 512


def test_lambda_of_dying_states_is_that_of_all_neighbourhoods():
    rule = Generations("2", "1", 3, "V")
    leading = 0
    for centre, *around in product(range(3), repeat=5):
        alive = around.count(1)
        new = (1 if alive == 2 else 0) if centre == 0 else 1 if centre == 1 else 0
        leading += new != 0
    assert langton_lambda(rule) == pytest.approx(leading / 3**5)


def test_lambda_of_totalistic_rules_is_that_of_all_neighbourhoods():
    rule = Totalistic(777, 3, 1)
    leading = sum(rule.digits[sum(cells)] != 0 for cells in product(range(3), repeat=3))
    assert langton_lambda(rule) == pytest.approx(leading / 27)
    outer = Totalistic(777, 3, 1, 1)
    leading = sum(
        outer.digits[(left + right) * 3 + centre] != 0
        for left, centre, right in product(range(3), repeat=3)
    )
    assert langton_lambda(outer) == pytest.approx(leading / 27)
