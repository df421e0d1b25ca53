"""`macroscope world SPEC local-states`."""

import json

import numpy as np
import pytest


@pytest.fixture
def ask(macroscope):
    """Return a function that asks for local states and gives the JSON that is printed."""

    def run(spec, *arguments):
        status, output, errors = macroscope("world", spec, "local-states", *map(str, arguments))
        assert status == 0, errors
        return json.loads(output)

    return run


@pytest.fixture
def refused(macroscope):
    """Return a function that asks in vain and gives the sentence."""

    def run(spec, *arguments):
        status, output, errors = macroscope("world", spec, "local-states", *map(str, arguments))
        assert (status, output) == (2, "")
        assert errors.count("\n") == 1
        return errors

    return run


def test_rule_90_from_coins_has_one_state(ask):
    found = ask("soup:W90:size=400", "--steps", 120, "--seed", 3)
    assert found["states"] == 1
    assert found["C_mu"] == 0
    assert found["counts"] == [400 * (121 - 3 - 2)]
    assert found["block"] == [121, 400]
    assert found["verdict"].startswith("One state")


def test_a_glider_is_the_rare_part_of_its_world(ask):
    found = ask("glider", "--size", 24, "--steps", 60)
    assert found["counts"][0] > 0.9 * sum(found["counts"])
    assert found["most_probable_futures"][0] == [0] * 9
    assert found["complexities"] == sorted(found["complexities"])
    assert (found["past"], found["future"], found["speed"]) == (1, 1, 1)
    assert found["region"] == [0, 0, 24, 24]


def test_depths_region_and_level_can_be_told(ask):
    found = ask(
        "elementary:30:width=201", "--steps", 60, "--skip", 100, "--region", "50,0,80,1",
        "--past", 1, "--future", 1, "--alpha", 0.01, "--every", 2, "--speed", 1,
    )  # fmt: skip
    assert found["generations"] == [100, 160]
    assert found["block"] == [31, 80]
    assert (found["alpha"], found["speed"]) == (0.01, 1)


def test_a_field_is_read_in_symbols_or_in_typical_cones(ask):
    found = ask("swift-glider", "--steps", 12, "--symbols", 3)
    assert len(found["edges"]) == 2
    typical = ask("swift-glider", "--steps", 12, "--clusters", 8, "--seed", 1)
    assert typical["states"] <= 8
    assert "edges" not in typical


def test_numbers_are_written_as_arrays(ask, tmp_path):
    path = tmp_path / "field.npz"
    found = ask("soup:W54:size=200", "--steps", 50, "--sensitivity", "--out", path)
    with np.load(path) as read:
        labels = read["labels"]
        assert np.bincount(labels[labels >= 0]).tolist() == found["counts"]
        assert read["sensitivity"].max() <= 8
    assert 0 < found["mean_sensitivity"] < 8


@pytest.mark.parametrize(
    ("name", "begin"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")]
)
@pytest.mark.parametrize("shown", ["state", "complexity"])
def test_figures_are_written(ask, tmp_path, name, begin, shown):
    path = tmp_path / name
    ask("soup:W54:size=60", "--steps", 30, "--shown", shown, "--out", path)
    assert path.read_bytes().startswith(begin)


def test_a_slice_of_a_plane_is_drawn(ask, tmp_path):
    path = tmp_path / "glider.svg"
    ask("glider", "--size", 16, "--steps", 20, "--slice", 4, "--out", path)
    assert "generation 4" in path.read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_states(ask):
    one, other = (ask("soup:W110:size=120", "--steps", 40, "--seed", 5) for _ in range(2))
    del one["seconds"], other["seconds"]
    assert one == other


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("glider",), "steps"),
        (("glider", "--steps", "0"), "above 0"),
        (("glider", "--steps", "9", "--region", "1,2,3"), "region"),
        (("elementary:30", "--steps", "9", "--region", "9000,0,5,1"), "region"),
        (("glider", "--steps", "9", "--alpha", "2"), "between 0 and 1"),
        (("glider", "--steps", "2", "--past", "7"), "larger block"),
        (("glider", "--steps", "9", "--past", "70"), "slices deep"),
        (("glider", "--steps", "999999999"), "fewer steps"),
        (("particle-lenia:n=5", "--steps", "9"), "Particles"),
        (("swift-glider", "--steps", "9", "--symbols", "1"), "symbols"),
        (("swift-glider", "--steps", "9", "--clusters", "1"), "clusters"),
        (("swift-glider", "--steps", "9", "--clusters", "8", "--symbols", "4"), "exclude"),
        (("swift-glider", "--steps", "9", "--sensitivity"), "states"),
        (("elementary:54", "--steps", "9", "--clusters", "1"), "--clusters is of fields"),
        (("glider", "--size", "16", "--steps", "9", "--symbols", "4"), "--symbols is of fields"),
        (("elementary:54", "--steps", "9", "--region", "10,10,8,8"), "--region=10,0,8,1"),
        (("glider", "--steps", "9", "--out", "a.gif"), "ending"),
        (("glider", "--steps", "9", "--out", "no/such/folder/a.png"), "folder"),
        (("nothing-such", "--steps", "9"), "nothing-such"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(refused, arguments, word):
    assert word in refused(*arguments)


def test_a_slice_that_is_none_is_refused(refused, tmp_path):
    out = tmp_path / "a.png"
    assert "--slice" in refused("glider", "--steps", 9, "--slice", 99, "--out", out)
    assert not out.exists()
    assert "field" in refused("swift-glider", "--steps", 9, "--shown", "sensitivity", "--out", out)
