"""The set-up does what is missing and nothing more, and says in a sentence why it stops."""

import json
import subprocess
import sys
from pathlib import Path

import commands
import console
import environment
import pytest
from environment import fingerprints


@pytest.fixture
def project(monkeypatch, tmp_path):
    """Return a record of the steps of a set-up in an empty folder, none of which does anything."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "version.py").write_text('VERSION = "1"\n')
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    venv = tmp_path / ".venv"
    steps = []

    def make_venv():
        steps.append("make")
        commands.venv_program("python").parent.mkdir(parents=True, exist_ok=True)
        commands.venv_program("python").touch()

    for module in (commands, environment):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "VENV", venv)
        monkeypatch.setattr(module, "STAMP", venv / "macroscope-setup.json")
    monkeypatch.setattr(commands, "make_venv", make_venv)
    monkeypatch.setattr(commands, "install_project", lambda e: steps.append(("install", *e)))
    monkeypatch.setattr(commands, "see_qt_start", lambda screen: steps.append(("qt", screen)))
    monkeypatch.setattr(commands, "libraries_here", lambda: [])
    monkeypatch.setattr(commands, "warm_kernels", lambda: steps.append("warm"))
    return steps


def _set_up_anew(steps, *arguments):
    steps.clear()
    commands.set_up(*arguments)
    return steps


def test_a_first_set_up_makes_installs_and_tries(project):
    assert _set_up_anew(project, [], "xcb") == ["make", ("install",), ("qt", "xcb"), "warm"]


def test_a_second_set_up_does_nothing(project):
    commands.set_up([], "xcb")
    assert _set_up_anew(project, [], "xcb") == []


def test_tests_add_what_only_they_need(project):
    commands.set_up([], "offscreen")
    assert _set_up_anew(project, ["test"], "offscreen") == [
        ("install", "test"),
        ("qt", "offscreen"),
        "warm",
    ]


def test_running_after_testing_installs_nothing(project):
    commands.set_up(["test"], "offscreen")
    assert _set_up_anew(project, [], "offscreen") == []


def test_another_screen_is_tried_without_installing(project):
    commands.set_up([], "offscreen")
    assert _set_up_anew(project, [], "xcb") == [("qt", "xcb")]


def test_a_changed_project_is_installed_again_with_the_extras_it_had(project, tmp_path):
    commands.set_up(["test"], "offscreen")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    steps = _set_up_anew(project, [], "offscreen")
    assert steps == [("install", "test"), ("qt", "offscreen"), "warm"]


def test_an_environment_without_its_python_is_made_again(project):
    commands.set_up([], "offscreen")
    commands.venv_program("python").unlink()
    assert _set_up_anew(project, [], "offscreen")[0] == "make"


def test_a_library_that_went_away_has_qt_tried_again(project, monkeypatch):
    monkeypatch.setattr(commands, "libraries_here", lambda: ["libnever-there.so.9"])
    commands.set_up([], "offscreen")
    assert _set_up_anew(project, [], "offscreen") == [("qt", "offscreen")]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"screens": []}', "\x00"])
def test_a_damaged_stamp_means_setting_up_again(project, text):
    commands.set_up([], "offscreen")
    commands.STAMP.write_text(text)
    assert ("install",) in _set_up_anew(project, [], "offscreen")


def test_a_failed_installation_leaves_no_stamp(project, monkeypatch):
    def fail(extras):
        raise console.SetupError("No network.")

    monkeypatch.setattr(commands, "install_project", fail)
    with pytest.raises(console.SetupError):
        commands.set_up([], "offscreen")
    assert not commands.STAMP.exists()


def test_the_stamp_is_plain_json(project):
    commands.set_up(["test"], "offscreen")
    assert json.loads(commands.STAMP.read_text())["extras"] == ["test"]


def test_fingerprints_follow_the_project_file_and_the_folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = fingerprints(tmp_path / "a")
    (tmp_path / "a" / "pyproject.toml").write_text("changed")
    changed, elsewhere = fingerprints(tmp_path / "a"), fingerprints(tmp_path / "b")
    assert first[0] == changed[0]
    assert first[1] != changed[1]
    assert first[0] != elsewhere[0]


def test_a_python_beside_the_systems_own_has_a_venv_package_of_its_own(tmp_path):
    (tmp_path / "python3").symlink_to("python3.11")
    assert environment.venv_package(tmp_path / "python3", (3, 11)) == "python3-venv"
    assert environment.venv_package(tmp_path / "python3", (3, 13)) == "python3.13-venv"


def test_without_a_display_run_names_the_headless_verbs(project, monkeypatch, capsys):
    monkeypatch.setattr(commands, "screen_of", lambda environment: None)
    assert commands.main(["run", "net.bif"]) == 2
    sentence = capsys.readouterr().err
    assert sentence.count("\n") == 1
    assert "no display" in sentence
    assert all(verb in sentence for verb in ("infer", "render", "examples", "check"))
    assert ("qt", "offscreen") in project


def test_run_hands_its_files_to_the_program(project, monkeypatch):
    monkeypatch.setattr(commands, "screen_of", lambda environment: "xcb")
    monkeypatch.setattr(commands, "hand_over", lambda command: command[2:] == ["a.bif", "b.png"])
    assert commands.main(["run", "a.bif", "b.png"])


def test_test_hands_its_arguments_to_pytest(project, monkeypatch, tmp_path):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)
    handed = []
    monkeypatch.setattr(commands, "hand_over", lambda command: handed.append(command) or 5)
    assert commands.main(["test", "-n", "1", "-k", "name"]) == 5
    assert handed[0][1:] == ["-m", "pytest", "-n", "1", "-k", "name"]


@pytest.mark.parametrize(
    ("arguments", "cores", "options"),
    [
        ([], 2, ["-n", "2"]),
        ([], 64, ["-n", "8"]),
        ([], 1, []),
        (["-n0"], 4, []),
        (["--pdb"], 4, []),
        (["-p", "no:xdist"], 4, []),
    ],
)
def test_tests_share_the_cores_unless_the_caller_decides(arguments, cores, options):
    assert commands.parallel_options(arguments, cores)[:2] == options


@pytest.mark.parametrize("arguments", [[], ["start"]])
def test_an_unknown_command_is_one_sentence(arguments, capsys):
    assert commands.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_old_python_is_one_sentence():
    script = Path(commands.__file__).with_name("bootstrap.py")
    code = f"import runpy, sys; sys.version_info = (3, 6, 8); runpy.run_path({str(script)!r})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr.startswith("Macroscope needs Python 3.11 or newer and this is ")
    assert result.stderr.count("\n") == 1


def test_the_scripts_import_the_standard_library_alone():
    folder = Path(commands.__file__).parent
    code = (
        "import sys; before = set(sys.modules); import bootstrap; "
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    result = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
    )
    ours = {path.stem for path in folder.glob("*.py")}
    assert set(result.stdout.split()) <= set(sys.stdlib_module_names) | ours
