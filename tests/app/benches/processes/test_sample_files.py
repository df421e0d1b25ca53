"""Samples of a process as text, as a table and as arrays: the same symbols in all."""

import csv

import numpy as np
import pytest

from app.benches.processes.sample_files import write_samples
from core.processes.zoo import process


@pytest.fixture
def golden():
    return process("golden-mean")


def test_text_table_and_arrays_hold_the_same_symbols(golden, tmp_path):
    for ending in (".txt", ".csv", ".npz"):
        write_samples(golden, 70_000, tmp_path / f"sample{ending}", seed=3)
    line = (tmp_path / "sample.txt").read_text().rstrip("\n")
    rows = list(csv.DictReader((tmp_path / "sample.csv").read_text().splitlines()))
    with np.load(tmp_path / "sample.npz") as file:
        arrays = dict(file)
    assert len(line) == len(rows) == 70_000
    assert "".join(row["symbol"] for row in rows) == line
    assert "".join(arrays["alphabet"][arrays["symbols"]]) == line
    assert [int(rows[k]["time"]) for k in (0, 65_536, 69_999)] == [1, 65_537, 70_000]


def test_states_follow_their_symbols(golden, tmp_path):
    write_samples(golden, 1000, tmp_path / "sample.csv", seed=1)
    rows = csv.DictReader((tmp_path / "sample.csv").read_text().splitlines())
    # after a 1 the golden mean is in B, after a 0 in A
    assert {(row["symbol"], row["state after"]) for row in rows} == {("0", "A"), ("1", "B")}


def test_another_seed_gives_other_symbols(golden, tmp_path):
    for seed in (0, 1):
        write_samples(golden, 200, tmp_path / f"{seed}.txt", seed=seed)
    assert (tmp_path / "0.txt").read_text() != (tmp_path / "1.txt").read_text()


def test_nothing_is_left_of_a_sample_that_was_stopped(golden, tmp_path):
    from core.progress import Cancelled, Progress

    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_samples(golden, 10, tmp_path / "sample.csv", progress=progress)
    assert list(tmp_path.iterdir()) == []
