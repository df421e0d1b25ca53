"""The Ising model against Onsager's solution and against all states of a small board."""

from itertools import product

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.rules.ising import CRITICAL_TEMPERATURE, Ising
from core.automata.stepper import make_stepper
from core.automata.topology import Topology
from core.automata.world import World


def spins(rule, cells, *, seed=1, kind="torus", border=(0, 0, 0, 0)):
    """Return an engine."""
    height, width = cells.shape
    topology = Topology(kind, width, height, border=border)
    return make_stepper(World("spins", rule, topology, cells.astype(np.uint8), seed=seed))


def onsager_energy(temperature):
    """Return the energy of a spin of the endless lattice (Onsager, 1944)."""
    from scipy.special import ellipk

    b = 1 / temperature
    k = 2 * np.sinh(2 * b) / np.cosh(2 * b) ** 2
    turn = 2 / np.pi * (2 * np.tanh(2 * b) ** 2 - 1) * ellipk(k**2)
    return -(1 + turn) / np.tanh(2 * b)


def yang_magnetisation(temperature):
    """Return the mean spin below the critical temperature (Yang, 1952)."""
    return (1 - np.sinh(2 / temperature) ** -4) ** 0.125


@pytest.mark.parametrize("temperature", [1.8, 2.1, 2.6, 4.0])
def test_energy_and_magnetisation_are_those_of_the_exact_solution(temperature):
    stepper = spins(Ising(temperature), np.ones((200, 200)))
    stepper.step(200)
    energies, means = [], []
    for _ in range(60):
        stepper.step(10)
        energies.append(stepper.energy() / 200**2)
        means.append(stepper.magnetisation())
    assert np.mean(energies) == pytest.approx(onsager_energy(temperature), abs=0.006)
    exact = yang_magnetisation(temperature) if temperature < CRITICAL_TEMPERATURE else 0
    assert np.mean(means) == pytest.approx(exact, abs=0.02)


def test_the_binder_ratio_tells_the_critical_temperature():
    """<m^4> / <m^2>^2 is near 1 below it, near 3 above it, and 1.168 at it (periodic squares)."""
    ratios = {}
    for temperature in (2.0, CRITICAL_TEMPERATURE, 3.5):
        stepper = spins(Ising(temperature), np.ones((16, 16)))
        stepper.step(500)
        means = []
        for _ in range(4000):
            stepper.step(8)
            means.append(stepper.magnetisation())
        squares = np.square(means)
        ratios[temperature] = np.mean(squares**2) / np.mean(squares) ** 2
    assert ratios[2.0] < 1.05
    assert ratios[CRITICAL_TEMPERATURE] == pytest.approx(1.168, abs=0.05)
    assert ratios[3.5] > 2.3


def boards(height, width):
    """Return every board of a size."""
    for bits in product((0, 1), repeat=height * width):
        yield np.array(bits).reshape(height, width)


@pytest.mark.parametrize("kind", ["torus", "plane", "fixed"])
def test_a_small_board_visits_every_energy_as_often_as_boltzmann_says(kind):
    rule, shape, border = Ising(2.5, field=0.2, coupling=0.8), (2, 4), (1, 0, 1, 1)
    weights: dict[float, float] = {}
    for cells in boards(*shape):
        energy = round(spins(rule, cells, kind=kind, border=border).energy(), 9)
        weights[energy] = weights.get(energy, 0) + np.exp(-energy / 2.5)
    stepper, runs = spins(rule, np.ones(shape), kind=kind, border=border), 20_000
    visits = dict.fromkeys(weights, 0)
    for _ in range(runs):
        stepper.step(4)
        visits[round(stepper.energy(), 9)] += 1
    for energy, weight in weights.items():
        chance = weight / sum(weights.values())
        assert visits[energy] / runs == pytest.approx(chance, abs=6 * np.sqrt(chance / runs) + 2e-4)


def test_energy_counts_every_bond_once():
    up = np.ones((4, 6))
    assert spins(Ising(), up).energy() == -48
    assert spins(Ising(), up, kind="plane").energy() == -(4 * 5 + 3 * 6)
    assert spins(Ising(), up, kind="reflecting").energy() == -(4 * 5 + 3 * 6)
    assert spins(Ising(), up, kind="fixed", border=(1, 1, 1, 1)).energy() == -(4 * 7 + 5 * 6)
    assert spins(Ising(field=0.5), up, kind="plane").energy() == -(4 * 5 + 3 * 6) - 12


def test_without_heat_a_domain_only_shrinks_and_full_order_stays():
    cells = np.zeros((20, 20))
    cells[5:9, 5:9] = 1
    stepper = spins(Ising(0.0), cells)
    stepper.step(300)
    assert stepper.population() == 0
    stepper.step(50)
    assert stepper.population() == 0


def test_a_torus_of_odd_sides_is_refused():
    with pytest.raises(AutomataError, match="even sides"):
        spins(Ising(), np.ones((5, 6)))
    assert spins(Ising(), np.ones((5, 7)), kind="plane").population() == 35


def test_a_run_is_the_same_in_one_go_or_many():
    cells = np.random.default_rng(0).integers(0, 2, (30, 40))
    one, many = spins(Ising(), cells), spins(Ising(), cells)
    one.step(20)
    for _ in range(20):
        many.step()
    assert np.array_equal(one.cells(), many.cells())


def test_the_text_of_a_rule_reads_back():
    rule = Ising(0.1 + 0.2, field=-1.5)
    assert Ising.from_text(rule.text) == rule
    assert Ising.from_text("ising") == Ising()
    for text in ("ising:temperature=-1", "ising:heat=1", "ising:temperature=hot", "voter"):
        with pytest.raises(UnreadableRule):
            Ising.from_text(text)
