"""States of light cones: known processes, a brute-force twin, and what must not matter."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.boundaries.alike import chance_alike
from core.boundaries.alike_pasts import LEAST_COUNT
from core.boundaries.errors import BoundaryError
from core.boundaries.light_cones import MOST_CELLS, LightCones, symbol_cones
from core.boundaries.local_causal_states import local_causal_states
from core.progress import Cancelled, Progress


def rows(rule, first, count, skip=0):
    """Return the rows of an elementary automaton on a ring."""
    outcomes = np.array([(rule >> code) & 1 for code in range(8)], dtype=np.uint8)
    found = [np.asarray(first, dtype=np.uint8)]
    for _ in range(count + skip - 1):
        row = found[-1]
        found.append(outcomes[4 * np.roll(row, 1) + 2 * row + np.roll(row, -1)])
    return np.array(found[skip:])


def coins(width, seed=1, share=0.5):
    return (np.random.default_rng(seed).random(width) < share).astype(np.uint8)


def cone(block, offsets, place, wraps):
    """Return what a cone holds, None where it is not whole."""
    held = []
    for offset in offsets:
        at = [p + d for p, d in zip(place, offset, strict=True)]
        for axis, (each, side) in enumerate(zip(at, block.shape, strict=True)):
            if not 0 <= each < side:
                if axis == 0 or not wraps[axis - 1]:
                    return None
                at[axis] = each % side
        held.append(int(block[tuple(at)]))
    return tuple(held)


def brute_force(block, cones, alpha):
    """Return the labels, by dictionaries and whole tables."""
    reach = max(cones.past, cones.future)
    both = [(0, *each) for each in rims(cones, reach)]
    past_of, futures = {}, defaultdict(Counter)
    for place in np.ndindex(block.shape):
        past = cone(block, cones.past_offsets(), place, cones.wraps)
        future = cone(block, cones.future_offsets(), place, cones.wraps)
        is_inside = all(cone(block, [each], place, cones.wraps) is not None for each in both)
        if past is not None and future is not None and is_inside:
            past_of[place] = past
            futures[past][future] += 1
    alphabet = sorted({each for counted in futures.values() for each in counted})
    table = {past: np.array([c[each] for each in alphabet]) for past, c in futures.items()}
    seen = list(dict.fromkeys(past_of.values()))
    order = sorted(seen, key=lambda past: -table[past].sum())
    tested = [past for past in order if table[past].sum() >= LEAST_COUNT]
    level = alpha / max(len(tested), 1)
    groups = greedy([table[past] for past in tested], level)
    while True:
        pooled = [sum(table[tested[i]] for i in group) for group in groups]
        by_size = sorted(range(len(groups)), key=lambda g: -pooled[g].sum())
        merged = greedy([pooled[g] for g in by_size], level)
        regrouped = [[i for m in group for i in groups[by_size[m]]] for group in merged]
        if len(regrouped) == len(groups):
            break
        groups = regrouped
    states = [{tested[i] for i in group} for group in regrouped] or [set()]
    scores = [sum((table[p] for p in s), np.zeros(len(alphabet))) for s in states]
    for past in order:
        if past not in tested:
            likelihood = [
                (table[past] * np.log((s + 0.5) / (s.sum() + 0.5 * len(alphabet)))).sum()
                for s in scores
            ]
            states[int(np.argmax(np.array(likelihood) > max(likelihood) - 1e-9))].add(past)
    return {place: next(i for i, s in enumerate(states) if p in s) for place, p in past_of.items()}


def rims(cones, reach):
    """Return how far the rim of both cones is away along each axis."""
    rim, axes = cones.speed * reach, range(len(cones.wraps))
    return [
        tuple(rim * sign if axis == which else 0 for axis in axes)
        for which in axes
        for sign in (-1, 1)
    ]


def greedy(samples, level):
    groups, pools = [], []
    for place, sample in enumerate(samples):
        chances = [chance_alike(sample, pool) for pool in pools]
        if chances and max(chances) > level:
            best = next(i for i, each in enumerate(chances) if each >= max(chances) * (1 - 1e-9))
            groups[best].append(place)
            pools[best] = pools[best] + sample
        else:
            groups.append([place])
            pools.append(sample)
    return groups


def partition(labels):
    """Return labels numbered in the order in which they come."""
    names = {}
    return [names.setdefault(each, len(names)) for each in labels]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**16), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2), st.booleans(),
    st.integers(0, 255),
)  # fmt: skip
def test_states_are_those_of_a_brute_force_clustering(seed, symbols, past, future, wraps, rule):
    rng = np.random.default_rng(seed)
    if symbols == 2:
        block = rows(rule, rng.integers(0, 2, 14), 16)
    else:
        block = rng.integers(0, symbols, (9, 11)).astype(np.uint8)
        block[:, ::3] = block[0, 0]
    cones = LightCones(past, future, 1, (wraps,))
    found = local_causal_states(block, symbols, cones, alpha=0.3)
    expected = brute_force(block, cones, 0.3)
    assert {tuple(p) for p in np.argwhere(found.labels >= 0).tolist()} == set(expected)
    places = sorted(expected)
    assert partition([int(found.labels[p]) for p in places]) == partition(
        [expected[p] for p in places]
    )


def test_states_of_a_plane_are_those_of_a_brute_force_clustering():
    block = np.random.default_rng(5).integers(0, 2, (6, 6, 7)).astype(np.uint8)
    block[:, :, ::2] = 0
    cones = LightCones(1, 1, 1, (False, True))
    found = local_causal_states(block, 2, cones, alpha=0.5)
    expected = brute_force(block, cones, 0.5)
    places = sorted(expected)
    assert (found.labels >= 0).sum() == len(places) == 4 * 4 * 7
    assert partition([int(found.labels[p]) for p in places]) == partition(
        [expected[p] for p in places]
    )


@pytest.mark.parametrize("rule", [90, 150])
def test_additive_rules_from_coins_have_one_state(rule):
    # A cell that comes next adds at least one coin that the past cone has not seen.
    found = local_causal_states(rows(rule, coins(400), 200), 2, LightCones(3, 2))
    assert found.n == 1
    assert found.C_mu == 0.0
    assert found.past_count == 2**7  # what seven cells of the oldest row make of the rest


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_independent_cells_have_one_state(share):
    block = (np.random.default_rng(3).random((200, 300)) < share).astype(np.uint8)
    assert local_causal_states(block, 2, LightCones(2, 1)).n == 1


@pytest.mark.parametrize(("past", "future"), [(1, 1), (2, 1), (1, 2), (2, 2)])
def test_what_never_changes_has_a_state_for_each_word_that_both_cones_hold(past, future):
    # Rule 204: cones of depth L hold 2 L + 1 cells of one row; what both hold is all that counts.
    block = rows(204, coins(20_000), 1 + past + future)
    found = local_causal_states(block, 2, LightCones(past, future))
    assert found.n == 2 ** (2 * min(past, future) + 1)


@pytest.mark.parametrize("depth", [(1, 1), (2, 1), (3, 2)])
def test_a_shift_has_a_state_for_each_symbol(depth):
    # Rule 170 moves all to the left: past and future share the cell itself alone.
    block = rows(170, coins(40_000), 1 + sum(depth))
    found = local_causal_states(block, 2, LightCones(*depth))
    assert found.n == 2
    assert found.C_mu == pytest.approx(1.0, abs=1e-3)
    inside = found.labels >= 0
    assert len(set(zip(found.labels[inside].tolist(), block[inside].tolist(), strict=True))) == 2


@pytest.mark.parametrize(
    ("pattern", "states"),
    [
        (lambda t, x: 0 * (t + x), 1),
        (lambda t, x: (t + 0 * x) % 2, 2),
        (lambda t, x: (x + 0 * t) % 2, 2),
        (lambda t, x: (t + x) % 2, 2),
        (lambda t, x: (t + x) % 3, 3),
        (lambda t, x: 2 * (t % 2) + x % 2, 4),
    ],
)
def test_regular_patterns_have_as_many_states_as_phases(pattern, states):
    t, x = np.mgrid[:60, :60]
    found = local_causal_states(pattern(t, x).astype(np.uint8), 4, LightCones(2, 1))
    assert found.n == states
    assert found.C_mu == pytest.approx(np.log2(states), abs=0.01)
    assert found.future_entropy == 0.0
    # each phase is always followed by the same one, in time and in space
    assert (np.count_nonzero(found.transitions, axis=2) == 1).all()


WORD_OF_54 = np.tile(np.array([0, 0, 0, 1], dtype=np.uint8), 25)


def test_the_domain_of_rule_54_has_eight_states():
    # Rows of 0001 and of 1110 in turn, moved by two from one pair to the next: a row has four
    # different cells, so have four rows, and two cells on and two rows on all is the same.
    domain = rows(54, WORD_OF_54, 83)
    assert np.array_equal(domain[2:], np.roll(domain[:-2], 2, axis=1))
    found = local_causal_states(domain, 2, LightCones(2, 1))
    assert found.n == 8
    assert found.C_mu == pytest.approx(3.0, abs=1e-9)


def test_a_particle_of_rule_54_stands_out_as_a_complex_line():
    # One cell too many is a particle that stays and returns every four rows.
    first = np.concatenate([WORD_OF_54, [0], WORD_OF_54])
    found = local_causal_states(rows(54, first, 83), 2, LightCones(2, 1))
    assert found.shares[:8].sum() > 0.99
    complex_cells = np.argwhere(found.complexity_field() > 4)
    assert set(complex_cells[:, 1].tolist()) == {100, 101, 102, 103}
    assert np.diff(np.unique(complex_cells[:, 0])).max() <= 4
    assert found.labels[30, 10] in range(8)


def test_a_cell_that_travels_is_more_complex_than_the_empty_plane():
    block = np.zeros((60, 24, 24), dtype=np.uint8)
    for t in range(60):
        block[t, 12, t % 24] = 1
    found = local_causal_states(block, 2, LightCones(1, 1, 1, (True, True)))
    bits = found.complexity_field()
    assert found.labels[30, 2, 2] == 0
    assert bits[30, 2, 2] < 0.1
    assert bits[30, 12, 30 % 24] > 8


def test_other_names_of_the_symbols_change_nothing():
    block = rows(110, coins(200), 120)
    names = np.array([2, 0], dtype=np.uint8)
    one = local_causal_states(block, 2, LightCones(3, 2))
    other = local_causal_states(names[block], 3, LightCones(3, 2))
    assert np.array_equal(one.labels, other.labels)
    assert np.array_equal(one.transitions, other.transitions)


def test_all_numbers_agree_with_one_another():
    found = local_causal_states(rows(54, coins(300), 150), 2, LightCones(2, 2))
    inside = found.labels[found.labels >= 0]
    assert np.array_equal(found.counts, np.bincount(inside))
    assert np.array_equal(found.future_counts.sum(axis=1), found.counts)
    assert found.P().sum(axis=1) == pytest.approx(1.0)
    assert (np.diff(found.counts) <= 0).all()
    assert (np.diff(found.future_counts.sum(axis=0)) <= 0).all()
    assert found.C_mu == pytest.approx(np.nanmean(found.complexity_field()), abs=1e-5)
    assert 0 < found.predictive_information <= found.C_mu
    assert found.transitions[0].sum() == 300 * (146 - 1)
    assert found.transitions[1].sum() == 300 * 146
    assert found.futures.shape[1] == 8
    assert found.pasts.shape == (found.n, 9)


@pytest.mark.parametrize("symbols", [2, 3, 250])
@pytest.mark.parametrize("speed", [1, 3])
def test_cones_are_told_apart_exactly_however_large(symbols, speed):
    rng = np.random.default_rng(symbols)
    block = rng.integers(0, symbols, (12, 40)).astype(np.uint8)
    block[:, 20:] = block[:, :20]  # so that cones come twice
    cones = LightCones(4, 2, speed, (True,))
    found = symbol_cones(block, symbols, cones, cones.past_offsets())
    names = {}
    for t in range(4, 10):
        for x in range(40):
            held = cone(block, cones.past_offsets(), (t, x), (True,))
            code = int(found.codes[t - 4, x])
            assert names.setdefault(held, code) == code
            assert found.held(np.array([code]))[0].tolist() == list(held)
    assert len(set(names.values())) == len(names) == found.n


def test_cells_without_whole_cones_are_left_out():
    found = local_causal_states(rows(30, coins(40), 20), 2, LightCones(3, 2, 1, (False,)))
    rows_known, columns_known = np.nonzero(found.labels >= 0)
    assert (rows_known.min(), rows_known.max()) == (3, 17)
    assert (columns_known.min(), columns_known.max()) == (3, 36)
    assert np.isnan(found.complexity_field()[0, 0])


def test_too_rare_pasts_are_told():
    block = np.random.default_rng(1).integers(0, 200, (20, 20)).astype(np.uint8)
    found = local_causal_states(block, 200, LightCones(2, 1))
    assert found.n == 1
    assert "too few of each" in found.notes[0]


@pytest.mark.parametrize(
    ("block", "symbols", "sentence"),
    [
        (np.zeros((3, 40), np.uint8), 2, "larger block"),
        (np.zeros(40, np.uint8), 2, "2 axes"),
        (np.full((20, 20), 5, np.uint8), 2, "the symbol 5"),
        (np.zeros((20, 20), np.uint8), 0, "symbols"),
        (np.lib.stride_tricks.as_strided(np.zeros(1, np.uint8), (2, MOST_CELLS), (0, 0)), 2, "GiB"),
    ],
)
def test_what_has_no_states_is_refused_in_a_sentence(block, symbols, sentence):
    with pytest.raises(BoundaryError, match=sentence):
        local_causal_states(block, symbols, LightCones(2, 1))


@pytest.mark.parametrize(("past", "future"), [(-1, 1), (0, 0), (9, 1), (1, 99)])
def test_depths_out_of_range_are_refused(past, future):
    with pytest.raises(BoundaryError, match="slices deep"):
        LightCones(past, future)


def test_a_level_is_a_probability():
    with pytest.raises(BoundaryError, match="significance"):
        local_causal_states(np.zeros((20, 20), np.uint8), 2, LightCones(1, 1), alpha=0.0)


def test_cancelling_ends_it():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        local_causal_states(np.zeros((20, 20), np.uint8), 2, LightCones(1, 1), progress=progress)


def test_too_many_different_cones_are_refused_in_a_sentence():
    block = np.random.default_rng(1).integers(0, 256, (5, 300, 400)).astype(np.uint8)
    with pytest.raises(BoundaryError, match="different cones"):
        local_causal_states(block, 256, LightCones(1, 1, 1, (True, True)))


def test_counts_of_many_pairs_add_up():
    # 200 pasts by 32,768 futures are more pairs than are counted in a table.
    rng = np.random.default_rng(9)
    block = (rng.random((400, 640)) * 200).astype(np.uint8)
    block[1::2] = block[::2]
    cones = LightCones(0, 1)
    found = local_causal_states(block, 200, cones)
    assert found.counts.sum() == 399 * 640
    assert found.future_counts.sum() == 399 * 640
    whole = Counter(
        zip(*(np.roll(block[1:], shift, axis=1).reshape(-1).tolist() for shift in (1, 0, -1)),
            strict=True)
    )  # fmt: skip
    kept = found.future_counts.sum(axis=0)
    assert len(kept) == 2**15
    for future, count in zip(found.futures[:-1].tolist(), kept[:-1].tolist(), strict=True):
        assert whole[tuple(future)] == count
