"""A bench of processes over a document of its own."""

import pytest

from app.benches.processes.bench import ProcessBench
from app.benches.processes.examples import build
from app.benches.processes.kind import PROCESS_KIND
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.processes.process_subject import blank_process
from tests.app.benches.windows import shown


@pytest.fixture
def open_bench(qtbot, context):
    """Return a function that opens a bench over a value, in a window of its own."""
    context.document = StudyDocument(KindRegistry([PROCESS_KIND]))
    opened = []

    def open_one(value, panel=""):
        context.preferences.set("processes.panel", panel)
        subject_id = context.document.add("process", "Process", value)
        context.document.undo_stack.clear()
        bench = shown(ProcessBench(context, subject_id), qtbot, width=1000, height=800)
        if panel:
            qtbot.waitUntil(lambda: bench.deck.shown_panel() is not None)
        bench.canvas.finish_motion()
        bench.canvas.fit()
        opened.append(bench)
        return bench

    yield open_one
    for bench in opened:
        bench.close_bench()


@pytest.fixture
def blank_bench(open_bench):
    bench = open_bench(blank_process())
    bench.canvas.zoom_reset()
    return bench


@pytest.fixture
def golden_bench(open_bench):
    return open_bench(build("golden-mean"))


@pytest.fixture
def measured(qtbot):
    """Return a function that waits for the measures of the machine as it is now."""

    def wait(bench):
        qtbot.waitUntil(lambda: not bench.measuring.is_waiting, timeout=300000)
        return bench.measuring.measured

    return wait
