"""The strip of tools beside the field."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QWidget

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.tool_box import GROUPS

SIDE = 32
ICON = 20
MARGIN = 4
GAP = 2
LINE = 7
"""Height that a line between two groups takes."""

LEAST_ROWS = 4
"""As many buttons lie one below another in the lowest window; the rest go beside them."""


class ToolStrip(QWidget):
    """One button per tool that this world takes; the tool in the hand is pressed."""

    def __init__(self, hands: Hands, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._hands = hands
        self.buttons: dict[str, QToolButton] = {}
        self._lines = [QFrame(self) for _group in GROUPS]
        self._group = QButtonGroup(self)
        for kinds in GROUPS:
            for kind in kinds:
                self._button(kind.id)
        hands.tool_changed.connect(self._show_tool)
        hands.traits_changed.connect(self._offer)
        self._offer()
        self._show_tool()
        self.apply_palette(hands.surroundings.context.palette)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width(), 2 * MARGIN + LEAST_ROWS * (SIDE + GAP))

    def resizeEvent(self, resized: QResizeEvent) -> None:
        super().resizeEvent(resized)
        self._place()

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
        button.setFixedSize(SIDE, SIDE)
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
        self._place()

    def _place(self) -> None:
        """Put the buttons one below another, in as many columns as the height asks for."""
        left = top = MARGIN
        for line, kinds in zip(self._lines, GROUPS, strict=True):
            shown = [self.buttons[kind.id] for kind in kinds]
            shown = [button for button in shown if not button.isHidden()]
            has_line = top > MARGIN and bool(shown)
            line.setVisible(has_line)
            if has_line:
                line.setGeometry(left, top + LINE // 2, SIDE, 1)
                top += LINE
            for button in shown:
                if top > MARGIN and top + SIDE > self.height():
                    left, top = left + SIDE + GAP, MARGIN
                button.move(left, top)
                top += SIDE + GAP
        self.setFixedWidth(left + SIDE + MARGIN)
