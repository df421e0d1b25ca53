"""Random rules against what is known of them: critical points, exact formulas, percolation."""

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.halo import neighbour_at
from core.automata.rules.contact import Contact
from core.automata.rules.domany_kinzel import DomanyKinzel
from core.automata.rules.sir import Sir
from core.automata.rules.voter import Voter
from core.automata.stepper import make_stepper
from core.automata.topology import Topology, topology_of, torus
from core.automata.world import World

DIRECTED_PERCOLATION_DELTA = 0.159464
"""At the critical point a full row's density falls as t^-delta (Jensen, 1999)."""


def row(rule, cells, seed=1, kind="torus"):
    """Return an engine of a row."""
    cells = np.asarray(cells, dtype=np.uint8)
    return make_stepper(World("row", rule, Topology(kind, cells.size, 1), cells, seed=seed))


def board(rule, cells, seed=1, kind="torus"):
    """Return an engine of a board."""
    height, width = cells.shape
    return make_stepper(World("board", rule, Topology(kind, width, height), cells, seed=seed))


def decay(stepper, early, late):
    """Return the exponent with which the density falls between two generations."""
    stepper.step(early)
    first = stepper.population()
    stepper.step(late - early)
    return np.log(first / max(stepper.population(), 1)) / np.log(late / early)


@pytest.mark.parametrize(
    ("family", "critical"),
    [(DomanyKinzel.bond, 0.644700185), (DomanyKinzel.site, 0.70548515)],
)
def test_directed_percolation_is_critical_where_the_literature_says(family, critical):
    full = np.ones(60_000)
    at, below, above = (
        decay(row(family(critical + offset), full), 100, 2000) for offset in (0, -0.01, 0.01)
    )
    assert at == pytest.approx(DIRECTED_PERCOLATION_DELTA, abs=0.02)
    assert below > 0.3
    assert above < 0.1


def test_a_tilted_row_is_stepped_from_its_two_parents():
    cells = np.random.default_rng(0).integers(0, 2, 31, dtype=np.uint8)
    stepper = row(DomanyKinzel(1.0, 0.0), cells)
    assert stepper.rows(1)[0] == pytest.approx(cells ^ np.roll(cells, -1))
    second = stepper.cells()
    assert stepper.rows(1)[0] == pytest.approx(second ^ np.roll(second, 1))
    plane = row(DomanyKinzel(1.0, 1.0), np.eye(1, 5)[0], kind="plane")
    assert plane.rows(2).tolist() == [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0]]


@pytest.mark.parametrize(("rate", "dimensions"), [(3.29785, 1), (1.64877, 2)])
def test_the_contact_process_is_critical_where_the_literature_says(rate, dimensions):
    full = np.ones(20_000) if dimensions == 1 else np.ones((150, 150), dtype=np.uint8)
    exponent = {1: DIRECTED_PERCOLATION_DELTA, 2: 0.4523}[dimensions]
    of = row if dimensions == 1 else board
    early, late = (200, 2000) if dimensions == 1 else (30, 300)
    at, below, above = (
        decay(of(Contact(rate * factor, dimensions), full), early, late)
        for factor in (1, 0.93, 1.07)
    )
    assert at == pytest.approx(exponent, abs=0.06)
    assert below > at + 0.1
    assert above < at - 0.08


def test_a_lonely_infection_lives_as_long_as_its_rate_says():
    survived, runs, steps = 0, 400, 8
    for seed in range(runs):
        stepper = row(Contact(0.0, 1), np.eye(1, 50)[0], seed=seed)
        stepper.step(steps)
        survived += stepper.population()
    chance = (1 - 1 / 50) ** (steps * 50)  # each draw finds the cell with 1/50, and it recovers
    assert survived / runs == pytest.approx(chance, abs=4 * np.sqrt(chance / runs))


def test_disagreeing_voters_in_a_row_become_as_few_as_the_exact_solution_says():
    from scipy.special import ive

    width = 200_000
    cells = np.random.default_rng(1).integers(0, 2, width)
    stepper = row(Voter(dimensions=1), cells)
    for t in (1, 5, 25):
        stepper.step(t - stepper.generation)
        now = stepper.cells()
        disagreeing = np.mean(now != np.roll(now, 1))
        exact = (ive(0, 2 * t) + ive(1, 2 * t)) / 2  # Glauber (1963) at temperature 0
        assert disagreeing == pytest.approx(exact, abs=4 * np.sqrt(exact / width) + 1e-4)


def test_voters_keep_to_the_opinions_there_are_unless_there_is_noise():
    cells = np.full((20, 20), 2, dtype=np.uint8)
    stepper = board(Voter(states=4), cells)
    stepper.step(10)
    assert np.array_equal(stepper.cells(), cells)
    noisy = board(Voter(states=4, noise=1.0), np.repeat(np.repeat(cells, 5, 0), 5, 1))
    noisy.step(20)
    assert np.abs(np.bincount(noisy.cells().ravel()) - 2500).max() < 250


