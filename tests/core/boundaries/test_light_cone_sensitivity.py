"""How far changed cells spread, against twins changed one by one."""

import numpy as np
import pytest

from core.boundaries.light_cone_sensitivity import light_cone_sensitivity
from core.boundaries.light_cones import LightCones


def stepped(rule, row):
    outcomes = np.array([(rule >> code) & 1 for code in range(8)], dtype=np.uint8)
    return outcomes[4 * np.roll(row, 1) + 2 * row + np.roll(row, -1)]


def history(rule, row, count):
    found = [row]
    for _ in range(count):
        found.append(stepped(rule, found[-1]))
    return np.array(found)


def sensitivity(rule, block, cones):
    return light_cone_sensitivity(
        block, 2, cones, lambda _t, row: history(rule, row, cones.future)[1:]
    )


# In 90 a change reaches 2^(ones of k) cells after k steps, in 204 the cell itself, in 170 its
# neighbour, in 0 nobody; in 150 1, 3, 3 and 5 cells (rows of its pattern from one cell).
@pytest.mark.parametrize(
    ("rule", "expected"), [(90, 2 + 2 + 4), (204, 3), (170, 3), (0, 0), (150, 3 + 3 + 5)]
)
def test_rules_that_add_are_as_sensitive_everywhere(rule, expected):
    block = history(rule, np.random.default_rng(1).integers(0, 2, 40).astype(np.uint8), 8)
    found = sensitivity(rule, block, LightCones(2, 3))
    assert (found[:2] == -1).all()
    assert (found[-3:] == -1).all()
    assert (found[2:-3] == expected).all()


@pytest.mark.parametrize(
    ("width", "wraps"), [(4, True), (23, True), (30, True), (5, False), (23, False), (30, False)]
)
def test_cells_changed_together_give_what_cells_changed_alone_give(width, wraps):
    row = np.random.default_rng(width).integers(0, 2, width).astype(np.uint8)
    block = history(110, row, 5)
    cones = LightCones(0, 2, 1, (wraps,))
    found = sensitivity(110, block, cones)
    for t in range(4):
        for x in range(width):
            if not wraps and not 2 <= x < width - 2:
                assert found[t, x] == -1
                continue
            changed = block[t].copy()
            changed[x] ^= 1
            differs = history(110, changed, 2)[1:] != block[t + 1 : t + 3]
            expected = sum(
                int(differs[k - 1, (x + j) % width]) for k in (1, 2) for j in range(-k, k + 1)
            )
            assert found[t, x] == expected
