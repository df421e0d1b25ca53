"""A message on its way: a dot that travels along an arc of a canvas."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Slot
from PySide6.QtGui import QBrush, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from app.canvas.view import GraphCanvas

RADIUS = 6.5
TRAVEL_MS = 650


class Packet(QObject):
    """One dot on a canvas, seen only while it travels."""

    def __init__(self, canvas: GraphCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._path = QPainterPath()
        self._dot = QGraphicsEllipseItem(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
        self._dot.setZValue(20.0)
        self._dot.hide()
        canvas.graph.addItem(self._dot)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._motion.valueChanged.connect(self._on_value)
        self._motion.finished.connect(self._dot.hide)

    @property
    def is_travelling(self) -> bool:
        """Whether the dot is under way."""
        return self._motion.state() == QVariantAnimation.State.Running

    def send(self, source: str, target: str, within_ms: int) -> None:
        """Travel from one node to another along the arc between them, in at most `within_ms`."""
        self.stop()
        arcs = [a for a in self._canvas.graph.arcs_between(source, target)]
        arc = next((a for a in arcs if a.arc.source == source and a.arc.target == target), None)
        if arc is None or arc.route is None:
            return
        route = arc.route
        self._path = QPainterPath()
        self._path.moveTo(*route.start)
        if route.is_straight:
            self._path.lineTo(*route.tip)
        else:
            self._path.cubicTo(*route.control_1, *route.control_2, *route.tip)
        colour = self._canvas.graph.look.colour
        self._dot.setBrush(QBrush(colour["category_1"]))
        self._dot.setPen(QPen(colour["canvas"], 1.6))
        self._motion.setDuration(min(TRAVEL_MS, max(within_ms, 60)))
        self._dot.setPos(self._path.pointAtPercent(0.0))
        self._dot.show()
        self._motion.start()

    def stop(self) -> None:
        """Be seen no longer."""
        self._motion.stop()
        self._dot.hide()

    @Slot(object)
    def _on_value(self, share: object) -> None:
        self._dot.setPos(self._path.pointAtPercent(float(share)))
