"""The whole window on folders of its own, its questions answered by the test."""

import pytest

from app.window import make_application, make_window
from tests.journeys.hands import Hands


class Answers:
    """Stands in for the dialogs that stop the user; a test sets what is answered."""

    def __init__(self):
        self.open_answer = None
        self.save_answer = None
        self.text_answer = None
        self.number_answer = 1
        self.recovery = None

    def open_path(self, title, filters, folder=""):
        return self.open_answer

    def save_path(self, title, suggested, filters):
        return self.save_answer

    def ask_save(self, title, running=()):
        return "discard"

    def confirm(self, title, question, action):
        return True

    def ask_text(self, title, label, text=""):
        return self.text_answer

    def ask_number(self, title, label, value, *, least=0, most=2**31 - 1):
        return self.number_answer

    def offer_recovery(self, abandoned):
        return self.recovery(abandoned)


@pytest.fixture
def open_window(qtbot, tmp_path):
    """Return a function that opens a window; all of them are closed at the end."""
    windows = []

    def open_one(name="state"):
        make_application()
        window = make_window(tmp_path / name, tmp_path / f"{name}.json", Answers())
        window.resize(1500, 950)
        with qtbot.waitActive(window, timeout=10000):
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def hands(window, qtbot):
    """Hands on a window with one empty network."""
    window.actions_registry.trigger("subject.new_network")
    hands = Hands(window, qtbot)
    hands.canvas.set_reduced_motion(True)
    return hands
