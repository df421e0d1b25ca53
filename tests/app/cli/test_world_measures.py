"""Measures of a run and the process of a cell, from the command line."""

import csv
import json

import numpy as np
import pytest

from app.main import main


def answered(capsys, *arguments):
    """Return status, JSON and errors of a command."""
    status = main(["world", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, json.loads(out) if status == 0 else out, err


def test_measures_of_the_registry_are_sampled_beside_the_simple_ones(capsys):
    status, found, _ = answered(
        capsys, "glider", "run", "--steps", 12, "--every", 4, "--size", 32,
        "--measure", "population,centroid,components,activity,period",
    )  # fmt: skip
    assert status == 0
    series = found["series"]
    assert series["population"] == [5, 5, 5, 5]
    assert series["components"] == [1, 1, 1, 1]
    assert series["activity"] == [None, *[4 / 1024] * 3]
    assert series["period"] == [None, 4, 4, 4]
    assert len(series["centroid"][0]) == 2


def test_samples_are_written_as_a_table(capsys, tmp_path):
    path = tmp_path / "series.csv"
    status, _, _ = answered(
        capsys, "glider", "run", "--steps", 8, "--every", 2, "--size", 16,
        "--measure", "population,centroid,gyradius", "--series", path,
    )  # fmt: skip
    assert status == 0
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [row["step"] for row in rows] == ["0", "2", "4", "6", "8"]
    assert {row["population"] for row in rows} == {"5"}
    assert {"centroid_x", "centroid_y", "gyradius"} <= set(rows[0])
    arrays = path.with_suffix(".npz")
    answered(capsys, "glider", "run", "--steps", 8, "--every", 2, "--measure", "speed",
             "--series", arrays)  # fmt: skip
    with np.load(arrays) as kept:
        assert kept["step"].tolist() == [0, 2, 4, 6, 8]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [(["--measure", "weight"], "There is no measure"), (["--measure", "growth"], "not measured"),
     (["--series", "x.txt"], "no table")],
)  # fmt: skip
def test_what_cannot_be_sampled_is_said_in_a_sentence(capsys, more, sentence):
    status, _, error = answered(capsys, "glider", "run", "--steps", 4, *more)
    assert status == 2
    assert sentence in error
    assert len(error.strip().splitlines()) == 1


def test_the_process_of_a_cell_is_estimated_and_written(capsys, tmp_path):
    symbols, machine = tmp_path / "column.txt", tmp_path / "column.json"
    status, found, _ = answered(
        capsys, "elementary:30:width=401", "column", "--steps", 1000,
        "--symbols", symbols, "--out", machine,
    )  # fmt: skip
    assert status == 0
    assert symbols.read_text().startswith("1101110011000101100100111010111")
    assert found["cell"] == [200, 0]
    assert sum(found["counts"].values()) == 1000
    assert json.loads(machine.read_text())["alphabet"] == ["0", "1"]


@pytest.mark.parametrize(
    "more", [["--x", "900"], ["--skip", "-3"], ["--steps", "10"], ["--out", "machine.xyz"]]
)
def test_a_cell_that_cannot_be_followed_is_refused_in_a_sentence(capsys, more):
    status, _, error = answered(capsys, "elementary:30:width=41", "column", *more)
    assert status == 2
    assert error.strip()
    assert "Traceback" not in error
