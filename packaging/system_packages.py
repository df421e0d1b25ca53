"""The system's own packages: which one holds a library, and how it is installed here."""

import os
import shutil
from pathlib import Path

from console import last_line, quietly, say

DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfontconfig1",  # which brings freetype and a first font
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}


def os_release(path: Path = Path("/etc/os-release")) -> dict[str, str]:
    """Return the fields of os-release(5), or nothing where there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    pairs = (line.strip().split("=", 1) for line in lines if "=" in line and line[0] != "#")
    return {key: value.strip("\"'") for key, value in pairs}


def family(release: dict[str, str]) -> str:
    """Return the package tool of the distribution: apt, dnf, zypper, or nothing known."""
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    tools = {"debian": "apt", "ubuntu": "apt", "fedora": "dnf", "rhel": "dnf", "suse": "zypper"}
    return next((tool for name, tool in tools.items() if name in names), "")


def may_install() -> bool:
    """Whether system packages can be installed from here: root on Debian or Ubuntu."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and family(os_release()) == "apt" and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> bool:
    """Install `packages`, fetching the package lists only if that is needed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]  # another installation may be running
    install = ["apt-get", *wait, "install", "--yes", "--quiet", "--no-install-recommends"]
    install += packages
    if quietly(install, environment).returncode == 0:
        return True
    quietly(["apt-get", *wait, "update", "--quiet"], environment)
    answer = quietly(install, environment)
    if answer.returncode:
        say(f"apt-get could not: {last_line(answer.stdout)}")
    return answer.returncode == 0


def install_line(missing: list[str], release: dict[str, str]) -> str:
    """Return the sentence that names the missing libraries and the one line to type."""
    what = f"Qt needs system libraries that are not here ({', '.join(missing)})"
    packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    tool = family(release)
    if tool == "apt" and packages:
        line = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    elif tool in ("dnf", "zypper"):
        line = f"sudo {tool} install " + " ".join(f"'{name}()(64bit)'" for name in missing)
    else:
        return f"{what}; install the packages of your system that hold them and start again."
    return f"{what}; install them with this line and start again:\n  {line}"


def no_venv_module(package: str) -> str:
    """Return the sentence for a Python that cannot make environments."""
    if family(os_release()) == "apt":
        return (
            "This Python cannot make environments (venv and ensurepip are a package of their own "
            f"here); install it with this line and start again:\n  sudo apt install {package}"
        )
    return "This Python cannot make environments; install its venv and ensurepip and start again."
