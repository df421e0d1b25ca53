"""Ensembles of regions and what passes their boundary, from the command line."""

import json

import numpy as np
import pytest

from core.boundaries.ensemble_file import read_ensemble, write_ensemble
from core.boundaries.sampling import sampled_system
from core.boundaries.zoo import boundary_system


@pytest.fixture
def answered(macroscope):
    """Return a function that runs a command and gives its JSON."""

    def run(*arguments):
        status, output, errors = macroscope(*arguments)
        assert status == 0, errors
        return json.loads(output)

    return run


def test_an_ensemble_is_made_and_its_boundary_told(answered, tmp_path):
    path = tmp_path / "row.npz"
    made = answered(
        "world", "elementary:110:width=31", "ensemble", "--region", "12,0,5,1", "--steps", 6,
        "--trajectories", 800, "--vary", "both", "--damage", 1, "--burn-in", 2, "--seed", 4,
        "--out", path,
    )  # fmt: skip
    assert {key: made[key] for key in ("trajectories", "times", "V", "A", "P", "E", "lag")} == {
        "trajectories": 800, "times": 7, "V": 3, "A": 2, "P": 2, "E": 2, "lag": 2,
    }  # fmt: skip
    assert made["cells"] == {"V": 3, "A": 2, "P": 2, "E": 2}
    assert read_ensemble(path).trajectories == 800
    crossing = answered("boundary", path, "--shuffles", 40)
    assert crossing["lag"] == 2
    assert crossing["infil"]["mean"] > 0.2 and crossing["p"]["infil"] < 0.05
    assert len(crossing["infil"]["per_step"]) == len(crossing["times"]) == 5
    assert crossing["feature_dimension"] == {"V": 3, "A": 2, "P": 2, "E": 2}
    assert crossing["N"] == 800
    at_once = answered("boundary", path, "--lag", 1, "--shuffles", 40)
    assert max(map(abs, at_once["infil"]["plug_in"])) < 1e-9


def test_infil_is_told_with_what_bounds_it(answered, tmp_path):
    path = tmp_path / "xor.npz"
    write_ensemble(sampled_system(boundary_system("xor_leak"), 8000, 4), path)
    found = answered("boundary", path)
    infil = found["infil"]
    assert infil["per_step"] == pytest.approx([0.531, 0.4754, 0.4754], abs=0.03)
    assert infil["sum"] == pytest.approx(sum(infil["per_step"]))
    assert infil["mean"] == pytest.approx(infil["sum"] / 3)
    assert infil["max"] == max(infil["per_step"])
    low, high = infil["intervals"]["mean"]
    assert low < 0.494 < high
    assert abs(found["exfil"]["mean"]) < 0.005
    assert found["H_E_given_VAP"][0] == pytest.approx(1, abs=0.01)
    assert found["null"]["infil"] < 0.01
    assert found["controls"]["shifted"]["infil"][0] is None


def test_examples_are_told_exactly_too(answered):
    found = answered("boundary", "common_noise", "--trajectories", 4000, "--times", 3)
    assert found["exact"]["static_blanket"] == pytest.approx([0, 0.212503610985])
    assert found["exact"]["infil"] == pytest.approx([0, 0], abs=1e-12)
    assert found["static_blanket"]["per_step"][1] == pytest.approx(0.2125, abs=0.04)


def test_the_ring_of_the_gallery_is_an_example_too(answered):
    few = ("--shuffles", 20, "--resamples", 20)
    ring = answered("boundary", "rule_110", "--trajectories", 3000, "--times", 5, *few)
    assert ring["lag"] == 2
    assert ring["exact"]["infil"][0] == pytest.approx(0.345876, abs=1e-6)
    assert set(ring["controls"]) == {"exchanged", "shifted"}
    leak = answered("boundary", "boundary-xor-leak", "--lag", 0, *few)
    assert (leak["name"], leak["lag"]) == ("leak by XOR", 1)
    assert leak["exact"]["infil"][:2] == pytest.approx([0.531004, 0.475409], abs=1e-6)


