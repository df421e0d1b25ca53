"""The start of the window: what it shows, what it does not wait for, what it says without one."""

import json
import subprocess
import sys

import pytest

from app.window import NoDisplay, require_display

HEAVY = ("numba", "scipy", "networkx", "pyqtgraph", "llvmlite", "fast_sugiyama")

SHOW = f"""
import json, sys
from pathlib import Path
from app.window import make_application, make_window

application = make_application()
window = make_window(Path(sys.argv[1]), Path(sys.argv[1]) / "preferences.json")
window.show()
for _ in range(20):
    application.processEvents()
picture = window.grab().toImage()
loaded = [name for name in {HEAVY!r} if name in sys.modules]
colours = len({{picture.pixel(x, y) for x in range(0, 400, 5) for y in range(0, 400, 5)}})
print(json.dumps({{"loaded": loaded, "colours": colours}}))
window.close()
"""

OPEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.main import main
from app.window import make_application

application = make_application()

def close_when_open():
    for window in application.topLevelWidgets():
        if window.objectName() == "macroscope" and len(window.document.study.subjects) == 2:
            timer.stop()
            print(*(entry.value.net.names for entry in window.document.study.subjects))
            window.dialogs.ask_save = lambda title, running: "discard"
            window.close()

timer = QTimer(interval=50)
timer.timeout.connect(close_when_open)
timer.start()
status = main(sys.argv[1:])
print("numba" in sys.modules)
sys.exit(status)
"""


def _python(code, *arguments):
    command = [sys.executable, "-X", "faulthandler", "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_showing_the_window_imports_nothing_heavy(tmp_path):
    result = _python(SHOW, tmp_path)
    assert result.returncode == 0, result.stderr
    shown = json.loads(result.stdout)
    assert shown["loaded"] == []
    assert shown["colours"] > 3


def test_the_command_opens_its_files_warms_the_kernels_and_ends_when_closed(tmp_path):
    path = tmp_path / "coin.bif"
    path.write_text(
        "network coin { } variable Coin { type discrete [ 2 ] { h, t }; }\n"
        "probability ( Coin ) { table 0.5, 0.5; }\n",
        encoding="utf-8",
    )
    result = _python(OPEN, path, path)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout.splitlines() == ["('Coin',) ('Coin',)", "True"]


def test_without_a_display_one_sentence_names_the_headless_verbs(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NoDisplay, match="infer, render, examples and check"):
        require_display({"DISPLAY": ""})


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_display_will_do(monkeypatch, variable):
    monkeypatch.setattr(sys, "platform", "linux")
    assert require_display({variable: "something"}) is None
