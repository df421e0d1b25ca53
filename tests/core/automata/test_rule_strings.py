"""Rule strings of every family are read, and written so that they read back."""

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadableRule
from core.automata.formats.rule_file import rule_of_file_text
from core.automata.rules.generations import Generations
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.rules.reading import rule_and_topology, rule_of
from core.automata.topology import UNBOUNDED, Topology, topology_of
from tests.core.automata.pattern_files import WIRES_RULE


@pytest.mark.parametrize("text", ["B3/S23", "b3/s23", "b3s23", "23/3", "S23/B3", "Life", ""])
def test_conways_rule_is_known_in_all_its_spellings(text: str) -> None:
    assert rule_of(text) == LIFE


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("/2/3", Generations("2", "", 3)),
        ("B2/S345/C4", Generations("2", "345", 4)),
        ("B2/S34H", LifeLike("2", "34", "H")),
        ("5,34,45,34,58", LargerThanLife(5, 2, True, (34, 58), (34, 45))),
        ("R7,C0,M1,S65..114,B65..95,NM", LargerThanLife(7, 2, True, (65, 114), (65, 95))),
    ],
)
def test_each_family_has_its_form(text: str, rule: object) -> None:
    assert rule_of(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "B2ce3/S23-a",
        "B2/S34V",
        "345/2/4",
        "R5,C4,M0,S34..58,B34..45,NC",
        "W110",
        "margolus:critters",
        "cyclic:R1/T3/C3/NM",
        "noisy(0.01):B3/S23",
        "asynchronous(0.5):B36/S23",
        "totalistic:code=777,states=3,radius=1,outer=0",
        "lenia:R=13,T=10;m=0.15,s=0.015",
    ],
)
def test_a_rule_written_reads_back_as_itself(text: str) -> None:
    rule = rule_of(text)
    assert rule_of(rule.text) == rule


@pytest.mark.parametrize(
    "text", ["B9/S23", "B3z/S2", "foo", "R5", "W256", "B3/S23/1000", "noisy(2):B3/S23", "lenia:"]
)
def test_what_is_no_rule_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UnreadableRule):
        rule_of(text)


def test_letters_left_out_and_letters_named_are_the_same_rule() -> None:
    # two neighbours have the six letters c e a i k n
    assert rule_of("B2-a/S") == rule_of("B2ceikn/S")


def test_letters_of_a_number_together_are_that_number() -> None:
    # and the letters of four neighbours are 13, which is all 70 of their arrangements
    assert rule_of("B4ceaiknjqrytwz/S") == rule_of("B4/S")
    assert int(rule_of("B4/S").table.sum()) == 70  # type: ignore[attr-defined]


def test_the_neighbourhoods_of_hensels_letters_have_their_known_numbers() -> None:
    # 2c: two corners on one side (4); 2n: opposite corners (2); 4c: all corners (1)
    counts = {name: int(LifeLike(name, "").table.sum()) for name in ("2c", "2n", "4c", "3i")}
    assert counts == {"2c": 4, "2n": 2, "4c": 1, "3i": 4}


@pytest.mark.parametrize(
    ("suffix", "topology"),
    [
        ("", UNBOUNDED),
        (":T24,16", Topology("torus", 24, 16)),
        (":T24+5,16", Topology("torus", 24, 16, 5, "x")),
        (":P30", Topology("plane", 30, 30)),
        (":T0,16", Topology("tube", 0, 16)),
        (":K20*,20", Topology("klein", 20, 20, 0, "x")),
        (":C40,20", Topology("cross-surface", 40, 20)),
        (":S30", Topology("sphere", 30, 30)),
    ],
)
def test_a_suffix_names_the_topology_and_is_written_alike(suffix: str, topology: Topology) -> None:
    assert rule_and_topology("B3/S23" + suffix) == (LIFE, topology)
    assert topology_of(topology.text) == topology


@pytest.mark.parametrize("suffix", [":T2*,3", ":K20*,20*", ":T5+1,5+1", ":C0,3", ":S3,4"])
def test_sides_that_do_not_fit_are_refused(suffix: str) -> None:
    with pytest.raises(AutomataError):
        rule_and_topology("B3/S23" + suffix)


def test_a_table_with_variables_and_symmetries_decides_as_written() -> None:
    rule = rule_of_file_text(WIRES_RULE, "Wires.rule")
    around = (0, 3, 1, 2, 0, 0, 3, 1)
    assert [rule.value((state, *around)) for state in range(4)] == [0, 2, 3, 3]
    assert rule.palette[1] == "#0080ff"


def test_a_life_table_equals_lifes_rule_on_every_neighbourhood() -> None:
    others = ",".join("bcdefghi")
    lines = ["@RULE T", "@TABLE", "n_states:2", "neighborhood:Moore", "symmetries:permute"]
    lines += [f"var {name}={{0,1}}" for name in "abcdefghi"]
    lines += ["a,1,1,1,0,0,0,0,0,1", "1,1,1,0,0,0,0,0,0,1", f"a,{others},0"]
    rule = rule_of_file_text("\n".join(lines), "T.rule")
    for index in range(512):
        cells = np.array([index >> (8 - k) & 1 for k in range(9)]).reshape(3, 3)
        asked = tuple(int(cells[1 + dy, 1 + dx]) for dx, dy in rule.offsets)
        assert rule.value(asked) == LIFE.table[index]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lenia", "has numbers after its name, as in lenia:R=13,T=10;m=0.15,s=0.015"),
        ("lenia:R=13,T=10,m=0.15,s=0.015", "'m=0.15' is of a kernel, after a semicolon, as in"),
        ("lenia:R=13,T=10;R=9", "'R=9' is of the whole rule, before the first semicolon, as in"),
        ("lenia:R=13,T=10;m=0.15,x=1", "'x=1' has no meaning in a kernel of Lenia; its numbers"),
        ("flow-lenia", "needs more than its name: flow-lenia:drops"),
        ("Margolus", "needs more than its name: margolus:critters"),
        ("particle-lenia:mu=1", "^particle-lenia knows no 'mu'; its numbers are mu_k"),
        ("ising:2.3", "'2.3' in a rule of ising is not written as name=number"),
    ],
)
def test_a_rule_that_cannot_be_read_says_how_it_is_written(text, said):
    with pytest.raises(UnreadableRule, match=said):
        rule_of(text)
