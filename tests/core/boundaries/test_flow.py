"""Infil and Exfil of drawn trajectories, against systems whose flow is known exactly."""

from dataclasses import replace

import numpy as np
import pytest

from core.boundaries.ensemble import Ensemble
from core.boundaries.errors import BoundaryError
from core.boundaries.exact import exact_flow, exact_ring_flow
from core.boundaries.flow import infil_exfil
from core.boundaries.flow_result import FlowSettings
from core.boundaries.known import drawn_system
from core.boundaries.resampling import correlation_time, resamples
from core.boundaries.sampling import sampled_ring, sampled_system
from core.boundaries.zoo import DESCRIPTIONS, boundary_system, layered_ring
from core.progress import Cancelled, Progress

CURVES = ("infil", "exfil", "static_blanket")


def pairs(count: int, length: int, seed: int = 0) -> Ensemble:
    """Return real values in which V follows E with a correlation, and there is no boundary."""
    random = np.random.default_rng(seed)
    outside = random.normal(size=(count, length, 1))
    inside = random.normal(size=(count, length, 1))
    inside[:, 1:] = 0.6 * outside[:, :-1] + 0.8 * inside[:, 1:]
    nothing = np.empty((count, length, 0))
    return Ensemble("pairs", inside, nothing, nothing, outside)


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_estimates_are_near_what_is_exact(name: str):
    system = boundary_system(name)
    flow, exact = infil_exfil(sampled_system(system, 20_000, 4, seed=1)), exact_flow(system, 3)
    for curve in CURVES:
        found, true = getattr(flow, curve), getattr(exact, curve)
        np.testing.assert_allclose(found.per_step, true, atol=0.02)
        assert found.mean.low - 0.002 <= true.mean() <= found.mean.high + 0.002
        assert (found.per_step <= found.bound + 1e-9).all()
        assert found.sum.value == pytest.approx(found.per_step.sum())
        assert found.max.value == pytest.approx(found.per_step.max())
    np.testing.assert_allclose(flow.entropies["H(V)"], exact.entropy_V, atol=0.01)
    np.testing.assert_allclose(flow.entropies["H(E|V,A,P)"], exact.entropy_E_given_VAP, atol=0.02)


def test_intervals_hold_the_truth_nine_times_in_ten():
    system = boundary_system("leak_both")
    exact = exact_flow(system, 1)
    held = dict.fromkeys(CURVES, 0)
    for seed in range(40):
        settings = FlowSettings(shuffles=20, resamples=100, seed=seed)
        flow = infil_exfil(sampled_system(system, 1000, 2, seed=seed), settings)
        for curve in CURVES:
            found, true = getattr(flow, curve), getattr(exact, curve)[0]
            held[curve] += bool(found.low[0] - 1e-12 <= true <= found.high[0] + 1e-12)
    assert min(held.values()) >= 35


def test_errors_shrink_with_the_root_of_the_sample():
    system = boundary_system("leak_both")
    true, errors = exact_flow(system, 1).exfil[0], []
    for count in (500, 8000):
        settings = FlowSettings(shuffles=20, resamples=20)
        found = [
            infil_exfil(sampled_system(system, count, 2, seed=seed), settings).exfil.per_step[0]
            for seed in range(30)
        ]
        errors.append(np.sqrt(np.mean((np.array(found) - true) ** 2)))
    assert 2.5 < errors[0] / errors[1] < 6.5


def test_what_no_pair_tells_is_found():
    ensemble = sampled_system(boundary_system("xor_leak"), 20_000, 2, seed=2)
    flow = infil_exfil(ensemble)
    later, now = ensemble.V[:, 1, 0], ensemble.E[:, 0, 0]
    assert abs(np.corrcoef(later, now)[0, 1]) < 0.02
    assert flow.infil.per_step[0] == pytest.approx(0.531, abs=0.015)
    assert flow.infil.p[0] < 0.05


def test_a_blind_ensemble_says_so():
    flow = infil_exfil(sampled_system(boundary_system("xor_leak_synchronised"), 5000, 3))
    assert flow.infil.per_step[0] == pytest.approx(0, abs=1e-9)
    assert flow.entropies["H(E|V,A,P)"][0] == 0
    assert flow.infil.bound[0] == 0
    assert flow.infil.per_step[1] > 0.4
    assert any("1 of 2 times H(E|V,A,P)" in told for told in flow.warnings)


def test_common_noise_fails_the_static_test_alone():
    flow = infil_exfil(sampled_system(boundary_system("common_noise"), 20_000, 4, seed=4))
    assert flow.static_blanket.mean.value == pytest.approx(0.2125 * 2 / 3, abs=0.01)
    assert flow.static_blanket.mean.p < 0.05
    assert max(flow.infil.mean.value, flow.exfil.mean.value) < 0.002


