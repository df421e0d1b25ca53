"""The tabs of the inspector as the bench knows them before they are made; no heavy imports.

A tab is added with one line: its id is also the prefix of its actions ("hands.paint").
"""

from dataclasses import dataclass

from app.benches.automata.hands.actions import HANDS_ACTIONS
from app.benches.automata.library.actions import LIBRARY_ACTIONS
from app.shell.actions import ActionSpec


@dataclass(frozen=True)
class TabSpec:
    """A tab of the inspector; `widget` is "module:Class" of a `WorldTab`, made with the bench."""

    id: str
    title: str
    widget: str
    actions: tuple[ActionSpec, ...] = ()


TABS: tuple[TabSpec, ...] = (
    TabSpec("world", "World", "app.benches.automata.world_tab:WorldPropertiesTab"),
    TabSpec("hands", "Hands", "app.benches.automata.hands.tab:HandsTab", HANDS_ACTIONS),
    TabSpec("library", "Library", "app.benches.automata.library.tab:LibraryTab", LIBRARY_ACTIONS),
)

TAB_ACTIONS: tuple[ActionSpec, ...] = tuple(action for tab in TABS for action in tab.actions)
