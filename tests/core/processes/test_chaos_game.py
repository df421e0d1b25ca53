import numpy as np
import pytest

from core.processes import kernels_chaos_game
from core.processes.belief_tree import belief_tree, level_masses
from core.processes.chaos_game import LANES, sample_beliefs, sample_steps
from core.processes.colours import by_last_symbols, by_next_symbol, by_state
from core.processes.density import BeliefDensity
from core.processes.errors import NotErgodic, NotPossible, ProcessError
from core.processes.projection import (
    TETRAHEDRON,
    coordinates,
    natural_projection,
    own_projection,
    principal_components,
    tetrahedron,
    turned_tetrahedron,
)
from core.processes.zoo import process
from core.progress import Cancelled, Progress
from tests.core.processes.machines import even, golden_mean, random_model, two_classes


def test_the_kernels_have_as_many_lanes_as_the_game():
    assert kernels_chaos_game.LANES == LANES


@pytest.mark.parametrize("states", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("is_uniform", [False, True])
def test_each_belief_follows_from_the_one_before_and_the_symbol(states, is_uniform):
    model = random_model(states, states=states, symbols=3, zeros=0.3)
    beliefs, symbols = sample_steps(model, 50 * LANES, 7, is_uniform=is_uniform)
    for at in range(LANES, len(beliefs)):
        ahead = beliefs[at - LANES] @ model.T[symbols[at]]
        assert ahead.sum() > 0
        assert beliefs[at] == pytest.approx(ahead / ahead.sum(), abs=1e-13)


@pytest.mark.parametrize("states", [2, 3, 5])
def test_uniform_branches_draw_all_symbols_alike(states):
    model = random_model(20 + states, states=states, symbols=4)
    _, symbols = sample_steps(model, 2**16, 3, is_uniform=True)
    assert np.bincount(symbols) / 2**16 == pytest.approx([0.25] * 4, abs=0.01)


@pytest.mark.parametrize("states", [2, 3, 4, 6])
def test_symbols_come_as_often_as_the_process_says(states):
    model = random_model(10 + states, states=states, symbols=3)
    beliefs, symbols = sample_steps(model, 2**17, 3)
    law = beliefs[:-LANES] @ model.T.sum(axis=2).T
    drawn = np.eye(3)[symbols[LANES:]]
    # What was drawn less what was expected is a martingale: its variance is a plain sum.
    deviation = (drawn - law).sum(axis=0) / np.sqrt((law * (1 - law)).sum(axis=0))
    assert np.abs(deviation).max() < 5.0


@pytest.mark.parametrize(
    "model",
    [
        process("two-state-cantor"),
        process("mess3"),
        golden_mean(),
        even(),
        *(random_model(seed, states=seed, symbols=2, zeros=0.2) for seed in (2, 3, 4, 5)),
    ],
)
def test_the_histogram_converges_to_the_weights_of_the_tree(model):
    # Each node of the tree is a word of last symbols: the chains have to end in it as often.
    remembered = 4
    _, symbols = sample_steps(model, 2**20, 11)
    lanes = symbols.reshape(-1, LANES)
    # One word in 32 steps: by then the process has forgotten the word before.
    ends = range(remembered, len(lanes), 32)
    codes = np.array([sum(model.k**age * lanes[end - age] for age in range(4)) for end in ends])
    level = belief_tree(model, remembered)[-1]
    # The newest symbol leads in the numbers of the tree's nodes.
    order = [
        sum(model.k**age * int(x) for age, x in enumerate(reversed(level.word(node))))
        for node in range(len(level))
    ]
    found = np.bincount(codes.ravel(), minlength=model.k**remembered)[order]
    expected = level.weights * codes.size
    chi_square = ((found - expected) ** 2 / expected).sum()
    freedom = len(expected) - 1
    assert abs(chi_square - freedom) < 5 * np.sqrt(2 * freedom)


def test_the_picture_of_a_cantor_set_has_the_masses_of_its_intervals():
    model = process("two-state-cantor")
    density = BeliefDensity(model, size=64, window=(0.0, 0.0, 1.0, 1.0), seed=2)
    density.add(2 * 10**6)
    exact = level_masses(belief_tree(model, 16)[-1], density.projection, density.window, 64)
    assert density.counts.shape == (1, 64)
    assert np.abs(density.measure - exact).max() < 0.002
    assert not density.counts[exact == 0].any()


@pytest.mark.parametrize("window", [(0.0, 0.0, 0.1, 1.0), (0.66, 0.0, 0.7, 1.0)])
def test_a_small_window_is_filled_with_its_exact_share(window):
    model = process("two-state-cantor")
    density = BeliefDensity(model, size=32, window=window)
    density.add(10**6)
    exact = level_masses(belief_tree(model, 18)[-1], density.projection, window, 32)
    assert density.words.words
    assert exact.sum() > 0.01
    assert density.measure.sum() == pytest.approx(exact.sum(), rel=0.01)
    assert np.abs(density.measure - exact).max() < 0.01 * exact.sum()


def test_zooming_deeply_keeps_most_points_inside():
    model = process("mess3")
    projection = natural_projection(3)
    x, y = projection.positions(sample_beliefs(model, 64))[5]
    density = BeliefDensity(model, size=256, window=(x - 5e-10, y - 5e-10, x + 5e-10, y + 5e-10))
    density.add(10**5)
    assert density.inside > 0.2 * density.drawn
    assert 0 < density.measure.sum() < 1e-9


@pytest.mark.parametrize("states", [3, 4])
def test_conditioning_on_words_agrees_with_counting_what_falls_inside(states):
    model = random_model(2, states=states, symbols=3)
    projection = natural_projection(states)
    places = projection.positions(sample_beliefs(model, 2**20, 4))
    x, y = np.median(places, axis=0)
    spread = places.std(axis=0).max() * 0.3
    window = (x - spread, y - spread, x + spread, y + spread)
    is_inside = (np.abs(places - [x, y]) < spread).all(axis=1)
    density = BeliefDensity(model, size=128, window=window)
    density.add(10**6)
    assert density.words.words
    assert density.measure.sum() == pytest.approx(is_inside.mean(), abs=0.01)


def test_a_window_without_beliefs_stays_empty():
    density = BeliefDensity(process("two-state-cantor"), window=(0.45, 0.0, 0.55, 1.0))
    density.add(10**5)
    assert density.inside == 0


def test_pictures_do_not_depend_on_interruptions_or_threads():
    def counts(parts, threads):
        density = BeliefDensity(process("mess3"), size=128, seed=5)
        for part in parts:
            density.add(part, threads=threads)
        return density.counts

    chunk = BeliefDensity(process("mess3")).game.chunk
    whole = counts([8 * chunk], 1)
    assert whole.sum() == 8 * chunk
    assert np.array_equal(whole, counts([chunk, 3 * chunk, 4 * chunk], 1))
    assert np.array_equal(whole, counts([8 * chunk], 3))


def test_another_seed_gives_other_points_of_the_same_measure():
    first, second = (BeliefDensity(process("mess3"), size=32, seed=seed) for seed in (1, 2))
    first.add(10**6)
    second.add(10**6)
    assert not np.array_equal(first.counts, second.counts)
    assert np.abs(first.measure - second.measure).sum() < 0.03
    drawn = first.drawn + second.drawn
    first.merge(second)
    assert first.counts.sum() == first.drawn == drawn
    with pytest.raises(ProcessError, match="different seeds"):
        first.merge(BeliefDensity(process("mess3"), size=32, seed=1))


def test_stages_are_coarse_first_and_end_with_what_was_asked():
    density = BeliefDensity(process("mess3"), size=64)
    drawn = list(density.stages(10**6))
    assert drawn == sorted(drawn)
    assert drawn[0] < 3 * 10**5
    assert drawn[-1] >= 10**6


def test_a_cancelled_density_keeps_what_it_has():
    progress = Progress(lambda fraction, message: fraction > 0.2 and progress.cancel())
    density = BeliefDensity(process("mess3"), size=64, seed=3)
    with pytest.raises(Cancelled):
        density.add(10**8, progress)
    assert 0 < density.drawn < 5 * 10**7
    assert density.counts.sum() == density.drawn
    undisturbed = BeliefDensity(process("mess3"), size=64, seed=3)
    undisturbed.add(density.drawn)
    assert np.array_equal(density.counts, undisturbed.counts)


@pytest.mark.parametrize(
    ("model", "beliefs"), [(golden_mean(), 2), (even(), 2), (process("rrxor"), 5)]
)
def test_machines_that_synchronise_visit_their_own_states_alone(model, beliefs):
    found = sample_beliefs(model, 10_000, 1)
    assert len(np.unique(found.round(9), axis=0)) == beliefs


def test_one_symbol_or_one_state_leaves_one_belief():
    assert (sample_beliefs(random_model(0, states=1), 100) == 1.0).all()
    one_symbol = sample_beliefs(random_model(0, states=3, symbols=1), 100)
    assert np.ptp(one_symbol, axis=0) == pytest.approx(0.0, abs=1e-12)
    density = BeliefDensity(random_model(0, states=1), size=16)
    density.add(1000)
    assert np.count_nonzero(density.counts) == 1


def test_more_classes_than_one_and_generalized_models_are_refused():
    with pytest.raises(NotErgodic):
        BeliefDensity(two_classes())
    signed = process("tom-quantum")
    with pytest.raises(NotPossible, match="projection"):
        BeliefDensity(signed)
    drawn = BeliefDensity(signed, projection=own_projection(np.eye(signed.n)[:, 1:3]), size=64)
    drawn.add(10**5)
    assert drawn.drawn >= 10**5


@pytest.mark.parametrize("size", [0, 10**5])
def test_impossible_pictures_are_refused(size):
    with pytest.raises(ProcessError, match="pixels"):
        BeliefDensity(golden_mean(), size=size)


def test_windows_beyond_all_digits_are_refused():
    with pytest.raises(ProcessError, match="no digits left"):
        BeliefDensity(process("mess3"), window=(0.5, 0.5, 0.5 + 1e-14, 0.5 + 1e-14))


def test_colours_are_the_mean_of_the_beliefs_in_a_pixel():
    model = random_model(1, states=4, symbols=2)
    density = BeliefDensity(model, size=8, colouring=by_state(4), seed=1)
    density.add(10**5)
    beliefs = sample_beliefs(model, 10**5)
    mean = density.sums.sum(axis=(0, 1)) / density.drawn
    assert mean == pytest.approx((beliefs @ by_state(4).of_state).mean(axis=0), abs=0.01)
    assert by_next_symbol(model).of_state == pytest.approx(
        model.emission @ by_state(2).of_state, abs=1e-15
    )


@pytest.mark.parametrize("window", [None, (0.0, 0.0, 0.3, 1.0)])
def test_last_symbols_colour_the_images_of_their_words(window):
    # The image of the symbol 0 is [0, 1/3], that of 1 is [2/3, 1].
    model = process("two-state-cantor")
    density = BeliefDensity(model, size=30, window=window, colouring=by_last_symbols(model))
    density.add(10**5)
    occupied = density.counts[0] > 0
    hue = density.sums[0, occupied] / density.counts[0, occupied, None]
    middle = np.flatnonzero(occupied) < 15 if window is None else np.ones(len(hue), bool)
    first, second = by_last_symbols(model).of_code
    assert hue == pytest.approx(np.where(middle[:, None], first, second))


def test_projections_put_vertices_where_they_say():
    assert np.linalg.norm(TETRAHEDRON[0] - TETRAHEDRON[3]) == pytest.approx(1.0)
    turned = turned_tetrahedron(0.3, 1.1)
    for a in range(4):
        for b in range(a):
            assert np.linalg.norm(turned[a] - turned[b]) == pytest.approx(1.0)
    assert np.array_equal(tetrahedron(0.3, 1.1).vertices, turned[:, :2])
    assert coordinates(5, 2, 4).positions(np.eye(5)[[2, 4, 0]]).tolist() == [[1, 0], [0, 1], [0, 0]]
    share = np.linspace(0, 1, 9)
    line = np.stack([share, 1 - share, 0 * share], axis=1)
    assert np.ptp(principal_components(line).positions(line)[:, 1]) == pytest.approx(0, abs=1e-12)
    with pytest.raises(ProcessError, match="two numbers"):
        own_projection(np.zeros((3, 3)))
    with pytest.raises(ProcessError, match="rows"):
        BeliefDensity(golden_mean(), projection=own_projection(np.zeros((3, 2))))
