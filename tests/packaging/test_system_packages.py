"""Missing libraries are found in what Qt says, and named as packages of this system."""

import pytest
import qt_trial
import system_packages
from console import SetupError, last_line
from system_packages import DEBIAN_PACKAGES, family, install_line, no_venv_module, os_release

DEBIAN = {"ID": "debian"}

IMPORT_ERROR = (
    "Traceback (most recent call last):\n"
    "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory\n"
)
PLUGIN_ERROR = (
    'qt.core.plugin.loader: QLibraryPrivate::loadPlugin failed on "/v/libqxcb.so" : "Cannot load '
    "library /v/libqxcb.so: (libxcb-cursor.so.0: cannot open shared object file: No such file or "
    'directory)"\nqt.qpa.plugin: From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed\n'
)
LDD = (
    "\tlibxcb-icccm.so.4 => not found\n\tlibX11.so.6 => /lib/libX11.so.6 (0x1)\n"
    "\tlibQt6Gui.so.6 => not found\n\tlibglib-2.0.so.0 => not found\n"
)


@pytest.mark.parametrize(
    ("output", "missing"),
    [
        (IMPORT_ERROR, {"libEGL.so.1"}),
        (PLUGIN_ERROR, {"libxcb-cursor.so.0"}),
        (LDD, {"libxcb-icccm.so.4", "libglib-2.0.so.0"}),
        ("qt.qpa.xcb: could not connect to display :7\n", set()),
    ],
)
def test_missing_libraries_are_read_from_what_python_qt_and_ldd_say(output, missing):
    assert qt_trial.missing_libraries(output) == missing


def test_every_package_of_the_measured_list_is_in_the_table():
    offscreen = "libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0"
    x11 = "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
    assert set(f"{offscreen} {x11}".split()) <= set(DEBIAN_PACKAGES.values())


def test_os_release_is_read_with_quotes_and_comments(tmp_path):
    path = tmp_path / "os-release"
    path.write_text('# a comment\n\nNAME="Ubuntu"\nID=ubuntu\nID_LIKE="debian other"\nodd\n')
    fields = os_release(path)
    assert fields == {"NAME": "Ubuntu", "ID": "ubuntu", "ID_LIKE": "debian other"}


def test_a_system_without_os_release_is_of_no_family(tmp_path):
    assert family(os_release(tmp_path / "none")) == ""


@pytest.mark.parametrize(
    ("release", "tool"),
    [
        (DEBIAN, "apt"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt"),
        ({"ID": "fedora"}, "dnf"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "zypper"),
        ({"ID": "arch"}, ""),
    ],
)
def test_the_package_tool_follows_from_the_distribution(release, tool):
    assert family(release) == tool


def test_the_line_to_type_on_debian_names_each_package_once():
    sentence = install_line(["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"], DEBIAN)
    line = "sudo apt-get install --no-install-recommends libegl1 libglib2.0-0"
    assert sentence.splitlines()[1].strip() == line


def test_the_line_to_type_on_fedora_names_the_libraries_themselves():
    sentence = install_line(["libEGL.so.1"], {"ID": "fedora"})
    assert sentence.endswith("sudo dnf install 'libEGL.so.1()(64bit)'")


def test_an_unknown_system_is_told_the_libraries_without_a_line():
    sentence = install_line(["libEGL.so.1"], {"ID": "arch"})
    assert "libEGL.so.1" in sentence
    assert "\n" not in sentence


def test_a_python_without_venv_is_told_the_one_line(monkeypatch):
    monkeypatch.setattr(system_packages, "os_release", lambda: DEBIAN)
    assert no_venv_module("python3-venv").endswith("\n  sudo apt install python3-venv")


def test_only_root_on_debian_or_ubuntu_may_install(monkeypatch):
    monkeypatch.setattr(system_packages, "os_release", lambda: DEBIAN)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000, raising=False)
    assert not system_packages.may_install()
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0, raising=False)
    assert system_packages.may_install()


class FakeSystem:
    """Qt that misses libraries until their packages are installed."""

    def __init__(self, monkeypatch, *, missing, may_install, apt_works=True):
        self.missing = list(missing)
        self.installed = []
        self.apt_works = apt_works
        monkeypatch.setattr(qt_trial, "IS_LINUX", True)
        monkeypatch.setattr(qt_trial, "try_qt", self.try_qt)
        monkeypatch.setattr(qt_trial, "linker_report", lambda screen: "")
        monkeypatch.setattr(qt_trial, "os_release", lambda: DEBIAN)
        monkeypatch.setattr(qt_trial, "may_install", lambda: may_install)
        monkeypatch.setattr(qt_trial, "apt_install", self.apt_install)

    def try_qt(self, screen):
        if not self.missing:
            return None
        return f"ImportError: {self.missing[0]}: cannot open shared object file: No such file"

    def apt_install(self, packages):
        self.installed += packages
        if self.apt_works:
            self.missing = [n for n in self.missing if DEBIAN_PACKAGES.get(n) not in packages]
        return self.apt_works


def test_libraries_are_installed_one_after_another_until_qt_starts(monkeypatch):
    system = FakeSystem(monkeypatch, missing=["libEGL.so.1", "libGL.so.1"], may_install=True)
    qt_trial.see_qt_start("offscreen")
    assert system.installed == ["libegl1", "libgl1"]


def test_who_may_not_install_is_told_what_to_type(monkeypatch):
    system = FakeSystem(monkeypatch, missing=["libEGL.so.1"], may_install=False)
    with pytest.raises(SetupError, match=r"sudo apt-get install .* libegl1"):
        qt_trial.see_qt_start("offscreen")
    assert system.installed == []


def test_a_failing_installation_ends_with_the_line_to_type(monkeypatch):
    FakeSystem(monkeypatch, missing=["libEGL.so.1"], may_install=True, apt_works=False)
    with pytest.raises(SetupError, match=r"sudo apt-get install .* libegl1"):
        qt_trial.see_qt_start("offscreen")


def test_a_library_of_no_known_package_is_named(monkeypatch):
    FakeSystem(monkeypatch, missing=["libodd.so.3"], may_install=True)
    with pytest.raises(SetupError, match=r"libodd\.so\.3"):
        qt_trial.see_qt_start("offscreen")


def test_a_display_that_cannot_be_reached_is_said_to_be_so(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":77")
    sentence = qt_trial.no_start("xcb", "qt.qpa.xcb: could not connect to display :77\n")
    assert "display :77 cannot be reached" in sentence
    assert "infer" in sentence


@pytest.mark.parametrize(
    ("environment", "screen"),
    [
        ({}, None),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "vnc"}, "vnc"),
        ({"DISPLAY": ""}, None),
    ],
)
def test_the_screen_follows_from_the_environment(monkeypatch, environment, screen):
    monkeypatch.setattr(qt_trial, "IS_LINUX", True)
    assert qt_trial.screen_of(environment) == screen


def test_the_last_line_that_says_something_is_the_reason():
    assert last_line("first\n  second  \n\n") == "second"
    assert last_line("\n") == "it gave no reason."
