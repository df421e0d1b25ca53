"""The archive of a search as a list that views show: one entry for each kind of creature."""

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QIcon, QImage, QPixmap

from app.benches.automata.library.dragging import WORLD_MIME, mime_of_world
from core.automata.search.archive import Archive, Found, kind_of
from core.automata.search.candidate import candidate_world

ORDERS = {
    "score": "Best first",
    "speed": "Fastest first",
    "mass": "Heaviest first",
    "trial": "Newest first",
}

DRAGGED_SIDE = 64

_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What is asked of an entry beyond its name and picture."""

    FOUND = Qt.ItemDataRole.UserRole
    ORDER = Qt.ItemDataRole.UserRole + 1


class Creatures(QAbstractListModel):
    """The creatures of an archive; new ones are appended, better ones take their place."""

    def __init__(self, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self._rows: list[Found] = []
        self._places: dict[tuple[int, ...], int] = {}
        self._icons: dict[int, QIcon] = {}
        self.order = "score"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many kinds there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is shown of a creature."""
        if not index.isValid():
            return None
        found = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return capitalised(found.name)
            case Qt.ItemDataRole.DecorationRole:
                return self._icons.get(found.trial)
            case Qt.ItemDataRole.ToolTipRole:
                told = f"{capitalised(found.name)}: {', '.join(facts(found))}"
                return f"{told}; double-click to open, drag to put it on the field"
            case Role.FOUND:
                return found
            case Role.ORDER:
                return order_of(found, self.order)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that creatures can be dragged onto the field."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Say what a drag carries."""
        return [WORLD_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return a creature as a world of its own."""
        found: Found = indexes[0].data(Role.FOUND)
        side = max(DRAGGED_SIDE, *(2 * each for each in found.candidate.patch.shape))
        world = candidate_world(found.candidate, side, found.name)
        return mime_of_world(replace(world, title=capitalised(found.name)))

    def show_archive(self, archive: Archive) -> None:
        """Take over what changed."""
        if not set(self._places) <= set(archive.creatures):
            self.beginResetModel()
            self._rows, self._places, self._icons = [], {}, {}
            self.endResetModel()
        fresh = []
        for found in archive.in_order():
            place = self._places.get(kind_of(found))
            if place is None:
                fresh.append(found)
            elif self._rows[place] is not found:
                self._rows[place] = found
                at = self.index(place)
                self.dataChanged.emit(at, at)
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            for place, found in enumerate(fresh, first):
                self._rows.append(found)
                self._places[kind_of(found)] = place
            self.endInsertRows()

    def without_picture(self) -> list[Found]:
        """Return the creatures that have no picture yet."""
        return [found for found in self._rows if found.trial not in self._icons]

    def show_pictures(self, pictures: Sequence[tuple[int, QImage]]) -> None:
        """Give creatures their pictures, by trial."""
        for trial, image in pictures:
            self._icons[trial] = QIcon(QPixmap.fromImage(image))
        if pictures and self._rows:
            last = self.index(len(self._rows) - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.DecorationRole])

    def forget_pictures(self) -> None:
        """Have all pictures made again."""
        self._icons = {}


class Sorted(QSortFilterProxyModel):
    """The creatures in the order that was chosen."""

    def __init__(self, creatures: Creatures, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self.setSourceModel(creatures)
        self.setSortRole(Role.ORDER)
        self.setDynamicSortFilter(True)
        self.sort(0, Qt.SortOrder.DescendingOrder)
        self._creatures = creatures

    def set_order(self, order: str) -> None:
        """Sort by score, speed, mass or trial."""
        self._creatures.order = order
        self.invalidate()


def order_of(found: Found, order: str) -> float:
    """Return the number by which a creature is sorted."""
    match order:
        case "speed":
            return found.outcome.speed
        case "mass":
            return found.outcome.mass
        case "trial":
            return float(found.trial)
    return found.score


def capitalised(name: str) -> str:
    """Return a name with a capital."""
    return name[:1].upper() + name[1:]


def facts(found: Found) -> tuple[str, str]:
    """Return speed and mass of a creature."""
    speed = f"speed {found.outcome.speed:.2f}" if found.outcome.verdict == "moving" else "stays"
    return speed, f"mass {found.outcome.mass:.2f}"
