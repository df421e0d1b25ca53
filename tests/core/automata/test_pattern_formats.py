"""Files of patterns: read as other programs write them, written so that they read back."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.automata.errors import UnreadablePattern
from core.automata.formats.animals import (
    animal_world,
    animals_of_text,
    chosen_animal,
    field_of_runs,
    runs_of_field,
    text_of_animal,
)
from core.automata.formats.life_files import world_of_life_file
from core.automata.formats.pattern_file import read_world, write_world
from core.automata.formats.plaintext import world_of_plaintext
from core.automata.formats.rle import rle_of_world, runs_of_cells, world_of_rle
from core.automata.patterns import PATTERNS
from core.automata.quadtree import Quadtree
from core.automata.rules.generations import Generations
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from core.automata.world_run import run_world
from core.errors import MacroscopeError
from tests.core.automata import pattern_files as files
from tests.core.networks.strategies import patient

GLIDER = np.array([[0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=np.uint8)

TEXTS = {
    "a.rle": files.GLIDER_RLE,
    "b.rle": files.STATES_RLE,
    "c.rle": files.TORUS_RLE,
    "a.cells": files.GLIDER_CELLS,
    "a.lif": files.GLIDER_105,
    "b.lif": files.GLIDER_106,
    "a.mcl": files.BLOCK_MCL,
    "a.mc": files.GLIDER_MC,
    "b.mc": files.WIRES_MC,
    "a.json": files.ANIMALS_JSON,
    "Wires.rule": files.WIRES_RULE,
}


@pytest.mark.parametrize("name", ["a.rle", "a.cells", "a.lif", "b.lif"])
def test_the_glider_is_read_from_every_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXTS[name])
    assert np.array_equal(read_world(tmp_path / name).array, GLIDER)


def test_letters_of_one_and_two_signs_name_256_states() -> None:
    world = world_of_rle(files.STATES_RLE, "x.rle")
    assert world.array.tolist() == [[24, 25, 48, 49, 240, 241, 255]]


def test_a_bounded_pattern_lies_where_its_extended_header_says() -> None:
    world = world_of_rle(files.TORUS_RLE, "x.rle")
    assert world.generation == 12
    assert np.array_equal(world.array[6:9, 10:13], GLIDER)


def test_a_file_of_mcell_has_its_board_and_states(tmp_path: Path) -> None:
    (tmp_path / "a.mcl").write_text(files.BLOCK_MCL)
    world = read_world(tmp_path / "a.mcl")
    assert (world.rule, world.topology) == (Generations("2", "345", 4), torus(40, 30))
    assert sorted(world.array[world.array > 0].tolist()) == [1, 1, 1, 2]


def test_a_macrocell_file_is_a_tree_about_its_centre(tmp_path: Path) -> None:
    (tmp_path / "a.mc").write_text(files.GLIDER_MC)
    world = read_world(tmp_path / "a.mc")
    assert isinstance(world.cells, Quadtree)
    assert (world.generation, world.cells.population()) == (7, 3)


def test_a_rule_is_found_beside_the_pattern(tmp_path: Path) -> None:
    (tmp_path / "Wires.rule").write_text(files.WIRES_RULE)
    (tmp_path / "w.rle").write_text("x = 2, y = 1, rule = Wires\nAB!\n")
    assert run_world(read_world(tmp_path / "w.rle"), 1).world.array.tolist() == [[2, 3]]


def test_animals_of_every_year_are_read() -> None:
    animals = animals_of_text(files.ANIMALS_JSON, "animals.json")
    orb, two, cube = (animal_world(each, "animals.json") for each in animals)
    assert orb.rule.text == "lenia:R=13,T=10;m=0.15,s=0.015"
    # M and D are 13 and 4; qL is 24 + 12 + 25 - 1 ... counted from pA = 25
    assert float(orb.array.sum() * 255) == pytest.approx(13 + 4 + 60 + 35 + 53 + 54 + 255)
    assert two.array.shape[0] == 2
    assert (cube.array.ndim, float(cube.array.sum())) == (4, 4.0)


def test_an_animal_is_chosen_by_code_or_by_position() -> None:
    animals = animals_of_text(files.ANIMALS_JSON, "animals.json")
    assert chosen_animal(animals, "two", "a") is chosen_animal(animals, "2", "a")


@patient
@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12))),
    st.integers(-50, 50),
    st.integers(0, 99),
)
def test_a_pattern_of_256_states_survives_rle(cells: np.ndarray, x: int, step: int) -> None:
    world = World("p", Generations("2", "", 256), UNBOUNDED, cells, step, origin=(x, -x))
    text = rle_of_world(world)
    back = world_of_rle(text, "p.rle")
    seen = np.zeros_like(cells)
    seen[: back.array.shape[0], : back.array.shape[1]] = back.array
    assert np.array_equal(seen, cells)
    assert (back.rule, back.generation, back.origin) == (world.rule, step, (x, -x))
    assert max(map(len, text.split("\n"))) <= 70


@patient
@given(arrays.arrays(np.uint8, st.tuples(*[st.integers(1, 6)] * 3)))
def test_fields_survive_the_runs_of_animals(states: np.ndarray) -> None:
    field = states / 255
    assert np.array_equal(field_of_runs(runs_of_field(field), "x")[: states.shape[0]], field) or (
        states.shape[0] == 1
    )


def test_an_animal_survives_its_file() -> None:
    animals = animals_of_text(files.ANIMALS_JSON, "animals.json")
    world = animal_world(animals[1], "animals.json")
    again = animal_world(animals_of_text(text_of_animal(world), "x")[0], "x")
    assert again.rule == world.rule
    assert np.array_equal(again.array, world.array)


@pytest.mark.parametrize("ending", [".rle", ".mc", ".mc.gz", ".json", ".cells", ".lif"])
def test_life_goes_on_from_whatever_it_was_written_in(tmp_path: Path, ending: str) -> None:
    gun = next(each for each in PATTERNS if each.name == "gosper-gun").build()
    write_world(gun, tmp_path / f"gun{ending}")
    found = run_world(read_world(tmp_path / f"gun{ending}"), 300)
    assert found.population == 86  # reference, section 3.1


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: each.name)
def test_a_world_of_the_library_survives_its_record(tmp_path: Path, pattern: object) -> None:
    world = pattern.build()  # type: ignore[attr-defined]
    write_world(world, tmp_path / "w.json")
    back = read_world(tmp_path / "w.json")
    for name in ("name", "rule", "topology", "generation", "seed", "origin", "notes", "palette"):
        assert getattr(back, name) == getattr(world, name)
    assert np.array_equal(back.array, world.array)


def test_a_field_survives_its_record_to_the_last_bit(tmp_path: Path) -> None:
    animals = animals_of_text(files.ANIMALS_JSON, "animals.json")
    world = run_world(animal_world(animals[0], "a", 64), 5, precision="float64").world
    write_world(world, tmp_path / "w.json")
    assert read_world(tmp_path / "w.json").array.tobytes() == world.array.tobytes()


def test_a_broken_file_tells_its_line_and_column() -> None:
    with pytest.raises(UnreadablePattern) as found:
        world_of_rle("x = 3, y = 3\nbob$\n2?o!", "x.rle")
    assert (found.value.line, found.value.column) == (3, 1)


def test_huge_counts_are_refused_before_memory_is_taken() -> None:
    with pytest.raises(MacroscopeError):
        world_of_rle("x = 3, y = 3\n1999999999o$1999999999o!", "x.rle")


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_mutated_files_are_read_or_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    random = np.random.default_rng(len(name) + sum(map(ord, name)))
    whole = TEXTS[name].encode()
    for _ in range(20):
        data = bytearray(whole)
        for _ in range(int(random.integers(1, 5))):
            at = int(random.integers(0, len(data)))
            kind = int(random.integers(0, 4))
            if kind == 0:
                data[at] = int(random.integers(0, 256))
            elif kind == 1:
                del data[at : at + int(random.integers(1, 20))]
            elif kind == 2:
                data[at:at] = data[: int(random.integers(1, 30))]
            else:
                data[at:at] = str(int(random.integers(0, 10**12))).encode()
            data = data or bytearray(b"x")
        (tmp_path / name).write_bytes(bytes(data))
        _read_or_refused(tmp_path / name)


def _read_or_refused(path: Path) -> None:
    from core.automata.formats.rule_file import read_rule_file

    try:
        read_rule_file(path) if path.suffix == ".rule" else read_world(path)
    except MacroscopeError as error:
        assert str(error).strip()


@pytest.mark.parametrize(
    "array", [np.array([{}], dtype=object), np.array([[np.nan]]), np.array([["a"]]), np.zeros(0)]
)
def test_an_array_that_is_no_world_is_refused(tmp_path: Path, array: np.ndarray) -> None:
    np.save(tmp_path / "a.npy", array, allow_pickle=True)
    with pytest.raises(MacroscopeError):
        read_world(tmp_path / "a.npy")


def test_an_array_whose_head_promises_more_than_there_is_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.zeros((2, 2), dtype=np.uint8))
    data = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(data.replace(b"(2, 2)", b"(9999999, 9999999)")[: len(data)])
    with pytest.raises(MacroscopeError):
        read_world(tmp_path / "a.npy")


def test_a_million_short_lines_are_read_as_cells() -> None:
    world = world_of_plaintext("!Name: comb\n" + "O\n.\n" * 500_000, "comb.cells")
    assert world.array.shape == (1_000_000, 1)
    assert int(world.array.sum()) == 500_000
    assert world.title == "comb"


def test_a_strange_letter_is_told_with_its_place() -> None:
    with pytest.raises(UnreadablePattern, match=r"line 3, column 2: 'x' is no cell"):
        world_of_plaintext("!x\nOO\n.x\n", "a.cells")


@pytest.mark.parametrize("line", ["1", "1 2 3", "a 2", "1.5 2", "99999999999999999999 1"])
def test_a_line_that_is_no_place_is_told(line: str) -> None:
    with pytest.raises(UnreadablePattern, match="line 3, column 1"):
        world_of_life_file(f"#Life 1.06\n0 0\n{line}\n", "a.lif")


def test_runs_end_with_the_last_cell_that_lives() -> None:
    cells = np.zeros((4, 9), dtype=np.uint8)
    cells[0, 2:4] = cells[3, 8] = 1
    assert runs_of_cells(cells, True) == "2b2o3$8bo!"
    assert runs_of_cells(np.zeros((3, 3), dtype=np.uint8), True) == "!"
