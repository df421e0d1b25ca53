"""Print for how long the window does not answer while networks are opened and worked on.

Run ``python -m tests.benchmarks.interface_stalls [--rounds N] FILE …`` from the root of the
repository; without files it works on a made-up network of 1041 nodes. A tick every 5 ms is wanted
from the event loop, and the gap between two ticks is a turn. Each line gives, for one action, the
longest turn in milliseconds: the best, the middle and the worst of the rounds, then the most time
that the window's thread itself worked in one turn, in the middle round. The difference is time
that other threads and other programs took.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest

from app.window import make_application, make_window, warm_kernels
from core.kernel_cache import configure_kernel_cache
from core.networks.formats import bif
from core.networks.model import BayesNet, Node, uniform_table

TICK_MS = 5
NODES = 1041


class Pulse(QObject):
    """Measures the turns of the event loop, by the clock and by the work of this thread."""

    def __init__(self):
        super().__init__()
        self._turns = []
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    @staticmethod
    def _now():
        return time.perf_counter(), time.thread_time()

    def _tick(self):
        now = self._now()
        self._turns.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def take(self):
        """Return the longest turn since the last call and the most work in one, in ms."""
        self._tick()
        turns, self._turns = self._turns, []
        return tuple(1000 * max(turn[k] for turn in turns) for k in (0, 1))


def made_up_network(count=NODES, seed=1):
    """Return a network of small nodes, each with up to two parents among those before it."""
    rng = random.Random(seed)
    nodes, sizes = [], []
    for k in range(count):
        near = range(max(0, k - 6), k)
        parents = rng.sample(near, min(len(near), rng.randrange(3)))
        sizes.append(rng.choice((2, 2, 3, 4, 5)))
        table = uniform_table([sizes[j] for j in parents], sizes[k])
        states = tuple(f"state {j}" for j in range(sizes[k]))
        nodes.append(Node(f"N{k}", states, tuple(f"N{j}" for j in parents), table))
    return BayesNet(nodes)


def wait(milliseconds):
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def act(action):
    """Do something in a turn of the event loop."""
    QTimer.singleShot(0, action)
    wait(1)


def settle(window):
    """Wait until a subject is open and its beliefs are known."""
    wait(600)
    while (bench := window.workspace.current_bench) is None or bench.beliefs.is_waiting:
        wait(20)
    wait(500)


class Actions:
    """What users do with an open network, each as (title, action, milliseconds to wait)."""

    def __init__(self, window, folder):
        self.window, self.folder = window, folder
        self.bench = window.workspace.current_bench
        self.canvas = self.bench.canvas
        window.document.save(folder / "saved.macroscope")  # so that it has a file to be saved to
        self.names = self.bench.document.net.names
        self.middle = self.names[len(self.names) // 2]

    def everything(self):
        """Return the actions in their order."""
        bench, canvas, undo = self.bench, self.canvas, self.window.document.undo
        panels = ("levels", "separation", "queries", "influence", "cases")
        return [
            ("enter evidence", lambda: canvas.bar_clicked.emit(self.middle, 0), 1000),
            ("retract it", lambda: canvas.bar_clicked.emit(self.middle, 0), 1000),
            ("pan the whole", lambda: self.pan(5, 3), 300),
            ("zoom in and out", self.zoom, 400),
            ("zoom to full size", self.to_middle, 300),
            ("pan at full size", lambda: self.pan(25, 13), 300),
            ("hover bars", self.hover, 600),
            ("evidence at full size", lambda: canvas.bar_clicked.emit(self.middle, 1), 1000),
            ("undo it", undo, 1000),
            ("drag a node", self.drag, 800),
            ("undo the drag", undo, 600),
            ("select", lambda: canvas.set_selected([self.middle]), 300),
            ("see the whole", canvas.fit, 300),
            ("select another", lambda: canvas.set_selected([self.names[1]]), 300),
            ("add a node", lambda: canvas.node_requested.emit(5.0, 5.0), 1200),
            ("undo the addition", undo, 1200),
            ("lay out", lambda: bench.trigger("network.layout"), 2500),
            ("undo the layout", undo, 1000),
            ("select all", canvas.select_all, 300),
            ("delete all", lambda: bench.trigger("network.delete"), 800),
            ("undo the deletion", undo, 1500),
            ("select one", lambda: canvas.set_selected([self.middle]), 300),
            ("delete one", lambda: bench.trigger("network.delete"), 1200),
            ("undo that", undo, 1200),
            ("names only", lambda: bench.trigger("network.show_names"), 800),
            ("bars again", undo, 800),
            ("dark theme", lambda: self.window.choose_theme("dark"), 800),
            ("light theme", lambda: self.window.choose_theme("light"), 800),
            *(
                (f"panel {name}", lambda name=name: bench.trigger(f"panel.{name}"), 1200)
                for name in panels
            ),
            ("evidence under it", lambda: canvas.bar_clicked.emit(self.middle, 0), 1000),
            ("undo under it", undo, 1000),
            ("hide the panels", bench.deck.close_deck, 400),
            ("save", self.window.files.save, 600),
        ]

    def pan(self, dx, dy):
        for _ in range(20):
            act(lambda: self.canvas.pan(dx, dy))
            wait(8)

    def zoom(self):
        middle = QPointF(self.canvas.viewport().rect().center())
        for factor in (1.15,) * 10 + (1 / 1.15,) * 10:
            act(lambda factor=factor: self.canvas.zoom_about(middle, factor))
            wait(8)

    def to_middle(self):
        self.canvas.centerOn(self.canvas.graph.nodes[self.middle].pos())
        self.canvas.zoom_reset()

    def hover(self):
        """Rest on the states of a node, one after the other."""
        item, view = self.canvas.graph.nodes[self.middle], self.canvas.viewport()
        for row in item.layout.rows:
            if row.index is not None:
                spot = item.pos() + QPointF(row.track_left + 4, row.middle)
                act(lambda spot=spot: QTest.mouseMove(view, self.canvas.mapFromScene(spot)))
                wait(250)
        act(lambda: QTest.mouseMove(view, QPoint(2, 2)))

    def drag(self):
        """Pull a node about by its title."""
        item, view = self.canvas.graph.nodes[self.middle], self.canvas.viewport()
        at = self.canvas.mapFromScene(item.pos() + QPointF(0, item.layout.title_middle))
        button = Qt.MouseButton.LeftButton
        act(lambda: QTest.mousePress(view, button, pos=at))
        for step in range(1, 16):
            act(lambda step=step: QTest.mouseMove(view, at + QPoint(4 * step, 3 * step)))
            wait(8)
        act(lambda: QTest.mouseRelease(view, button, pos=at + QPoint(60, 45)))


def measure(window, pulse, path, folder, only=""):
    """Open a file, do with it what users do, and return the longest turns by action."""
    found = {}
    pulse.take()
    act(lambda: window.open_files([path]))
    settle(window)
    found["open"] = pulse.take()
    for title, action, milliseconds in Actions(window, folder).everything():
        if only and only not in title:
            continue
        pulse.take()
        if title.startswith(("pan ", "zoom in", "hover", "drag")):
            action()
        else:
            act(action)
        wait(milliseconds)
        found[title] = pulse.take()
    act(window.document.new)
    wait(300)
    found["close"] = pulse.take()
    return found


def tell(path, rounds):
    """Print a line for each action."""
    print(f"{path.name:24}  best  middle  worst   work")
    for title in rounds[0]:
        clock = sorted(each[title][0] for each in rounds)
        work = statistics.median(each[title][1] for each in rounds)
        middle = statistics.median(clock)
        print(
            f"  {title:22} {clock[0]:5.0f} {middle:7.0f} {clock[-1]:6.0f} {work:6.0f}", flush=True
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="measure the actions with these words alone")
    chosen = parser.parse_args()
    configure_kernel_cache()
    make_application()
    folder = Path(tempfile.mkdtemp())
    files = chosen.files
    if not files:
        files = [folder / "made-up.bif"]
        bif.write(made_up_network(), files[0])
    window = make_window(folder / "state", folder / "preferences.json")
    window.resize(1500, 940)
    window.show()
    warm_kernels()
    pulse = Pulse()
    wait(800)
    print(f"idle: {pulse.take()[0]:.0f} ms; longest turns in ms:", flush=True)
    for path in files:
        rounds = [measure(window, pulse, path, folder, chosen.only) for _ in range(chosen.rounds)]
        tell(path, rounds)
    sys.stdout.flush()
    os._exit(0)  # nothing here is worth asking whether to save it


if __name__ == "__main__":
    main()
