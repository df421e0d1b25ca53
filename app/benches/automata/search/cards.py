"""How a creature is drawn in the list: its picture, its name, and two lines of facts."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.benches.automata.search.creatures import Role, capitalised, facts
from app.benches.automata.search.picture import SIDE

CARD = QSize(203, SIDE + 12)


class CardDelegate(QStyledItemDelegate):
    """Draws cards of one size."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._muted = QColor("grey")

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._muted = QColor(palette["muted_text"])

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a card."""
        return CARD

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a card."""
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        found = index.data(Role.FOUND)
        box = option.rect
        picture = QRect(box.left() + 6, box.top() + 6, SIDE, SIDE)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None:
            icon.paint(painter, picture)
        left = picture.right() + 8
        bold = QFont(option.font)
        bold.setBold(True)
        lines = (capitalised(found.name), *facts(found))
        for number, text in enumerate(lines):
            font = option.font if number else bold
            painter.setFont(font)
            painter.setPen(self._muted if number else option.palette.text().color())
            high = SIDE // len(lines)
            place = QRect(left, picture.top() + number * high, box.right() - left - 4, high)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
