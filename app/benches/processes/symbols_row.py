"""The alphabet as a row of buttons: rename a symbol, remove it, or add one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.benches.processes.presentation import CATEGORIES
from app.shell.flow_layout import FlowLayout

MOST_SHOWN = 40


class SymbolsRow(QWidget):
    """Shows symbols and asks for changes."""

    rename_asked = Signal(str)
    remove_asked = Signal(str)
    add_asked = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._symbols: tuple[str, ...] | None = None
        self._palette: Mapping[str, str] = {}
        self._buttons: list[QToolButton] = []
        self._flow = FlowLayout(40, 4, most=72, over=self)
        self.add = QToolButton(self)
        self.add.setText("+")
        self.add.setToolTip("Add a symbol to the alphabet")
        self.add.setAccessibleName("Add a symbol")
        self.add.clicked.connect(self.add_asked)
        self._flow.addWidget(self.add)

    def show_symbols(self, symbols: tuple[str, ...]) -> None:
        """Show another alphabet."""
        if symbols == self._symbols:
            return
        self._symbols = symbols
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._flow.removeWidget(self.add)
        self._buttons = [self._button(symbol) for symbol in symbols[:MOST_SHOWN]]
        for button in (*self._buttons, self.add):
            self._flow.addWidget(button)
        self._dress()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._dress()

    def _button(self, symbol: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(symbol)
        button.setToolTip(f"The symbol {symbol}: rename or remove it")
        button.setAccessibleName(f"Symbol {symbol}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction("Rename…").triggered.connect(lambda: self.rename_asked.emit(symbol))
        menu.addAction("Remove").triggered.connect(lambda: self.remove_asked.emit(symbol))
        button.setMenu(menu)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.show()
        return button

    def _dress(self) -> None:
        if not self._palette:
            return
        for place, button in enumerate(self._buttons):
            colour = self._palette[f"category_{place % CATEGORIES}"]
            button.setStyleSheet(
                f"QToolButton {{ border: 1px solid {self._palette['border']};"
                f" border-bottom: 3px solid {colour}; border-radius: 4px; padding: 2px 8px; }}"
                "QToolButton::menu-indicator { image: none; width: 0px; }"
            )
