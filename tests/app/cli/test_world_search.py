"""The verbs that search for creatures and try them."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def ask(macroscope):
    """Return a function that asks about worlds and gives the JSON that is printed."""

    def run(*arguments: object):
        status, output, errors = macroscope("world", *map(str, arguments))
        assert status == 0, errors
        return json.loads(output)

    return run


@pytest.fixture
def refused(macroscope):
    """Return a function that asks in vain and gives the sentence."""

    def run(*arguments: object) -> str:
        status, output, errors = macroscope("world", *map(str, arguments))
        assert (status, output) == (2, "")
        assert errors.count("\n") == 1
        return errors

    return run


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from core.automata.search.archive import Archive, write_archive
    from core.automata.search.search import search

    path = tmp_path_factory.mktemp("search") / "found.json"
    write_archive(search(Archive("mass", seed=3), trials=128), path)
    return path


def test_a_search_writes_an_archive_and_goes_on_from_it(ask, tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    one = ask("search", "--goal", "mass", "--trials", 32, "--seed", 3, "--out", path)
    two = ask("search", "--goal", "mass", "--trials", 64, "--seed", 3, "--out", path)
    assert (one["trials"], two["trials"]) == (32, 64)
    assert json.loads(path.read_text(encoding="utf-8"))["trials"] == 64


def test_what_was_found_is_a_world_that_lives_on(ask, archive: Path) -> None:
    creature = json.loads(archive.read_text(encoding="utf-8"))["creatures"][0]
    found = ask(f"{archive}#{creature['code']}", "run", "--steps", 200)
    assert found["alive"]
    assert found["rule"] == creature["rule"]


def test_a_battery_tells_the_share_survived_with_its_interval(ask, archive: Path) -> None:
    found = ask(
        archive, "robustness", "--battery", "obstacles,noise", "--runs", 2, "--steps", 50,
        "--seed", 1,
    )  # fmt: skip
    assert list(found["curves"]) == ["obstacles", "noise"]
    for row in found["curves"]["noise"]:
        assert row["low"] <= row["share"] <= row["high"]


def test_a_map_tells_what_becomes_of_a_creature(ask, archive: Path) -> None:
    found = ask(archive, "map", "--mu", "0.1:0.4", "--sigma", "0.01:0.02", "--points", 3)
    assert len(found["mu"]) == len(found["verdict"]) == 3
    assert found["mu"] == pytest.approx([0.1, 0.25, 0.4])


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--goal", "fame", "--out", "a.json"),
        ("search", "--minutes", "-1", "--out", "a.json"),
        ("search", "--minutes", "nan", "--out", "a.json"),
        ("search", "--seed", "x", "--out", "a.json"),
        ("search",),
        ("search", "--out", "nowhere/a.json"),
        ("search", "--family", "dogs", "--out", "a.json"),
        ("glider", "robustness"),
        ("glider", "map", "--mu", "0.1:0.2", "--sigma", "0.1:0.2"),
        ("glider", "map", "--mu", "0.2:0.1", "--sigma", "0.1:0.2"),
        ("glider", "robustness", "--battery", "insults"),
        ("glider", "robustness", "--battery", ","),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(refused, arguments) -> None:
    assert refused(*arguments)


def test_a_file_that_is_no_archive_is_left_alone(refused, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"dear": "diary"}', encoding="utf-8")
    assert "no archive" in refused("search", "--trials", 32, "--out", path)
    assert path.read_text(encoding="utf-8") == '{"dear": "diary"}'


def test_an_archive_of_another_goal_is_left_alone(refused, archive: Path) -> None:
    before = archive.read_text(encoding="utf-8")
    assert "search for mass" in refused(
        "search", "--goal", "moving", "--trials", 256, "--out", archive
    )
    assert archive.read_text(encoding="utf-8") == before
