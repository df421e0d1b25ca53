"""Qt is started for trial, and the system libraries it misses are installed or named."""

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from console import SetupError, last_line, quietly, say
from environment import VENV, venv_program
from system_packages import DEBIAN_PACKAGES, apt_install, install_line, may_install, os_release

IS_LINUX = sys.platform.startswith("linux")

TRIAL = """
import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtPrintSupport
app = PySide6.QtGui.QGuiApplication(["macroscope"])
print("Qt starts on", app.platformName())
"""


def see_qt_start(screen: str) -> None:
    """Start Qt on `screen`, installing the system libraries it misses one after another."""
    tried: set[str] = set()
    while True:
        output = try_qt(screen)
        if output is None:
            return
        missing = missing_libraries(output)
        if IS_LINUX and missing:
            missing |= missing_libraries(linker_report(screen))
        if not missing:
            raise SetupError(no_start(screen, output))
        packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
        fresh = set(packages) - tried
        if not fresh or not may_install():
            raise SetupError(install_line(sorted(missing), os_release()))
        say(f"Installing system libraries for Qt: {' '.join(packages)}.")
        if not apt_install(packages):
            raise SetupError(install_line(sorted(missing), os_release()))
        tried |= fresh


def try_qt(screen: str) -> str | None:
    """Import Qt and start it on `screen` in another process; return what it said on failure."""
    environment = {**os.environ, "QT_DEBUG_PLUGINS": "1"}
    if screen != "native":
        environment["QT_QPA_PLATFORM"] = screen
    answer = quietly([str(venv_program("python")), "-c", TRIAL], environment)
    return None if answer.returncode == 0 else answer.stdout


def missing_libraries(output: str) -> set[str]:
    """Return the shared libraries that a loader's complaints name."""
    loader = re.findall(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file", output)
    linker = re.findall(r"(lib[\w.+-]+\.so[.\d]*) => not found", output)
    return {name for name in [*loader, *linker] if not name.startswith("libQt6")}


def linker_report(screen: str) -> str:
    """Return what ldd says of the Qt libraries in use and of the plug-in for `screen`."""
    if not shutil.which("ldd"):
        return ""
    found = sorted((VENV / "lib").glob("python3.*/site-packages/PySide6/Qt"))
    names = ["Gui", "Widgets", "Svg", "PrintSupport"]
    files = [str(qt / "lib" / f"libQt6{name}.so.6") for qt in found for name in names]
    files += [str(qt / "plugins" / "platforms" / f"libq{screen}.so") for qt in found]
    return quietly(["ldd", *(name for name in files if Path(name).exists())]).stdout


def loads(library: str) -> bool:
    """Whether the system can load `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def libraries_here() -> list[str]:
    """Return the libraries of the table that load, so that a later start sees if one has gone."""
    return [name for name in DEBIAN_PACKAGES if IS_LINUX and loads(name)]


def screen_of(environment: Mapping[str, str]) -> str | None:
    """Return the Qt platform a window will open on, or None where there is no display."""
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        return chosen
    if not IS_LINUX:
        return "native"
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else None


def no_start(screen: str, output: str) -> str:
    """Return the sentence for a Qt that misses no library and still does not start."""
    if "could not connect to display" in output or "Failed to create wl_display" in output:
        where = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        program = venv_program("macroscope")
        return (
            f"The display {where} cannot be reached, so no window can be opened; without one there "
            f"are {program} infer, render, examples and check."
        )
    return f"Qt does not start on {screen}: {last_line(output)}"
