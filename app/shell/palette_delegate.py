"""Draws a row of the command palette: icon, title with the found letters lit, place, shortcut."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

COMMAND_ROLE = Qt.ItemDataRole.UserRole + 1
MATCH_ROLE = Qt.ItemDataRole.UserRole + 2
ICON = 16


def lit_layout(
    text: str, positions: Sequence[int], font: QFont, colour: QColor, lit: QColor
) -> QTextLayout:
    """Return `text` laid out on one line with the letters at `positions` bold and coloured."""
    layout = QTextLayout(text, font)
    plain = QTextLayout.FormatRange()
    plain.start, plain.length = 0, len(text)
    plain.format.setForeground(colour)
    ranges = [plain]
    for place in positions:
        one = QTextLayout.FormatRange()
        one.start, one.length = place, 1
        one.format = QTextCharFormat()
        one.format.setForeground(lit)
        one.format.setFontWeight(QFont.Weight.Bold)
        ranges.append(one)
    layout.setFormats(ranges)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


class PaletteDelegate(QStyledItemDelegate):
    """Paints with the palette of the view, so both themes fit."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, max(option.fontMetrics.height() + 12, 32))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        command = index.data(COMMAND_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        group = QPalette.ColorGroup.Normal if command.enabled else QPalette.ColorGroup.Disabled
        colours = option.palette
        ink = colours.color(group, QPalette.ColorRole.Text)
        lit = colours.color(group, QPalette.ColorRole.Accent) if command.enabled else ink
        muted = colours.color(group, QPalette.ColorRole.PlaceholderText)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect).adjusted(0, 1, -4, -1)
        if chosen:
            wash = QColor(colours.color(QPalette.ColorRole.Accent))
            wash.setAlphaF(0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wash)
            painter.drawRoundedRect(QRectF(box), 4, 4)
        inner = box.adjusted(8, 0, -8, 0)
        if command.icon is not None:
            top = inner.center().y() - ICON // 2 + 1
            mode = QIcon.Mode.Normal if command.enabled else QIcon.Mode.Disabled
            where = QRect(inner.left(), top, ICON, ICON)
            command.icon.paint(painter, where, Qt.AlignmentFlag.AlignCenter, mode)
        inner.setLeft(inner.left() + ICON + 8)
        inner.setRight(self._paint_keys(painter, inner, option.font, command.shortcut, muted))
        layout = lit_layout(command.title, index.data(MATCH_ROLE) or (), option.font, ink, lit)
        line = layout.lineAt(0)
        layout.draw(painter, QPointF(inner.left(), inner.center().y() - line.height() / 2 + 1))
        inner.setLeft(int(inner.left() + line.naturalTextWidth() + 12))
        painter.setPen(muted)
        shown = option.fontMetrics.elidedText(
            command.category, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_keys(
        self, painter: QPainter, inner: QRect, font: QFont, keys: str, colour: QColor
    ) -> int:
        """Draw the shortcut as a key cap at the right; return where the rest must end."""
        if not keys:
            return inner.right()
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(small)
        width = painter.fontMetrics().horizontalAdvance(keys) + 12
        height = painter.fontMetrics().height() + 4
        cap = QRectF(inner.right() - width, inner.center().y() - height / 2 + 1, width, height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = QColor(colour)
        edge.setAlphaF(0.45)
        painter.setPen(edge)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(colour)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        painter.setFont(font)
        return int(cap.left()) - 8
