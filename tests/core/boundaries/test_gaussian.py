"""Information of real values from covariances, against closed forms."""

import numpy as np
import pytest

from core.boundaries.gaussian import GaussianSample
from tests.core.boundaries.known_values import KNOWN

NOTHING = np.empty((200_000, 0))


@pytest.mark.parametrize(("rho", "bits"), KNOWN["estimators"]["gaussian_mi_bits"].items())
def test_two_correlated_values(rho: str, bits: float):
    random = np.random.default_rng(5)
    x = random.normal(size=(200_000, 1))
    noise = random.normal(size=(200_000, 1))
    y = float(rho) * x + np.sqrt(1 - float(rho) ** 2) * noise
    assert GaussianSample(x, y, NOTHING).value == pytest.approx(bits, abs=0.008)
    assert GaussianSample(3 * x + 1, np.hstack([y, 2 * y]), NOTHING).value == pytest.approx(
        bits, abs=0.008
    )


@pytest.mark.parametrize("known", KNOWN["estimators"]["ar1_transfer_entropy"])
def test_transfer_entropy_of_an_autoregression(known: dict[str, float]):
    """x' = a x + noise, y' = b y + c x + noise: I(y'; x | y)."""
    random = np.random.default_rng(0)
    covariance = [[known["var_x"], known["cov_xy"]], [known["cov_xy"], known["var_y"]]]
    x, y = random.multivariate_normal([0, 0], covariance, 200_000).T[:, :, None]
    later = known["b"] * y + known["c"] * x + random.normal(size=y.shape)
    found = GaussianSample(later, x, y).value
    assert found == pytest.approx(known["TE_x_to_y_history1_bits"], abs=0.006)


def test_it_is_the_ratio_of_determinants():
    random = np.random.default_rng(7)
    all_values = random.normal(size=(500, 7)) @ random.normal(size=(7, 7))
    x, y, z = all_values[:, :2], all_values[:, 2:5], all_values[:, 5:]

    def volume(*groups: np.ndarray) -> float:
        return float(np.linalg.slogdet(np.cov(np.hstack(groups).T))[1])

    expected = (volume(x, z) + volume(y, z) - volume(z) - volume(x, y, z)) / (2 * np.log(2))
    assert GaussianSample(x, y, z).value == pytest.approx(expected, abs=1e-9)


def test_chance_is_as_large_as_the_bias():
    random = np.random.default_rng(8)
    x, y, z = (random.normal(size=(400, k)) for k in (2, 3, 1))
    sample = GaussianSample(x, y, z)
    null = sample.shuffled(random, 400)
    assert null.mean() == pytest.approx(sample.bias, rel=0.1)
    assert sample.bias == pytest.approx(6 / (800 * np.log(2)))


def test_a_copy_has_many_bits_and_a_constant_none():
    x = np.random.default_rng(9).normal(size=(100, 1))
    empty = np.empty((100, 0))
    assert GaussianSample(x, x, empty).value > 15
    assert GaussianSample(x, x, x).value == 0
    assert GaussianSample(np.ones((100, 2)), x, empty).value == 0
    assert GaussianSample(x, empty, empty).value == 0
