"""Nodes gliding to the places where a new layout wants them."""

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Slot

from app.canvas.scene import GraphScene

DURATION_MS = 300


class Motion(QVariantAnimation):
    """Moves nodes from where they are to where they belong, slowing down at the end."""

    def __init__(self, scene: GraphScene, owner: QObject) -> None:
        super().__init__(owner)
        self._scene = scene
        self._ways: dict[str, tuple[float, float, float, float]] = {}
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(DURATION_MS)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.valueChanged.connect(self._on_value)

    @property
    def is_running(self) -> bool:
        """Whether nodes are on their way."""
        return self.state() == QVariantAnimation.State.Running

    def glide(self, targets: Mapping[str, tuple[float, float]]) -> None:
        """Start towards `targets`, taking along what is still on its way elsewhere."""
        ends = {name: way[2:] for name, way in self._ways.items()} if self.is_running else {}
        ends.update(targets)
        self.stop()
        self._ways = {}
        for name, (x, y) in ends.items():
            item = self._scene.nodes.get(name)
            if item is not None:
                at = item.pos()
                self._ways[name] = (at.x(), at.y(), x, y)
        self.start()

    def drop(self, name: str) -> None:
        """Leave one node where it is: something else moves it."""
        self._ways.pop(name, None)

    def finish(self) -> None:
        """Put everything where it belongs at once."""
        if self.is_running:
            self.stop()
            self._on_value(1.0)
        self._ways = {}

    @Slot(object)
    def _on_value(self, share: object) -> None:
        t = float(share)
        self._scene.place(
            {
                name: (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
                for name, (x0, y0, x1, y1) in self._ways.items()
            }
        )