def test_controls_vanish():
    flow = infil_exfil(sampled_system(boundary_system("leak_both"), 10_000, 6, seed=5))
    for curve in flow.controls["exchanged"]:
        assert np.abs(curve).max() < 0.006
    assert np.isnan(flow.controls["shifted"][0][:3]).all()
    assert np.isfinite(flow.controls["shifted"][0][3:]).all()


def test_what_is_shifted_vanishes_where_the_other_side_forgets_and_not_where_it_is_slow():
    random = np.random.default_rng(3)
    nothing = np.empty((20_000, 6, 0))
    fresh = random.integers(0, 2, (20_000, 6, 1))
    slow = np.repeat(fresh[:, :1], 6, axis=1)
    found = []
    for outside in (fresh, slow):
        is_flipped = random.random(outside.shape) < 0.25
        inside = np.roll(outside, 1, axis=1) ^ is_flipped  # V is what E was a step before
        flow = infil_exfil(Ensemble("", inside, nothing, nothing, outside), FlowSettings(seed=1))
        shifted = flow.controls["shifted"][0][3:]
        assert np.abs(flow.controls["exchanged"][0]).max() < 0.002
        assert (shifted <= flow.infil.per_step[3:] + 0.002).all()
        found.append(shifted.max())
    assert found[0] < 0.002 < 0.05 < found[1]


def test_what_is_exact_is_told_of_systems_that_are_known():
    quick = FlowSettings(shuffles=20, resamples=20)
    flow = infil_exfil(drawn_system("rule_110", 500, 5), quick)
    true = exact_ring_flow(layered_ring(), 3, lag=2)
    for name in CURVES:
        np.testing.assert_allclose(flow.exact[name], getattr(true, name), atol=1e-12)
    drawn = drawn_system("xor_leak", 500, 4)
    at_lag = infil_exfil(drawn, replace(quick, lag=2)).exact["infil"]
    np.testing.assert_allclose(at_lag, exact_flow(boundary_system("xor_leak"), 2, lag=2).infil)
    assert infil_exfil(drawn, replace(quick, is_pooled=True)).exact == {}
    assert infil_exfil(replace(drawn, system=""), quick).exact == {}
    assert infil_exfil(replace(drawn, times=np.arange(4) + 1), quick).exact == {}


def test_a_ring_of_layers_leaks_at_lag_two_only():
    ring = layered_ring()
    ensemble = sampled_ring(ring, 40_000, 4, lag=2, seed=6)
    settings = FlowSettings(shuffles=20, resamples=20)
    found, true = infil_exfil(ensemble, settings), exact_ring_flow(ring, 2, lag=2)
    np.testing.assert_allclose(found.infil.per_step, true.infil, atol=0.02)
    at_once = infil_exfil(ensemble, FlowSettings(lag=1, shuffles=20, resamples=20))
    assert abs(at_once.infil.mean.value) < 0.01
    assert at_once.lag == 1 and found.lag == 2
    assert any("joint states" in told for told in found.warnings)


def test_chance_alone_is_seldom_significant():
    random = np.random.default_rng(7)
    by_chance = 0
    for seed in range(40):
        parts = {part: random.integers(0, 3, (300, 2, 1)) for part in "VAPE"}
        flow = infil_exfil(Ensemble("", **parts), FlowSettings(resamples=20, seed=seed))
        by_chance += int(flow.infil.p[0] <= 0.05) + int(flow.exfil.p[0] <= 0.05)
    assert by_chance <= 10


def coarse_and_fine(count: int, seed: int = 0) -> Ensemble:
    """Return a leak at the first time, where few values are counted, and chance at the second.

    There many values let chance alone give more, before its mean is subtracted.
    """
    random = np.random.default_rng(seed)
    inside, outside = (random.integers(0, 12, (count, 3, 1)) for _ in range(2))
    outside[:, 0] = random.integers(0, 2, (count, 1))
    is_told = random.random((count, 1)) < 0.4
    inside[:, 1] = np.where(is_told, 6 * outside[:, 0], inside[:, 1])
    inside[:, 0] = 0
    nothing = np.empty((count, 3, 0))
    return Ensemble("", inside, nothing, nothing, outside)


def test_the_largest_value_is_compared_with_what_chance_gives_as_the_largest():
    infil = infil_exfil(coarse_and_fine(600), FlowSettings(shuffles=200)).infil
    assert infil.null_mean[1] > infil.plug_in[0]  # plain estimates would tell nothing
    assert infil.per_step.argmax() == 0
    assert infil.p[0] < 0.01
    assert infil.max.p < 0.02
    assert infil.mean.p == pytest.approx(infil.sum.p)


