"""Ensembles: what is refused, records and files that give them back bit for bit."""

import io
import zipfile

import numpy as np
import pytest

from core.boundaries.ensemble import Ensemble, check_values
from core.boundaries.ensemble_file import read_ensemble, write_ensemble
from core.boundaries.errors import BoundaryError, TooManyValues, UnreadableEnsemble


def some(**more: object) -> Ensemble:
    random = np.random.default_rng(1)
    parts = {part: random.integers(0, 2, (5, 4, 2), dtype=np.uint8) for part in "VPE"}
    given = {
        **parts,
        "A": random.normal(size=(5, 4, 1)),
        "times": np.arange(4) * 3,
        "seeds": np.arange(5) + 7,
        "lag": 3,
        "labels": {"A": ("mean",)},
        "mask": np.tile(np.arange(5, dtype=np.uint8), (3, 1)),
        "frame": random.random((3, 5)).astype(np.float32),
    }
    return Ensemble("some", **{**given, **more})  # type: ignore[arg-type]


def same(one: Ensemble, other: Ensemble) -> bool:
    first, second = one.to_record(), other.to_record()
    return first[0] == second[0] and all(
        np.array_equal(first[1][name], second[1][name])
        and first[1][name].dtype == second[1][name].dtype
        for name in first[1]
    )


def test_what_is_left_out_has_usual_values():
    bits = np.zeros((3, 6, 1), dtype=bool)
    nothing = np.empty((3, 6, 0), dtype=np.uint8)
    ensemble = Ensemble("bits", bits, nothing, nothing, bits)
    assert ensemble.times.tolist() == [0, 1, 2, 3, 4, 5]
    assert ensemble.seeds.tolist() == [0, 1, 2]
    assert ensemble.labels == {"V": ("V0",), "A": (), "P": (), "E": ("E0",)}
    assert (ensemble.trajectories, ensemble.length, ensemble.spacing) == (3, 6, 1)
    assert ensemble.is_symbolic and not some().is_symbolic


def test_arrays_cannot_be_written_to():
    with pytest.raises(ValueError):
        some().V[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"V": np.zeros((5, 3, 1), np.uint8)}, "trajectories"),
        ({"V": np.zeros((5, 4, 0), np.uint8)}, "at least one feature"),
        ({"A": np.full((5, 4, 1), np.nan)}, "finite"),
        ({"A": np.array([["a"] * 4] * 5)}, "neither symbols"),
        ({"A": np.zeros(5)}, "dimensions"),
        ({"times": np.array([0, 1, 3, 4])}, "same number"),
        ({"times": np.arange(3)}, "one for each time"),
        ({"seeds": np.arange(5) / 2}, "whole numbers"),
        ({"labels": {"V": ("one",)}}, "labels"),
        ({"mask": np.full((3, 5), 5)}, "0 to 4"),
        ({"frame": np.zeros((2, 2))}, "same size"),
        ({"lag": 0}, "lag"),
    ],
)
def test_what_makes_no_sense_is_told(change: dict[str, object], told: str):
    with pytest.raises(BoundaryError, match=told):
        some(**change)


def test_too_many_values_are_refused():
    with pytest.raises(TooManyValues, match="268,435,456 values"):
        check_values(2**14, 2**14, 1)


def test_a_record_gives_it_back():
    assert same(Ensemble.from_record(*some().to_record()), some())


def test_a_file_gives_it_back(tmp_path):
    write_ensemble(some(note="für mich"), tmp_path / "some.npz")
    assert same(read_ensemble(tmp_path / "some.npz"), some(note="für mich"))


def test_a_file_of_somebody_else_needs_the_parts_only(tmp_path):
    bits = np.zeros((3, 6), dtype=np.int32)
    np.savez(tmp_path / "other.npz", V=bits, E=bits)
    found = read_ensemble(tmp_path / "other.npz")
    assert (found.name, found.features("A"), found.features("V")) == ("other", 0, 1)


@pytest.mark.parametrize(
    "members",
    [
        {"V": np.zeros((2, 2, 1))},
        {"V": np.zeros((2, 2, 1)), "E": np.array([["a", "b"], ["c", "d"]])},
        {"V": np.zeros((2, 2, 1)), "E": np.zeros((2, 3, 1))},
        {"V": np.zeros(()), "E": np.zeros(())},
        {"V": np.zeros((2, 2)), "E": np.zeros((2, 2)), "about": np.zeros(3, np.uint8)},
        {"V": np.zeros((2, 2)), "E": np.zeros((2, 2)), "about": np.frombuffer(b"[]", np.uint8)},
    ],
)
def test_other_arrays_are_refused_in_a_sentence(tmp_path, members: dict[str, np.ndarray]):
    np.savez(tmp_path / "bad.npz", **members)
    with pytest.raises(UnreadableEnsemble, match=r"bad\.npz"):
        read_ensemble(tmp_path / "bad.npz")


def test_damaged_files_are_refused(tmp_path):
    path = tmp_path / "some.npz"
    with pytest.raises(UnreadableEnsemble):
        read_ensemble(path)
    write_ensemble(some(), path)
    whole = path.read_bytes()
    for cut in range(0, len(whole), 97):
        path.write_bytes(whole[:cut])
        with pytest.raises(UnreadableEnsemble):
            read_ensemble(path)
    random = np.random.default_rng(2)
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[random.integers(len(whole))] ^= int(random.integers(1, 256))
        path.write_bytes(bytes(damaged))
        try:
            read_ensemble(path)
        except UnreadableEnsemble:
            pass


def test_a_header_that_promises_too_much_is_refused(tmp_path):
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        head, {"descr": "<f8", "fortran_order": False, "shape": (10**9, 10**3)}
    )
    with zipfile.ZipFile(tmp_path / "big.npz", "w") as archive:
        archive.writestr("V.npy", head.getvalue())
        archive.writestr("E.npy", head.getvalue())
    with pytest.raises(UnreadableEnsemble, match="not all of it"):
        read_ensemble(tmp_path / "big.npz")