def test_files_of_known_systems_say_what_is_exact(answered, macroscope, tmp_path):
    path = tmp_path / "leak.npz"
    assert macroscope("examples", "boundary-xor-leak", "--out", path)[0] == 0
    found = answered("boundary", path, "--shuffles", 20, "--resamples", 20)
    assert found["exact"]["infil"][0] == pytest.approx(0.531004, abs=1e-6)


def test_every_name_that_examples_prints_is_known_or_listed(macroscope):
    status, _output, errors = macroscope("boundary", "rule-111")
    assert status == 2
    for name in ("boundary-rule-110", "boundary-glider", "rule_110", "xor_leak"):
        assert name in errors


def test_a_region_may_begin_below_zero_and_the_lag_be_the_usual_one(answered, tmp_path):
    made = answered(
        "world", "glider", "ensemble", "--region", "-3,-3,8,8", "--lag", 0, "--trajectories", 3,
        "--steps", 5, "--out", tmp_path / "glider.npz",
    )  # fmt: skip
    assert made["cells"]["V"] > 0
    assert made["lag"] > 0


def test_arrays_of_somebody_else_are_read(answered, tmp_path):
    random = np.random.default_rng(0)
    outside = random.normal(size=(3000, 2))
    inside = np.column_stack([random.normal(size=3000), 0.6 * outside[:, 0]])
    inside[:, 1] += 0.8 * random.normal(size=3000)
    np.savez(tmp_path / "real.npz", V=inside, E=outside)
    found = answered("boundary", tmp_path / "real.npz", "--estimator", "gaussian")
    assert found["infil"]["mean"] == pytest.approx(0.3219, abs=0.04)
    assert found["H_E_given_VAP"] == [None]
    assert found["feature_dimension"]["A"] == 0


def test_a_glider_without_end_is_followed(answered, tmp_path):
    made = answered(
        "world", "glider", "ensemble", "--region=-1,-1,5,5", "--outline", "body", "--co-moving",
        "--sectors", 2, "--trajectories", 20, "--steps", 12, "--density", 0.1, "--skip", 4,
        "--out", tmp_path / "glider.npz",
    )  # fmt: skip
    assert made["E"] == 2
    assert "moving" in made["source"]
    assert answered("boundary", tmp_path / "glider.npz", "--shuffles", 20)["N"] == 20


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["boundary", "nobody.npz"], "nobody.npz"),
        (["boundary", "xor_leak", "--shuffles", "3"], "shuffles"),
        (["boundary", "xor_leak", "--lag", "40"], "smaller lag"),
        (["boundary", "bad.npz"], "NPZ"),
        (["boundary", "bad.npz", "--times", "3"], "for examples"),
        (["boundary", "boundary-glider", "--times", "3"], "for systems"),
        (["world", "glider", "ensemble", "--region", "0,0,9,9", "--steps", "5", "--lag", "6",
          "--out", "x.npz"], "0 to 5"),
        (["world", "glider", "ensemble", "--region", "0,0,9", "--out", "x.npz"], "x,y,width"),
        (["world", "elementary:54", "ensemble", "--region", "9,9,5,5", "--out", "x.npz"],
         "do not apply"),
        (["world", "glider", "ensemble", "--region", "0,0,1,1", "--out", "x.npz"], "viscera"),
        (["world", "glider", "ensemble", "--region", "0,0,9,9", "--out", "x.txt"], ".npz"),
        (["world", "glider", "ensemble", "--region", "0,0,9,9", "--out", "no/x.npz"], "folder"),
        (["world", "particle-lenia:n=20", "ensemble", "--region", "0,0,9,9", "--out", "x.npz"],
         "Particles"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_sentence(
    macroscope, tmp_path, monkeypatch, arguments, told
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.npz").write_bytes(b"not an archive")
    status, output, errors = macroscope(*arguments)
    assert (status, output) == (2, "")
    assert told in errors
    assert len(errors.strip().splitlines()) == 1
    assert not (tmp_path / "x.npz").exists()
