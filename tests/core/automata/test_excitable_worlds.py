"""Cyclic automata and Greenberg-Hastings models against their rules, cell by cell."""

import numpy as np
import pytest

from core.automata.errors import UnreadableRule
from core.automata.rules.cyclic import Cyclic
from core.automata.rules.greenberg_hastings import GreenbergHastings
from core.automata.stepper import make_stepper
from core.automata.topology import Topology
from core.automata.world import World

MODES = {"torus": "wrap", "plane": "constant", "reflecting": "symmetric", "fixed": "constant"}


def stepped(rule, cells, kind):
    """Return the next states, from the definition."""
    reach = rule.reach
    outside = {"constant_values": int(kind == "fixed")} if MODES[kind] == "constant" else {}
    seen = np.pad(cells, reach, mode=MODES[kind], **outside)
    out = cells.copy()
    for y, x in np.ndindex(cells.shape):
        state = int(cells[y, x])
        wanted = (state + 1) % rule.states if isinstance(rule, Cyclic) else 1
        count = 0
        for dy in range(-reach, reach + 1):
            for dx in range(-reach, reach + 1):
                inside = rule.neighbourhood == "M" or abs(dy) + abs(dx) <= reach
                if inside and (dy, dx) != (0, 0):
                    count += seen[y + reach + dy, x + reach + dx] == wanted
        waits = isinstance(rule, Cyclic) or state == 0
        if not waits or count >= rule.threshold:
            out[y, x] = (state + 1) % rule.states
    return out


@pytest.mark.parametrize("kind", sorted(MODES))
@pytest.mark.parametrize(
    "rule",
    [
        Cyclic(), Cyclic(2, 3, 5, "N"), Cyclic(3, 4, 4, "M"), Cyclic(1, 1, 14, "N"),
        GreenbergHastings(), GreenbergHastings(2, 3, 6, "M"), GreenbergHastings(3, 2, 2, "N"),
    ],
    ids=lambda rule: rule.text,
)  # fmt: skip
def test_a_step_is_that_of_the_definition(rule, kind):
    cells = np.random.default_rng(1).integers(0, rule.states, (9, 13), dtype=np.uint8)
    topology = Topology(kind, 13, 9, border=(1, 1, 1, 1) if kind == "fixed" else (0, 0, 0, 0))
    stepper = make_stepper(World("medium", rule, topology, cells))
    for _ in range(4):
        cells = stepped(rule, cells, kind)
        stepper.step()
        assert np.array_equal(stepper.cells(), cells)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (2, 5), (1, 40)])
def test_a_torus_may_be_smaller_than_the_neighbourhood(height, width):
    rule = Cyclic(3, 4, 3, "M")
    cells = np.random.default_rng(1).integers(0, 3, (height, width), dtype=np.uint8)
    stepper = make_stepper(World("small", rule, Topology("torus", width, height), cells))
    stepper.step()
    assert np.array_equal(stepper.cells(), stepped(rule, cells, "torus"))


def test_a_wave_of_excitation_runs_one_cell_a_step_and_dies_at_the_end():
    cells = np.zeros((1, 12), dtype=np.uint8)
    cells[0, 0] = 1
    stepper = make_stepper(World("wave", GreenbergHastings(), Topology("plane", 12, 1), cells))
    stepper.step(5)
    assert stepper.cells().tolist() == [[0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]]
    stepper.step(10)
    assert stepper.population() == 0


def test_the_text_of_a_rule_reads_back_with_its_name_and_as_mcell_has_it():
    assert Cyclic.from_text("cyclic:R2/T3/C5/NN") == Cyclic(2, 3, 5, "N")
    assert Cyclic.from_text("R2/T3/C5/NN") == Cyclic(2, 3, 5, "N")
    assert GreenbergHastings.from_text("R3/T5/C8/NM/GH") == GreenbergHastings(3, 5, 8, "M")
    for rule in (Cyclic(), GreenbergHastings()):
        assert type(rule).from_text(rule.text) == rule
    for text in ("R0/T1/C3/NM", "R1/T1/C1/NM", "R1/T1/C3/NX", "R1/T1/C3/NM/GH", "B3/S23", ""):
        with pytest.raises(UnreadableRule):
            Cyclic.from_text(text)
