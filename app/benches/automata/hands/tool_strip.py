"""The strip of tools beside the field."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.tool_box import GROUPS

WIDTH = 40
ICON = 20


class ToolStrip(QWidget):
    """One button per tool that this world takes; the tool in the hand is pressed."""

    def __init__(self, hands: Hands, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._hands = hands
        self.buttons: dict[str, QToolButton] = {}
        self._lines: list[QFrame] = []
        self._group = QButtonGroup(self)
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(2)
        for number, kinds in enumerate(GROUPS):
            if number:
                line = QFrame(self)
                line.setFixedHeight(1)
                layout.addSpacing(3)
                layout.addWidget(line)
                layout.addSpacing(3)
                self._lines.append(line)
            for kind in kinds:
                layout.addWidget(self._button(kind.id))
        layout.addStretch(1)
        hands.tool_changed.connect(self._show_tool)
        hands.traits_changed.connect(self._offer)
        self._offer()
        self._show_tool()
        self.apply_palette(hands.surroundings.context.palette)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        for line in self._lines:
            line.setStyleSheet(f"background: {palette['border']}; border: none;")
        icon = self._hands.surroundings.context.icon
        for tool_id, button in self.buttons.items():
            button.setIcon(icon(self._hands.tools[tool_id].icon))

    def _button(self, tool_id: str) -> QToolButton:
        tool = self._hands.tools[tool_id]
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFixedSize(WIDTH - 8, WIDTH - 8)
        button.setIconSize(QSize(ICON, ICON))
        button.setIcon(self._hands.surroundings.context.icon(tool.icon))
        button.setToolTip(f"<b>{tool.title}</b> ({tool.letter})<br>{tool.help}")
        button.setAccessibleName(tool.title)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._on_clicked(tool_id))
        self._group.addButton(button)
        self.buttons[tool_id] = button
        return button

    def _on_clicked(self, tool_id: str) -> None:
        self._hands.take(tool_id)
        self._hands.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_tool(self) -> None:
        self.buttons[self._hands.tool.id].setChecked(True)

    @Slot()
    def _offer(self) -> None:
        offered = {tool.id for tool in self._hands.offered()}
        for tool_id, button in self.buttons.items():
            button.setVisible(tool_id in offered)
