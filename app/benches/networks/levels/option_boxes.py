"""What the levels are asked for: the query, the rule of the order, the way of calibrating."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.benches.networks.levels.request import OWN, RULES

METHODS = (("sum-product", "Sum-product"), ("belief-update", "Belief-update"))
SELECTED = "Selected nodes"


class ElidingBox(QComboBox):
    """A list of choices that ends with an ellipsis what it has no room for."""

    def shown_text(self) -> str:
        """Return the choice as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        room = field.width()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _paint: QPaintEvent) -> None:
        """Draw the frame, the arrow and the words."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class ChoiceBox(ElidingBox):
    """A list of choices, each with a word of its own for the program."""

    def __init__(
        self,
        name: str,
        tip: str,
        choices: Sequence[tuple[str, str]],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setMinimumWidth(60)
        for word, text in choices:
            self.addItem(text, word)

    @property
    def choice(self) -> str:
        """The word of the choice."""
        return str(self.currentData())

    def choose(self, word: str) -> None:
        """Choose without telling anybody."""
        was_blocked = self.blockSignals(True)
        self.setCurrentIndex(max(self.findData(word), 0))
        self.blockSignals(was_blocked)


def rule_box(owner: QWidget) -> ChoiceBox:
    """Return the choice of how the elimination order is found."""
    tip = "How the elimination order is found; drag the chips for an order of your own"
    return ChoiceBox("Rule of the elimination order", tip, (*RULES, (OWN, "Own order")), owner)


def method_box(owner: QWidget) -> ChoiceBox:
    """Return the choice of how messages calibrate the tree."""
    tip = (
        "Sum-product (Shafer–Shenoy) keeps every message and divides nothing; belief-update "
        "(Lauritzen–Spiegelhalter) keeps beliefs and divides by what the separator held"
    )
    return ChoiceBox("Calibration", tip, METHODS, owner)


class QueryBox(ElidingBox):
    """The node that is asked for, or whatever is selected on the net."""

    query_chosen = Signal()

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._names: tuple[str, ...] = ()
        self.setAccessibleName("Query")
        self.setToolTip("The node whose distribution is asked for")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        self.setMinimumWidth(60)
        self.addItem(SELECTED)
        self.currentIndexChanged.connect(self._on_index)

    @property
    def follows_selection(self) -> bool:
        """Whether the selection of the net is the query."""
        return self.currentIndex() <= 0

    @property
    def name(self) -> str:
        """The chosen node, empty where the selection counts."""
        return "" if self.follows_selection else self.currentText()

    def set_names(self, names: tuple[str, ...], fallback: str) -> None:
        """Offer other nodes; the chosen one stays, else `fallback` is chosen."""
        if names == self._names:
            return
        chosen = self.name if self._names else fallback
        follows = bool(self._names) and self.follows_selection
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItem(SELECTED)
        self.addItems(list(names))
        self._names = names
        self.blockSignals(was_blocked)
        self.choose("" if follows else chosen if chosen in names else fallback)

    def choose(self, name: str) -> None:
        """Choose a node, or with "" the selection, without telling anybody."""
        was_blocked = self.blockSignals(True)
        self.setCurrentIndex(self._names.index(name) + 1 if name in self._names else 0)
        self.blockSignals(was_blocked)

    @Slot()
    def _on_index(self) -> None:
        self.query_chosen.emit()
