"""What a hand does on the canvas of a bench."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def double_click(bench, x, y):
    """Click twice at a place of the scene."""
    double_click_at(bench, bench.canvas.mapFromScene(x, y))


def double_click_at(bench, where):
    """Click twice at a point of the viewport."""
    viewport = bench.canvas.viewport()
    QTest.mouseClick(viewport, LEFT, pos=where)
    QTest.mouseDClick(viewport, LEFT, pos=where)
    QTest.mouseRelease(viewport, LEFT, pos=where)


def add(bench, name, x, y):
    """Add a node at a place of the scene and give it a name."""
    double_click(bench, x, y)
    bench.canvas.end_rename()
    bench.gestures.rename(bench.canvas.selected()[0], name)


def rim(bench, name):
    """Return the point of the viewport at the lower rim of a node."""
    box = bench.canvas.node_rect(name)
    return QPoint(box.center().x(), box.bottom())


def drag(bench, start, end, *, bow=0):
    """Drag from point to point of the viewport, on a way so many pixels below the straight one."""
    viewport = bench.canvas.viewport()
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(viewport, start + QPoint(0, bow) + (end - start) * step / 8)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def draw_arc(bench, source, target, *, bow=0):
    """Drag from the rim of a node to another."""
    drag(bench, rim(bench, source), bench.canvas.node_rect(target).center(), bow=bow)
