import numpy as np
import pytest

from core.processes.block_entropies import block_entropies
from core.processes.errors import NotPossible
from core.processes.measures import measures
from core.processes.mixed_states import mixed_states
from core.processes.shannon import entropy_rows
from core.processes.spectrum import drazin_inverse, power_spectrum, spectrum, transition_matrix
from core.processes.stationary import stationary_distribution
from core.processes.zoo import process

APERIODIC = ["golden-mean", "even", "rrxor", "noisy-phase-slip", "random-insertion", "butterfly"]


@pytest.mark.parametrize("name", [*APERIODIC, "period", "nemo", "zero-one-random", "coin"])
def test_closed_forms_give_the_entropies_of_words(name):
    model = process(name)
    found, curve = spectrum(mixed_states(model)), block_entropies(model, 14)
    assert found.is_trusted
    assert [found.h(length) for length in range(1, 15)] == pytest.approx(curve.h[1:], abs=1e-8)


def test_the_even_process_forgets_with_the_square_root_of_one_half():
    found = spectrum(mixed_states(process("even")))
    assert sorted(z.real for z in found.eigenvalues) == pytest.approx(
        [-(0.5**0.5), -0.5, 0.5**0.5, 1.0], abs=1e-9
    )
    assert found.nilpotent_steps == 0


def test_a_finite_markov_order_leaves_nothing_but_what_vanishes_and_what_stays():
    found = spectrum(mixed_states(process("noisy-phase-slip")))
    feels = [mode.eigenvalue for mode in found.modes if mode.amplitudes]
    assert found.nilpotent_steps == 5  # the Markov order
    assert [z for z in feels if abs(z) > 1e-9] == pytest.approx([1.0])


def test_the_golden_mean_has_a_closed_form_of_two_terms():
    found = spectrum(mixed_states(process("golden-mean")))
    assert found.closed_form() == "h(L) = 0.666667 + 0.25163 [L = 1]"


@pytest.mark.parametrize("name", APERIODIC)
def test_drazin_inverses_give_excess_entropy_and_transient_information(name):
    graph, found = mixed_states(process(name)), measures(process(name))
    W, H = transition_matrix(graph), entropy_rows(graph.probability)
    pi = np.linalg.matrix_power(W, 4096)[0]
    inverse = drazin_inverse(W, pi)
    # Riechers and Crutchfield (2018): E = d D H and T = d D^2 H with the Drazin inverse D
    assert (inverse @ H)[0] == pytest.approx(found["E"].value, abs=1e-9)
    assert (inverse @ inverse @ H)[0] == pytest.approx(found["T"].value, abs=1e-9)


def test_infinitely_many_beliefs_have_no_spectrum_here():
    with pytest.raises(NotPossible, match="countable"):
        spectrum(mixed_states(process("sns")))


def correlations(model, most):
    """<x_0 x_t> from the definition."""
    pi, T = stationary_distribution(model), model.transition
    X = np.tensordot(np.arange(model.k, dtype=float), model.T, axes=1)
    return [pi @ X @ np.linalg.matrix_power(T, t - 1) @ X.sum(axis=1) for t in range(1, most)]


@pytest.mark.parametrize("name", ["golden-mean", "even", "rrxor", "alternating-coins", "period"])
def test_power_spectra_are_transforms_of_correlations(name):
    model = process(name)
    found = power_spectrum(model, points=64)
    for t, expected in enumerate(correlations(model, 8), start=1):
        smooth = (found.power * np.cos(found.omega * t)).mean()
        lines = sum(weight * np.cos(omega * t) for omega, weight in found.lines)
        assert smooth + lines == pytest.approx(expected, abs=1e-6)


def test_a_coin_is_white():
    found = power_spectrum(process("coin"), values=[-1.0, 1.0])
    assert found.power == pytest.approx(np.ones(512))
    assert found.lines == ()
