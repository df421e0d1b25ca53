"""Print how many frames a second the canvas draws on a large graph.

Run ``python -m tests.benchmarks.canvas_panning`` from the root of the repository; a number of nodes
and of arcs may follow. Off-screen it measures the drawing alone; under a display server, with it.
"""

import os
import random
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.canvas.geometry import node_size
from app.canvas.graph import Bar, GraphArc, GraphNode
from app.canvas.view import GraphCanvas
from resources import palette

FRAMES = 60
COLUMNS = 36


def large_graph(count, arc_count, *, with_bars, seed=1):
    rng = random.Random(seed)
    names = [f"Node {k}" for k in range(count)]
    pairs = {(k, min(count - 1, k + rng.randrange(1, 60))) for k in range(count - 1)}
    while len(pairs) < arc_count:
        first = rng.randrange(count - 1)
        pairs.add((first, min(count - 1, first + rng.randrange(1, 90))))
    arcs = [(names[a], names[b]) for a, b in sorted(pairs)]
    bars = (Bar("true", 0.3), Bar("false", 0.7)) if with_bars else ()
    width, height = node_size(names[-1], bars)
    places = {
        name: (k % COLUMNS * (width + 40.0), k // COLUMNS * (height + 50.0))
        for k, name in enumerate(names)
    }
    nodes = [GraphNode(name, name, places[name], bars=bars) for name in names]
    return nodes, [GraphArc(source, target) for source, target in arcs]


def frames_per_second(act):
    spent = []
    for frame in range(FRAMES):
        start = time.perf_counter()
        act(frame)
        QApplication.processEvents()
        spent.append(time.perf_counter() - start)
    spent.sort()
    return 1.0 / spent[len(spent) // 2], 1.0 / spent[int(0.95 * len(spent))]


def measure(nodes, arcs):
    canvas = GraphCanvas(palette("light"))
    canvas.resize(1200, 800)
    canvas.show()
    start = time.perf_counter()
    canvas.set_graph(nodes, arcs)
    built = time.perf_counter() - start
    start = time.perf_counter()
    canvas.set_graph(list(nodes), list(arcs))
    same = time.perf_counter() - start
    canvas.fit()
    middle = QPointF(canvas.viewport().rect().center())
    print(f"{len(nodes)} nodes, {len(arcs)} arcs, built in {built * 1e3:.0f} ms, ", end="")
    print(f"unchanged graph set in {same * 1e3:.1f} ms")
    for title, zoom in (("whole graph", canvas.zoom), ("half size", 0.5), ("full size", 1.0)):
        canvas.zoom_about(middle, zoom / canvas.zoom)
        QApplication.processEvents()
        seen = sum(
            canvas.visible_rect().contains(item.pos()) for item in canvas.graph.nodes.values()
        )
        pan = frames_per_second(lambda k: canvas.pan(*((14, 9) if k % 20 < 10 else (-14, -9))))
        redraw = frames_per_second(lambda k: canvas.viewport().update())
        zooms = frames_per_second(lambda k: canvas.zoom_about(middle, (1.05, 0.9524)[k % 2]))
        print(
            f"  {title:12} {seen:4} nodes in sight: panning {pan[0]:6.0f} frames/s "
            f"(95 % above {pan[1]:.0f}), zooming {zooms[0]:.0f}, redrawing all {redraw[0]:.0f}"
        )
    canvas.close()


def main(count=1000, arc_count=1500):
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    for with_bars in (False, True):
        print("with bars:" if with_bars else "names only:", end=" ")
        measure(*large_graph(count, arc_count, with_bars=with_bars))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
