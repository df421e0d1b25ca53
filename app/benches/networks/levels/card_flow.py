"""Cards in rows that wrap: factors with their size, and the signs between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.benches.networks.levels.colours import colours

HEIGHT, GAP, PADDING = 40.0, 6.0, 8.0
WIDEST = 260.0


@dataclass(frozen=True)
class Card:
    """One thing in the flow.

    `kind` is "card", "sign" (a sign between cards) or "heading" (begins a new row). `key` is what
    picking the card says. `role` is a palette role for its border, "" for the usual one.
    """

    text: str
    caption: str = ""
    key: object = None
    role: str = ""
    kind: str = "card"


class CardFlow(QWidget):
    """Paints the cards itself, so that a thousand cost no more than a few."""

    picked = Signal(object)
    """(key of a card)."""

    def __init__(self, name: str, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._colours = colours(palette)
        self._widths: dict[tuple[str, str], float] = {}
        self._cards: tuple[Card, ...] = ()
        self._places: list[QRectF] = []
        self._chosen: object = None
        self._focus = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is shown."""
        return self._cards

    def place_of(self, key: object) -> QRectF:
        """Return where the card with a key is."""
        return next(p for p, c in zip(self._places, self._cards, strict=True) if c.key == key)

    def set_cards(self, cards: Sequence[Card], chosen: object = None) -> None:
        """Show other cards."""
        self._cards, self._chosen = tuple(cards), chosen
        self._focus = -1
        self._place()
        words = [f"{c.text}, {c.caption}" for c in cards if c.kind == "card"]
        self.setAccessibleDescription("; ".join(words[:40]))

    def choose(self, key: object) -> None:
        """Show a card as the chosen one."""
        self._chosen = key
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours = colours(palette)
        self.update()

    # -- places ----------------------------------------------------------------------------------

    def _place(self) -> None:
        big, small = QFontMetricsF(self.font()), QFontMetricsF(self._small())
        room = max(float(self.width()), 120.0)
        self._places = []
        x = y = 0.0
        is_fresh = True
        for card in self._cards:
            if card.kind == "heading":
                y += 0.0 if is_fresh else HEIGHT + GAP
                height = small.height() + 2
                self._places.append(QRectF(0.0, y, room, height))
                x, y, is_fresh = 0.0, y + height + 2, True
                continue
            wide = self._width(card, big, small)
            if x > 0 and x + wide > room:
                x, y = 0.0, y + HEIGHT + GAP
            self._places.append(QRectF(x, y, wide, HEIGHT))
            x, is_fresh = x + wide + GAP, False
        bottom = max((p.bottom() for p in self._places), default=0.0)
        self.setMinimumHeight(round(bottom + 4))
        self.update()

    def _width(self, card: Card, big: QFontMetricsF, small: QFontMetricsF) -> float:
        found = self._widths.get((card.text, card.caption))
        if found is None:
            found = big.horizontalAdvance(card.text)
            if card.kind == "card":
                found = min(max(found, small.horizontalAdvance(card.caption)), WIDEST) + 2 * PADDING
            self._widths[card.text, card.caption] = found
        return found

    def changeEvent(self, change: QEvent) -> None:
        super().changeEvent(change)
        if change.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.85, 6.0))
        return font

    def _at(self, x: float, y: float) -> int:
        for k, (place, card) in enumerate(zip(self._places, self._cards, strict=True)):
            if card.kind == "card" and place.contains(x, y):
                return k
        return -1

    # -- events ----------------------------------------------------------------------------------

    def resizeEvent(self, resize: QResizeEvent) -> None:
        super().resizeEvent(resize)
        if resize.size().width() != resize.oldSize().width():
            self._place()

    def mousePressEvent(self, press: QMouseEvent) -> None:
        k = self._at(press.position().x(), press.position().y())
        if k >= 0:
            self._pick(k)

    def mouseMoveEvent(self, move: QMouseEvent) -> None:
        is_over = self._at(move.position().x(), move.position().y()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, key: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        places = [k for k, card in enumerate(self._cards) if card.kind == "card"]
        if key.key() in steps and places:
            now = places.index(self._focus) if self._focus in places else -1
            self._focus = places[min(max(now + steps[key.key()], 0), len(places) - 1)]
            self.update()
        elif key.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and self._focus >= 0:
            self._pick(self._focus)
        else:
            super().keyPressEvent(key)

    def event(self, happening: QEvent) -> bool:
        if happening.type() == QEvent.Type.ToolTip and isinstance(happening, QHelpEvent):
            k = self._at(happening.pos().x(), happening.pos().y())
            card = self._cards[k] if k >= 0 else None
            text = "" if card is None else f"{card.text}: {card.caption}. Click for its entries."
            QToolTip.showText(happening.globalPos(), f"<qt>{escape(text)}</qt>" if text else "")
            return True
        return super().event(happening)

    def _pick(self, k: int) -> None:
        self._focus = k
        self._chosen = self._cards[k].key
        self.update()
        self.picked.emit(self._chosen)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, paint: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = QRectF(paint.rect())
        for k, (place, card) in enumerate(zip(self._places, self._cards, strict=True)):
            if place.intersects(shown):
                self._paint(painter, k, place, card)

    def _paint(self, painter: QPainter, k: int, place: QRectF, card: Card) -> None:
        colour = self._colours
        painter.setFont(self._small() if card.kind == "heading" else self.font())
        if card.kind != "card":
            painter.setPen(colour["muted_text"])
            side = (
                Qt.AlignmentFlag.AlignLeft
                if card.kind == "heading"
                else Qt.AlignmentFlag.AlignHCenter
            )
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, card.text)
            return
        border = colour[card.role] if card.role else colour["border"]
        painter.setPen(QPen(border, 1.8 if card.role else 1.0))
        fill = QColor(colour["surface_raised"])
        if card.key is not None and card.key == self._chosen:
            fill = QColor(colour["accent"])
            fill.setAlphaF(0.16)
        painter.setBrush(fill)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        if k == self._focus and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour["selection"], 1.2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 4, 4)
        inner = place.adjusted(PADDING, 3, -PADDING, -3)
        painter.setPen(colour["text"])
        text = QFontMetricsF(self.font()).elidedText(
            card.text, Qt.TextElideMode.ElideRight, inner.width() + 1
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
        painter.setFont(self._small())
        painter.setPen(colour["muted_text"])
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, card.caption
        )
