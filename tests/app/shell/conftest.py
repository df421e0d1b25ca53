"""A window on the toy bench, with preferences of its own."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.jobs.pool import Jobs
from app.shell.main_window import MainWindow
from app.shell.preferences import Preferences
from app.study.document import StudyDocument
from tests.app.shell.toy import KINDS, FakeDialogs, bench_spec


@pytest.fixture
def preferences(tmp_path):
    chosen = Preferences(tmp_path / "config" / "preferences.json")
    chosen.set("theme", "light")
    return chosen


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def make_window(qtbot, preferences, dialogs):
    made = []

    def make(**more):
        document = StudyDocument(KINDS, more.get("working_copies"))
        window = MainWindow(document, Jobs(), [bench_spec()], preferences, dialogs, **more)
        document.setParent(window)
        made.append(window)
        return window

    yield make
    dialogs.save = "discard"
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(make_window):
    made = make_window()
    made.show()
    return made


@pytest.fixture
def trigger(window):
    return window.actions_registry.trigger
