"""Arrays and pictures that say of which world they are, and what formats leave out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.formats.losses import lost_in
from core.automata.formats.pattern_file import read_world, write_world
from core.automata.formats.png_world import world_of_png
from core.automata.formats.rule_file import rule_of_file_text
from core.automata.patterns import pattern_world
from core.automata.rules.reading import rule_of
from core.automata.topology import UNBOUNDED, Topology, torus
from core.automata.world import World

GROW = """@RULE Grow
@TABLE
n_states:3
neighborhood:vonNeumann
symmetries:rotate4
var a={0,1,2}
var b={0,1,2}
var c={0,1,2}
0,2,a,b,c,1
"""


def same(one: World, other: World) -> bool:
    """Whether two worlds go on alike from alike states."""
    fields = ("rule", "topology", "generation", "seed", "origin", "palette")
    return np.array_equal(one.array, other.array) and all(
        getattr(one, name) == getattr(other, name) for name in fields
    )


def some_worlds() -> list[World]:
    rng = np.random.default_rng(5)
    glider = replace(pattern_world("glider"), origin=(-7, 3), generation=12)
    ising = World("m", rule_of("ising"), torus(9, 8), rng.integers(0, 2, (8, 9)), seed=4)
    row = World("r", rule_of("W30"), Topology("torus", 21, 1), rng.integers(0, 2, 21))
    return [glider, ising, row, pattern_world("wireworld-clock")]


@pytest.mark.parametrize("world", some_worlds(), ids=lambda world: world.rule.text[:12])
@pytest.mark.parametrize("ending", [".npy", ".png"])
def test_states_come_back_with_their_world(world: World, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"w{ending}"
    write_world(world, path)
    again = read_world(path) if ending == ".npy" else world_of_png(path)
    assert again is not None
    assert same(again, world)


def test_an_array_of_ours_is_an_array_to_numpy(tmp_path: Path) -> None:
    world = pattern_world("swift-glider")
    write_world(world, tmp_path / "w.npy")
    assert np.array_equal(np.load(tmp_path / "w.npy"), world.array)
    assert np.array_equal(np.load(tmp_path / "w.npy", mmap_mode="r"), world.array)
    assert same(read_world(tmp_path / "w.npy"), world)


def test_a_field_in_a_picture_is_exact_to_half_a_255th(tmp_path: Path) -> None:
    world = pattern_world("swift-glider")
    write_world(world, tmp_path / "w.png")
    again = world_of_png(tmp_path / "w.png")
    assert again is not None
    assert again.rule == world.rule
    assert np.abs(again.array - world.array).max() <= 0.5 / 255 + 1e-12


def test_a_dead_pattern_has_a_picture_too(tmp_path: Path) -> None:
    world = World("none", rule_of("B3/S23"), UNBOUNDED, np.zeros((0, 0), dtype=np.uint8))
    write_world(world, tmp_path / "w.png")
    again = world_of_png(tmp_path / "w.png")
    assert again is not None
    assert again.array.shape == (0, 0)


def test_an_array_takes_the_rule_that_is_told(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.eye(9))
    assert read_world(tmp_path / "a.npy").rule.text == "B3/S23"
    assert read_world(tmp_path / "a.npy", "B36/S23").rule.text == "B36/S23"
    field = read_world(tmp_path / "a.npy", "lenia:R=3,T=10;m=0.15,s=0.015")
    assert field.array.shape == (1, 9, 9)


def test_real_numbers_without_a_rule_ask_for_one(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.full((5, 5), 0.25))
    with pytest.raises(UnreadablePattern, match="say of which rule it is"):
        read_world(tmp_path / "a.npy")


@pytest.mark.parametrize("ending", [".npy", ".png"])
def test_what_is_told_of_other_cells_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"w{ending}"
    write_world(pattern_world("glider"), path)
    wrong = b'"shape": [3, 3]', b'"shape": [4, 4]'
    if ending == ".npy":
        path.write_bytes(path.read_bytes().replace(*wrong))
        with pytest.raises(UnreadablePattern, match="of other cells"):
            read_world(path)
    else:
        path.write_bytes(path.read_bytes().replace(b"IEND", b"IENX"))
        with pytest.raises(UnreadablePattern, match="a checksum in it is wrong"):
            world_of_png(path)


def test_a_named_rule_goes_along_with_its_pattern(tmp_path: Path) -> None:
    rule = rule_of_file_text(GROW, "Grow.rule")
    cells = np.array([[0, 2], [1, 0]], dtype=np.uint8)
    for ending in (".rle", ".mc", ".mc.gz"):
        folder = tmp_path / ending[1:].replace(".", "-")
        folder.mkdir()
        write_world(World("g", rule, UNBOUNDED, cells), folder / f"g{ending}")
        again = read_world(folder / f"g{ending}")
        assert again.rule == rule
        assert np.array_equal(again.array, cells)


def test_a_named_rule_does_not_take_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "Grow.rule").write_text(GROW.replace("n_states:3", "n_states:4"))
    rule = rule_of_file_text(GROW, "Grow.rule")
    with pytest.raises(AutomataError, match=r"Grow\.rule would be found, which is another rule"):
        write_world(World("g", rule, UNBOUNDED, np.eye(2, dtype=np.uint8)), tmp_path / "g.rle")
    assert not (tmp_path / "g.rle").exists()


@pytest.mark.parametrize("ending", [".rle", ".lif", ".npy", ".json"])
def test_a_pattern_of_a_macrocell_keeps_its_place(ending: str, tmp_path: Path) -> None:
    world = replace(pattern_world("gosper-gun"), origin=(-20, 33))
    write_world(world, tmp_path / "g.mc")
    write_world(read_world(tmp_path / "g.mc"), tmp_path / f"g{ending}")
    again = read_world(tmp_path / f"g{ending}")
    box = again.cells.bounding_box()[:2] if ending == ".json" else again.origin
    assert box == (-20, 33)


@pytest.mark.parametrize(
    ("ending", "lost"),
    [(".rle", 0), (".mc", 0), (".json", 0), (".npy", 0), (".png", 0), (".cells", 4), (".lif", 3)],
)
def test_what_a_format_leaves_out_is_told(ending: str, lost: int) -> None:
    high = rule_of("B36/S23")
    world = World("h", high, UNBOUNDED, np.eye(3, dtype=np.uint8), generation=3, origin=(1, 2))
    board = World("h", high, torus(3, 3), np.eye(3, dtype=np.uint8), generation=3)
    told = {*lost_in(world, f"w{ending}"), *lost_in(board, f"w{ending}")}
    assert len(told) == lost


def test_a_picture_that_ends_early_is_told(tmp_path: Path) -> None:
    write_world(pattern_world("glider"), tmp_path / "w.png")
    data = (tmp_path / "w.png").read_bytes()
    for length in (9, len(data) // 2, len(data) - 12):
        (tmp_path / "w.png").write_bytes(data[:length])
        with pytest.raises(UnreadablePattern, match=r"ends before its pixels|a checksum"):
            world_of_png(tmp_path / "w.png")


def test_an_array_of_an_old_numpy_is_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.eye(4, dtype=np.uint8))
    data = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(data.replace(b"(4, 4), }  ", b"(4L, 4L), }"))
    assert int(read_world(tmp_path / "a.npy").array.sum()) == 4
