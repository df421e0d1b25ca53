"""A window on the toy bench, with preferences of its own."""

import pytest

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
        qtbot.addWidget(window, before_close_func=discard_changes)
        return window

    def discard_changes(_window):
        dialogs.save = "discard"

    yield make
    for window in made:
        window.jobs.shutdown(2000)


@pytest.fixture
def window(make_window):
    made = make_window()
    made.show()
    return made


@pytest.fixture
def trigger(window):
    return window.actions_registry.trigger
