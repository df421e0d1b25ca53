"""Room for a panel: where a window is too small for it, it scrolls, and the window stays small."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Room(QScrollArea):
    """Holds a panel as large as it wants to be, in as little as `least`.

    A panel asks for its room through its own least size, which a layout would otherwise pass on to
    the window: one wide panel would then keep the whole window from becoming narrower.
    """

    def __init__(self, panel: QWidget, least: QSize, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setObjectName("room")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._least = least
        self.setWidget(panel)
        panel.setAutoFillBackground(False)  # which setWidget switched on

    def sizeHint(self) -> QSize:
        panel: QWidget | None = self.widget()
        return super().sizeHint() if panel is None else panel.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._least.boundedTo(self.need())

    def need(self) -> QSize:
        """Return the size below which the panel scrolls; nothing once the panel is gone."""
        panel: QWidget | None = self.widget()
        if panel is None:
            return QSize(0, 0)
        return panel.minimumSizeHint().expandedTo(panel.minimumSize())
