import numpy as np
import pytest

from core.processes.closed_forms import autocorrelation, closed_forms
from core.processes.errors import NotPossible
from core.processes.mixed_states import mixed_states
from core.processes.operator_spectrum import operator_eigenvalues
from core.processes.sampling import Sampler
from core.processes.spectrum import spectrum
from core.processes.zoo import process
from tests.core.processes.known_values import KNOWN
from tests.core.processes.machines import golden_mean


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("golden-mean", "golden_mean"),
        ("even", "even"),
        ("rrxor", "rrxor"),
        ("nemo", "nemo"),
        ("butterfly", "butterfly"),
        ("random-insertion", "random_insertion"),
    ],
)
def test_sums_over_eigenvalues_are_the_known_measures(name, key):
    model = process(name)
    forms = closed_forms(spectrum(mixed_states(model)))
    known = KNOWN[key]["values"]
    assert forms.h_mu == pytest.approx(known["h_mu"], abs=1e-9)
    assert forms.E == pytest.approx(known["E"], abs=1e-7)
    assert forms.T == pytest.approx(known["T"], abs=1e-6)
    for length, H in enumerate(known["H_L"][:10], 1):
        assert forms.H(length) == pytest.approx(H, abs=1e-8)
    assert forms.H(0) == pytest.approx(0.0, abs=1e-8)


def test_the_golden_mean_correlates_as_its_two_eigenvalues_say():
    found = autocorrelation(golden_mean())
    # Pr(1) = 1/3, and a 1 is followed by another after tau with (1/3)(1/3 + 2/3 (-1/2)^tau)
    for tau in range(8):
        assert found.at(tau) == pytest.approx((1 + 2 * (-0.5) ** tau) / 9, abs=1e-12)
    assert [mode.eigenvalue for mode in found.modes] == pytest.approx([1.0, -0.5])
    assert found.covariance(0) == pytest.approx(2 / 9, abs=1e-12)


@pytest.mark.parametrize("name", ["nemo", "mess3", "sns", "period"])
def test_correlations_are_those_of_a_matrix_power(name):
    model = process(name)
    found = autocorrelation(model)
    pi = np.linalg.lstsq(
        np.vstack([model.transition.T - np.eye(model.n), np.ones(model.n)]),
        np.append(np.zeros(model.n), 1.0),
        rcond=None,
    )[0]
    X = np.tensordot(np.arange(model.k, dtype=float), model.T, axes=1)
    here = X.sum(axis=1)
    for tau in range(1, 12):
        assert found.at(tau) == pytest.approx(float(pi @ X @ here), abs=1e-9)
        here = model.transition @ here


def test_a_long_sample_shows_the_same_correlations():
    model = process("nemo")
    text = np.concatenate(list(Sampler(model, 1).chunks(400_000))).astype(float)
    found = autocorrelation(model)
    for tau in (1, 2, 5):
        assert (text[:-tau] * text[tau:]).mean() == pytest.approx(found.at(tau), abs=5e-3)


def test_mess3_has_the_hidden_chains_eigenvalue_twice_among_those_of_its_operator():
    # linear functions are carried by T itself, whose eigenvalues are 1 and 1 - 3 x twice
    found = operator_eigenvalues(process("mess3", x=0.15, a=0.6))
    assert found[0].value == pytest.approx(1.0, abs=1e-9)
    second = next(each for each in found if abs(each.value - 0.55) < 1e-7)
    assert second.multiplicity == 2
    assert second.error < 1e-7
    assert all(abs(each.value) <= 1.0 + 1e-9 for each in found)


def test_where_no_operator_can_be_made_there_is_a_reason():
    with pytest.raises(NotPossible):
        operator_eigenvalues(process("sns"))
    with pytest.raises(NotPossible):
        operator_eigenvalues(process("tom-quantum"))
