"""What lies beyond the edges, as the figures in Golly's source and help show it."""

import numpy as np
import pytest

from core.automata.halo import neighbour_at
from core.automata.patterns.life import runs
from core.automata.rules.reading import rule_of
from core.automata.stepper import make_stepper
from core.automata.topology import Topology, topology_of
from core.automata.world import World

FIGURES = {
    ":T4,3": "lijkli dABCDa hEFGHe lIJKLi dabcda",
    ":T4+1,3": "klijkl dABCDa hEFGHe lIJKLi abcdab",
    ":T4,3+1": "hijkla lABCDe dEFGHi hIJKLa labcde",
    ":K4*,3": "ilkjil dABCDa hEFGHe lIJKLi adcbad",
    ":K4,3*": "dijkla lABCDi hEFGHe dIJKLa labcdi",
    ":K4*+1,3": "lkjilk dABCDa hEFGHe lIJKLi dcbadc",  # as Golly does, not as it draws
    ":C4,3": "alkjid lABCDi hEFGHe dIJKLa idcbal",
    ":S3": "aadgc aABCg bDEFh cGHIi gcfii",
    ":R3,2": "aabcc aabcc ddeff ddeff",
}


@pytest.mark.parametrize("suffix", FIGURES)
def test_the_rim_shows_the_cells_of_the_figure(suffix: str) -> None:
    topology = topology_of(suffix)
    rows = FIGURES[suffix].split()
    y, x = np.mgrid[-1 : topology.height + 1, -1 : topology.width + 1]
    across, down = neighbour_at(topology, x, y)
    letters = [
        "".join(chr(ord("a") + r * topology.width + c) for r, c in zip(row, column, strict=True))
        for row, column in zip(down, across, strict=True)
    ]
    assert letters == [row.lower() for row in rows]


@pytest.mark.parametrize(
    "topology",
    [Topology("plane", 9, 7), Topology("torus", 9, 7), Topology("klein", 8, 8, 0, "x")],
)
def test_the_engines_agree_with_neighbours_looked_up_one_by_one(topology: Topology) -> None:
    rule = rule_of("B2-a3/S23-ci")
    cells = np.random.default_rng(3).integers(0, 2, (topology.height, topology.width), np.uint8)
    stepper = make_stepper(World("soup", rule, topology, cells))
    stepper.step(3)
    for _ in range(3):
        cells = _stepped(cells, rule.table, topology)  # type: ignore[attr-defined]
    assert np.array_equal(stepper.cells(), cells)


def test_a_shape_of_several_states_flies_on_the_plane_and_the_board_follows() -> None:
    stepper = make_stepper(runs(".2A$.2B!", "/2/3")())
    stepper.step(500)
    assert stepper.population() == 4
    assert stepper.bounding_box() == (1, -500, 2, 2)


def test_a_pattern_pasted_far_away_is_found_there() -> None:
    stepper = make_stepper(runs(".2A$.2B!", "/2/3")())
    stepper.paste(np.array([[1]], dtype=np.uint8), -300, 400)
    assert stepper.bounding_box() == (-300, 0, 303, 401)


def test_a_snapshot_brings_the_state_back() -> None:
    stepper = make_stepper(runs("3A$A.B!", "345/2/4")())
    before = stepper.snapshot()
    cells = stepper.cells()
    stepper.step(10)
    stepper.restore(before)
    assert stepper.generation == 0
    assert np.array_equal(stepper.cells(), cells)


@pytest.mark.parametrize("neighbourhood", "MNC")
def test_larger_than_life_counts_what_lies_within_its_radius(neighbourhood: str) -> None:
    rule = rule_of(f"R3,C0,M1,S8..14,B8..12,N{neighbourhood}")
    topology = Topology("torus", 17, 13)
    cells = np.random.default_rng(1).integers(0, 2, (13, 17), np.uint8)
    stepper = make_stepper(World("soup", rule, topology, cells))
    stepper.step(1)
    inside = {
        "M": lambda dx, dy: True,
        "N": lambda dx, dy: abs(dx) + abs(dy) <= 3,
        "C": lambda dx, dy: dx * dx + dy * dy < 3.5**2,
    }[neighbourhood]
    counts = sum(
        np.roll(cells, (dy, dx), (0, 1)).astype(int)
        for dx in range(-3, 4)
        for dy in range(-3, 4)
        if inside(dx, dy)
    )
    lives = np.where(cells == 1, (counts >= 8) & (counts <= 14), (counts >= 8) & (counts <= 12))
    assert np.array_equal(stepper.cells(), lives)


def _stepped(cells: np.ndarray, table: np.ndarray, topology: Topology) -> np.ndarray:
    out = np.zeros_like(cells)
    for y in range(topology.height):
        for x in range(topology.width):
            rows, columns = np.mgrid[y - 1 : y + 2, x - 1 : x + 2]
            across, down = neighbour_at(topology, columns, rows)
            seen = np.where(across >= 0, cells[down, across], 0).ravel()
            out[y, x] = table[int("".join(map(str, seen)), 2)]
    return out
