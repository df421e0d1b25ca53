"""The folder `.venv`: the Python environment, the packages in it, and what was done to it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import SetupError, last_line, quietly, say
from system_packages import apt_install, may_install, no_venv_module

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "macroscope-setup.json"
IS_WINDOWS = os.name == "nt"

WARMING = """
from core.kernel_cache import configure_kernel_cache
configure_kernel_cache()
from core.networks.inference import warm_up, warm_up_contraction
from core.networks.questions.warm_up import warm_up_questions
warm_up()
warm_up_contraction()
warm_up_questions()
from core.processes.measures import measures
from core.processes.sampling import sample
from core.processes.warm_up_beliefs import warm_up_beliefs
from core.processes.zoo import process
warm_up_beliefs()
for name in ("golden_mean", "mess3"):
    measures(process(name))
sample(process("golden_mean"), 10, seed=0)
from core.automata.warm_up import warm_up_automata
warm_up_automata()
"""


def venv_program(name: str) -> Path:
    """Return the path of a program in `.venv`."""
    return VENV / "Scripts" / f"{name}.exe" if IS_WINDOWS else VENV / "bin" / name


def make_venv() -> None:
    """Make `.venv` with a working pip, in place of one that is broken or of another Python."""
    python = venv_program("python")
    if venv_works(python):
        return
    require_venv_module()
    if VENV.exists() or VENV.is_symlink():
        say("Replacing .venv, which does not work with this Python.")
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        else:
            shutil.rmtree(VENV)
    say(f"Making .venv with Python {'.'.join(map(str, sys.version_info[:3]))}.")
    made = quietly([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode or not venv_works(python):
        raise SetupError(f"Python could not make {VENV}: {last_line(made.stdout)}")


def venv_works(python: Path) -> bool:
    """Whether `python` starts, lives in `.venv` as it lies now, and has pip."""
    code = "import pip, sys; print(*sys.version_info[:2], sys.prefix)"
    try:
        answer = quietly([str(python), "-c", code])
    except OSError:
        return False
    words = answer.stdout.strip().split(" ", 2)
    if answer.returncode or len(words) < 3 or not pip_script_is_ours(python):
        return False
    same_python = tuple(words[:2]) == tuple(map(str, sys.version_info[:2]))
    return same_python and Path(words[2]).resolve() == VENV.resolve()


def pip_script_is_ours(python: Path) -> bool:
    """Whether the scripts name this folder; in a `.venv` that was moved they name the old one."""
    script = python.with_name("pip")
    return IS_WINDOWS or (script.exists() and str(VENV).encode() in script.read_bytes())


def require_venv_module() -> None:
    """Make sure that this Python can make environments; Debian ships that apart."""
    if can_make_venvs():
        return
    package = venv_package(Path("/usr/bin/python3"), sys.version_info[:2])
    if may_install():
        say(f"Installing {package}.")
        if apt_install([package]) and can_make_venvs():
            return
    raise SetupError(no_venv_module(package))


def venv_package(system_python: Path, version: tuple[int, ...]) -> str:
    """Return the Debian package that completes this Python, which need not be the system's own."""
    own = f"python{version[0]}.{version[1]}"
    return "python3-venv" if system_python.resolve().name == own else f"{own}-venv"


def can_make_venvs() -> bool:
    """Whether `venv` and the `ensurepip` it needs are there."""
    return quietly([sys.executable, "-c", "import venv, ensurepip"]).returncode == 0


def install_project(extras: list[str]) -> None:
    """Install this checkout, editable, with its dependencies."""
    wanted = [*extras, "peers"] if "test" in extras else extras
    say("Installing Macroscope and what it stands on (the first time takes a few minutes).")
    failure = pip_install(wanted)
    if failure and "peers" in wanted:
        say("Going on without pyAgrum, which only the comparisons with it need.")
        failure = pip_install(extras)
    if failure:
        raise SetupError(f"pip could not install Macroscope: {failure}")


def pip_install(extras: list[str]) -> str:
    """Run pip, telling what it fetches; return what went wrong, or nothing."""
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    command = [str(venv_program("python")), "-m", "pip", "install", "--progress-bar", "off"]
    environment = {**os.environ, "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*command, "--editable", target],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    )
    lines = []
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if line.lstrip().startswith(("Downloading ", "Installing collected")):
            say("  " + line.strip().split(": ")[0])
    if process.wait() == 0:
        return ""
    errors = [line for line in lines if line.lower().startswith("error")]
    return errors[-1] if errors else last_line("\n".join(lines))


def warm_kernels() -> None:
    """Compile the numerical kernels into the user's cache, so that the first window is quick.

    A failure is no reason to stop: the window compiles them itself when they are missing.
    """
    say("Compiling the numerical kernels (once, up to a minute).")
    quietly([str(venv_program("python")), "-c", WARMING])


def fingerprints(root: Path) -> tuple[str, str]:
    """Return what the environment depends on and what the installation depends on."""
    version = ".".join(map(str, sys.version_info[:2]))
    project = hashlib.sha256()
    for name in ("pyproject.toml", "resources/version.py"):
        path = root / name
        project.update(path.read_bytes() if path.exists() else b"")
        project.update(b"\0")
    return f"{version} {sys.platform} {root}", project.hexdigest()


def read_stamp() -> dict:
    """Return what an earlier call wrote down, or nothing if that is not to be trusted."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    good = isinstance(stamp, dict) and isinstance(stamp.get("screens"), dict)
    return stamp if good and isinstance(stamp.get("extras"), list) else {}


def write_stamp(stamp: dict) -> None:
    """Write down what has been done; a half-written stamp never takes the place of a whole one."""
    aside = STAMP.with_suffix(".new")
    aside.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(aside, STAMP)
