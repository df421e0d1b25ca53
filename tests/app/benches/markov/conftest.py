"""A bench of Markov networks over a document of its own."""

import pytest

from app.benches.markov.bench import MarkovBench
from app.benches.markov.kind import MARKOV_KIND
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.networks import zoo
from core.networks.markov_network import MarkovNetwork
from core.networks.markov_subject import MarkovSubject
from tests.app.benches.windows import shown


@pytest.fixture
def open_bench(qtbot, context):
    """Return a function that opens a bench over a value, in a window of its own."""
    context.document = StudyDocument(KindRegistry([MARKOV_KIND]))
    opened = []

    def open_one(value):
        document = context.document
        subject_id = document.add("markov-network", "Network", value)
        document.undo_stack.clear()
        bench = shown(MarkovBench(context, subject_id), qtbot)
        bench.canvas.fit()
        qtbot.waitUntil(lambda: not bench.beliefs.is_waiting, timeout=300000)
        opened.append(bench)
        return bench

    yield open_one
    for bench in opened:
        bench.close_bench()


@pytest.fixture
def blank_bench(open_bench):
    return open_bench(MarkovSubject(MarkovNetwork()))


@pytest.fixture
def students_bench(open_bench):
    return open_bench(zoo.example("misconception").build())
