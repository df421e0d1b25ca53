"""Cellular worlds from the command line, told as JSON or in one sentence."""

import json
from pathlib import Path

import pytest

from app.cli.program import run_verb

GLIDER = "x = 3, y = 3, rule = B3/S23:T24,16\nbob$2bo$3o!\n"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert run_verb(["world", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_glider_comes_one_cell_further_in_four_steps(capsys) -> None:
    found = ran(capsys, "glider", "run", "--steps", "40")
    assert (found["population"], found["bounding_box"]) == (5, [10, 10, 3, 3])
    assert found["displacement"] == pytest.approx([10, 10])


def test_displacement_on_a_torus_is_unwrapped(capsys, tmp_path: Path) -> None:
    (tmp_path / "g.rle").write_text(GLIDER)
    options = ("--steps", "100", "--every", "50", "--measure", "population,displacement")
    found = ran(capsys, str(tmp_path / "g.rle"), "run", *options)
    assert found["displacement"] == pytest.approx([25, 25])
    assert found["series"]["population"] == [5, 5, 5]


def test_size_puts_the_pattern_in_the_middle_of_a_torus(capsys) -> None:
    found = ran(capsys, "glider", "run", "--steps", "0", "--size", "20x30")
    assert (found["size"], found["bounding_box"]) == ([20, 30], [13, 8, 3, 3])


def test_rule_30_has_the_row_population_of_the_literature(capsys) -> None:
    found = ran(capsys, "elementary:30:width=601", "run", "--steps", "100")
    assert found["population"] == 103  # Wolfram (1983)


def test_the_same_seed_gives_the_same_noisy_run(capsys) -> None:
    soup = ("soup:B3/S23:size=40x50,density=0.3", "run", "--steps", "30", "--noise", "0.01")
    first, again, other = (ran(capsys, *soup, "--seed", seed) for seed in ("1", "1", "2"))
    assert first["population"] == again["population"] != other["population"]


def test_a_run_written_in_the_middle_goes_on_the_same(capsys, tmp_path: Path) -> None:
    soup = ("soup:B3/S23:size=40,density=0.3", "run", "--noise", "0.01", "--seed", "3")
    whole = ran(capsys, *soup, "--steps", "20")
    middle = str(tmp_path / "middle.json")
    ran(capsys, *soup, "--steps", "12", "--out", middle)
    assert ran(capsys, middle, "run", "--steps", "8")["population"] == whole["population"]


def test_films_and_pictures_are_written(capsys, tmp_path: Path) -> None:
    film, history = tmp_path / "f.gif", tmp_path / "h.png"
    ran(capsys, "brians-brain", "run", "--steps", "5", "--every", "1", "--film", str(film))
    assert run_verb(["world", "rule-90", "render", "--step", "20", "--out", str(history)]) == 0
    assert film.read_bytes()[:6] == b"GIF89a"
    assert history.read_bytes()[1:4] == b"PNG"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing", "run", "--steps", "1"),
        ("missing.rle", "run", "--steps", "1"),
        ("glider", "run", "--steps", "-1"),
        ("glider", "run", "--steps", "1", "--size", "99999999"),
        ("glider", "run", "--steps", "1", "--measure", "beauty"),
        ("glider", "run", "--steps", "1", "--noise", "0.1"),
        ("soup:B9/S:size=10", "run", "--steps", "1"),
        ("soup:B3/S23:size=10,density=x", "run", "--steps", "1"),
        ("elementary:999", "run", "--steps", "1"),
        ("margolus:none", "run", "--steps", "1"),
        ("particle-lenia:n=0", "run", "--steps", "1"),
        ("flow-lenia:none", "run", "--steps", "1"),
        ("glider", "convert", "x.doc"),
        ("glider", "render", "--step", "1", "--out", "x.doc"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_status_2(capsys, arguments) -> None:
    assert run_verb(["world", *arguments]) == 2
    assert capsys.readouterr().err.strip().count("\n") == 0


def test_a_film_has_a_frame_for_each_sample_and_its_marks(qapp, capsys, tmp_path: Path) -> None:
    film = ("run", "--steps", "6", "--every", "2", "--film")
    ran(capsys, "glider", *film, str(tmp_path / "f.png"), "--film-marks", "label,box")
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        f"f-{number:04d}.png" for number in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize("spec", ["rule-30", "particle-lenia:n=9", "swift-glider", "critters"])
def test_every_kind_of_world_has_a_film(spec: str, capsys, tmp_path: Path) -> None:
    ran(capsys, spec, "run", "--steps", "2", "--every", "1", "--film", str(tmp_path / "f.gif"))
    data = (tmp_path / "f.gif").read_bytes()
    assert data.count(b"\x21\xf9\x04\x04") == 3
    assert data[-1:] == b"\x3b"


def test_a_film_that_cannot_be_is_refused_before_the_run(capsys, tmp_path: Path) -> None:
    for wrong in ("f.avi", "f.gif --film-marks frame", "f.gif --film-rate 0"):
        name, *options = wrong.split()
        arguments = ("glider", "run", "--steps", "1", "--film", str(tmp_path / name), *options)
        assert run_verb(["world", *arguments]) == 2
        told = capsys.readouterr()
        assert (told.out, told.err.strip().count("\n")) == ("", 0)
    assert not list(tmp_path.iterdir())
