from itertools import product

import numpy as np
import pytest

from core.processes.chaos_game import sample_beliefs
from core.processes.errors import NotErgodic, NotPossible, ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_basis import function_count, gauss_jacobi, quadrature, simplex_basis
from core.processes.polynomial_operator import invariant_integrals, symbol_entropies
from core.processes.word import belief_after, word_probability
from core.processes.zoo import process
from core.progress import Cancelled, Progress
from tests.core.processes.known_values import KNOWN
from tests.core.processes.machines import even, golden_mean, random_model, two_classes


def known(name):
    T = np.array(KNOWN[name]["T"])
    symbols, states = map(str, range(len(T))), map(str, range(T.shape[1]))
    return HiddenMarkovModel("known", tuple(symbols), tuple(states), T), KNOWN[name]["values"]


@pytest.mark.parametrize(
    ("name", "h_mu_bar"),
    [("mess3_x0.15_a0.6", 1e-12), ("mess3_x0.05_a0.85", 3e-9), ("two_state_cantor", 1e-13)],
)
def test_known_values_of_uncountable_processes(name, h_mu_bar):
    model, values = known(name)
    found = invariant_integrals(model)
    assert found.h_mu.value == pytest.approx(values["h_mu"], abs=h_mu_bar)
    assert found.E.value == pytest.approx(values["E"], abs=1e-8)
    assert found.T.value == pytest.approx(values["T"], abs=1e-8)
    assert found.lyapunov_sum.value == pytest.approx(values["sum_lyapunov_bits"], abs=1e-8)
    assert found.h_mu.error < 1e-9


def test_eleven_digits_of_mess3_come_from_120_polynomials():
    model, values = known("mess3_x0.15_a0.6")
    found = invariant_integrals(model, 14)
    assert found.functions == 120
    assert found.h_mu.value == pytest.approx(values["h_mu"], abs=1e-12)
    assert found.h_mu.error < 1e-8


def level_sums(model, length):
    """h(1), ..., h(length) from the entropies of all words."""
    block = [0.0]
    for each in range(1, length + 1):
        p = [word_probability(model, word) for word in product(model.alphabet, repeat=each)]
        block.append(-sum(q * np.log2(q) for q in p if q > 0))
    return np.diff(block)


@pytest.mark.parametrize("states", [2, 3, 4])
def test_random_processes_agree_with_sums_over_all_words(states):
    # Random rows forget fast: h(l) has reached its limit to many digits at length 9.
    model = random_model(states, states=states, symbols=2)
    h = level_sums(model, 9)
    found = invariant_integrals(model)
    assert found.h_mu.value == pytest.approx(h[-1], abs=1e-6)
    lengths = np.arange(1, 10)
    assert found.E.value == pytest.approx((h - found.h_mu.value).sum(), abs=1e-5)
    assert found.T.value == pytest.approx((lengths * (h - found.h_mu.value)).sum(), abs=1e-4)


def test_more_states_than_four_are_sampled_with_an_interval():
    model = random_model(1, states=5)
    found = invariant_integrals(model)
    assert found.degree == 0
    assert found.E.value is None
    assert abs(found.h_mu.value - level_sums(model, 10)[-1]) < 3 * found.h_mu.error
    assert 0 < found.h_mu.error < 1e-3


def test_the_lyapunov_sum_is_the_mean_determinant_of_the_maps():
    # det Dg_x = det T[x] / p_x^n on the simplex of n - 1 dimensions.
    model = random_model(6, states=3, symbols=3)
    beliefs = sample_beliefs(model, 2**18, 1)
    p = beliefs @ model.T.sum(axis=2).T
    determinants = np.array([abs(np.linalg.det(T)) for T in model.T])
    mean = (p * np.log2(determinants / p**3)).sum(axis=1).mean()
    assert invariant_integrals(model).lyapunov_sum.value == pytest.approx(mean, abs=0.02)


