"""The panels below the field as the bench knows them before they are made; no heavy imports.

A panel is added with one line: its id is also the prefix of its actions ("measures.export").
"""

from app.graphical.panel_deck import PanelSpec
from app.shell.actions import ActionSpec

PANELS: tuple[PanelSpec, ...] = ()

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
