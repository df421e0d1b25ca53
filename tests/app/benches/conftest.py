"""A networks bench over a document of its own, with answers in place of dialogs."""

import pytest

from app.benches.networks.bench import NetworkBench
from app.benches.networks.kind import NETWORK_KIND
from app.jobs.pool import Jobs
from app.shell.actions import ActionRegistry
from app.shell.bench import BenchContext
from app.shell.preferences import Preferences
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.networks import zoo
from core.networks.model import BayesNet
from core.networks.subject import NetworkSubject
from resources import palette
from tests.app.benches.windows import shown


class Answers:
    """Answers questions with what the test put down."""

    def __init__(self):
        self.text = "answer"
        self.number = 7
        self.colour = "#123456"

    def ask_text(self, title, label, text=""):
        return self.text

    def ask_number(self, title, label, value, *, least=0, most=2**31 - 1):
        return self.number

    def ask_colour(self, title, colour=""):
        return self.colour


@pytest.fixture
def said():
    return []


@pytest.fixture
def context(qapp, tmp_path, said):
    jobs = Jobs()
    yield BenchContext(
        document=StudyDocument(KindRegistry([NETWORK_KIND])),
        jobs=jobs,
        actions=ActionRegistry(),
        preferences=Preferences(tmp_path / "preferences.json"),
        palette=palette("light"),
        dialogs=Answers(),
        say=said.append,
    )
    jobs.shutdown(5000)


@pytest.fixture
def open_bench(qtbot, context):
    """Return a function that opens a bench over a value, in a window of its own."""
    opened = []

    def open_one(value):
        document = context.document
        subject_id = document.add("network", "Network", value)
        document.undo_stack.clear()
        bench = shown(NetworkBench(context, subject_id), qtbot)
        bench.canvas.fit()
        settle(bench, qtbot)
        opened.append(bench)
        return bench

    yield open_one
    for bench in opened:
        bench.close_bench()


def settle(bench, qtbot):
    """Wait until the beliefs answer what is entered."""
    qtbot.waitUntil(lambda: not bench.beliefs.is_waiting, timeout=300000)


@pytest.fixture
def settled(qtbot):
    return lambda bench: settle(bench, qtbot)


@pytest.fixture
def blank_bench(open_bench):
    return open_bench(NetworkSubject(BayesNet()))


@pytest.fixture
def sprinkler_bench(open_bench):
    return open_bench(zoo.example("sprinkler").build())


@pytest.fixture
def clinic_bench(open_bench):
    return open_bench(zoo.example("chest-clinic").build())
