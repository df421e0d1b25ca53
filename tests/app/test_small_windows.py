"""Every bench, with any of its panels open, leaves the window small."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize

from app.shell.opening import study_around
from app.window import make_window
from tests.app.shell.toy import FakeDialogs

SMALL = QSize(900, 600)


@pytest.fixture
def window(qtbot, tmp_path):
    made = make_window(tmp_path, tmp_path / "preferences.json", FakeDialogs())
    made.resize(SMALL)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("kind", ["network", "markov-network", "process", "world", "ensemble"])
def test_a_bench_with_any_panel_fits_a_small_window(qtbot, window, kind):
    example = next(entry for entry in window.examples.values() if entry.bench.kind.id == kind)
    window.document.load(study_around(kind, "Subject", example.example.build()))
    bench = window.workspace.current_bench
    qtbot.waitUntil(lambda: window.inspector.panel is not None)
    for action in example.bench.actions:
        if action.id.startswith("panel."):
            bench.trigger(action.id)
    QCoreApplication.processEvents()
    assert window.minimumSizeHint().boundedTo(SMALL) == window.minimumSizeHint()
    assert window.size() == SMALL
    shown = window.docks["inspector"].geometry()
    assert window.rect().contains(shown)
