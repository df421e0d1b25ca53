"""A bench of boundaries over a document of its own."""

import pytest

from app.benches.boundaries.bench import BoundaryBench
from app.benches.boundaries.kind import ENSEMBLE_KIND
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.boundaries.ensemble_subject import EnsembleSubject
from core.boundaries.flow_result import FlowSettings
from core.boundaries.sampling import sampled_ring, sampled_system
from core.boundaries.zoo import boundary_system, layered_ring

QUICK = FlowSettings(shuffles=40, resamples=40)
LONG = 60_000


@pytest.fixture
def leak():
    """A system of four bits in which E reaches V past the boundary."""
    return EnsembleSubject(sampled_system(boundary_system("xor_leak"), 2000, 4, seed=3), QUICK)


@pytest.fixture
def ring():
    """A ring of nine cells in layers, of which nothing is known to cross in one step."""
    return EnsembleSubject(sampled_ring(layered_ring(), 4000, 4, lag=1, seed=2), QUICK)


@pytest.fixture
def open_bench(qtbot, context):
    """Return a function that opens a bench over a subject and waits for its values."""
    context.document = StudyDocument(KindRegistry([ENSEMBLE_KIND]))
    opened = []

    def open_one(subject):
        subject_id = context.document.add("ensemble", "Ensemble", subject)
        context.document.undo_stack.clear()
        bench = BoundaryBench(context, subject_id)
        qtbot.addWidget(bench)
        qtbot.addWidget(bench.inspector())
        bench.resize(900, 640)
        bench.show()
        bench.inspector().resize(420, 640)
        bench.inspector().show()
        qtbot.waitExposed(bench)
        opened.append(bench)
        qtbot.waitUntil(lambda: not bench.measuring.is_waiting, timeout=LONG)
        return bench

    yield open_one
    for bench in opened:
        bench.close_bench()


@pytest.fixture
def measured(qtbot):
    """Return a function that waits until the values answer the settings of now."""
    return lambda bench: qtbot.waitUntil(lambda: not bench.measuring.is_waiting, timeout=LONG)
