import csv

import numpy as np
import pytest

from core.processes.belief_files import (
    write_cloud,
    write_density,
    write_mixed_states,
    write_tree,
)
from core.processes.chaos_game import sample_steps
from core.processes.density import BeliefDensity
from core.processes.errors import ProcessError
from core.processes.word import belief_after, word_probability
from core.processes.zoo import process
from core.progress import Cancelled, Progress


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_cloud_is_the_same_in_text_and_in_binary(tmp_path):
    model = process("mess3")
    write_cloud(tmp_path / "cloud.csv", model, 3000)
    write_cloud(tmp_path / "cloud.npz", model, 3000)
    beliefs, symbols = sample_steps(model, 3000)
    with np.load(tmp_path / "cloud.npz") as kept:
        assert (kept["beliefs"] == beliefs).all()
        assert (kept["symbols"] == symbols).all()
        assert kept["states"].tolist() == list(model.states)
    rows = rows_of(tmp_path / "cloud.csv")
    assert [float(row["Pr(B)"]) for row in rows] == beliefs[:, 1].tolist()
    assert [row["symbol"] for row in rows] == [model.alphabet[x] for x in symbols]


def test_a_tree_lists_every_word_with_its_probability_and_belief(tmp_path):
    model = process("golden-mean")
    write_tree(tmp_path / "tree.csv", model, 4)
    rows = rows_of(tmp_path / "tree.csv")
    assert [len([row for row in rows if row["length"] == str(n)]) for n in range(5)] == [
        1,
        2,
        3,
        5,
        8,
    ]
    for row in rows:
        assert float(row["probability"]) == pytest.approx(word_probability(model, row["word"]))
        assert float(row["Pr(B)"]) == pytest.approx(belief_after(model, row["word"])[1])
    write_tree(tmp_path / "tree.npz", model, 4)
    with np.load(tmp_path / "tree.npz") as kept:
        assert np.bincount(kept["length"]).tolist() == [1, 2, 3, 5, 8]
        assert kept["beliefs"].shape == (19, 2)


def test_a_density_lists_the_pixels_that_were_visited(tmp_path):
    density = BeliefDensity(process("mess3"), size=32)
    density.add(10_000)
    write_density(tmp_path / "density.npz", density)
    write_density(tmp_path / "density.csv", density)
    with np.load(tmp_path / "density.npz") as kept:
        assert (kept["counts"] == density.counts).all()
        assert kept["probability"].sum() == pytest.approx(1.0)
    rows = rows_of(tmp_path / "density.csv")
    assert sum(int(row["count"]) for row in rows) == density.inside
    assert len(rows) == np.count_nonzero(density.counts)


def test_mixed_states_come_with_where_each_symbol_leads(tmp_path):
    write_mixed_states(tmp_path / "states.csv", process("rrxor"))
    write_mixed_states(tmp_path / "states.npz", process("rrxor"))
    rows = rows_of(tmp_path / "states.csv")
    assert len(rows) == 36 and sum(int(row["recurrent"]) for row in rows) == 5
    with np.load(tmp_path / "states.npz") as kept:
        assert kept["next"].tolist() == [[int(r["next(0)"]), int(r["next(1)"])] for r in rows]


def test_what_cannot_be_is_refused_and_nothing_half_is_left(tmp_path):
    with pytest.raises(ProcessError, match=r"use \.csv or \.npz"):
        write_tree(tmp_path / "tree.doc", process("even"), 2)
    with pytest.raises(ProcessError, match="holds at most"):
        write_cloud(tmp_path / "cloud.csv", process("even"), 10**9)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_cloud(tmp_path / "cloud.npz", process("even"), 10**6, progress=progress)
    assert not list(tmp_path.iterdir())
