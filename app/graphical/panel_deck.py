"""The deck of panels below a canvas: one tab each, made when first shown, remembered when hidden.

A panel belongs to its bench; the deck asks of it no more than `Panel` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.shell.actions import ActionSpec
from app.shell.bench import load
from app.shell.room import Room

if TYPE_CHECKING:
    from app.shell.bench import BenchContext, FigureView


LEAST_ROOM = QSize(320, 130)
"""The least size of a panel in the deck; below its own it scrolls."""

SHOWING = "panel"
"""Prefix of the actions that show a panel."""


@dataclass(frozen=True)
class PanelSpec:
    """A panel as a bench knows it before it is made: tab, action that shows it, own actions.

    Its id is also the prefix of its actions ("levels.step"). `widget` is "module:Class" of a
    `Panel`, imported when the panel is first shown.
    """

    id: str
    title: str
    icon: str
    help: str
    widget: str
    shortcut: str | None = None
    actions: tuple[ActionSpec, ...] = ()

    @property
    def show_action(self) -> ActionSpec:
        """The action that shows the panel, or hides it where it is in sight already."""
        return ActionSpec(
            f"{SHOWING}.{self.id}",
            self.title,
            self.help,
            "View",
            self.shortcut,
            self.icon,
            checkable=True,
            group="panels",
        )


class Panel(QWidget):
    """One panel below a canvas; made when it is first shown with what its bench surrounds it with.

    It works only between ``set_current(True)`` and ``set_current(False)``: a hidden panel costs
    nothing.
    """

    decoration_changed = Signal()
    state_changed = Signal()
    """The answer of `is_enabled`, `is_checked` or `views` may be another."""

    nothing: Any = None
    """What the deck draws over the canvas while no panel is in sight."""

    def set_current(self, is_current: bool) -> None:
        """Begin or end to follow the subject: the panel came into sight or went out of it."""

    def decoration(self) -> Any:
        """Return what is drawn over the canvas while this panel is in sight."""
        return self.nothing

    def trigger(self, action_id: str) -> None:
        """Carry out one of the panel's actions."""

    def is_enabled(self, action_id: str) -> bool:
        return True

    def is_checked(self, action_id: str) -> bool:
        return False

    def views(self) -> list[FigureView]:
        """Return what can be exported of the panel now."""
        return []

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""

    def close_panel(self) -> None:
        """Stop everything that would outlive the bench."""


ENLARGED_SHARE = 72
"""Of the height, in per cent, where the panels have most of it."""