@pytest.mark.parametrize("name", ["sealed", "leak_in", "common_noise"])
def test_an_estimate_lies_in_its_own_interval(name: str):
    settings = FlowSettings(shuffles=20, resamples=40)
    below = 0
    for seed in range(4):
        flow = infil_exfil(sampled_system(boundary_system(name), 400, 4, seed=seed), settings)
        for curve in (flow.infil, flow.exfil, flow.static_blanket):
            assert (curve.low <= curve.per_step + 1e-12).all()
            assert (curve.per_step <= curve.high + 1e-12).all()
            for each in (curve.sum, curve.mean, curve.max):
                assert each.low - 1e-12 <= each.value <= each.high + 1e-12
            below += int((curve.per_step < -1e-6).sum())
    assert below  # values of less than chance gives were among them


def test_real_values_by_covariances_and_by_symbols():
    ensemble = pairs(10_000, 2)
    gaussian = infil_exfil(ensemble, FlowSettings(estimator="gaussian", resamples=20))
    assert gaussian.infil.per_step[0] == pytest.approx(0.321928, abs=0.015)
    assert abs(gaussian.exfil.per_step[0]) < 0.001
    assert np.isnan(gaussian.infil.bound[0])
    symbols = infil_exfil(ensemble, FlowSettings(symbols=12))
    assert 0.25 < symbols.infil.per_step[0] < 0.3219
    assert symbols.symbols == {"V": 12, "A": 1, "P": 1, "E": 12}
    assert symbols.feature_dimension == {"V": 1, "A": 0, "P": 0, "E": 1}


def test_one_long_trajectory_is_pooled():
    system = boundary_system("xor_leak")
    ensemble = sampled_system(system, 1, 20_000, seed=8)
    with pytest.raises(BoundaryError, match="too few"):
        infil_exfil(ensemble)
    flow = infil_exfil(ensemble, FlowSettings(is_pooled=True))
    assert flow.infil.per_step == pytest.approx([0.4754], abs=0.015)
    assert flow.infil.low[0] < 0.4754 < flow.infil.high[0]
    assert (flow.samples, len(flow.times)) == (19_999, 1)
    assert flow.effective_samples < flow.samples


def test_the_same_seed_gives_the_same_numbers():
    ensemble = sampled_system(boundary_system("leak_in"), 500, 3)
    one, other = infil_exfil(ensemble), infil_exfil(ensemble)
    assert np.array_equal(one.infil.low, other.infil.low)
    assert np.array_equal(one.exfil.p, other.exfil.p)


@pytest.mark.parametrize(
    ("settings", "told"), [(FlowSettings(lag=3), "multiples"), (FlowSettings(lag=8), "smaller lag")]
)
def test_lags_that_do_not_fit_are_told(settings: FlowSettings, told: str):
    bits = np.zeros((5, 4, 1), dtype=np.uint8)
    ensemble = Ensemble("", bits, bits, bits, bits, times=np.arange(4) * 2, lag=2)
    with pytest.raises(BoundaryError, match=told):
        infil_exfil(ensemble, settings)


@pytest.mark.parametrize(
    "more",
    [{"lag": -1}, {"estimator": "magic"}, {"way": "magic"}, {"symbols": 1}, {"shuffles": 1}],
)
def test_settings_that_make_no_sense_are_told(more: dict):
    with pytest.raises(BoundaryError):
        FlowSettings(**more)


def test_it_can_be_cancelled_and_tells_how_far_it_is():
    heard: list[float] = []
    ensemble = sampled_system(boundary_system("leak_in"), 500, 3)
    infil_exfil(ensemble, None, Progress(lambda fraction, _text: heard.append(fraction)))
    assert heard == sorted(heard) and heard[-1] == 1.0
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        infil_exfil(ensemble, None, progress)


def test_blocks_stay_within_their_trajectory():
    drawn = np.concatenate(list(resamples(3, 10, 4, count=50, seed=1)))
    assert drawn.shape == (50, 30)
    blocks = drawn[:, :28].reshape(50, 7, 4)
    assert (np.diff(blocks, axis=2) == 1).all()
    assert (blocks[:, :, 0] // 10 == blocks[:, :, 3] // 10).all()
    assert set(drawn.ravel().tolist()) == set(range(30))


def test_memory_is_told_by_the_correlation_time():
    random = np.random.default_rng(9)
    series = np.zeros((20, 4000, 1))
    for time in range(1, 4000):
        series[:, time] = 0.8 * series[:, time - 1] + random.normal(size=(20, 1))
    nothing = np.empty((20, 4000, 0))
    found = correlation_time(Ensemble("", series, nothing, nothing, series[:, ::-1]))
    assert found == pytest.approx((1 + 0.8) / (1 - 0.8), rel=0.2)
