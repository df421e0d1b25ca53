"""Set the screen, the fonts and the folders of a test run before anything imports Qt or numba."""

import gc
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
_HOME = Path(tempfile.mkdtemp(prefix="macroscope-test-"))
for _variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
    os.environ[_variable] = str(_HOME / _variable.lower())

from core.kernel_cache import configure_kernel_cache  # noqa: E402

configure_kernel_cache()

collect_ignore_glob = (
    [] if importlib.util.find_spec("pyagrum") else ["**/test_*_against_pyagrum.py"]
)


@pytest.fixture(autouse=True)
def nobody_to_ask(monkeypatch):
    """Fail where a test lets a real dialog ask: nobody would answer, and the run would stop."""
    dialogs = sys.modules.get("app.shell.dialogs")
    if dialogs is None:
        return

    def asked(self, *arguments, **more):
        raise AssertionError("A real dialog asks the user; give the window answers of its own.")

    for name in [name for name in vars(dialogs.Dialogs) if not name.startswith("_")]:
        monkeypatch.setattr(dialogs.Dialogs, name, asked)


@pytest.fixture(scope="session")
def garbage_collector(qapp):
    """Return what collects garbage in the application, for the rest of the run."""
    from app.jobs.garbage import GarbageCollector

    return GarbageCollector()


@pytest.fixture(autouse=True)
def garbage(request):
    """Collect as the application does from the first test with Qt on: between tests and events."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("garbage_collector")
    yield
    if not gc.isenabled():
        from app.jobs.garbage import collect_due

        collect_due()


def pytest_sessionfinish():
    """Empty the off-screen clipboard: what Python put there must not outlive Python."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
