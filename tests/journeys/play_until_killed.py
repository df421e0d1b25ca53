"""Run by a test in a process of its own: works on a world while it runs, says so, and plays on."""

import hashlib
import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.window import make_application, make_window
from core.automata.run import Run
from core.kernel_cache import configure_kernel_cache

LATER = 150
"""The generation whose state is told."""


def digest_of(cells):
    """Return what tells a state from every other."""
    return hashlib.sha256(cells.tobytes()).hexdigest()


def drag(view, *places):
    first, *rest = (view.to_view(x, y).toPoint() for x, y in places)
    QTest.mouseMove(view, first)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(view, place)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place)


def wait_for(condition):
    while not condition():
        QApplication.processEvents()


def main(folder):
    configure_kernel_cache()
    make_application()
    window = make_window(folder / "state", folder / "preferences.json")
    window.resize(1200, 900)
    window.show()
    window.open_example("world/world-swift-glider")
    wait_for(lambda: window.workspace.current_bench is not None)
    bench = window.workspace.current_bench
    wait_for(lambda: bench.session.frame is not None)
    bench.view.fit()
    bench.trigger("world.play")
    wait_for(lambda: bench.session.generation > 10)
    for count, tool in enumerate(("brush", "obstacle", "gun", "random"), start=1):
        bench.trigger(f"hands.{tool}")
        drag(bench.view, (20 * count, 20), (20 * count + 6, 24))
        wait_for(lambda least=count: len(bench.document.subject.interventions) >= least)
    wait_for(lambda: not bench.session._pending)
    subject = bench.document.subject
    run = Run(subject.world, subject.interventions)
    run.go_to(LATER)
    told = {"done": repr(subject.interventions), "digest": digest_of(run.stepper.cells())}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    QApplication.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
