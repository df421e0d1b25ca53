"""A layout of equal columns that wraps, so that cards fill the width they have."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Sets its items in rows of as many equal columns as fit."""

    def __init__(
        self, least: int, spacing: int, *, most: int = 2**24, over: QWidget | None = None
    ) -> None:
        super().__init__(over)
        self._least, self._most = least, most
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._place(room, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        heights = [item.minimumSize().height() for item in self._items]
        return QSize(self._least, max(heights, default=0))

    def columns(self, width: int) -> int:
        """Return how many columns fit in a width."""
        fitting = (width + self.spacing()) // (self._least + self.spacing())
        return max(1, min(fitting, max(len(self._items), 1)))

    def _place(self, room: QRect, *, move: bool) -> int:
        columns = self.columns(room.width())
        wide = min((room.width() - self.spacing() * (columns - 1)) // columns, self._most)
        top = room.top()
        for first in range(0, len(self._items), columns):
            row = self._items[first : first + columns]
            high = max(_height(item, wide) for item in row)
            if move:
                for column, item in enumerate(row):
                    left = room.left() + column * (wide + self.spacing())
                    item.setGeometry(QRect(QPoint(left, top), QSize(wide, high)))
            top += high + self.spacing()
        return max(top - self.spacing() - room.top(), 0)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
