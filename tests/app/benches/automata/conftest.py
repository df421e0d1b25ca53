"""A bench of worlds over a document of its own."""

import numpy as np
import pytest

from app.benches.automata.bench import WorldBench
from app.benches.automata.kind import WORLD_KIND
from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from core.automata.patterns import pattern_world
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE
from core.automata.topology import torus
from core.automata.world import World
from core.automata.world_subject import WorldSubject

COMPILING = 300_000
"""Milliseconds to wait where an engine may have to be compiled first."""


@pytest.fixture
def open_bench(qtbot, context):
    """Return a function that opens a bench over a subject, in a window of its own."""
    context.document = StudyDocument(KindRegistry([WORLD_KIND]))
    opened = []

    def open_one(subject, panel=""):
        context.preferences.set("automata.panel", panel)
        subject_id = context.document.add("world", "World", subject)
        context.document.undo_stack.clear()
        bench = WorldBench(context, subject_id)
        qtbot.addWidget(bench)
        qtbot.addWidget(bench.inspector())
        bench.resize(800, 640)
        bench.show()
        bench.inspector().resize(420, 640)
        bench.inspector().show()
        qtbot.waitExposed(bench)
        qtbot.waitUntil(lambda: bench.session.frame is not None, timeout=COMPILING)
        opened.append(bench)
        return bench

    yield open_one
    for bench in opened:
        bench.close_bench()


@pytest.fixture
def glider():
    """Return a glider in the upper left of a torus of 24 by 16 cells."""
    cells = np.zeros((16, 24), dtype=np.uint8)
    cells[0:3, 0:3] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
    return WorldSubject(World("glider", LIFE, torus(24, 16), cells))


@pytest.fixture
def lenia_world():
    """Return random values under the rule of Lenia on a small torus."""
    cells = np.random.default_rng(1).random((1, 48, 48))
    return WorldSubject(World("lenia", lenia(9, 10, 0.15, 0.017), torus(48, 48), cells))


@pytest.fixture
def rule_30():
    return WorldSubject(pattern_world("rule-30"))


@pytest.fixture
def shown(qtbot):
    """Return a function that waits until a bench rests at a generation, and returns its frame."""

    def wait(bench, generation):
        def is_there():
            frame = bench.session.frame
            return frame.generation == generation and bench.document.subject.at == generation

        qtbot.waitUntil(is_there, timeout=30_000)
        return bench.session.frame

    return wait
