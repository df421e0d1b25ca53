"""Print for how long the window does not answer while networks are opened and worked on.

Run ``python -m tests.benchmarks.interface_stalls FILE …`` from the root of the repository; without
files it works on a made-up network of a thousand nodes. A tick every 5 ms is wanted from the event
loop: each line gives the longest gaps between ticks, in milliseconds, during one action.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app.window import make_application, make_window, warm_kernels
from core.kernel_cache import configure_kernel_cache
from core.networks.formats import bif
from core.networks.model import BayesNet, Node, uniform_table

TICK_MS = 5
SHOWN = 4


class Pulse(QObject):
    """Measures the gaps between the turns of the event loop."""

    def __init__(self):
        super().__init__()
        self._last = time.perf_counter()
        self._gaps = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self):
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def report(self, what):
        """Print the longest gaps since the last report."""
        worst = sorted(self._gaps, reverse=True)[:SHOWN]
        self._gaps.clear()
        print(f"  {what:24}", *(f"{gap * 1000:5.0f}" for gap in worst), flush=True)


def made_up_network(count=1000, seed=1):
    """Return a network of binary nodes, each with up to two parents among those before it."""
    rng = random.Random(seed)
    nodes = []
    for k in range(count):
        near = range(max(0, k - 6), k)
        parents = tuple(f"N{j}" for j in rng.sample(near, min(len(near), rng.randrange(3))))
        table = uniform_table([2] * len(parents), 2)
        nodes.append(Node(f"N{k}", ("yes", "no"), parents, table))
    return BayesNet(nodes)


def settle(window):
    """Wait until a subject is open and its beliefs are known."""
    QTest.qWait(1500)
    while (
        window.workspace.current_bench is None or window.workspace.current_bench.beliefs.is_waiting
    ):
        QTest.qWait(10)
    QTest.qWait(500)


def measure(window, pulse, path, folder):
    """Open a file and do with it what users do."""
    window.open_files([path])
    settle(window)
    pulse.report("open")
    bench = window.workspace.current_bench
    canvas, names = bench.canvas, bench.document.net.names
    middle = names[len(names) // 2]

    def pan(dx, dy):
        for _ in range(30):
            canvas.pan(dx, dy)
            QTest.qWait(10)

    actions = [
        ("enter evidence", lambda: canvas.bar_clicked.emit(middle, 0), 1500),
        ("retract it", lambda: canvas.bar_clicked.emit(middle, 0), 1500),
        ("pan the whole", lambda: pan(5, 3), 400),
        ("zoom to full size", canvas.zoom_reset, 300),
        ("pan at full size", lambda: pan(25, 13), 400),
        ("select", lambda: canvas.set_selected([middle]), 400),
        ("add a node", lambda: canvas.node_requested.emit(5.0, 5.0), 1500),
        ("undo", window.document.undo, 1500),
        ("lay out", lambda: bench.trigger("network.layout"), 2500),
        ("undo the layout", window.document.undo, 1000),
        ("select all", canvas.select_all, 400),
        ("delete all", lambda: bench.trigger("network.delete"), 1500),
        ("undo the deletion", window.document.undo, 1500),
        ("names only", lambda: bench.trigger("network.show_names"), 1000),
        ("save", lambda: window.document.save(folder / "saved.macroscope"), 100),
    ]
    for title, act, wait in actions:
        act()
        QTest.qWait(wait)
        pulse.report(title)


def main(*paths):
    configure_kernel_cache()
    make_application()
    folder = Path(tempfile.mkdtemp())
    files = [Path(path) for path in paths]
    if not files:
        files = [folder / "made-up.bif"]
        bif.write(made_up_network(), files[0])
    window = make_window(folder / "state", folder / "preferences.json")
    window.resize(1500, 940)
    window.show()
    warm_kernels()
    pulse = Pulse()
    QTest.qWait(800)
    print("longest gaps, ms")
    pulse.report("idle")
    for path in files:
        print(path.name)
        measure(window, pulse, path, folder)
    sys.stdout.flush()
    os._exit(0)  # nothing here is worth asking whether to save it


if __name__ == "__main__":
    main(*sys.argv[1:])