def test_an_epidemic_with_recovery_1_crosses_a_self_dual_rectangle_half_of_the_time():
    """Bond percolation at 1/2 crosses n rows of n + 1 columns with probability exactly 1/2."""
    crossed, runs, n = 0, 300, 16
    for seed in range(runs):
        cells = np.zeros((n, n + 1), dtype=np.uint8)
        cells[:, 0] = 1
        stepper = board(Sir(0.5), cells, seed=seed, kind="plane")
        while (stepper.cells() == 1).any():
            stepper.step(5)
        crossed += bool((stepper.cells()[:, -1] == 2).any())
    assert crossed / runs == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / runs))


@pytest.mark.parametrize(("neighbourhood", "near"), [("V", 2), ("M", 4)])
def test_one_step_of_an_epidemic_has_the_chances_of_its_rule(neighbourhood, near):
    cells = np.zeros((300, 300), dtype=np.uint8)
    cells[::2, ::2] = 1  # cells with both odd coordinates have no side neighbours infected
    cells[1::2, 1::2] = 2
    rule = Sir(0.3, 0.4, 0.2, neighbourhood)
    stepper = board(rule, cells)
    stepper.step()
    after = stepper.cells()
    n = 150 * 150
    for states, expected in (
        (after[::2, ::2] == 2, 0.4),
        (after[1::2, 1::2] == 0, 0.2),
        (after[::2, 1::2] == 1, 1 - 0.7**2),
    ):
        assert states.mean() == pytest.approx(expected, abs=4 * np.sqrt(0.25 / n))
    corner = np.zeros((300, 300), dtype=np.uint8)
    corner[::2, ::2] = 1
    stepper = board(rule, corner)
    stepper.step()
    expected = 1 - 0.7**4 if near == 4 else 0
    assert (stepper.cells()[1::2, 1::2] == 1).mean() == pytest.approx(expected, abs=0.014)


RULES = [DomanyKinzel.bond(0.7), Contact(2.0), Contact(4.0, 1), Voter(3), Sir(0.5, 0.3, 0.1)]


def world_of(rule, kind="torus"):
    """Return a small world with all states of a rule."""
    rng = np.random.default_rng(2)
    shape = (300,) if rule.dimensions == 1 else (40, 30)
    cells = rng.integers(0, rule.states, shape, dtype=np.uint8)
    topology = Topology(kind, shape[-1], shape[0] if rule.dimensions == 2 else 1)
    return World("random", rule, topology, cells, seed=4)


@pytest.mark.parametrize("kind", ["torus", "plane"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.text)
def test_a_run_is_the_same_in_one_go_or_many_and_after_a_rewind(rule, kind):
    one, many = make_stepper(world_of(rule, kind)), make_stepper(world_of(rule, kind))
    one.step(30)
    for _ in range(30):
        many.step()
    assert np.array_equal(one.cells(), many.cells())
    assert one.cells().shape == world_of(rule).array.shape
    mark = one.snapshot()
    one.step(10)
    later = one.cells()
    one.restore(mark)
    one.step(10)
    assert (one.generation, many.generation) == (40, 30)
    assert np.array_equal(one.cells(), later)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.text)
def test_the_text_of_a_rule_reads_back(rule):
    assert type(rule).from_text(rule.text) == rule


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Contact, "contact:rate=-1"), (Contact, "voter:states=2"), (Voter, "voter:states=1"),
        (Voter, "voter:noise=2"), (Sir, "sir:infection=nan"), (Sir, "sir:neighbourhood=X"),
        (DomanyKinzel, "domany-kinzel:p1=1.5,p2=0"), (DomanyKinzel, "domany-kinzel:p1=0.5"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_rule_is_refused_in_one_sentence(rule, text):
    with pytest.raises(UnreadableRule):
        rule.from_text(text)


def test_hands_reach_a_board():
    stepper = board(Sir(0.0, 0.0), np.zeros((10, 12), dtype=np.uint8))
    stepper.paste(np.array([[1, 2], [2, 1]]), 11, 9)
    assert stepper.cells()[9, 11] == 1 and stepper.cells()[0, 0] == 1
    assert stepper.cells()[9, 0] == 2 and stepper.population() == 4
    stepper.paste(np.full((3, 3), 1), 0, 0, "maximum")
    assert stepper.population() == 12
    assert stepper.bounding_box() == (0, 0, 12, 10)
    assert stepper.frame(-1, -1, 3, 3).tolist() == [[0, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert stepper.frame(0, 0, 6, 5, shrink=2).max() == 2
    with pytest.raises(AutomataError):
        stepper.replace(np.zeros((3, 3)))
    with pytest.raises(AutomataError):
        stepper.paste(np.zeros((3, 3)), 0, 0, "sideways")


def test_an_epidemic_crosses_the_joined_sides_of_any_topology():
    cells = np.zeros((30, 30), dtype=np.uint8)
    cells[0, 10] = 1
    for suffix in (":T30,30", ":T30+5,30", ":K30*,30", ":C30,30", ":S30"):
        topology = topology_of(suffix)
        stepper = make_stepper(World("joined", Sir(1.0), topology, cells))
        stepper.step()
        x, y = neighbour_at(topology, 10, -1)
        assert stepper.cells()[y, x] == 1


def test_draws_are_made_on_plain_sides_only():
    cells = np.zeros((30, 30), dtype=np.uint8)
    with pytest.raises(AutomataError):
        make_stepper(World("shifted", Contact(), topology_of(":T30+5,30"), cells))
    assert make_stepper(World("plain", Contact(), torus(30, 30), cells)).population() == 0