class PanelDeck(QTabWidget):
    """Holds the panels of a bench; hidden until one of them is asked for.

    Parameters
    ----------
    make : callable
        Returns a panel's class made with its surroundings.
    preference : str
        Under which the id of the panel in sight is kept, empty when the deck is hidden.
    nothing : object
        The decoration while no panel is in sight.
    """

    decoration_changed = Signal()
    state_changed = Signal()
    appearing = Signal()
    enlarged = Signal()
    """The deck took most of the height, or gave it back."""
    appeared = Signal()
    """The deck was hidden and takes its share of the height."""

    def __init__(
        self,
        context: BenchContext,
        make: Callable[[type], Panel],
        specs: Sequence[PanelSpec],
        preference: str,
        nothing: Any,
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._context, self._make = context, make
        self._specs = tuple(specs)
        self._preference, self._nothing = preference, nothing
        self._panels: dict[str, Panel] = {}
        self._current: Panel | None = None
        self._palette = dict(context.palette)
        self.setDocumentMode(True)
        self.setMinimumHeight(180)
        for spec in self._specs:
            page = QWidget(self)
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.addTab(page, spec.title)
            self.setTabToolTip(self.count() - 1, spec.help)
        self._is_enlarged = bool(context.preferences.get(f"{preference}.enlarged", False))
        self._heights: list[int] = []
        self.enlarging_button = self._corner_button("", self.toggle_enlarged)
        self._closing = self._corner_button("Hide the panels", self.close_deck)
        self.setCornerWidget(self._corner(), Qt.Corner.TopRightCorner)
        self._show_icons()
        self.hide()
        self.currentChanged.connect(self._on_tab)

    @property
    def shown_id(self) -> str:
        """Id of the panel in sight, empty when the deck is hidden."""
        return "" if self.isHidden() else self._specs[self.currentIndex()].id

    def shown_panel(self) -> Panel | None:
        """Return the panel in sight."""
        return self._current

    def panel(self, panel_id: str) -> Panel:
        """Return the panel, made now if it was never shown."""
        found = self._panels.get(panel_id)
        if found is None:
            spec = next(each for each in self._specs if each.id == panel_id)
            found = self._panels[panel_id] = self._make(load(spec.widget))
            found.decoration_changed.connect(self.decoration_changed)
            found.state_changed.connect(self.state_changed)
            found.apply_palette(self._palette)
            self.widget(self._specs.index(spec)).layout().addWidget(Room(found, LEAST_ROOM))
        return found

    def remembered(self, usual: str = "") -> str:
        """Return the id of the panel that was in sight last, empty where the deck was hidden."""
        panel_id = self._context.preferences.get(self._preference, usual)
        return panel_id if any(spec.id == panel_id for spec in self._specs) else ""

    def toggle(self, panel_id: str) -> None:
        """Show the panel, or hide the deck where it is in sight already."""
        if self.shown_id == panel_id:
            self.close_deck()
        else:
            self.open_panel(panel_id)

    def open_panel(self, panel_id: str) -> Panel:
        """Bring a panel into sight."""
        index = next(i for i, spec in enumerate(self._specs) if spec.id == panel_id)
        was_hidden = self.isHidden()
        if was_hidden:
            self.appearing.emit()
        self.show()
        self.setCurrentIndex(index)
        self._follow()
        if was_hidden:
            self.appeared.emit()
            self._share_height()
        return self.panel(panel_id)

    def open_soon(self, panel_id: str) -> None:
        """Give a panel its place now and make it in a turn of its own, where that is long."""
        index = next(i for i, spec in enumerate(self._specs) if spec.id == panel_id)
        self.setCurrentIndex(index)
        self.show()
        QTimer.singleShot(0, self, self._follow)
        self.appeared.emit()
        self._share_height()

    @Slot()
    def toggle_enlarged(self) -> None:
        """Give the panels most of the height, or the height that they had before."""
        self.appearing.emit()
        self._is_enlarged = not self._is_enlarged
        self._context.preferences.set(f"{self._preference}.enlarged", self._is_enlarged)
        self._share_height()
        self._show_icons()
        self.enlarged.emit()
        self.state_changed.emit()

    def _share_height(self) -> None:
        splitter = self.parentWidget()
        if not isinstance(splitter, QSplitter):
            return
        if self._is_enlarged:
            self._heights = splitter.sizes()
            canvas = sum(self._heights) * (100 - ENLARGED_SHARE) // 100
            splitter.setSizes([canvas, sum(self._heights) - canvas])
        elif self._heights:
            splitter.setSizes(self._heights)

    @Slot()
    def close_deck(self) -> None:
        """Put the panels out of sight."""
        self.hide()
        self._follow()

    # -- the actions of the panels ---------------------------------------------------------------

    def has_action(self, action_id: str) -> bool:
        """Whether the action shows a panel ("panel.levels") or is one of its own."""
        prefix = action_id.partition(".")[0]
        return prefix == SHOWING or any(spec.id == prefix for spec in self._specs)

    def trigger(self, action_id: str) -> None:
        """Show or hide a panel, or let it carry out an action of its own in sight."""
        prefix, _, rest = action_id.partition(".")
        if prefix == SHOWING:
            self.toggle(rest)
        else:
            self.open_panel(prefix).trigger(action_id)

    def is_action_enabled(self, action_id: str) -> bool:
        """Whether the action can be carried out; out of sight a panel promises all of its own."""
        prefix = action_id.partition(".")[0]
        return self.shown_id != prefix or self.panel(prefix).is_enabled(action_id)

    def is_action_checked(self, action_id: str) -> bool:
        """Whether the panel is in sight that the action shows, or says so of its own."""
        prefix, _, rest = action_id.partition(".")
        if prefix == SHOWING:
            return self.shown_id == rest
        return self.shown_id == prefix and self.panel(prefix).is_checked(action_id)

    def views(self) -> list[FigureView]:
        """Return what can be exported of the panel in sight."""
        return [] if self._current is None else self._current.views()

    # -- following -------------------------------------------------------------------------------

    def decoration(self) -> Any:
        """Return what the panel in sight draws over the canvas."""
        return self._nothing if self._current is None else self._current.decoration()

    def made(self) -> list[Panel]:
        """Return the panels that exist."""
        return list(self._panels.values())

    def apply_palette(self, palette: dict[str, str]) -> None:
        self._palette = dict(palette)
        self._show_icons()
        for panel in self._panels.values():
            panel.apply_palette(palette)

    def close_panels(self) -> None:
        for panel in self._panels.values():
            panel.close_panel()

    @Slot()
    def _follow(self) -> None:
        """Tell the panel that came into sight, and the one that went out of it."""
        shown = self.panel(self.shown_id) if self.shown_id else None
        if shown is not self._current:
            before, self._current = self._current, shown
            if before is not None:
                before.set_current(False)
            if shown is not None:
                shown.set_current(True)
            self.decoration_changed.emit()
        self._context.preferences.set(self._preference, self.shown_id)
        self.state_changed.emit()

    @Slot(int)
    def _on_tab(self, _index: int) -> None:
        if not self.isHidden():
            self._follow()

    def _show_icons(self) -> None:
        text = "Give the panels less height" if self._is_enlarged else "Give the panels more height"
        self.enlarging_button.setIcon(self._context.icon("down" if self._is_enlarged else "up"))
        self.enlarging_button.setToolTip(text)
        self.enlarging_button.setAccessibleName(text)
        self._closing.setIcon(self._context.icon("close"))

    def _corner(self) -> QWidget:
        corner = QWidget(self)
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self.enlarging_button)
        row.addWidget(self._closing)
        return corner

    def _corner_button(self, text: str, run: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.clicked.connect(run)
        return button
