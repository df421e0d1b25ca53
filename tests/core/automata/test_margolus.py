"""Block automata: what they conserve, and that they run backwards exactly."""

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.margolus_board import MargolusBoard
from core.automata.rules.margolus import NAMED, Margolus
from core.automata.stepper import make_stepper
from core.automata.topology import Topology
from core.automata.world import World


def blocks(rule, cells, kind="torus", generation=0):
    """Return an engine."""
    height, width = cells.shape
    topology = Topology(kind, width, height)
    stepper = make_stepper(
        World("blocks", rule, topology, cells.astype(np.uint8), generation=generation)
    )
    assert isinstance(stepper, MargolusBoard)
    return stepper


def soup(height=40, width=60, density=0.3):
    """Return random cells."""
    return (np.random.default_rng(0).random((height, width)) < density).astype(np.uint8)


def stepped(table, cells, generation, kind):
    """Return the next generation, block by block."""
    out, (height, width) = cells.copy(), cells.shape
    for top in range(-(generation % 2), height, 2):
        for left in range(-(generation % 2), width, 2):
            places = [(top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)]
            if kind == "plane" and not all(0 <= y < height and 0 <= x < width for y, x in places):
                continue
            if kind == "torus":
                places = [(y % height, x % width) for y, x in places]
            number = sum(int(cells[place]) << bit for bit, place in enumerate(places))
            for bit, place in enumerate(places):
                out[place] = table[number] >> bit & 1
    return out


@pytest.mark.parametrize(
    ("kind", "shape"), [("torus", (6, 8)), ("torus", (2, 2)), ("plane", (5, 7)), ("plane", (1, 4))]
)
@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_step_replaces_block_by_block(name, kind, shape):
    cells = soup(*shape, density=0.5)
    stepper = blocks(Margolus(NAMED[name]), cells, kind)
    for generation in range(4):
        cells = stepped(NAMED[name], cells, generation, kind)
        stepper.step()
        assert np.array_equal(stepper.cells(), cells)


@pytest.mark.parametrize("kind", ["torus", "plane"])
@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_reversible_rule_runs_back_to_where_it_began(name, kind):
    cells = soup()
    stepper = blocks(Margolus(NAMED[name]), cells, kind)
    stepper.step(333)
    middle = stepper.cells()
    stepper.step_back(333)
    assert stepper.generation == 0
    assert np.array_equal(stepper.cells(), cells)
    stepper.step_back(4)
    stepper.step(337)
    assert np.array_equal(stepper.cells(), middle)


def test_the_inverse_of_a_rule_undoes_it_when_the_blocks_are_met_in_reverse():
    for table in NAMED.values():
        inverse = Margolus(table).inverse
        assert [inverse.table[block] for block in table] == list(range(16))
    with pytest.raises(UnreadableRule, match="undone"):
        Margolus((0,) * 16).inverse  # noqa: B018


@pytest.mark.parametrize("name", ["bbm", "hpp", "rotation", "swap-on-diagonal"])
def test_balls_and_gas_keep_their_number(name):
    stepper = blocks(Margolus(NAMED[name]), soup())
    before = stepper.population()
    stepper.step(100)
    assert stepper.population() == before


def test_critters_turn_into_their_complement_and_back():
    stepper = blocks(Margolus(NAMED["critters"]), soup(density=0.1))
    few = stepper.population()
    stepper.step()
    assert stepper.population() > 2400 - 2 * few
    stepper.step()
    assert stepper.population() == few


def test_a_ball_flies_straight_and_bounces_off_a_wall_of_two():
    cells = np.zeros((20, 20), dtype=np.uint8)
    cells[0, 0] = 1
    stepper = blocks(Margolus(NAMED["bbm"]), cells)
    stepper.step(7)
    assert np.argwhere(stepper.cells()).tolist() == [[7, 7]]
    alone = np.zeros((20, 20), dtype=np.uint8)
    alone[4, 4:6] = 1
    still = blocks(Margolus(NAMED["bbm"]), alone)
    still.step(1)
    assert np.array_equal(still.cells(), alone)


def test_two_particles_of_the_gas_scatter_at_right_angles():
    cells = np.zeros((8, 8), dtype=np.uint8)
    cells[2, 3] = cells[3, 2] = 1
    stepper = blocks(Margolus(NAMED["hpp"]), cells)
    stepper.step()
    assert np.argwhere(stepper.cells()).tolist() == [[2, 2], [3, 3]]


def test_the_parity_of_the_generation_decides_where_blocks_begin():
    cells = np.zeros((4, 4), dtype=np.uint8)
    cells[1, 1] = 1
    stepper = blocks(Margolus(NAMED["bbm"]), cells, generation=1)
    stepper.step()
    assert np.argwhere(stepper.cells()).tolist() == [[2, 2]]


def test_a_torus_of_odd_sides_is_refused():
    with pytest.raises(AutomataError, match="even sides"):
        blocks(Margolus(NAMED["bbm"]), soup(5, 6))


def test_the_text_of_a_rule_reads_back_and_so_does_mcells():
    critters = Margolus(NAMED["critters"])
    assert critters.text == "margolus:critters"
    assert Margolus.from_text("MS,D15;14;13;3;11;5;6;1;7;9;10;2;12;4;8;0") == critters
    mixed = Margolus(tuple((block * 3) % 16 for block in range(16)))
    assert Margolus.from_text(mixed.text) == mixed
    for text in ("margolus:", "margolus:1,2", "margolus:" + "16," * 15 + "1", "MS,Dx"):
        with pytest.raises(UnreadableRule):
            Margolus.from_text(text)
