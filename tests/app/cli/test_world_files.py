"""Worlds from files: what is damaged is refused in one sentence, what is odd but sound is read."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from app.catalogue import KINDS
from app.cli.program import run_verb
from app.cli.world import ACTIONS
from app.figures.carried import carried_study
from app.study.store import study_from_bytes

HEAD = "x = 3, y = 3, rule = B3/S23\n"
ANIMAL = {"R": 13, "T": 10, "b": "1", "m": 0.15, "s": 0.015, "kn": 1, "gn": 1}


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=True)
    return stream.getvalue()


def animals(params: object, cells: object = "o!") -> str:
    return json.dumps([{"code": "a", "params": params, "cells": cells}])


DAMAGED: dict[str, str | bytes] = {
    "empty.rle": "",
    "text.rle": "hello",
    "half-a-count.rle": HEAD + "3",
    "long-count.rle": HEAD + "9" * 5000 + "o!",
    "wide-count.rle": HEAD + "2000000000o!",
    "other-letter.rle": HEAD + "oZo!",
    "state-of-no-rule.rle": HEAD + "C!",
    "no-rule.rle": HEAD.replace("B3/S23", "Bogus") + "o!",
    "no-topology.rle": HEAD.replace("S23", "S23:Q5,5") + "o!",
    "large-torus.rle": HEAD.replace("S23", "S23:T1000000000,1000000000") + "o!",
    "child-after-parent.mc": "[M2] x\n.*$\n4 1 3 0 0\n4 1 0 0 0\n",
    "level-skipped.mc": "[M2] x\n.*$\n4 1 1 1 1\n6 2 2 2 2\n",
    "high.mc": "[M2] x\n.*$\n1000000 1 1 1 1\n",
    "wide-leaf.mc": "[M2] x\n.........*$\n",
    "no-gzip.mc.gz": b"\x1f\x8b garbage",
    "letters.cells": ".O.\nxyz\n",
    "no-number.lif": "#Life 1.06\n1 x\n",
    "far-apart.lif": "#Life 1.06\n0 0\n1000000000 1000000000\n",
    "no-place.lif": "#Life 1.05\n#P a b\n*\n",
    "empty.mcl": "",
    "no-game.mcl": "#MCell 4.00\n#GAME Nope\n#RULE 1\n#L A\n",
    "deep.json": "[" * 100_000,
    "list.json": "[1, 2, 3]",
    "params.json": animals(7),
    "cells.json": animals(ANIMAL, 7),
    "nan.json": animals(ANIMAL | {"m": float("nan")}),
    "radius.json": animals(ANIMAL | {"R": 1e300}),
    "width.json": animals(ANIMAL | {"s": 1e-300}),
    "ring.json": animals(ANIMAL | {"b": "1/0"}),
    "steps.json": animals(ANIMAL | {"T": 0}),
    "wide.json": animals(ANIMAL, "1000000o1000000$o!"),
    "promise.json": json.dumps(
        {
            "format": "macroscope-world",
            "rule": "B3/S23",
            "arrays": {"cells": {"dtype": "|u1", "shape": [2**39, 2**39], "data": ""}},
        }
    ),
    "nan.npy": npy(np.full((5, 5), np.nan)),
    "objects.npy": npy(np.array([{}, 1], dtype=object)),
    "complex.npy": npy(np.ones((3, 3), dtype=complex)),
    "cut.npy": npy(np.eye(50))[:200],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_in_one_sentence(name: str, capsys, tmp_path: Path) -> None:
    given = DAMAGED[name]
    path = tmp_path / name
    path.write_bytes(given if isinstance(given, bytes) else given.encode())
    assert run_verb(["world", str(path), "run", "--steps", "1"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert run_verb(["world", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_header_larger_than_its_pattern_says_how_large_the_pattern_is(capsys, tmp_path) -> None:
    (tmp_path / "g.rle").write_text("x = 20, y = 10, rule = B3/S23\nbob$2bo$3o!\n")
    found = ran(capsys, str(tmp_path / "g.rle"), "run", "--steps", "0", "--size", "30")
    assert found["bounding_box"] == [5, 10, 3, 3]


def test_a_header_beyond_belief_is_not_believed(capsys, tmp_path) -> None:
    (tmp_path / "g.rle").write_text("x = 1000000000, y = 1000000000\nbob$2bo$3o!\n")
    assert ran(capsys, str(tmp_path / "g.rle"), "run", "--steps", "4")["population"] == 5


def test_a_variable_may_have_a_second_name(capsys, tmp_path: Path) -> None:
    (tmp_path / "Grow.rule").write_text(
        "@RULE Grow\n@TABLE\nn_states:2\nneighborhood:vonNeumann\nsymmetries:rotate4\n"
        "var a={0,1}\nvar b=a\nvar c=a\n0,1,a,b,c,1\n"
    )
    (tmp_path / "one.rle").write_text("x = 1, y = 1, rule = Grow\nA!\n")
    assert ran(capsys, str(tmp_path / "one.rle"), "run", "--steps", "2")["population"] == 13


@pytest.mark.parametrize("ending", [".rle", ".cells", ".mc", ".mc.gz", ".lif", ".json", ".npy"])
def test_a_pattern_comes_back_from_every_format(ending: str, capsys, tmp_path: Path) -> None:
    path = str(tmp_path / f"gun{ending}")
    assert run_verb(["world", "gosper-gun", "convert", path]) == 0
    found = ran(capsys, path, "run", "--steps", "0")
    assert (found["population"], found["bounding_box"]) == (36, [0, 0, 36, 9])


def test_a_glider_goes_on_for_ten_to_the_eighteen(capsys) -> None:
    found = ran(capsys, "glider", "run", "--steps", str(10**18))
    assert found["bounding_box"] == [10**18 // 4, 10**18 // 4, 3, 3]


@pytest.mark.parametrize(
    "arguments",
    [
        ("gosper-gun", "run", "--steps", "1", "--size", "5"),
        ("soup:B3/S23:size=9,density=2", "run", "--steps", "1"),
        ("flow-lenia:drops", "run", "--steps", "1", "--noise", "0.1"),
        ("glider", "run", "--steps", "1" + "0" * 19),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], capsys) -> None:
    assert run_verb(["world", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_pattern_too_large_for_a_picture_is_drawn_smaller(tmp_path: Path) -> None:
    path = tmp_path / "gun.png"
    step = ("--step", "1000000", "--out", str(path))
    assert run_verb(["world", "gosper-gun", "render", *step]) == 0
    assert path.read_bytes()[:4] == b"\x89PNG"


def test_a_pattern_too_large_for_an_array_is_written_where_it_is(capsys, tmp_path: Path) -> None:
    path = str(tmp_path / "gun.mc")
    far = ran(capsys, "gosper-gun", "run", "--steps", str(10**9), "--out", path)
    again = ran(capsys, path, "run", "--steps", "0")
    for name in ("population", "bounding_box"):
        assert again[name] == far[name]
    assert again["centroid"] == pytest.approx(far["centroid"])


@pytest.mark.parametrize("side", [160, 256])
def test_lenia_goes_on_bit_for_bit_from_its_own_file(side: int, capsys, tmp_path: Path) -> None:
    begin, middle = tmp_path / "begin.json", tmp_path / "middle.json"
    cells = "".join("$".join(["5A20yO5A"] * 12 + ["30pA"] * 8)) + "!"
    begin.write_text(animals(ANIMAL, cells))
    size = ("--size", str(side))
    ran(capsys, str(begin), "run", "--steps", "40", *size, "--out", str(tmp_path / "whole.json"))
    ran(capsys, str(begin), "run", "--steps", "13", *size, "--out", str(middle))
    ran(capsys, str(middle), "run", "--steps", "27", "--out", str(tmp_path / "parts.json"))
    whole, parts = (json.loads((tmp_path / f"{n}.json").read_text()) for n in ("whole", "parts"))
    assert whole["arrays"] == parts["arrays"]
    assert whole["generation"] == parts["generation"] == 40


@pytest.mark.parametrize("layout", [[[3]], [[128], [0, 0, 64, 64]], [[]], [[1], [9, 9, 9]]])
def test_a_layout_that_does_not_fit_is_passed_over(layout, capsys, tmp_path: Path) -> None:
    begin, own = tmp_path / "begin.json", tmp_path / "own.json"
    begin.write_text(animals(ANIMAL, "$".join(["20yO"] * 15) + "!"))
    assert run_verb(["world", str(begin), "convert", str(own), "--size", "200"]) == 0
    record = json.loads(own.read_text())
    own.write_text(json.dumps(record | {"layout": layout}))
    expected = ran(capsys, str(begin), "run", "--steps", "20", "--size", "200")["mass"]
    assert ran(capsys, str(own), "run", "--steps", "20")["mass"] == pytest.approx(expected)


def test_a_picture_of_ours_is_a_world_and_any_other_becomes_one(capsys, tmp_path: Path) -> None:
    own = str(tmp_path / "g.png")
    assert run_verb(["world", "gosper-gun", "convert", own]) == 0
    assert ran(capsys, own, "run", "--steps", "30")["population"] == 41
    assert run_verb(["world", "gosper-gun", "render", "--step", "0", "--out", own]) == 0
    assert ran(capsys, own, "run", "--steps", "0")["mass"] > 36
    assert ran(capsys, own + "#B3/S23", "run", "--steps", "0")["population"] > 36


def test_worlds_of_the_gallery_have_their_names_there(capsys) -> None:
    assert ran(capsys, "world-glider", "run", "--steps", "4")["bounding_box"] == [1, 1, 3, 3]
    assert ran(capsys, "world-ising", "run", "--steps", "1")["size"] == [256, 256]


def test_the_name_of_a_group_is_its_first_animal(capsys, tmp_path: Path) -> None:
    entry = {"code": "a", "params": ANIMAL, "cells": "2o!"}
    groups = {"11": [entry], "233p": [entry | {"cells": "3o!"}]}
    (tmp_path / "groups.json").write_text(json.dumps(groups))
    found = ran(capsys, str(tmp_path / "groups.json#233p"), "run", "--steps", "0")
    assert found["mass"] == pytest.approx(3)


def test_an_animal_is_never_cut_to_a_size(capsys, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(animals(ANIMAL, "$".join(["20o"] * 20) + "!"))
    assert run_verb(["world", str(tmp_path / "a.json"), "run", "--steps", "1", "--size", "19"]) == 2
    assert "20 by 20 cells and does not fit on a torus of 19 by 19" in capsys.readouterr().err


def test_what_is_lost_is_said_and_the_file_is_written(capsys, tmp_path: Path) -> None:
    path = tmp_path / "h.cells"
    assert run_verb(["world", "highlife-replicator", "convert", str(path)]) == 0
    assert capsys.readouterr().err == (
        "h.cells: The rule B36/S23 is left out; it will be read as Life.\n"
    )
    assert path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("soup:", "run", "--steps", "1"),
        ("margolus:critters", "run", "--steps", "1", "--size", "31"),
        ("glider", "run", "--steps", "1", "--out", "."),
        ("world-nothing", "run", "--steps", "1"),
        ("soup:B3/S23:size=9", "run", "--steps", "1", "--size", "8"),
        ("soup:" + "B3/S23" * 1000, "run", "--steps", "1"),
        ("soup:" + "noisy(0.1):" * 400 + "B3/S23", "run", "--steps", "1"),
        ("soup:R5,C0,M1,S3..9,B3..1" + "0" * 30 + ",NM", "run", "--steps", "1"),
        ("elementary:30:width=9", "run", "--steps", "1", "--size", "8"),
        ("particle-lenia:n=9", "run", "--steps", "1", "--size", "8"),
    ],
)
def test_what_names_nothing_is_refused(arguments: tuple[str, ...], capsys) -> None:
    assert run_verb(["world", *arguments]) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.strip().splitlines())) == ("", 1)


def test_a_pattern_file_has_no_animals_to_choose_from(capsys, tmp_path: Path) -> None:
    (tmp_path / "g.rle").write_text(HEAD + "bob$2bo$3o!\n")
    assert run_verb(["world", str(tmp_path / "g.rle#3"), "run", "--steps", "1"]) == 2
    assert "holds one pattern" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_figure_carries_the_study_that_made_it(ending: str, qapp, tmp_path: Path) -> None:
    path = tmp_path / f"figure{ending}"
    step = ("--step", "12", "--out", str(path))
    assert run_verb(["world", "glider", "render", *step]) == 0
    study = carried_study(path)
    assert study is not None
    (entry,) = study_from_bytes(study, KINDS).subjects
    assert (entry.value.world.title, entry.value.at) == ("Glider", 12)


def test_the_help_names_all_that_can_be_done(capsys) -> None:
    assert run_verb(["world", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"SPEC {action} " in told for action in ACTIONS)
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize("name", ["above.rle", "above.json"])
def test_a_state_above_255_is_refused_with_its_place(name: str, capsys, tmp_path: Path) -> None:
    text = animals(ANIMAL, "yX!") if name.endswith(".json") else HEAD + "yX!"
    (tmp_path / name).write_text(text)
    assert run_verb(["world", str(tmp_path / name), "run", "--steps", "1"]) == 2
    told = capsys.readouterr().err
    assert "above 255" in told
    assert told.count("\n") == 1
