"""The order in which Tab visits a window: as one reads it, in whatever order it was made."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QScrollArea, QTabBar, QWidget

CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


def neighbour(window: QMainWindow, current: QWidget | None, *, is_next: bool) -> QWidget | None:
    """Return what has the keyboard after `current`, or before it, round the ends."""
    order = list(stops(window))
    if not order:
        return None
    while current is not None and current not in order:
        current = current.parentWidget()
    if current is None:
        return order[0 if is_next else -1]
    return order[(order.index(current) + (1 if is_next else -1)) % len(order)]


def stops(over: QWidget) -> Iterator[QWidget]:
    """Yield what takes the keyboard inside `over`: row after row, each from left to right."""
    parts = [part for part in over.findChildren(QWidget, options=CHILDREN) if _is_seen(part)]
    for row in rows(parts, are_columns=isinstance(over, QMainWindow)):
        for part in row:
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                yield part
            yield from stops(part)


def rows(parts: Iterable[QWidget], *, are_columns: bool = False) -> list[list[QWidget]]:
    """Return widgets in rows; one that begins above the middle of the first of a row is beside it.

    Where they `are_columns`, it is enough that it begins above the middle of any in the row.
    """
    found: list[list[QWidget]] = []
    middle = 0
    for part in sorted(parts, key=lambda each: each.y()):
        own = part.geometry().center().y()
        if found and part.y() < middle:
            found[-1].append(part)
            middle = max(middle, own) if are_columns else middle
        else:
            found.append([part])
            middle = own
    return [sorted(row, key=lambda each: (each.x(), each.y())) for row in found]


def bring_into_sight(part: QWidget) -> None:
    """Scroll every area around a widget so that it is seen."""
    over = part.parentWidget()
    while over is not None:
        if isinstance(over, QScrollArea):
            over.ensureWidgetVisible(part, 8, 8)
        over = over.parentWidget()


def _is_seen(part: QWidget) -> bool:
    """Whether a widget is there for the user.

    A window keeps docks that are behind others outside of itself, and tab bars that it has no use
    for there or under the one in use.
    """
    if not part.isVisible() or part.isWindow() or not part.isEnabled():
        return False
    over = part.parentWidget()
    if not isinstance(over, QMainWindow):
        return True
    if not over.rect().intersects(part.geometry()):
        return False
    if not isinstance(part, QTabBar):
        return True
    on_top = over.childAt(part.geometry().center())
    return on_top is not None and (on_top is part or part.isAncestorOf(on_top))
