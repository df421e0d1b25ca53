"""The two commands of the set-up: run opens the window, test runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

from console import SetupError, complain
from environment import (
    IS_WINDOWS,
    ROOT,
    STAMP,
    VENV,
    fingerprints,
    install_project,
    make_venv,
    read_stamp,
    venv_program,
    warm_kernels,
    write_stamp,
)
from qt_trial import libraries_here, loads, screen_of, see_qt_start

HEADLESS = "offscreen"

USAGE = """\
python3 packaging/bootstrap.py run [FILE...]       set up what is missing, then open the window
python3 packaging/bootstrap.py test [ARGUMENT...]  set up what is missing, then run pytest
"""


def main(arguments: list[str]) -> int:
    """Set up and hand over; return the exit status where there is nothing to hand over to."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if command == "run":
            return run(rest)
        if command == "test":
            return test(rest)
    except SetupError as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"The set-up in {VENV} failed: {error}.")
    except KeyboardInterrupt:
        return 130
    if command in ("-h", "--help"):
        print(USAGE)
        return 0
    return complain(
        "Say what to do: bootstrap.py run [FILE...] or bootstrap.py test [ARGUMENT...]."
    )


def run(files: list[str]) -> int:
    """Open the window on `files`."""
    screen = screen_of(os.environ)
    set_up(extras=[], screen=screen or HEADLESS)
    if screen is None:
        raise SetupError(no_display(venv_program("macroscope")))
    return hand_over([venv_program("python"), venv_program("macroscope"), *files])


def test(arguments: list[str]) -> int:
    """Run the suite without a screen; the exit status is pytest's."""
    os.environ.setdefault("QT_QPA_PLATFORM", HEADLESS)
    set_up(extras=["test"], screen=os.environ["QT_QPA_PLATFORM"])
    os.chdir(ROOT)
    parallel = parallel_options(arguments, os.cpu_count() or 1)
    return hand_over([venv_program("python"), "-m", "pytest", *parallel, *arguments])


def parallel_options(arguments: list[str], cores: int) -> list[str]:
    """Return the options that share the tests among processes, unless the caller decides."""
    decided = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co", "--fixtures", "--version")
    if cores < 2 or any(a.startswith(decided) for a in arguments) or "no:xdist" in arguments:
        return []
    return ["-n", str(min(cores, 8)), "--dist", "loadfile"]


def hand_over(command: list[Path | str]) -> int:
    """Become `command`; on Windows, which cannot, run it and return its status."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    sys.stderr.flush()
    if IS_WINDOWS:
        if Path(words[1]).suffix == ".exe":
            words = words[1:]
        return subprocess.call(words)
    os.execv(words[0], words)


def set_up(extras: list[str], screen: str) -> None:
    """Make `.venv`, install the project with `extras` and see Qt start on `screen`."""
    stamp = read_stamp()
    venv_key, project_key = fingerprints(ROOT)
    if stamp.get("venv") != venv_key or not venv_program("python").exists():
        stamp = {}
        STAMP.unlink(missing_ok=True)
        make_venv()
    installed = stamp.get("extras", []) if stamp.get("project") == project_key else None
    if installed is None or not set(extras) <= set(installed):
        STAMP.unlink(missing_ok=True)
        wanted = sorted({*extras, *(installed or stamp.get("extras", []))})
        install_project(wanted)
        stamp = {"venv": venv_key, "project": project_key, "extras": wanted, "screens": {}}
        write_stamp(stamp)
    libraries = stamp["screens"].get(screen)
    if libraries is None or not all(loads(name) for name in libraries):
        see_qt_start(screen)
        stamp["screens"][screen] = libraries_here()
        write_stamp(stamp)
    if not stamp.get("is_warm"):
        warm_kernels()
        stamp["is_warm"] = True
        write_stamp(stamp)


def no_display(program: Path) -> str:
    """Return the sentence for a machine without a display."""
    return (
        "There is no display here, so no window can be opened; the headless verbs infer, render, "
        f"examples and check are ready: {program} --help."
    )
