"""Flow-Lenia: no mass is lost, and a step is that of the formulas."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.flow_lenia_engine import FlowLeniaStepper
from core.automata.rules.flow_lenia import FlowKernel, FlowLeniaRule
from core.automata.stepper import make_stepper
from core.automata.topology import Topology
from core.automata.world import World


def rule_of(kernels=2, channels=1, seed=0, **settings):
    """Return a rule drawn from the ranges of the source."""
    rng = np.random.default_rng(seed)
    drawn = tuple(
        FlowKernel(
            source=index % channels,
            target=int(rng.integers(channels)),
            h=rng.uniform(0.1, 1),
            r=rng.uniform(0.2, 0.5),
            a=tuple(rng.uniform(0, 1, 3)),
            w=tuple(rng.uniform(0.05, 0.5, 3)),
            b=tuple(rng.uniform(0.01, 1, 3)),
            mu=rng.uniform(0.05, 0.5),
            sigma=rng.uniform(0.02, 0.18),
        )
        for index in range(kernels)
    )
    return FlowLeniaRule(drawn, channels, **{"radius": -7.0, **settings})


def flow_world(rule, shape=(30, 40), seed=1, patch=12):
    """Return a world with a random patch in each channel."""
    cells = np.zeros((rule.channels, *shape))
    rng = np.random.default_rng(seed)
    cells[:, -patch:, 1 : 1 + patch] = rng.random((rule.channels, patch, patch))
    kind = "torus" if rule.border == "torus" else "plane"
    return World("flow", rule, Topology(kind, shape[1], shape[0]), cells, seed=seed)


def flow(rule, precision="float64", **more):
    """Return an engine."""
    stepper = make_stepper(flow_world(rule, **more), precision=precision)
    assert isinstance(stepper, FlowLeniaStepper)
    return stepper


# The formulas, cell by cell


def potential(rule, kernel, A):
    """Return K * A by a direct sum over the torus, or over the plane with nothing beyond."""
    radius = (rule.radius + 15) * kernel.r
    reach = int(np.ceil(3 * radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    d = np.hypot(y, x) / radius
    spread = [w if rule.width == "plain" else 2 * w * w for w in kernel.w]
    rings = zip(kernel.b, kernel.a, spread, strict=True)
    K = sum(b * np.exp(-((d - a) ** 2) / w) for b, a, w in rings) / (1 + np.exp(10 * (d - 1)))
    K /= K.sum()
    mode = "wrap" if rule.border == "torus" else "constant"
    field = np.pad(A, reach, mode=mode)
    U = np.zeros_like(A)
    for dy in range(2 * reach + 1):
        for dx in range(2 * reach + 1):
            U += K[dy, dx] * field[dy : dy + A.shape[0], dx : dx + A.shape[1]]
    return U


def sobel(rule, field):
    """Return the sums (1, 2, 1) x (-1, 0, 1) along y and along x."""
    f = np.pad(field, 1, mode="wrap" if rule.border == "torus" else "edge")
    dx, dy = f[:, 2:] - f[:, :-2], f[2:] - f[:-2]
    return np.stack([dy[:, :-2] + 2 * dy[:, 1:-1] + dy[:, 2:], dx[:-2] + 2 * dx[1:-1] + dx[2:]])


def moves(rule, A, h=None):
    """Return how far the mass of each channel moves, [C, 2, H, W]."""
    U = np.zeros_like(A)
    for index, kernel in enumerate(rule.kernels):
        u = potential(rule, kernel, A[kernel.source])
        growth = 2 * np.exp(-((u - kernel.mu) ** 2) / (2 * kernel.sigma**2)) - 1
        U[kernel.target] += (kernel.h if h is None else h[index]) * growth
    crowd = sobel(rule, A.sum(axis=0))
    found = []
    for channel, field in zip(A, U, strict=True):
        alpha = np.clip((channel / rule.critical_mass) ** rule.power, 0, 1)
        F = rule.slope * ((1 - alpha) * sobel(rule, field) - alpha * crowd)
        most = rule.reach - rule.half_width
        found.append(np.clip(rule.dt * F, -most, most))
    return np.array(found)


def arrivals(rule, A, away):
    """Return what comes from each cell to each other, [C, H, W, H, W]."""
    height, width = A.shape[1:]
    s = rule.half_width
    parts = []
    for axis, size in enumerate((height, width)):
        at = np.arange(size).reshape((-1, 1) if axis == 0 else (1, -1)) + away[:, axis]
        if rule.border == "wall":
            at = np.clip(at, s - 0.5, size - s - 0.5)
        part = np.zeros((*at.shape, size))
        for image in range(-2, 3) if rule.border == "torus" else [0]:
            distance = np.abs(np.arange(size) + image * size - at[..., None])
            part += np.clip(0.5 - distance + s, 0, 1) / (2 * s)
        parts.append(part)
    return A[..., None, None] * parts[0][..., :, None] * parts[1][..., None, :]


RULES = {
    "plain": rule_of(),
    "squared widths": rule_of(width="squared"),
    "two channels": rule_of(4, 2, critical_mass=2.0, power=1.5),
    "a true derivative": rule_of(slope=0.125, dt=0.9),
    "a wide square": rule_of(half_width=1.3, reach=3),
    "far moves": rule_of(dt=20.0),
    "walls": rule_of(border="wall", dt=2.0),
}


@pytest.mark.parametrize("name", RULES)
def test_a_step_is_that_of_the_formulas(name):
    rule = RULES[name]
    stepper = flow(rule)
    for _ in range(3):
        A = stepper.cells()
        away = moves(rule, A)
        assert stepper.displacements() == pytest.approx(away, abs=1e-9)
        stepper.step()
        assert stepper.cells() == pytest.approx(arrivals(rule, A, away).sum(axis=(1, 2)), abs=1e-9)


@pytest.mark.parametrize("border", ["torus", "wall"])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_thousand_steps_in_single_precision_keep_the_mass_of_every_channel(border, channels):
    rule = rule_of(5, channels, border=border)
    stepper = flow(rule, "float32", shape=(128, 160), patch=50)
    before = stepper.cells().sum(axis=(1, 2))
    stepper.step(1000)
    after = stepper.cells().sum(axis=(1, 2))
    assert np.abs(after / before - 1).max() < 1e-6
    assert stepper.population() == pytest.approx(before.sum(), rel=1e-6)
    assert stepper.cells().min() >= 0


def test_the_slope_of_a_ramp_is_eight_times_its_derivative():
    ramp = np.arange(10.0)[None] * np.ones((10, 1))
    rule = rule_of(border="wall")
    assert sobel(rule, ramp)[1, 5, 5] == 8 and sobel(rule, ramp)[0, 5, 5] == 0
    exact = flow(replace(rule, slope=0.125, dt=8.0)).displacements()
    assert exact == pytest.approx(flow(replace(rule, slope=1.0, dt=1.0)).displacements())


def mixed(rule, A, h):
    """Return the parameters after a step, their weights and the shares that each cell gives."""
    coming = arrivals(rule, A, moves(rule, A, h)).sum(axis=0)
    weights = np.expm1(coming) if rule.mixing == "softmax" else coming
    total = weights.sum(axis=(0, 1))
    shares = weights / np.where(total > 0, total, 1)
    means = np.einsum("kyx,yxvu->kvu", h, shares)
    return np.where(total > 1e-12, means, h), shares


@pytest.mark.parametrize("mixing", ["average", "softmax"])
@pytest.mark.parametrize("channels", [1, 2])
def test_parameters_move_with_the_mass_and_are_mixed(mixing, channels):
    rule = rule_of(3, channels, mixing=mixing)
    stepper = flow(rule, shape=(20, 24))
    h = np.random.default_rng(5).random((3, 20, 24))
    stepper.replace(np.concatenate([stepper.cells()[:channels], h]))
    A = stepper.cells()[:channels]
    stepper.step()
    expected, _ = mixed(rule, A, h)
    reached = stepper.cells()[:channels].sum(axis=0) > 1e-9
    assert stepper.parameters()[:, reached] == pytest.approx(expected[:, reached], abs=1e-9)
    assert stepper.cells()[:channels] == pytest.approx(
        arrivals(rule, A, moves(rule, A, h)).sum(axis=(1, 2)), abs=1e-9
    )


def test_drawn_parameters_are_those_of_one_cell_as_often_as_its_share():
    rule = rule_of(1, 1, mixing="stochastic")
    A = np.zeros((1, 12, 12))
    A[0, 4:8, 4:8] = np.random.default_rng(3).random((4, 4))
    h = np.arange(144.0).reshape(1, 12, 12) / 144
    _, shares = mixed(rule, A, h)
    world = World("drawn", rule, Topology("torus", 12, 12), np.concatenate([A, h]))
    seen, runs = np.zeros((144, 12, 12)), 2000
    stepper = FlowLeniaStepper(world, "float64")
    for _ in range(runs):  # each generation draws anew
        stepper.replace(world.array)
        stepper.step()
        owner = np.rint(stepper.parameters()[0] * 144).astype(int)
        seen[owner, np.arange(12)[:, None], np.arange(12)] += 1
    reached = shares.sum(axis=(0, 1)) > 0
    rates, expected = seen[:, reached] / runs, shares.reshape(144, 12, 12)[:, reached]
    assert np.abs(rates - expected).max() < 5 * np.sqrt(0.25 / runs)
    assert not rates[expected == 0].any()


def test_equal_parameters_stay_equal_and_change_nothing():
    rule = rule_of(3, 2)
    plain = flow(rule)
    plain.step(20)
    for mixing in ("average", "softmax", "stochastic"):
        stepper = flow(replace(rule, mixing=mixing))
        stepper.step(20)
        assert stepper.cells()[:2] == pytest.approx(plain.cells(), abs=1e-9)
        weights = np.array([kernel.h for kernel in rule.kernels])[:, None, None]
        assert stepper.parameters() == pytest.approx(np.broadcast_to(weights, (3, 30, 40)))


@pytest.mark.parametrize("mixing", ["none", "stochastic"])
def test_a_run_is_the_same_in_one_go_or_many_and_after_a_rewind(mixing):
    rule = rule_of(3, 2, mixing=mixing)
    one, many = flow(rule, "float32"), flow(rule, "float32")
    one.step(12)
    for _ in range(12):
        many.step()
    assert np.array_equal(one.cells(), many.cells())
    mark = one.snapshot()
    one.step(8)
    later = one.cells()
    one.restore(mark)
    one.step(8)
    assert one.generation == 20
    assert np.array_equal(one.cells(), later)


def test_a_torus_may_be_smaller_than_the_way_that_mass_moves():
    stepper = flow(rule_of(dt=30.0), shape=(5, 4), patch=3)
    before = stepper.population()
    stepper.step(10)
    assert stepper.population() == pytest.approx(before)


def test_hands_reach_the_mass_and_views_show_it():
    stepper = flow(rule_of(2, 2, mixing="average"))
    assert stepper.cells().shape == (4, 30, 40)
    stepper.paste(np.full((2, 3), 2.0), 39, 29, "copy")
    assert stepper.cells()[0, 29, 39] == 2 and stepper.cells()[0, 0, 0] == 2
    assert stepper.frame(39, 29, 1, 1)[0, 0, 0] == 2
    assert stepper.frame(0, 0, 20, 15, shrink=2).shape == (2, 15, 20)
    assert stepper.bounding_box() == (0, 0, 40, 30)
    stepper.paste(np.zeros((2, 30, 40)), 0, 0)
    assert stepper.population() == 0 and stepper.bounding_box() is None
    stepper.step(2)
    assert stepper.population() == 0
    assert stepper.potentials().shape == (2, 30, 40)


def test_what_does_not_fit_is_refused_in_one_sentence():
    stepper = flow(rule_of())
    with pytest.raises(AutomataError):
        stepper.replace(np.zeros((2, 30, 40)))
    with pytest.raises(AutomataError):
        stepper.replace(np.full((1, 30, 40), np.nan))
    with pytest.raises(AutomataError):
        stepper.paste(np.zeros((1, 2, 2)), 0, 0, "xor")
    cells = np.zeros((1, 30, 40))
    with pytest.raises(AutomataError, match="wall"):
        make_stepper(World("flow", rule_of(), Topology("plane", 40, 30), cells))
    with pytest.raises(AutomataError, match="channels"):
        make_stepper(World("flow", rule_of(2, 2), Topology("torus", 40, 30), cells))


@pytest.mark.parametrize("name", RULES)
def test_the_text_of_a_rule_reads_back(name):
    assert FlowLeniaRule.from_text(RULES[name].text) == RULES[name]


@pytest.mark.parametrize(
    "text",
    [
        "lenia:{}", "flow-lenia:{}", "flow-lenia:[1", 'flow-lenia:{"kernels":[]}',
        'flow-lenia:{"kernels":[{"h":1}]}', 'flow-lenia:{"kernels":[1]}',
        rule_of().text.replace('"border":"torus"', '"border":"sea"'),
        rule_of().text.replace('"reach":5', '"reach":0.5'),
        rule_of().text.replace('"dt":0.2', '"dt":NaN'),
        rule_of().text.replace('"source":0', '"source":1'),
    ],
)  # fmt: skip
def test_a_text_that_is_no_rule_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableRule):
        FlowLeniaRule.from_text(text)