def test_a_singular_matrix_forgets_a_direction_for_good():
    T = np.array([[[0.3, 0.3], [0.2, 0.2]], [[0.3, 0.1], [0.1, 0.5]]])
    model = HiddenMarkovModel("singular", ("0", "1"), ("A", "B"), T)
    assert invariant_integrals(model).lyapunov_sum.value == -np.inf


def test_independent_symbols_have_no_memory():
    T = 0.5 * np.ones((2, 3, 3)) / 3.0
    coin = HiddenMarkovModel("coin", ("0", "1"), ("A", "B", "C"), T)
    found = invariant_integrals(coin)
    assert found.h_mu.value == pytest.approx(1.0, abs=1e-12)
    assert found.E.value == pytest.approx(0.0, abs=1e-12)
    one_state = invariant_integrals(random_model(0, states=1, symbols=3))
    assert one_state.E.value == 0.0


def test_transient_states_change_nothing():
    inner = process("two-state-cantor")
    T = np.zeros((2, 3, 3))
    T[:, :2, :2] = inner.T
    T[0, 2, 0] = 1.0
    model = HiddenMarkovModel("with a start", ("0", "1"), ("A", "B", "start"), T)
    assert invariant_integrals(model).E.value == invariant_integrals(inner).E.value


@pytest.mark.parametrize("model", [process("sns"), golden_mean(), even()])
def test_probabilities_that_vanish_on_the_attractor_are_refused(model):
    with pytest.raises(NotPossible, match="vanishes"):
        invariant_integrals(model)


def test_what_has_no_invariant_measure_is_refused():
    with pytest.raises(NotErgodic):
        invariant_integrals(two_classes())
    with pytest.raises(NotPossible, match="generalized"):
        invariant_integrals(process("tom-quantum"))
    with pytest.raises(ProcessError, match="degree"):
        invariant_integrals(process("mess3"), 3)


def test_solving_can_be_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        invariant_integrals(process("mess3", x=0.05, a=0.85), progress=progress)


def test_entropies_of_the_next_symbol_are_those_of_its_law():
    model = random_model(3, symbols=4)
    belief = belief_after(model, "021")
    p = [word_probability(model, symbol, belief) for symbol in model.alphabet]
    assert symbol_entropies(belief[None], model.T)[0] == pytest.approx(-np.sum(p * np.log2(p)))


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("degree", [7, 14])
def test_the_basis_is_orthonormal_and_spans_all_polynomials(n, degree):
    basis = simplex_basis(n, degree)
    gram = basis.values.T @ (basis.weights[:, None] * basis.values)
    assert np.abs(gram - np.eye(function_count(n, degree))).max() < 1e-12
    assert (np.diff(basis.degrees) >= 0).all()
    rng = np.random.default_rng(0)
    somewhere = rng.dirichlet(np.ones(n), size=5)

    def monomial(points):
        return points[:, 0] ** (degree - 2) * points[:, -1] ** 2

    expanded = basis.at(somewhere) @ basis.coefficients(monomial(basis.points))
    assert expanded == pytest.approx(monomial(somewhere), abs=1e-12)
    corners = basis.at(np.eye(n))
    assert np.isfinite(corners).all()


def test_quadrature_gives_dirichlet_moments():
    # The mean of x^2 y z^3 over the triangle is 2! 1! 3! 2! / 8!.
    points, weights = quadrature(3, 4)
    mean = weights @ (points[:, 0] ** 2 * points[:, 1] * points[:, 2] ** 3)
    assert mean == pytest.approx(2 * 1 * 6 * 2 / 40320, rel=1e-13)


def test_gauss_rules_match_those_of_legendre():
    nodes, weights = gauss_jacobi(0, 5)
    expected_nodes, expected_weights = np.polynomial.legendre.leggauss(5)
    assert nodes == pytest.approx(expected_nodes, abs=1e-14)
    assert 2.0 * weights == pytest.approx(expected_weights, abs=1e-14)
