"""Preferences: one JSON file that survives damage and never stops the program."""

import json

import pytest

from app.shell.preferences import DEFAULTS, Preferences


def test_what_is_set_is_there_at_the_next_start(tmp_path):
    Preferences(tmp_path / "p.json").set("theme", "dark")
    assert Preferences(tmp_path / "p.json").get("theme") == "dark"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b"null", b"[" * 100000, b'"text"']
)
def test_a_damaged_file_gives_the_defaults(tmp_path, content):
    path = tmp_path / "p.json"
    path.write_bytes(content)
    preferences = Preferences(path)
    assert {name: preferences.get(name) for name in DEFAULTS} == DEFAULTS
    preferences.set("theme", "dark")
    assert json.loads(path.read_text())["theme"] == "dark"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", 3),
        ("reduced_motion", "yes"),
        ("figure_width_mm", "86"),
        ("figure_width_mm", -1),
        ("figure_width_mm", True),
        ("shortcuts", {"file.save": 3}),
        ("recent_files", "a.bif"),
    ],
)
def test_a_value_of_the_wrong_sort_is_ignored(tmp_path, name, value):
    path = tmp_path / "p.json"
    path.write_text(json.dumps({name: value, "last_folder": "/tmp"}))
    preferences = Preferences(path)
    assert preferences.get(name) == DEFAULTS[name]
    assert preferences.get("last_folder") == "/tmp"


def test_benches_keep_their_own_values_under_a_name_with_a_dot(tmp_path):
    Preferences(tmp_path / "p.json").set("networks.grid", [1, 2])
    assert Preferences(tmp_path / "p.json").get("networks.grid") == [1, 2]
    assert Preferences(tmp_path / "p.json").get("networks.other", "nothing") == "nothing"


def test_recent_files_are_newest_first_without_repeats_and_not_endless(tmp_path):
    preferences = Preferences(tmp_path / "p.json")
    for number in range(20):
        preferences.add_recent_file(tmp_path / f"{number}.bif")
    preferences.add_recent_file(tmp_path / "15.bif")
    names = [path.name for path in preferences.recent_files()]
    assert names[:3] == ["15.bif", "19.bif", "18.bif"]
    assert len(names) == len(set(names)) == 12


def test_a_folder_that_cannot_be_written_only_forgets(tmp_path):
    (tmp_path / "file").write_text("")
    preferences = Preferences(tmp_path / "file" / "p.json")
    preferences.set("theme", "dark")
    assert preferences.get("theme") == "dark"


def test_no_half_written_file_is_left_behind(tmp_path):
    preferences = Preferences(tmp_path / "p.json")
    for theme in ("dark", "light", "dark"):
        preferences.set("theme", theme)
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]
