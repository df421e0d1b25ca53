"""A user's hands: real mouse and key events on the window, nothing behind its back."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton


class Hands:
    """Works on the current networks bench of a window."""

    def __init__(self, window, qtbot):
        self.window = window
        self.qtbot = qtbot

    @property
    def bench(self):
        return self.window.workspace.current_bench

    @property
    def canvas(self):
        return self.bench.canvas

    @property
    def net(self):
        return self.bench.document.net

    def wait_for_beliefs(self):
        self.qtbot.waitUntil(lambda: not self.bench.beliefs.is_waiting, timeout=30000)

    def double_click(self, x, y):
        where = self.canvas.mapFromScene(x, y)
        viewport = self.canvas.viewport()
        QTest.mouseClick(viewport, LEFT, pos=where)
        QTest.mouseDClick(viewport, LEFT, pos=where)
        QTest.mouseRelease(viewport, LEFT, pos=where)

    def add_node(self, x, y, name):
        """Double-click an empty place and type the name of the node that appears."""
        self.double_click(x, y)
        QTest.keyClicks(QApplication.focusWidget(), name)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def press(self, where):
        viewport = self.canvas.viewport()
        QTest.mouseMove(viewport, where)
        QTest.mousePress(viewport, LEFT, pos=where)

    def move(self, start, end):
        """Move with the button held (QTest's own moves carry no button)."""
        viewport = self.canvas.viewport()
        for step in range(1, 9):
            point = QPointF(start + (end - start) * step / 8)
            move = QMouseEvent(
                QEvent.Type.MouseMove,
                point,
                QPointF(viewport.mapToGlobal(point.toPoint())),
                Qt.MouseButton.NoButton,
                LEFT,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(viewport, move)

    def drag(self, start, end):
        self.press(start)
        self.move(start, end)
        QTest.mouseRelease(self.canvas.viewport(), LEFT, pos=end)

    def centre(self, name):
        return self.canvas.node_rect(name).center()

    def rim(self, name):
        box = self.canvas.node_rect(name)
        return QPoint(box.center().x(), box.bottom())

    def title(self, name):
        box = self.canvas.node_rect(name)
        return QPoint(box.center().x(), box.top() + 8)

    def draw_arc(self, source, target):
        self.drag(self.rim(source), self.centre(target))

    def select(self, name):
        QTest.mouseClick(self.canvas.viewport(), LEFT, pos=self.title(name))

    def bar(self, name, index):
        """Return where a state's bar of a node is in the viewport."""
        item = self.canvas.graph.nodes[name]
        row = next(row for row in item.layout.rows if row.index == index)
        x = row.track_left + row.track_width / 2
        return self.canvas.mapFromScene(item.mapToScene(QPointF(x, row.middle)))

    def click_bar(self, name, index):
        QTest.mouseClick(self.canvas.viewport(), LEFT, pos=self.bar(name, index))

    def type_table(self, name, columns):
        """Type a table cell by cell: `columns` is one list of probabilities for each column."""
        self.select(name)
        editor = self.bench.inspector().table_editor
        self.bench.inspector().setCurrentWidget(editor)
        for column, values in enumerate(columns):
            for row, value in enumerate(values):
                index = editor.model.index(row, column)
                editor.view.setCurrentIndex(index)
                editor.view.setFocus()
                QTest.keyClicks(editor.view, str(value)[0])
                field = QApplication.focusWidget()
                QTest.keyClicks(field, str(value)[1:])
                QTest.keyClick(field, Qt.Key.Key_Return)
                self.qtbot.wait(1)  # the editor goes at the next turn of the event loop

    def drop(self, path, at=None):
        """Drag a file onto the middle of the window, or another place, and let it go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at, copy = at or self.window.rect().center(), Qt.DropAction.CopyAction
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, data, LEFT, none))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, data, LEFT, none))

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def shortcut(self, sequence):
        QTest.keySequence(self.window, sequence)
        self.qtbot.wait(1)
