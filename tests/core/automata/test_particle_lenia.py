"""Particle Lenia: velocities are slopes of the energy, whatever the engine leaves out."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.particle_lenia_engine import ParticleLeniaStepper
from core.automata.particle_lenia_fields import energies_at, fields_at, growth
from core.automata.rules.particle_lenia import ParticleLeniaRule, normalised_weight
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World

STEP = 1e-5


def crowd(n: int, dimensions: int = 2, side: float = 12.0, seed: int = 1):
    """Return particles drawn evenly from a square or cube."""
    return np.random.default_rng(seed).random((n, dimensions)) * side


def slope_of_own_energy(rule, particles, i, axis, periods=()):
    """Return -dE/dx at particle i, the others and its own field held fixed."""
    there, back = particles[i : i + 1].copy(), particles[i : i + 1].copy()
    there[0, axis] += STEP
    back[0, axis] -= STEP
    rise = energies_at(rule, particles, there, periods) - energies_at(
        rule, particles, back, periods
    )
    return -float(rise[0]) / (2 * STEP)


def slope_of_total_energy(rule, particles, i, axis):
    """Return -d(sum of E)/dx of particle i, every field following it."""
    there, back = particles.copy(), particles.copy()
    there[i, axis] += STEP
    back[i, axis] -= STEP
    rise = energies_at(rule, there, there).sum() - energies_at(rule, back, back).sum()
    return -float(rise) / (2 * STEP)


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("descent", ["own", "total"])
def test_a_velocity_is_the_slope_of_the_energy_that_is_descended(dimensions, descent):
    rule = ParticleLeniaRule(dimensions=dimensions, descent=descent)
    particles = crowd(60, dimensions, side=8)
    velocities = ParticleLeniaStepper(rule, particles, precision="float64").velocities()
    slope_of = slope_of_own_energy if descent == "own" else slope_of_total_energy
    for i in range(6):
        for axis in range(dimensions):
            slope = slope_of(rule, particles, i, axis)
            assert velocities[i, axis] == pytest.approx(slope, abs=1e-7)


@pytest.mark.parametrize("periods", [(13.0, 11.0), (40.0, 0.0), (5.0, 30.0)])
def test_on_a_torus_the_plane_is_tiled_with_copies(periods):
    rule = ParticleLeniaRule()
    particles = crowd(80)
    stepper = ParticleLeniaStepper(rule, particles, periods=periods, precision="float64")
    velocities = stepper.velocities()
    assert stepper.energies() == pytest.approx(
        energies_at(rule, particles, particles, periods), abs=1e-9
    )
    for i in range(4):
        for axis in range(2):
            slope = slope_of_own_energy(rule, particles, i, axis, periods)
            assert velocities[i, axis] == pytest.approx(slope, abs=1e-7)


@pytest.mark.parametrize("n", [1, 2, 33, 200, 2000])
@pytest.mark.parametrize("dimensions", [2, 3])
def test_cells_and_single_precision_change_velocities_by_less_than_1e_4(n, dimensions):
    rule = ParticleLeniaRule(dimensions=dimensions)
    particles = crowd(n, dimensions, side=12 * (n / 200) ** (1 / dimensions))
    fast = ParticleLeniaStepper(rule, particles).velocities()
    exact = all_pairs_velocities(rule, particles)
    assert np.abs(fast - exact).max() < 1e-4


def all_pairs_velocities(rule, p):
    """Return the velocities by the formula of the source, over all pairs, in float64."""
    away = p[:, None] - p[None]
    r = np.maximum(np.sqrt((away**2).sum(axis=2)), 1e-5)
    n = away / r[..., None]
    k = rule.w_k * np.exp(-(((r - rule.mu_k) / rule.sigma_k) ** 2))
    u = k.sum(axis=1)
    slope_k = -2 * (r - rule.mu_k) / rule.sigma_k**2 * k
    slope_g = -2 * (u - rule.mu_g) / rule.sigma_g**2 * growth(rule, u)
    slope_r = -rule.c_rep * np.maximum(0, 1 - r)
    pull = slope_g[:, None] * (slope_k[..., None] * n).sum(axis=1)
    return pull - (slope_r[..., None] * n).sum(axis=1)


def test_particles_far_away_cost_no_exactness():
    rule = ParticleLeniaRule()
    particles = np.vstack([crowd(50), crowd(50) + 1e7, [[-3e8, 5.0]]])
    velocities = ParticleLeniaStepper(rule, particles).velocities()
    near = ParticleLeniaStepper(rule, particles[:50]).velocities()
    assert np.abs(velocities[:50] - near).max() < 1e-5
    assert np.abs(velocities[50:100] - near).max() < 1e-4
    assert np.abs(velocities[100]).max() < 1e-6


def test_descending_the_total_energy_lowers_it_at_every_step():
    stepper = ParticleLeniaStepper(ParticleLeniaRule(dt=0.02, descent="total"), crowd(100))
    energies = []
    for _ in range(40):
        energies.append(stepper.energy())
        stepper.step(5)
    assert np.all(np.diff(energies) < 1e-6)


def test_scaled_up_and_quadrupled_particles_see_the_same_field():
    rule = ParticleLeniaRule(c_rep=0)
    larger = replace(rule, mu_k=2 * rule.mu_k, sigma_k=2 * rule.sigma_k, w_k=rule.w_k / 4)
    particles = crowd(100)
    field, _ = fields_at(rule, particles, particles)
    quadrupled = np.repeat(2 * particles, 4, axis=0)
    seen, _ = fields_at(larger, quadrupled, 2 * particles)
    assert seen == pytest.approx(field, rel=1e-9)
    assert ParticleLeniaStepper(larger, quadrupled).velocities()[::4] == pytest.approx(
        ParticleLeniaStepper(rule, particles).velocities() / 2, abs=1e-4
    )


@pytest.mark.parametrize(("dimensions", "area"), [(2, 2 * np.pi), (3, 4 * np.pi)])
def test_with_the_normalised_weight_a_particle_has_a_field_of_integral_1(dimensions, area):
    weight = normalised_weight(2.0, 1.5, dimensions)
    r = np.linspace(0, 20, 200001)
    peak = np.exp(-(((r - 2) / 1.5) ** 2))
    assert weight * area * np.trapezoid(peak * r ** (dimensions - 1), r) == pytest.approx(1)


def test_the_picture_shows_the_fields_of_the_formulas():
    rule = ParticleLeniaRule()
    particles = crowd(50)
    for periods in ((), (12.0, 10.0)):
        stepper = ParticleLeniaStepper(rule, particles, periods=periods)
        picture = stepper.fields(-1.0, 2.0, 30, 20, pitch=0.5)
        x, y = np.meshgrid(-1 + 0.5 * (np.arange(30) + 0.5), 2 + 0.5 * (np.arange(20) + 0.5))
        places = np.stack([x.ravel(), y.ravel()], axis=1)
        field, repulsion = fields_at(rule, particles, places, periods)
        assert picture[0].ravel() == pytest.approx(field, abs=1e-5)
        assert picture[1].ravel() == pytest.approx(growth(rule, field), abs=1e-4)
        assert picture[2].ravel() == pytest.approx(repulsion - growth(rule, field), abs=1e-4)
        assert stepper.frame(0, 0, 4, 3).shape == (1, 3, 4)


def test_steps_are_the_same_in_one_go_or_many_and_after_a_rewind():
    world = World("crowd", ParticleLeniaRule(), UNBOUNDED, crowd(150))
    one, many = make_stepper(world), make_stepper(world)
    one.step(60)
    for _ in range(60):
        many.step()
    assert np.array_equal(one.cells(), many.cells())
    mark = one.snapshot()
    one.step(30)
    later = one.cells()
    one.restore(mark)
    assert one.generation == 60
    one.step(30)
    assert np.array_equal(one.cells(), later)


def test_on_a_torus_particles_stay_in_it():
    world = World("ring", ParticleLeniaRule(), torus(20, 15), crowd(100))
    stepper = make_stepper(world)
    stepper.step(200)
    places = stepper.cells()
    assert (places >= 0).all() and (places < (20, 15)).all()


def test_hands_add_and_take_away_particles():
    stepper = ParticleLeniaStepper(ParticleLeniaRule(), crowd(20), periods=(12.0, 12.0))
    stepper.paste(np.array([[0.25, 0.25], [0.5, 0.5]]), 30, 40)
    assert stepper.population() == 22
    assert stepper.bounding_box()[2:] >= (18, 28)
    taken = stepper.remove(30.4, 40.4, 0.5)
    assert taken >= 2
    assert stepper.population() == 22 - taken
    assert stepper.remove(6, 6, 100) == 22 - taken
    assert stepper.population() == 0


def test_no_particles_are_a_world_too():
    stepper = ParticleLeniaStepper(ParticleLeniaRule(), np.zeros((0, 2)))
    stepper.step(3)
    assert (stepper.generation, stepper.population(), stepper.energy()) == (3, 0, 0)
    assert stepper.bounding_box() is None


def test_a_field_that_winds_around_a_small_torus_too_often_is_refused():
    with pytest.raises(AutomataError, match="larger torus"):
        ParticleLeniaStepper(ParticleLeniaRule(mu_k=1e6), crowd(5), periods=(10.0, 10.0))
    stepper = ParticleLeniaStepper(ParticleLeniaRule(), crowd(5, side=1), periods=(1.0, 1.0))
    stepper.step(3)
    assert np.isfinite(stepper.cells()).all()


@pytest.mark.parametrize("particles", [np.zeros((3, 3)), np.zeros(4), np.full((1, 2), np.nan)])
def test_what_are_no_particles_is_refused(particles):
    with pytest.raises(AutomataError):
        ParticleLeniaStepper(ParticleLeniaRule(), particles)


@pytest.mark.parametrize(
    "rule", [ParticleLeniaRule(), ParticleLeniaRule(mu_k=2.5, dimensions=3, descent="total")]
)
def test_the_text_of_a_rule_reads_back(rule):
    assert ParticleLeniaRule.from_text(rule.text) == rule


@pytest.mark.parametrize(
    "settings",
    ["mu=4", "mu_k=x", "mu_k", "dt=nan", "dimensions=4", "descent=up", "sigma_k=0"],
)
def test_a_text_that_is_no_rule_is_refused_in_one_sentence(settings):
    with pytest.raises(UnreadableRule):
        ParticleLeniaRule.from_text(f"particle-lenia:{settings}")
