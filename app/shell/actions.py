"""The one registry of actions, from which menus, toolbars, palette and shortcut page are made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence

from core.errors import MacroscopeError

ICONS_AT_ONCE = 6
"""Icons drawn in one turn of the event loop; each takes about 2 ms."""


class ShortcutConflict(MacroscopeError):
    """Raised when a shortcut is asked for that another reachable action already has."""


@dataclass(frozen=True)
class ActionSpec:
    """What an action is called, what it does in one sentence, and where it is found.

    `menu` may name a submenu after a slash ("Edit/Align"); actions of one menu that differ in
    `group` are set apart by a line. `shortcut` is portable text ("Ctrl+E"), several alternatives
    separated by "; ". `icon` is the name of a file in resources/icons without its suffix.
    """

    id: str
    title: str
    help: str
    menu: str = "Edit"
    shortcut: str | None = None
    icon: str | None = None
    toolbar: bool = False
    checkable: bool = False
    group: str = ""


@dataclass
class _Entry:
    spec: ActionSpec
    action: QAction
    callback: Callable[[], None]
    enabled: Callable[[], bool] | None
    checked: Callable[[], bool] | None
    text: Callable[[], str] | None
    kinds: frozenset[str]
    shown: Callable[[], bool] | None


def sequences(shortcut: str | None) -> list[QKeySequence]:
    """Return the key sequences that portable text such as "Ctrl+=; Ctrl++" stands for."""
    if not shortcut:
        return []
    return QKeySequence.listFromString(shortcut, QKeySequence.SequenceFormat.PortableText)


class ActionRegistry(QObject):
    """Holds every action of the window with its callback, state and shortcut."""

    registered = Signal(str)
    triggered = Signal(str)
    shortcuts_changed = Signal()

    def __init__(
        self, custom_shortcuts: Mapping[str, str] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._entries: dict[str, _Entry] = {}
        self._custom = dict(custom_shortcuts or {})
        self._icon_for: Callable[[str], QIcon] | None = None
        self._undrawn: list[_Entry] = []
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw_icons)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)

    def register(
        self,
        spec: ActionSpec,
        callback: Callable[[], None],
        enabled: Callable[[], bool] | None = None,
        *,
        checked: Callable[[], bool] | None = None,
        text: Callable[[], str] | None = None,
        kinds: Iterable[str] = (),
        shown: Callable[[], bool] | None = None,
    ) -> QAction:
        """Add an action of the window, or of the benches of some kinds of subjects alone.

        Two actions share a shortcut only if no bench has both; menus leave out what is not `shown`.
        """
        assert spec.id not in self._entries, f"the action {spec.id} is registered twice"
        action = QAction(spec.title, self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.triggered.connect(partial(self._fire, spec.id))
        self._entries[spec.id] = _Entry(
            spec, action, callback, enabled, checked, text, frozenset(kinds), shown
        )
        self._set_keys(spec.id, self._allowed_shortcut(spec.id))
        if spec.icon and self._icon_for is not None:
            action.setIcon(self._icon_for(spec.icon))
        self._refresh_entry(self._entries[spec.id])
        self.registered.emit(spec.id)
        return action

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._entries

    def __iter__(self) -> Iterator[ActionSpec]:
        return (entry.spec for entry in self._entries.values())

    @property
    def specs(self) -> tuple[ActionSpec, ...]:
        """Every registered spec, in the order of registration."""
        return tuple(self)

    def spec(self, action_id: str) -> ActionSpec:
        return self._entries[action_id].spec

    def action(self, action_id: str) -> QAction:
        return self._entries[action_id].action

    def is_enabled(self, action_id: str) -> bool:
        """Ask the action's own condition now, rather than what the menus last showed."""
        entry = self._entries[action_id]
        return entry.enabled is None or bool(entry.enabled())

    def trigger(self, action_id: str) -> bool:
        """Run the action if it is enabled now; return whether it ran."""
        if not self.is_enabled(action_id):
            self.refresh()
            return False
        self._entries[action_id].callback()
        self.triggered.emit(action_id)
        self.refresh_soon()
        return True

    @Slot()
    def refresh(self) -> None:
        """Bring every action's enabled state, check mark and text up to date."""
        for entry in self._entries.values():
            self._refresh_entry(entry)

    @Slot()
    def refresh_soon(self) -> None:
        """Refresh once when the event loop comes round, however often this is called."""
        self._soon.start()

    def apply_icons(self, icon_for: Callable[[str], QIcon]) -> None:
        """Draw every icon anew, after the theme changed: a few in each turn of the event loop."""
        is_first, self._icon_for = self._icon_for is None, icon_for
        self._undrawn = [entry for entry in self._entries.values() if entry.spec.icon]
        while self._draw_icons() and is_first:
            pass

    @Slot()
    def _draw_icons(self) -> bool:
        """Draw the next icons; return whether there are more."""
        assert self._icon_for is not None
        for entry in self._undrawn[:ICONS_AT_ONCE]:
            entry.action.setIcon(self._icon_for(entry.spec.icon))
        del self._undrawn[:ICONS_AT_ONCE]
        if self._undrawn:
            self._drawing.start()
        return bool(self._undrawn)

    def shortcut(self, action_id: str) -> str:
        """Return the shortcut in use as portable text, empty when there is none."""
        default = self._entries[action_id].spec.shortcut or ""
        return self._custom.get(action_id, default)

    def shown_shortcut(self, action_id: str) -> str:
        """Return the first shortcut in the form users of this system know."""
        keys = self._entries[action_id].action.shortcuts()
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    @property
    def custom_shortcuts(self) -> dict[str, str]:
        """The shortcuts that the user chose, by action; an empty text means none."""
        return dict(self._custom)

    def set_shortcut(self, action_id: str, shortcut: str) -> None:
        """Give an action another shortcut, or raise ShortcutConflict naming who has it."""
        holder = self._holder(action_id, shortcut)
        if holder is not None:
            shown = sequences(shortcut)[0].toString(QKeySequence.SequenceFormat.NativeText)
            raise ShortcutConflict(
                f"{shown} already belongs to “{self._entries[holder].spec.title}”; "
                "choose another shortcut or free that one first."
            )
        if shortcut == (self._entries[action_id].spec.shortcut or ""):
            self._custom.pop(action_id, None)
        else:
            self._custom[action_id] = shortcut
        self._set_keys(action_id, shortcut)
        self.shortcuts_changed.emit()

    def reset_shortcuts(self) -> None:
        """Return every action to the shortcut it came with."""
        self._custom.clear()
        for action_id, entry in self._entries.items():
            self._set_keys(action_id, entry.spec.shortcut or "")
        self.shortcuts_changed.emit()

    def _allowed_shortcut(self, action_id: str) -> str:
        for wanted in (self.shortcut(action_id), self._entries[action_id].spec.shortcut or ""):
            if self._holder(action_id, wanted) is None:
                return wanted
        return ""

    def _holder(self, action_id: str, shortcut: str) -> str | None:
        wanted = {keys.toString() for keys in sequences(shortcut)}
        kinds = self._entries[action_id].kinds
        for other_id, other in self._entries.items():
            meets = not kinds or not other.kinds or kinds & other.kinds
            taken = {keys.toString() for keys in other.action.shortcuts()}
            if other_id != action_id and meets and wanted & taken:
                return other_id
        return None

    def _set_keys(self, action_id: str, shortcut: str) -> None:
        entry = self._entries[action_id]
        entry.action.setShortcuts(sequences(shortcut))
        entry.action.setStatusTip(entry.spec.help)
        self._set_tip(entry)

    def _set_tip(self, entry: _Entry) -> None:
        title = entry.text() if entry.text is not None else entry.spec.title
        shown = self.shown_shortcut(entry.spec.id)
        entry.action.setToolTip(f"{title.rstrip('…')} ({shown})" if shown else title.rstrip("…"))

    def _refresh_entry(self, entry: _Entry) -> None:
        entry.action.setEnabled(entry.enabled is None or bool(entry.enabled()))
        entry.action.setVisible(entry.shown is None or entry.shown())
        if entry.checked is not None:
            entry.action.setChecked(bool(entry.checked()))
        if entry.text is not None:
            entry.action.setText(entry.text().replace("&", "&&"))
            self._set_tip(entry)

    def _fire(self, action_id: str, _checked: bool = False) -> None:
        if not self.trigger(action_id):
            self._refresh_entry(self._entries[action_id])
